import { cx } from './cx.ts'

/** Share from which planned load counts as tight. */
const TIGHT = 0.85

export type CapacityState = 'fits' | 'tight' | 'too-much'

/** How full it will be: `tight` from 85 %, `too-much` above 100 %. */
export const capacityState = (used: number, planned: number, total: number): CapacityState => {
  const share = total > 0 ? (used + planned) / total : 0
  return share > 1 ? 'too-much' : planned > 0 && share >= TIGHT ? 'tight' : 'fits'
}

const percent = (value: number) => `${Math.min(100, Math.max(0, value * 100))}%`

/**
 * What is used now, what others are about to use, and what this plan adds, of a total; all in the same unit. The hatched
 * part is the plan.
 * `caption` tells the numbers as text, `gain` what is added (`+4 VMs`).
 */
export function CapacityBar({
  name,
  used,
  pending = 0,
  planned,
  total,
  caption,
  gain,
}: {
  name: string
  used: number
  /** Promised to others, but not used yet. */
  pending?: number | undefined
  planned: number
  total: number
  caption: string
  gain: string
}) {
  const state = capacityState(used + pending, planned, total)
  const share = (part: number) => (total > 0 ? part / total : 0)
  const before = share(used)
  const promised = Math.min(share(pending), Math.max(0, 1 - before))
  const added = Math.min(share(planned), Math.max(0, 1 - before - promised))
  return (
    <div className="grid grid-cols-[44px_1fr_auto] items-center gap-x-3 text-xs">
      <span className="truncate text-sm font-medium text-ink" title={name}>
        {name}
      </span>
      <span aria-hidden className="flex h-2 overflow-hidden rounded-xs bg-edge">
        <span
          className="bg-muted transition-[width] duration-300"
          style={{ width: percent(before) }}
        />
        <span
          className="bg-accent-line transition-[width] duration-300"
          style={{ width: percent(promised) }}
        />
        <span
          className={cx(
            'transition-[width] duration-300',
            state === 'fits' ? 'hatch' : state === 'tight' ? 'bg-warn' : 'bg-bad',
          )}
          style={{ width: percent(Math.max(added, state === 'too-much' ? 0.04 : 0)) }}
        />
      </span>
      <span
        className={cx(
          'min-w-14 text-right',
          planned === 0
            ? 'text-muted'
            : state === 'fits'
              ? 'text-accent-text'
              : state === 'tight'
                ? 'text-warn'
                : 'text-bad',
        )}
      >
        {gain}
      </span>
      <span className="col-start-2 col-span-2 mt-1 text-2xs text-muted">
        {caption}
        {state === 'tight' ? ', tight' : state === 'too-much' ? ', too much' : ''}
      </span>
    </div>
  )
}

/** The key to the tones of a capacity bar; `pending`: some bar has what others are about to use. */
export function CapacityLegend({ pending }: { pending: boolean }) {
  return (
    <span className="inline-flex items-center gap-3 text-2xs text-muted">
      <span className="inline-flex items-center gap-1.5">
        <span className="h-2 w-2.5 rounded-xs bg-muted" aria-hidden />
        now
      </span>
      {pending && (
        <span className="inline-flex items-center gap-1.5">
          <span className="h-2 w-2.5 rounded-xs bg-accent-line" aria-hidden />
          being made
        </span>
      )}
      <span className="inline-flex items-center gap-1.5">
        <span className="hatch h-2 w-2.5 rounded-xs" aria-hidden />
        this plan
      </span>
    </span>
  )
}

/** A small bar for a share from 0 to 1; amber from 90 %. The number stands beside it as text. */
export function Meter({ share, className }: { share: number; className?: string }) {
  return (
    <span
      aria-hidden
      className={cx('inline-flex h-1.5 w-12 overflow-hidden rounded-xs bg-edge', className)}
    >
      <span className={share >= 0.9 ? 'bg-warn' : 'bg-muted'} style={{ width: percent(share) }} />
    </span>
  )
}

/** Progress of one thing, 0 to 1. */
export function ProgressBar({
  share,
  label,
  className,
}: {
  share: number
  label: string
  className?: string
}) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(share * 100)}
      className={cx('flex h-1.5 overflow-hidden rounded-xs bg-edge', className)}
    >
      <span
        className="bg-accent-text transition-[width] duration-300 ease-linear"
        style={{ width: percent(share) }}
      />
    </span>
  )
}
