import { cx } from './cx.ts'

const TIGHT = 0.9

/** How much of something is used, 0 to 1, as a small bar beside its number; amber from 90 %. */
export function Meter({ share }: { share: number }) {
  return (
    <span
      aria-hidden
      className="inline-block h-1.5 w-12 flex-none overflow-hidden rounded-xs bg-edge"
    >
      <span
        className={cx('block h-full', share >= TIGHT ? 'bg-warn' : 'bg-muted')}
        style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }}
      />
    </span>
  )
}
