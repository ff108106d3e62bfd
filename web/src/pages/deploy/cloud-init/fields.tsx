import { type ReactNode, useState } from 'react'
import { Field } from '../../../ui/Field.tsx'
import { Textarea, TextInput } from '../../../ui/TextInput.tsx'
import { firstBootId, useFirstBoot } from './context.ts'

/** One field of the section: label, help, control, and what is wrong at its path once it was left. */
export function BootField({
  path,
  label,
  about,
  optional,
  help,
  className,
  children,
}: {
  path: string
  label: string
  about?: ReactNode | undefined
  optional?: boolean | undefined
  help?: ReactNode | undefined
  className?: string | undefined
  children: ReactNode
}) {
  const { errorOf, touch } = useFirstBoot()
  return (
    // Not a control itself: it only hears that the focus leaves the one inside.
    <div className={className} onBlur={() => touch(path)}>
      <Field
        id={firstBootId(path)}
        label={label}
        about={about}
        optional={optional}
        help={help}
        error={errorOf(path)}
      >
        {children}
      </Field>
    </div>
  )
}

/** How a list is typed and read back. */
export type Written<Of> = { write: (value: Of) => string; read: (text: string) => Of }

/**
 * A list as text. What is typed stays as it is typed, as long as it says what the form has: another source (a preset,
 * undo) shows in the form's own writing.
 */
export function ListText<Of>({
  value,
  onChange,
  as,
  rows,
  placeholder,
  label,
}: {
  value: Of
  onChange: (value: Of) => void
  as: Written<Of>
  /** Lines; left out, it is one line. */
  rows?: number | undefined
  placeholder?: string | undefined
  label?: string | undefined
}) {
  const [typed, setTyped] = useState('')
  const current = JSON.stringify(as.read(typed)) === JSON.stringify(value)
  const text = current ? typed : as.write(value)
  const change = (next: string) => {
    setTyped(next)
    onChange(as.read(next))
  }
  return rows === undefined ? (
    <TextInput mono aria-label={label} value={text} placeholder={placeholder} onChange={change} />
  ) : (
    <Textarea
      mono
      aria-label={label}
      rows={Math.max(rows, Math.min(text.split('\n').length + 1, 16))}
      value={text}
      placeholder={placeholder}
      onChange={change}
    />
  )
}
