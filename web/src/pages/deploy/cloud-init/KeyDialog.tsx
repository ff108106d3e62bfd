import { TrashIcon } from '@heroicons/react/16/solid'
import { type KeyImport, readAuthorizedKeys } from '@deployer/core/ssh-key-library.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sshKeysQuery, useForgetKey, useKeepKeys } from '../../../api/sshKeys.ts'
import { ProblemMessage } from '../../../components/ProblemMessage.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { formatExactTime, plural } from '../../../ui/format.ts'
import { Message } from '../../../ui/Message.tsx'
import { Textarea } from '../../../ui/TextInput.tsx'

/** The signed-in person's key library: pasted lines go in, keys go out, and what is pasted is given to a user at once. */
export function KeyDialog({
  who,
  onUse,
  onClose,
}: {
  who: string
  onUse: (lines: string[]) => void
  onClose: () => void
}) {
  const [text, setText] = useState('')
  const [keep, setKeep] = useState(true)
  const [result, setResult] = useState<Told | null>(null)
  const { data: library = [], error } = useQuery(sshKeysQuery)
  const save = useKeepKeys()
  const read = readAuthorizedKeys(text)
  const lines = read.keys.map(({ publicKey }) => publicKey)

  const add = async () => {
    const told = keep ? toldOf(await save.mutateAsync(text)) : toldHere(read.refused)
    onUse(lines)
    if (told.refused.length === 0 && told.known.length === 0) onClose()
    setText(told.rest(text))
    setResult(told)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Your SSH keys"
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            working={save.isPending && 'Adding'}
            blocked={
              text.trim() === '' ? 'Paste a key first' : blockedBy(read.keys.length, read.refused)
            }
            hideReason
            onClick={() => void add().catch(() => {})}
          >
            {lines.length > 1 ? `Add ${lines.length} keys` : 'Add key'}
          </Button>
        </>
      }
    >
      <Field
        label="Public keys"
        about="Lines of an authorized_keys file, or the content of a .pub file. Private keys stay with you."
        help={
          text.trim() === ''
            ? 'One a line: ssh-ed25519 AAAA… name@host'
            : `${plural(read.keys.length, 'key')} read${read.refused.length === 0 ? '' : `, ${plural(read.refused.length, 'line')} refused`}`
        }
      >
        <Textarea
          mono
          rows={5}
          value={text}
          onChange={(next) => {
            setText(next)
            setResult(null)
          }}
          placeholder="ssh-ed25519 AAAA… name@host"
        />
      </Field>
      {read.refused.length > 0 && <Refused lines={read.refused} />}
      {result !== null && result.known.length > 0 && (
        <Message tone="info" title={`${plural(result.known.length, 'key')} known already`}>
          {result.known.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Message>
      )}
      {save.error !== null && <ProblemMessage error={save.error} />}
      <Checkbox
        checked={keep}
        onChange={setKeep}
        label="Keep them for next time"
        help={`Otherwise they are for ${who} in this form only`}
      />
      {error !== null && <ProblemMessage error={error} />}
      {library.length > 0 && (
        <div>
          <h3 className="mb-1 text-sm">Kept keys</h3>
          <ul className="flex flex-col rounded-md border border-line text-xs">
            {library.map((key) => (
              <KeptLine key={key.id} kept={key} />
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  )
}

function KeptLine({
  kept,
}: {
  kept: { id: string; name: string; type: string; fingerprint: string; createdAt: string }
}) {
  const forget = useForgetKey()
  return (
    <li className="flex items-center gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
      <span className="min-w-0 flex-1">
        <span className="font-medium text-ink">{kept.name}</span>{' '}
        <span className="text-muted" title={formatExactTime(new Date(kept.createdAt))}>
          {kept.type}
        </span>
        <span className="block font-mono text-2xs wrap-anywhere text-muted">
          {kept.fingerprint}
        </span>
        {forget.error !== null && <span className="text-bad">It could not be deleted</span>}
      </span>
      <IconButton
        icon={TrashIcon}
        label={`Delete ${kept.name}`}
        size="sm"
        onClick={() => forget.mutate(kept.id)}
      />
    </li>
  )
}

function Refused({ lines }: { lines: readonly { line: number; reason: string }[] }) {
  return (
    <Message tone="bad" title={`${plural(lines.length, 'line')} cannot be used`}>
      <ul>
        {lines.map(({ line, reason }) => (
          <li key={line}>
            Line {line}: {reason}
          </li>
        ))}
      </ul>
    </Message>
  )
}

type Told = {
  refused: { line: number; reason: string }[]
  known: string[]
  /** What stays in the field: the lines that could not be used. */
  rest: (text: string) => string
}

function toldOf({ known, refused }: KeyImport): Told {
  return {
    ...toldHere(refused),
    known: known.map(({ line, key }) => `Line ${line} is ${key.name}, which is among your keys.`),
  }
}

function toldHere(refused: Told['refused']): Told {
  const wrong = new Set(refused.map(({ line }) => line))
  return {
    refused,
    known: [],
    rest: (text) =>
      text
        .split('\n')
        .filter((_line, index) => wrong.has(index + 1))
        .join('\n'),
  }
}

function blockedBy(keys: number, refused: readonly unknown[]): string | null {
  if (keys > 0) return null
  return refused.length > 0 ? 'No line is a public key' : 'Paste a key first'
}
