import { Fragment, type ReactNode } from 'react'
import { cx } from './cx.ts'

/** Pairs of a muted label and its value at the right. */
export function KeyValue({
  items,
  className,
}: {
  items: readonly (readonly [label: string, value: ReactNode])[]
  className?: string | undefined
}) {
  return (
    <dl className={cx('grid grid-cols-[auto_1fr] gap-x-4 text-xs leading-[22px]', className)}>
      {items.map(([label, value]) => (
        <Fragment key={label}>
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 text-right wrap-anywhere text-ink">{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
