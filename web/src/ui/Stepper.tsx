import { MinusIcon, PlusIcon } from '@heroicons/react/16/solid'
import { useState } from 'react'
import { cx } from './cx.ts'
import { useFieldControl } from './Field.tsx'
import { parseWhole } from './quantity.ts'

/** A quantity with minus and plus; typing works too. At a limit the button says so and stays focusable. */
export function Stepper({
  value,
  onChange,
  min,
  max,
  noun,
  onRefused,
  className,
}: {
  value: number
  onChange: (value: number) => void
  min: number
  max: number
  /** What is counted, for the names of the buttons: `VM`. */
  noun: string
  /** A number outside of the limits was typed; the nearest limit stands in its place. */
  onRefused?: ((typed: number) => void) | undefined
  className?: string
}) {
  const { labelId: _label, ...field } = useFieldControl()
  // What is being typed, while it is not the value itself (empty, out of range).
  const [draft, setDraft] = useState<string | null>(null)
  const within = (amount: number) => Math.min(max, Math.max(min, amount))
  const step = (by: number) => {
    setDraft(null)
    onChange(within(value + by))
  }
  const button = (by: 1 | -1) => {
    const atLimit = by < 0 ? value <= min : value >= max
    const Sign = by < 0 ? MinusIcon : PlusIcon
    return (
      <button
        type="button"
        onClick={() => step(by)}
        aria-disabled={atLimit || undefined}
        aria-label={
          atLimit
            ? `${by < 0 ? 'At least' : 'At most'} ${by < 0 ? min : max}`
            : `One ${noun} ${by < 0 ? 'less' : 'more'}`
        }
        className={cx(
          'inline-flex h-full w-11 flex-none items-center justify-center border-field transition-colors sm:w-9',
          by < 0 ? 'rounded-l-md border-r border-r-line' : 'rounded-r-md border-l border-l-line',
          atLimit ? 'text-field' : 'text-body hover:bg-raised hover:text-ink',
        )}
      >
        <Sign className="size-4" aria-hidden />
      </button>
    )
  }
  return (
    <div className={cx('input gap-0! px-0!', className)}>
      {button(-1)}
      <input
        {...field}
        inputMode="numeric"
        autoComplete="off"
        value={draft ?? value}
        onChange={(event) => {
          const typed = event.currentTarget.value
          setDraft(typed)
          const parsed = parseWhole(typed)
          if (parsed !== null && within(parsed) === parsed) onChange(parsed)
        }}
        onBlur={() => {
          const parsed = draft === null ? null : parseWhole(draft)
          setDraft(null)
          if (parsed !== null && within(parsed) !== value) onChange(within(parsed))
          if (parsed !== null && within(parsed) !== parsed) onRefused?.(parsed)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') step(1)
          else if (event.key === 'ArrowDown') step(-1)
          else return
          event.preventDefault()
        }}
        className="text-center font-medium text-ink"
      />
      {button(1)}
    </div>
  )
}
