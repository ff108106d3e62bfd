import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { parseSize, parseWhole } from './quantity.ts'
import { TextInput } from './TextInput.tsx'

/**
 * A whole number. With unit `MiB` or `GiB` it takes `8g` or `8192 MiB` and turns it into its own unit on leaving.
 * `onChange` gets null while the field is empty or holds no number; `onText` gets what was typed, so that the page can
 * say what is wrong with it.
 */
export function NumberInput({
  value,
  onChange,
  onText,
  unit,
  onBlur,
  ...rest
}: Omit<ComponentProps<typeof TextInput>, 'value' | 'onChange' | 'unit'> & {
  value: number | null
  onChange: (value: number | null) => void
  onText?: ((text: string) => void) | undefined
  unit?: string | undefined
}) {
  const parse = (text: string) =>
    unit === 'MiB' || unit === 'GiB' ? parseSize(text, unit) : parseWhole(text)
  const [text, setText] = useState(value === null ? '' : String(value))
  const sent = useRef(value)
  useEffect(() => {
    // A value from outside replaces the text; the echo of what was typed here does not.
    if (value !== sent.current) setText(value === null ? '' : String(value))
    sent.current = value
  }, [value])
  return (
    <TextInput
      inputMode={unit === 'MiB' || unit === 'GiB' ? 'text' : 'numeric'}
      {...rest}
      unit={unit}
      value={text}
      onChange={(typed) => {
        setText(typed)
        onText?.(typed)
        const parsed = parse(typed)
        sent.current = parsed
        onChange(parsed)
      }}
      onBlur={(event) => {
        const parsed = parse(text)
        if (parsed !== null) setText(String(parsed))
        onBlur?.(event)
      }}
    />
  )
}
