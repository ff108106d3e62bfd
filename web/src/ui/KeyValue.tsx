import { Fragment, type ReactNode } from 'react'
import { cx } from './cx.ts'

/** Pairs of a muted label and its value, at the right, or in a column of their own (`align="left"`). */
export function KeyValue({
  items,
  align = 'right',
  className,
}: {
  items: readonly (readonly [label: string, value: ReactNode])[]
  align?: 'left' | 'right' | undefined
  className?: string | undefined
}) {
  return (
    <dl
      className={cx(
        'grid gap-x-4 text-xs leading-[22px]',
        align === 'right' ? 'grid-cols-[auto_1fr] *:even:text-right' : 'grid-cols-[72px_1fr]',
        className,
      )}
    >
      {items.map(([label, value]) => (
        <Fragment key={label}>
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 wrap-anywhere text-ink">{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
