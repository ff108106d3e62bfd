import { ChevronUpDownIcon } from '@heroicons/react/16/solid'
import { cx } from './cx.ts'
import { useFieldControl } from './Field.tsx'

export type SelectOption<V extends string> = {
  value: V
  label: string
  /** Said after the label, muted: `on all 3 nodes`. */
  hint?: string | undefined
  /** Why it cannot be chosen. */
  blocked?: string | null | undefined
}

const optionText = ({ label, hint, blocked }: SelectOption<string>) =>
  [label, hint, blocked].filter(Boolean).join(', ')

/** A list to choose one from: the browser's own, under the look of our fields. */
export function Select<V extends string>({
  value,
  onChange,
  options,
  label,
  placeholder = 'Choose',
  mono = false,
  size = 'md',
  className,
}: {
  value: V | null
  onChange: (value: V) => void
  options: readonly SelectOption<V>[]
  /** Name where no Field gives one. */
  label?: string | undefined
  placeholder?: string | undefined
  mono?: boolean | undefined
  size?: 'sm' | 'md' | undefined
  className?: string | undefined
}) {
  const { labelId: _label, ...field } = useFieldControl()
  const chosen = options.find((option) => option.value === value)
  return (
    <div className={cx('input relative', size === 'sm' && 'sm:h-7 sm:px-2 sm:text-xs', className)}>
      <span aria-hidden className="flex min-w-0 flex-1 items-baseline gap-2">
        <span className={cx('min-w-0 truncate', mono && 'font-mono sm:text-xs')}>
          {chosen ? chosen.label : <span className="text-faint">{placeholder}</span>}
        </span>
        {chosen?.hint !== undefined && (
          <span className="min-w-0 flex-1 truncate text-muted">{chosen.hint}</span>
        )}
      </span>
      <ChevronUpDownIcon className="size-4 flex-none text-muted" aria-hidden />
      <select
        {...field}
        aria-label={label}
        value={chosen ? chosen.value : ''}
        onChange={(event) => {
          const next = options.find((option) => option.value === event.currentTarget.value)
          if (next) onChange(next.value)
        }}
        className="absolute inset-0 size-full cursor-pointer appearance-none rounded-md bg-raised text-ink opacity-0"
      >
        {!chosen && (
          <option value="" disabled hidden>
            {placeholder}
          </option>
        )}
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            disabled={typeof option.blocked === 'string'}
          >
            {optionText(option)}
          </option>
        ))}
      </select>
    </div>
  )
}
