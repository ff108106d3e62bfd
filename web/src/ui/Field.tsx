import { createContext, type ReactNode, useContext, useId, useMemo } from 'react'
import { Badge } from './Badge.tsx'
import { cx } from './cx.ts'
import { HelpMark } from './HelpMark.tsx'
import { StatusGlyph } from './StatusGlyph.tsx'
import { Tooltip } from './Tooltip.tsx'

type FieldControl = {
  id: string
  labelId: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

const FieldContext = createContext<FieldControl | null>(null)

/** Ids that tie a control to the label, help and error of the Field around it; empty outside of one. */
export const useFieldControl = (): Partial<FieldControl> => useContext(FieldContext) ?? {}

/** Where a value comes from. `reason` is told on hover and focus; `onReset` goes back to it. */
export type Provenance = {
  source: string
  reason?: string | undefined
  onReset?: (() => void) | undefined
}

export function ProvenanceBadge({ source, reason, onReset }: Provenance) {
  const badge = <Badge tone={source === 'you' ? 'you' : 'neutral'}>{source}</Badge>
  const text = reason ?? (onReset ? 'Back to the given value' : undefined)
  if (text === undefined) return badge
  return (
    <Tooltip text={text}>
      {onReset ? (
        <button
          type="button"
          onClick={onReset}
          aria-label={`${source}: ${text}`}
          className="rounded-sm"
        >
          {badge}
        </button>
      ) : (
        <span className="rounded-sm">{badge}</span>
      )}
    </Tooltip>
  )
}

/**
 * Label, help mark and provenance above; the control; help below, or the error in its place, so that nothing jumps.
 * The control finds its ids by `useFieldControl`.
 */
export function Field({
  label,
  optional = false,
  about,
  help,
  error,
  errorAction,
  provenance,
  id: givenId,
  className,
  children,
}: {
  label: ReactNode
  optional?: boolean | undefined
  /** Longer help behind the question mark. */
  about?: ReactNode | undefined
  help?: ReactNode | undefined
  error?: ReactNode | undefined
  /** A fix that can be applied: a small button or link after the error. */
  errorAction?: ReactNode | undefined
  provenance?: Provenance | undefined
  /** Id of the control, so that others can lead to it. */
  id?: string | undefined
  className?: string | undefined
  children: ReactNode
}) {
  const ownId = useId()
  const id = givenId ?? ownId
  const hasError = error !== undefined && error !== null && error !== false && error !== ''
  const described = hasError || (help !== undefined && help !== null && help !== '')
  const control = useMemo<FieldControl>(
    () => ({
      id,
      labelId: `${id}-label`,
      'aria-describedby': described ? `${id}-note` : undefined,
      'aria-invalid': hasError || undefined,
    }),
    [id, described, hasError],
  )
  return (
    <div className={cx('flex min-w-0 flex-col gap-1.5', className)}>
      <div className="flex min-h-5 items-center gap-1.5">
        <label id={control.labelId} htmlFor={id} className="text-sm font-medium text-ink">
          {label}
          {optional && <span className="font-normal text-muted"> (optional)</span>}
        </label>
        {about !== undefined && (
          <HelpMark about={typeof label === 'string' ? label : 'this field'}>{about}</HelpMark>
        )}
        {provenance && (
          <span className="ml-auto inline-flex">
            <ProvenanceBadge {...provenance} />
          </span>
        )}
      </div>
      <FieldContext value={control}>{children}</FieldContext>
      {described && (
        <div id={`${id}-note`} className="text-xs">
          {hasError ? (
            <span className="flex items-start gap-1.5 text-bad">
              <StatusGlyph kind="failed" size={14} className="mt-px" />
              <span className="min-w-0">
                {error} {errorAction}
              </span>
            </span>
          ) : (
            <span className="text-muted">{help}</span>
          )}
        </div>
      )}
    </div>
  )
}
