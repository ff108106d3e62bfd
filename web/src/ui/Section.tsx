import { ChevronDownIcon, ChevronUpIcon } from '@heroicons/react/16/solid'
import { type ReactNode, useId } from 'react'
import { ProvenanceBadge, type Provenance } from './Field.tsx'
import { cx } from './cx.ts'
import { plural } from './format.ts'
import { StatusGlyph } from './StatusGlyph.tsx'

/**
 * A part of a form that folds to one line: title, summary, strongest source, Edit. With blockers it has a red border and
 * the count; the page unfolds it.
 */
export function Section({
  title,
  open,
  onToggle,
  summary,
  note,
  action,
  provenance,
  blockers = 0,
  id,
  children,
}: {
  title: string
  open: boolean
  onToggle: (open: boolean) => void
  /** Shown while folded; parts are set apart by slashes. */
  summary?: readonly string[] | undefined
  /** Shown beside the title while open. */
  note?: ReactNode | undefined
  /** Right end of the head while open: a link. */
  action?: ReactNode | undefined
  provenance?: Provenance | undefined
  blockers?: number | undefined
  id?: string | undefined
  children: ReactNode
}) {
  const bodyId = useId()
  const Chevron = open ? ChevronUpIcon : ChevronDownIcon
  return (
    <section
      id={id}
      aria-label={title}
      className={cx('card scroll-mt-4', blockers > 0 && 'border-bad-line')}
    >
      <div
        className={cx(
          'relative flex min-h-11 items-center gap-3 px-4 sm:px-5',
          open && 'border-b border-line',
        )}
      >
        <div
          className={cx(
            'flex min-w-0 flex-1 py-2 sm:items-baseline sm:py-0',
            open ? 'flex-row flex-wrap items-baseline gap-x-2' : 'flex-col sm:flex-row sm:gap-3',
          )}
        >
          <h2 className={cx('flex-none text-md font-semibold', !open && 'sm:w-32')}>
            <button
              type="button"
              aria-expanded={open}
              aria-controls={bodyId}
              onClick={() => onToggle(!open)}
              // The whole head is the button; what else can be pressed there lies above it.
              className="rounded-sm text-left after:absolute after:inset-0"
            >
              {title}
            </button>
          </h2>
          {open
            ? note !== undefined && <span className="text-xs text-muted">{note}</span>
            : summary && (
                <span className="min-w-0 truncate text-xs text-muted sm:text-sm sm:text-body">
                  {summary.map((part, index) => (
                    <span key={part}>
                      {index > 0 && <span className="px-1.5 text-faint">/</span>}
                      {part}
                    </span>
                  ))}
                </span>
              )}
        </div>
        {blockers > 0 && (
          <span className="inline-flex items-center gap-1.5 text-xs text-bad">
            <StatusGlyph kind="failed" />
            {plural(blockers, 'blocker')}
          </span>
        )}
        {!open && provenance && (
          <span className="relative hidden sm:inline-flex">
            <ProvenanceBadge {...provenance} />
          </span>
        )}
        {open && action !== undefined && <span className="relative text-xs">{action}</span>}
        {!open && (
          <span aria-hidden className="hidden text-xs text-accent-text sm:inline">
            Edit
          </span>
        )}
        <Chevron className="size-4 flex-none text-muted" aria-hidden />
      </div>
      <div id={bodyId} hidden={!open} className="p-4 sm:p-5">
        {open && children}
      </div>
    </section>
  )
}
