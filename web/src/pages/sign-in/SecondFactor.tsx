import { DevicePhoneMobileIcon } from '@heroicons/react/24/outline'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextInput } from '../../ui/TextInput.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'

const DIGITS = 6

/** Six digits of an authenticator, or a recovery key. Sends by itself when the digits are complete. */
export function SecondFactor({
  factors,
  wrong,
  working,
  onCode,
}: {
  /** Kinds that the account has, in Proxmox's words; empty where it did not say. */
  factors: readonly string[]
  /** Why the last code was refused. */
  wrong: string | null
  working: boolean
  onCode: (code: string) => void
}) {
  const digitsPossible = factors.length === 0 || factors.includes('totp')
  const keyPossible = factors.length === 0 || factors.includes('recovery')
  const [byKey, setByKey] = useState(!digitsPossible && keyPossible)
  const [code, setCode] = useState('')
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    // The person has just pressed Sign in; the next thing to do is here.
    if (!working)
      form.current?.querySelector<HTMLInputElement>(byKey ? 'input[type=text]' : 'input')?.focus()
  }, [byKey, working])
  const change = (value: string) => {
    setCode(value)
    if (!byKey && value.length === DIGITS && !working) {
      setCode('')
      onCode(value)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code !== '' && !working) onCode(code.trim())
  }
  return (
    <section className="card mt-5 flex gap-3 p-4" aria-label="Second factor">
      <DevicePhoneMobileIcon className="size-5 text-muted" aria-hidden />
      <form ref={form} onSubmit={submit} className="min-w-0 flex-1 text-xs">
        <h2 className="text-sm leading-5">Second factor</h2>
        {!digitsPossible && !keyPossible ? (
          <p className="text-muted">
            This account has only {factors.join(', ')}, which works in Proxmox’s own page alone. Add
            an authenticator there, or use an API token.
          </p>
        ) : (
          <>
            <p id="factor-help" className="text-muted">
              {byKey
                ? 'One of the recovery keys of your account:'
                : 'Code from your authenticator:'}
            </p>
            {byKey ? (
              <div className="mt-2 flex gap-2">
                <TextInput
                  mono
                  aria-label="Recovery key"
                  aria-invalid={wrong !== null || undefined}
                  value={code}
                  onChange={change}
                />
                <Button type="submit" variant="primary" working={working && 'Checking'}>
                  Go on
                </Button>
              </div>
            ) : (
              <SixDigits value={code} onChange={change} wrong={wrong !== null} />
            )}
            {wrong !== null && !working && (
              <p role="alert" className="mt-2 flex items-start gap-1.5 text-bad">
                <StatusGlyph kind="failed" className="mt-px" />
                {wrong}
              </p>
            )}
            {working && !byKey && <p className="mt-2 text-muted">Checking the code</p>}
            {digitsPossible && keyPossible && (
              <button
                type="button"
                className="link mt-2 inline-block min-h-6"
                onClick={() => {
                  setByKey(!byKey)
                  setCode('')
                }}
              >
                {byKey ? 'Use the authenticator' : 'Use a recovery key'}
              </button>
            )}
          </>
        )}
      </form>
    </section>
  )
}

/** One input, drawn as six boxes: so pasting, password managers and screen readers have nothing to trip over. */
function SixDigits({
  value,
  onChange,
  wrong,
}: {
  value: string
  onChange: (value: string) => void
  wrong: boolean
}) {
  const [focused, setFocused] = useState(false)
  return (
    <span className="relative mt-2 flex w-fit gap-1.5">
      {Array.from({ length: DIGITS }, (_, index) => (
        <span
          key={index}
          aria-hidden
          className={cx(
            'inline-flex h-11 w-10 items-center justify-center rounded-md border bg-well font-mono text-lg text-ink sm:h-9 sm:w-9 sm:text-md',
            index === DIGITS / 2 && 'ml-1.5',
            wrong ? 'border-bad' : 'border-field',
            focused &&
              index === Math.min(value.length, DIGITS - 1) &&
              'outline-2 outline-offset-1 outline-accent-text',
          )}
        >
          {value[index]}
        </span>
      ))}
      <input
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        aria-label="Code from your authenticator, six digits"
        aria-invalid={wrong || undefined}
        maxLength={DIGITS}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value.replaceAll(/\D/g, ''))}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        className="absolute inset-0 size-full text-lg opacity-0"
      />
    </span>
  )
}
