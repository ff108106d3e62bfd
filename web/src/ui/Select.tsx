import { Select as Base } from '@base-ui/react/select'
import { CheckIcon, ChevronUpDownIcon } from '@heroicons/react/16/solid'
import { cx } from './cx.ts'
import { useFieldControl } from './Field.tsx'

export type SelectOption<V extends string> = {
  value: V
  label: string
  /** Said after the label, muted: `on all 3 nodes`. */
  hint?: string | undefined
  /** Why it cannot be chosen; shown in its second line. */
  blocked?: string | null | undefined
}

/** A list to choose one from. The chosen option shows with its hint. */
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
  const { labelId, ...field } = useFieldControl()
  const chosen = options.find((option) => option.value === value)
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
      items={options}
      modal={false}
    >
      <Base.Trigger
        {...field}
        aria-label={label}
        aria-labelledby={label === undefined ? labelId : undefined}
        className={cx('input text-left', size === 'sm' && 'sm:h-7 sm:px-2', className)}
      >
        <span className="flex min-w-0 flex-1 items-baseline gap-2">
          <span className={cx('min-w-0 truncate', mono && 'font-mono sm:text-xs')}>
            {chosen ? chosen.label : <span className="text-faint">{placeholder}</span>}
          </span>
          {chosen?.hint !== undefined && (
            <span className="min-w-0 truncate text-muted">{chosen.hint}</span>
          )}
        </span>
        <ChevronUpDownIcon className="size-4 flex-none text-muted" aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup className="max-w-[min(560px,calc(100vw-16px))] min-w-(--anchor-width) rounded-lg border border-edge bg-raised shadow-pop outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Base.List className="max-h-[min(22rem,var(--available-height))] scroll-py-1 overflow-y-auto p-1">
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={typeof option.blocked === 'string'}
                  className="grid min-h-11 cursor-pointer grid-cols-[16px_1fr] items-center gap-x-2 rounded-sm px-2 py-1 text-sm text-body outline-none select-none data-disabled:cursor-not-allowed data-highlighted:bg-accent-soft data-highlighted:text-ink data-selected:text-ink sm:min-h-8"
                >
                  <Base.ItemIndicator className="col-start-1 flex text-accent-text">
                    <CheckIcon className="size-4" aria-hidden />
                  </Base.ItemIndicator>
                  <span className="col-start-2 min-w-0">
                    <Base.ItemText
                      className={cx(
                        'truncate',
                        mono && 'font-mono text-xs',
                        option.blocked && 'text-faint',
                      )}
                    >
                      {option.label}
                    </Base.ItemText>
                    {option.hint !== undefined && (
                      <span className="ml-2 text-muted">{option.hint}</span>
                    )}
                    {option.blocked && (
                      <span className="block text-xs text-muted">{option.blocked}</span>
                    )}
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
