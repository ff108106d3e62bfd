import { Combobox as Base } from '@base-ui/react/combobox'
import { CheckIcon, ChevronUpDownIcon } from '@heroicons/react/16/solid'
import { cx } from './cx.ts'
import { useFieldControl } from './Field.tsx'
import type { SelectOption } from './Select.tsx'

/** A list to choose one from by typing parts of its name; for more than about twelve options. */
export function Combobox<V extends string>({
  value,
  onChange,
  options,
  label,
  placeholder = 'Type to search',
  emptyText = 'Nothing has this in its name',
  className,
}: {
  value: V | null
  onChange: (value: V) => void
  options: readonly SelectOption<V>[]
  label?: string | undefined
  placeholder?: string | undefined
  emptyText?: string | undefined
  className?: string | undefined
}) {
  const { labelId, ...field } = useFieldControl()
  const chosen = options.find((option) => option.value === value) ?? null
  return (
    <Base.Root
      items={options}
      value={chosen}
      isItemEqualToValue={(one, other) => one.value === other.value}
      itemToStringLabel={(option) => option.label}
      onValueChange={(next) => {
        if (next !== null && typeof next.blocked !== 'string') onChange(next.value)
      }}
    >
      <div className={cx('input pr-1', className)}>
        <Base.Input
          {...field}
          aria-label={label}
          aria-labelledby={label === undefined ? labelId : undefined}
          placeholder={placeholder}
          spellCheck={false}
        />
        <Base.Trigger
          aria-label="Open the list"
          className="inline-flex size-6 flex-none items-center justify-center rounded-sm text-muted hover:text-ink"
        >
          <ChevronUpDownIcon className="size-4" aria-hidden />
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup className="w-(--anchor-width) min-w-60 rounded-lg border border-edge bg-raised shadow-pop outline-none">
            <Base.Empty className="px-3 text-xs text-muted not-empty:py-2">{emptyText}</Base.Empty>
            <Base.List className="max-h-[min(22rem,var(--available-height))] overflow-y-auto p-1 empty:p-0">
              {(option: SelectOption<V>) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  disabled={typeof option.blocked === 'string'}
                  className="grid min-h-11 cursor-pointer grid-cols-[16px_1fr] items-center gap-x-2 rounded-sm px-2 py-1 text-sm text-body outline-none select-none data-disabled:cursor-not-allowed data-highlighted:bg-accent-soft data-highlighted:text-ink sm:min-h-8"
                >
                  <Base.ItemIndicator className="col-start-1 flex text-accent-text">
                    <CheckIcon className="size-4" aria-hidden />
                  </Base.ItemIndicator>
                  <span className="col-start-2 min-w-0">
                    {option.label}
                    {option.hint !== undefined && (
                      <span className="ml-2 text-muted">{option.hint}</span>
                    )}
                    {option.blocked && (
                      <span className="block text-xs text-muted">{option.blocked}</span>
                    )}
                  </span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
