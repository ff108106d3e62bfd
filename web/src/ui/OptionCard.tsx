import { type ReactNode, useId } from 'react'
import { cx } from './cx.ts'
import { useFieldControl } from './Field.tsx'

/** Frame of a group of cards of which one is chosen; the cards take its `name`. */
export function OptionGroup({
  label,
  className,
  children,
}: {
  label: string
  className?: string | undefined
  children: (name: string) => ReactNode
}) {
  const name = useId()
  const { id, 'aria-describedby': describedBy } = useFieldControl()
  return (
    <div
      role="radiogroup"
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      className={className}
    >
      {children(name)}
    </div>
  )
}

/**
 * A card that is a radio button: chosen is a soft ground with a bright border. `blocked` says in the card why it cannot
 * be chosen. `picture` stands at the left, `showRadio` draws the dot at the right (narrow screens).
 */
export function OptionCard({
  name,
  value,
  checked,
  onSelect,
  picture,
  title,
  aside,
  blocked,
  showRadio = false,
  className,
  children,
}: {
  name: string
  value: string
  checked: boolean
  onSelect: () => void
  picture?: ReactNode | undefined
  title: ReactNode
  /** Right end of the first line: an age, a count. */
  aside?: ReactNode | undefined
  blocked?: string | null | undefined
  showRadio?: boolean | undefined
  className?: string | undefined
  children?: ReactNode | undefined
}) {
  const noteId = useId()
  const isBlocked = typeof blocked === 'string'
  return (
    <label
      className={cx(
        'relative flex min-w-0 gap-3 rounded-md border px-3 py-2.5 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent-text',
        checked
          ? 'border-accent-text bg-accent-soft'
          : isBlocked
            ? 'cursor-not-allowed! border-dashed border-edge'
            : 'border-edge hover:border-field',
        className,
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        aria-disabled={isBlocked || undefined}
        aria-describedby={isBlocked ? noteId : undefined}
        onChange={() => {
          if (!isBlocked) onSelect()
        }}
        className="absolute inset-0 size-full cursor-[inherit] appearance-none rounded-md outline-none"
      />
      {picture}
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex min-w-0 items-baseline gap-2">
          <span
            className={cx('min-w-0 truncate font-medium', isBlocked ? 'text-muted' : 'text-ink')}
          >
            {title}
          </span>
          {aside !== undefined && (
            <span className="ml-auto flex-none text-2xs text-muted">{aside}</span>
          )}
        </span>
        {children !== undefined && (
          <span className={cx('text-xs', checked ? 'text-body' : 'text-muted')}>{children}</span>
        )}
        {isBlocked && (
          <span id={noteId} className="text-xs text-muted">
            {blocked}
          </span>
        )}
      </span>
      {showRadio && <RadioDot checked={checked} />}
    </label>
  )
}

/** The drawn circle of a radio button. */
export function RadioDot({ checked }: { checked: boolean }) {
  return (
    <span
      aria-hidden
      className={cx(
        'inline-flex size-4 flex-none items-center justify-center self-center rounded-full border',
        checked ? 'border-accent bg-accent' : 'border-field bg-well',
      )}
    >
      {checked && <span className="size-1.5 rounded-full bg-white" />}
    </span>
  )
}
