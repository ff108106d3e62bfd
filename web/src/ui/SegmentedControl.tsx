import { useId } from 'react'
import type { Icon } from './Button.tsx'
import { cx } from './cx.ts'
import { useFieldControl } from './Field.tsx'
import { Tooltip } from './Tooltip.tsx'

export type Segment<V extends string> = {
  value: V
  label: string
  icon?: Icon | undefined
  /** Why it cannot be chosen. */
  blocked?: string | null | undefined
}

/** One of a few choices, side by side: radio buttons in the shape of a switch. */
export function SegmentedControl<V extends string>({
  value,
  onChange,
  options,
  label,
  stretch = false,
  className,
}: {
  value: V
  onChange: (value: V) => void
  options: readonly Segment<V>[]
  /** Name of the group where no Field gives one. */
  label?: string | undefined
  /** Fill the width, all segments equally wide. */
  stretch?: boolean | undefined
  className?: string | undefined
}) {
  const name = useId()
  const { labelId, id, 'aria-describedby': describedBy } = useFieldControl()
  return (
    <div
      role="radiogroup"
      id={id}
      aria-label={label}
      aria-labelledby={label === undefined ? labelId : undefined}
      aria-describedby={describedBy}
      className={cx(
        'h-11 flex-none items-center rounded-md border border-field bg-well p-[2px] text-sm sm:h-8',
        stretch ? 'flex w-full' : 'inline-flex w-fit max-w-full',
        className,
      )}
    >
      {options.map((option) => {
        const blocked = typeof option.blocked === 'string'
        const IconShape = option.icon
        const segment = (
          <label
            key={option.value}
            className={cx(
              'relative inline-flex h-full min-w-0 items-center justify-center gap-1.5 rounded-sm px-2.5 whitespace-nowrap transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent-text',
              stretch && 'flex-1',
              option.value === value
                ? 'bg-accent-soft font-medium text-accent-text shadow-[inset_0_0_0_1px_var(--c-accent-line)]'
                : blocked
                  ? 'cursor-not-allowed! text-faint line-through decoration-faint'
                  : 'text-muted hover:text-ink',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              aria-disabled={blocked || undefined}
              aria-label={blocked ? `${option.label}, not possible: ${option.blocked}` : undefined}
              onChange={() => {
                if (!blocked) onChange(option.value)
              }}
              className="absolute inset-0 size-full cursor-[inherit] appearance-none rounded-sm outline-none"
            />
            {IconShape && <IconShape className="size-4" aria-hidden />}
            {option.label}
          </label>
        )
        return blocked ? (
          <Tooltip key={option.value} text={option.blocked ?? ''}>
            {segment}
          </Tooltip>
        ) : (
          segment
        )
      })}
    </div>
  )
}
