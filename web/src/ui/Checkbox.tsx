import { CheckIcon, MinusIcon } from '@heroicons/react/16/solid'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

type CheckProps = Omit<ComponentProps<'input'>, 'onChange' | 'checked' | 'type'> & {
  checked: boolean
  onChange: (checked: boolean) => void
  label: ReactNode
  help?: ReactNode | undefined
  /** After the label: a mark with longer help. */
  mark?: ReactNode | undefined
}

function Labelled({
  control,
  id,
  label,
  help,
  mark,
  className,
}: {
  control: ReactNode
  id: string
  label: ReactNode
  help: ReactNode
  mark: ReactNode
  className: string | undefined
}) {
  return (
    <div className={cx('flex min-h-6 min-w-0 items-start gap-2', className)}>
      {control}
      <div className="min-w-0">
        <div className="flex items-center gap-1.5">
          <label htmlFor={id} className="block min-w-0 cursor-pointer py-0.5 text-sm text-ink">
            {label}
          </label>
          {mark}
        </div>
        {help !== undefined && (
          <p id={`${id}-help`} className="text-xs text-muted">
            {help}
          </p>
        )}
      </div>
    </div>
  )
}

/** A tick box with its label; `mixed` where some of several are ticked. */
export function Checkbox({
  checked,
  onChange,
  label,
  help,
  mark,
  mixed = false,
  className,
  ...rest
}: CheckProps & { mixed?: boolean }) {
  const id = useId()
  const on = checked || mixed
  return (
    <Labelled
      id={id}
      label={label}
      help={help}
      mark={mark}
      className={className}
      control={
        <span className="relative inline-flex size-6 flex-none items-center justify-center">
          <input
            {...rest}
            id={id}
            type="checkbox"
            checked={checked}
            ref={(input) => {
              if (input) input.indeterminate = mixed
            }}
            aria-describedby={help === undefined ? undefined : `${id}-help`}
            onChange={(event) => onChange(event.currentTarget.checked)}
            className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-sm outline-none"
          />
          <span
            aria-hidden
            className={cx(
              'pointer-events-none inline-flex size-4 items-center justify-center rounded-sm border transition-colors peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-accent-text',
              on ? 'border-accent bg-accent text-white' : 'border-field bg-well',
            )}
          >
            {mixed ? <MinusIcon className="size-3" /> : checked && <CheckIcon className="size-3" />}
          </span>
        </span>
      }
    />
  )
}

/** On or off, at once. */
export function Switch({ checked, onChange, label, help, mark, className, ...rest }: CheckProps) {
  const id = useId()
  return (
    <Labelled
      id={id}
      label={label}
      help={help}
      mark={mark}
      className={className}
      control={
        <span className="relative inline-flex h-6 w-8 flex-none items-center">
          <input
            {...rest}
            id={id}
            type="checkbox"
            role="switch"
            checked={checked}
            aria-checked={checked}
            aria-describedby={help === undefined ? undefined : `${id}-help`}
            onChange={(event) => onChange(event.currentTarget.checked)}
            className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-full outline-none"
          />
          <span
            aria-hidden
            className={cx(
              'pointer-events-none inline-flex h-[18px] w-8 items-center rounded-full border p-[2px] transition-colors peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-accent-text',
              checked ? 'justify-end border-accent bg-accent' : 'border-field bg-well',
            )}
          >
            <span className={cx('size-3 rounded-full', checked ? 'bg-white' : 'bg-muted')} />
          </span>
        </span>
      }
    />
  )
}
