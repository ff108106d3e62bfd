import { EyeIcon, EyeSlashIcon, MagnifyingGlassIcon, XMarkIcon } from '@heroicons/react/16/solid'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'
import { useFieldControl } from './Field.tsx'
import { StatusGlyph } from './StatusGlyph.tsx'

type InputProps = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'size'> & {
  value: string
  onChange: (value: string) => void
}

/**
 * One line of text. `unit` stands inside at the right, `before` and `action` around it; `checking` turns a ring while
 * something is asked; `overlay` draws over the text (a pattern with its braces coloured) in the same type.
 */
export function TextInput({
  value,
  onChange,
  mono = false,
  unit,
  before,
  action,
  checking = false,
  overlay,
  className,
  ...rest
}: InputProps & {
  mono?: boolean | undefined
  unit?: ReactNode | undefined
  before?: ReactNode | undefined
  action?: ReactNode | undefined
  checking?: boolean | undefined
  overlay?: ReactNode | undefined
}) {
  const { labelId: _label, ...field } = useFieldControl()
  return (
    <div className={cx('input', action !== undefined && 'pr-1', className)}>
      {before}
      <span className="relative h-full min-w-0 flex-1">
        <input
          type="text"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          {...field}
          {...rest}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          className={cx(
            mono && 'font-mono sm:text-xs',
            overlay !== undefined && 'text-transparent caret-ink',
          )}
        />
        {overlay !== undefined && (
          <span
            aria-hidden
            className={cx(
              'pointer-events-none absolute inset-0 flex items-center overflow-hidden whitespace-pre',
              mono && 'font-mono sm:text-xs',
            )}
          >
            {overlay}
          </span>
        )}
      </span>
      {checking && <StatusGlyph kind="running" />}
      {unit !== undefined && <span className="flex-none text-xs text-muted">{unit}</span>}
      {action}
    </div>
  )
}

/** A password with a button that shows it. */
export function Password({ value, onChange, ...rest }: InputProps) {
  const [shown, setShown] = useState(false)
  return (
    <TextInput
      autoComplete="current-password"
      {...rest}
      type={shown ? 'text' : 'password'}
      value={value}
      onChange={onChange}
      className={shown ? undefined : 'tracking-wider'}
      action={
        <IconButton
          icon={shown ? EyeSlashIcon : EyeIcon}
          label={shown ? 'Hide the password' : 'Show the password'}
          size="xs"
          onClick={() => setShown(!shown)}
        />
      }
    />
  )
}

/** A search box: `/` leads to it where a page says so by `keyHint`; Esc and the cross clear it. */
export function SearchInput({
  value,
  onChange,
  label,
  keyHint,
  className,
  ...rest
}: InputProps & { label: string; keyHint?: ReactNode | undefined }) {
  return (
    <TextInput
      {...rest}
      type="search"
      aria-label={label}
      placeholder={rest.placeholder ?? label}
      value={value}
      onChange={onChange}
      className={className}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        if (value === '') event.currentTarget.blur()
        onChange('')
      }}
      before={<MagnifyingGlassIcon className="size-4 text-muted" aria-hidden />}
      {...(value === ''
        ? { unit: keyHint && <span className="hidden sm:inline">{keyHint}</span> }
        : {
            action: (
              <IconButton
                icon={XMarkIcon}
                label="Clear the search"
                size="xs"
                onClick={() => onChange('')}
              />
            ),
          })}
    />
  )
}

/** Several lines of text. */
export function Textarea({
  value,
  onChange,
  mono = false,
  className,
  ...rest
}: Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> & {
  value: string
  onChange: (value: string) => void
  mono?: boolean
}) {
  const { labelId: _label, ...field } = useFieldControl()
  return (
    <textarea
      rows={4}
      spellCheck={false}
      {...field}
      {...rest}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      className={cx('input h-auto! py-1.5', mono && 'font-mono sm:text-xs', className)}
    />
  )
}
