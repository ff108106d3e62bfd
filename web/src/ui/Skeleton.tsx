import { useEffect, useState } from 'react'
import { cx } from './cx.ts'
import { Spinner } from './Spinner.tsx'

/** A grey bar in place of text that is on its way. */
export function Bar({ className }: { className?: string | undefined }) {
  return (
    <span aria-hidden className={cx('block h-2.5 animate-shimmer rounded-xs bg-edge', className)} />
  )
}

/** Tells what is waited for, and how long already, once that is longer than usual. */
function Slow({ label }: { label: string }) {
  const [slow, setSlow] = useState(false)
  const [since] = useState(() => Date.now())
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    slow && (
      <div className="absolute inset-x-0 top-[5px] flex justify-center border-0! text-xs">
        <span className="rounded-md border border-line bg-raised px-3 py-1">
          <Spinner since={since}>{label}</Spinner>
        </span>
      </div>
    )
  )
}

const SLOW_MS = 3000

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
    <div role="status" aria-label={label} className="card relative divide-y divide-line">
      <Slow label={label} />
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
