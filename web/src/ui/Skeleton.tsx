import { cx } from './cx.ts'

/** A grey bar in place of text that is on its way. */
export function Bar({ className }: { className?: string | undefined }) {
  return (
    <span aria-hidden className={cx('block h-2.5 animate-shimmer rounded-xs bg-edge', className)} />
  )
}

const widths = ['w-32', 'w-24', 'w-40', 'w-28', 'w-36']

/** Rows of a table that is on its way, in their true height. */
export function SkeletonRows({
  rows = 6,
  rowClass = 'h-9',
  label,
}: {
  rows?: number
  rowClass?: string
  label: string
}) {
  return (
    <div role="status" aria-label={label} className="card divide-y divide-line">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={cx('flex items-center gap-6 px-4', rowClass)}>
          <Bar className="w-3" />
          <Bar className={widths[index % widths.length]} />
          <Bar className="w-16" />
          <Bar className="ml-auto w-20" />
        </div>
      ))}
    </div>
  )
}
