import { EllipsisHorizontalIcon } from '@heroicons/react/16/solid'
import type { Icon } from './Button.tsx'
import { cx } from './cx.ts'
import { PopoverButton, usePopoverId } from './PopoverButton.tsx'

export type MenuItem = {
  label: string
  icon: Icon
  onSelect: () => void
  danger?: boolean | undefined
  /** Why it cannot be chosen. */
  blocked?: string | null | undefined
}

/** Three dots that open a list of things to do. */
export function MenuButton({
  label,
  items,
  size = 'md',
}: {
  label: string
  items: readonly MenuItem[]
  size?: 'sm' | 'md' | undefined
}) {
  return (
    <PopoverButton
      label={label}
      className={cx(
        'inline-flex flex-none! items-center justify-center rounded-md border transition-colors',
        size === 'sm'
          ? 'size-11 border-transparent text-muted hover:bg-raised hover:text-ink sm:size-7'
          : 'size-11 border-edge bg-raised text-ink hover:border-field sm:size-8',
      )}
      button={<EllipsisHorizontalIcon className="size-4" aria-hidden />}
    >
      {items.map((item) => (
        <Item key={item.label} item={item} />
      ))}
    </PopoverButton>
  )
}

function Item({ item: { label, icon: IconShape, onSelect, danger, blocked } }: { item: MenuItem }) {
  const panel = usePopoverId()
  const isBlocked = typeof blocked === 'string'
  return (
    <button
      type="button"
      popoverTarget={isBlocked ? undefined : panel}
      popoverTargetAction="hide"
      aria-disabled={isBlocked || undefined}
      onClick={() => {
        if (!isBlocked) onSelect()
      }}
      className={cx(
        'flex min-h-11 w-full items-center gap-2 rounded-sm px-2 py-1 text-left text-sm sm:min-h-8',
        isBlocked
          ? 'text-muted'
          : danger
            ? 'text-bad hover:bg-bad-soft'
            : 'text-body hover:bg-accent-soft hover:text-ink',
      )}
    >
      <IconShape className="size-4 flex-none opacity-80" aria-hidden />
      <span>
        {label}
        {isBlocked && <span className="block max-w-56 text-2xs text-muted">{blocked}</span>}
      </span>
    </button>
  )
}
