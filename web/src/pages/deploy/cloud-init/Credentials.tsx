import { KeyIcon } from '@heroicons/react/16/solid'
import { keyNameOf, fingerprintOf } from '@deployer/core/ssh-key-library.ts'
import { parseSshKey } from '@deployer/core/cloud-init/ssh-keys.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sshKeysQuery } from '../../../api/sshKeys.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Password } from '../../../ui/TextInput.tsx'
import { firstBootId, useFirstBoot } from './context.ts'
import { KeyDialog } from './KeyDialog.tsx'
import { type CredentialsForm, withSetting } from './state.ts'

type Change = (credentials: CredentialsForm) => void

/** A password that is asked for, hashed before it is stored, and never kept in the browser. */
export function PasswordField({
  path,
  who,
  value,
  onChange,
  className,
}: {
  path: string
  who: string
  value: CredentialsForm
  onChange: Change
  className?: string | undefined
}) {
  const { errorOf, touch } = useFirstBoot()
  const asked = value.askPassword === true && value.password === undefined
  const without = () => {
    const { askPassword: _ask, password: _password, ...rest } = value
    onChange(rest)
  }
  return (
    <div className={className} onBlur={() => touch(path)}>
      <Field
        id={firstBootId(path)}
        label="Password"
        optional={!asked}
        about="Hashed (SHA-512 crypt) before it is stored or sent to Proxmox. Not kept in drafts, blueprints and links. A hash such as $6$… is taken as it is."
        help={value.password === undefined ? 'Without one, only keys get in' : 'Hashed on its way'}
        error={errorOf(path) ?? (asked ? `Give the password of ${who} again` : null)}
        errorAction={
          asked ? (
            <button type="button" className="link flex-none" onClick={without}>
              Do without
            </button>
          ) : undefined
        }
      >
        <Password
          autoComplete="new-password"
          value={value.password ?? ''}
          onChange={(password) => onChange(withSetting(value, 'password', password))}
        />
      </Field>
    </div>
  )
}

/** Which of the person's keys a user gets, and others that were pasted. */
export function KeyPicker({
  path,
  who,
  value,
  onChange,
}: {
  path: string
  who: string
  value: CredentialsForm
  onChange: Change
}) {
  const { errorOf } = useFirstBoot()
  const { data: library = [] } = useQuery(sshKeysQuery)
  const [adding, setAdding] = useState(false)
  const chosen = value.sshKeys ?? []
  const byPrint = new Map(chosen.map((line) => [printOf(line), line]))
  const own = new Set(library.map((key) => key.fingerprint))
  const others = chosen.filter((line) => !own.has(printOf(line)))
  const set = (sshKeys: string[]) => onChange(withSetting(value, 'sshKeys', sshKeys))
  const error = errorOf(path)
  return (
    <div className="flex flex-col gap-1.5" id={firstBootId(path)}>
      <div className="flex min-h-5 items-center gap-2">
        <span className="text-sm font-medium text-ink">SSH keys</span>
        <span className="text-xs text-muted">
          {chosen.length === 0 ? 'none chosen' : `${chosen.length} chosen`}
        </span>
        <Button
          size="sm"
          variant="ghost"
          icon={KeyIcon}
          className="ml-auto"
          onClick={() => setAdding(true)}
        >
          {library.length === 0 ? 'Add a key' : 'Add and manage keys'}
        </Button>
      </div>
      {library.length + others.length > 0 && (
        <ul className="flex flex-col rounded-md border border-line">
          {library.map((key) => {
            const there = byPrint.get(key.fingerprint)
            return (
              <KeyLine
                key={key.id}
                name={key.name}
                kind={key.type}
                print={key.fingerprint}
                checked={there !== undefined}
                onChange={(on) =>
                  set(on ? [...chosen, key.publicKey] : chosen.filter((line) => line !== there))
                }
              />
            )
          })}
          {others.map((line) => {
            const key = parseSshKey(line)
            return (
              <KeyLine
                key={line}
                name={key === null ? `${line.slice(0, 40)}…` : keyNameOf(key)}
                kind={key?.type ?? 'no public key'}
                print={key === null ? '' : fingerprintOf(key)}
                note="for this user only"
                checked
                onChange={() => set(chosen.filter((each) => each !== line))}
              />
            )
          })}
        </ul>
      )}
      {error !== null && <p className="text-xs text-bad">{error}</p>}
      {adding && (
        <KeyDialog
          who={who}
          onUse={(lines) => {
            const known = new Set(chosen.map(printOf))
            set([...chosen, ...lines.filter((line) => !known.has(printOf(line)))])
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  )
}

/** The fingerprint of a line; the line itself where it is no key. */
function printOf(line: string): string {
  const key = parseSshKey(line)
  return key === null ? line : fingerprintOf(key)
}

function KeyLine({
  name,
  kind,
  print,
  note,
  checked,
  onChange,
}: {
  name: string
  kind: string
  print: string
  note?: string | undefined
  checked: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <li className="border-b border-line px-2 py-1 last:border-b-0">
      <Checkbox
        checked={checked}
        onChange={onChange}
        label={
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{name}</span>
            <span className="text-xs text-muted">
              {note === undefined ? kind : `${kind}, ${note}`}
            </span>
            <span className="min-w-0 truncate font-mono text-2xs text-muted" title={print}>
              {print}
            </span>
          </span>
        }
      />
    </li>
  )
}
