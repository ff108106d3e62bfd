import { cx } from './cx.ts'

export type SegmentState = 'done' | 'failed' | 'running' | 'waiting' | 'queued' | 'cancelled'
export type ProgressPart = { state: SegmentState; progress?: number | null | undefined }

/** Up to this many VMs have a segment each; more are drawn as shares. */
const MAX_SEGMENTS = 60

const order: readonly SegmentState[] = [
  'done',
  'failed',
  'cancelled',
  'running',
  'waiting',
  'queued',
]

const grounds: Record<SegmentState, string> = {
  done: 'bg-ok',
  failed: 'bg-bad',
  cancelled: 'bg-muted',
  running: 'border border-accent-line bg-accent-soft',
  waiting: 'border border-warn bg-warn-soft',
  queued: 'bg-line',
}

function Segment({ state, progress }: ProgressPart) {
  return (
    <span className={cx('min-w-0 flex-1 overflow-hidden rounded-xs', grounds[state])}>
      {state === 'running' && (
        <span
          className="block h-full bg-accent-text transition-[width] duration-300 ease-linear"
          style={{ width: `${Math.min(100, Math.max(4, (progress ?? 0) * 100))}%` }}
        />
      )}
    </span>
  )
}

/**
 * Where a batch is: one segment for each VM, sorted by state. `label` is the sentence that it stands for. `brief`: there
 * is room for a third of them.
 */
export function ProgressSegments({
  parts,
  label,
  brief = false,
}: {
  parts: readonly ProgressPart[]
  label: string
  brief?: boolean | undefined
}) {
  if (parts.length <= (brief ? MAX_SEGMENTS / 3 : MAX_SEGMENTS)) {
    const sorted = [...parts].toSorted(
      (one, other) =>
        order.indexOf(one.state) - order.indexOf(other.state) ||
        (other.progress ?? 0) - (one.progress ?? 0),
    )
    return (
      <div
        role="img"
        aria-label={label}
        className={cx('flex h-2.5', parts.length > 30 ? 'gap-px' : 'gap-[3px]')}
      >
        {sorted.map((part, index) => (
          <Segment key={index} {...part} />
        ))}
      </div>
    )
  }
  return (
    <div role="img" aria-label={label} className="flex h-2.5 gap-px overflow-hidden rounded-xs">
      {order.map((state) => {
        const count = parts.filter((part) => part.state === state).length
        return count === 0 ? null : (
          <span
            key={state}
            className={cx(
              'transition-[flex-grow] duration-300',
              state === 'running' ? 'bg-accent-text' : grounds[state],
            )}
            style={{ flexGrow: count, flexBasis: 0 }}
          />
        )
      })}
    </div>
  )
}
