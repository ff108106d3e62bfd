import { PlusIcon, XMarkIcon } from '@heroicons/react/16/solid'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import type { CheckKind, Draft, DraftCheck, Read } from './draft.ts'

const kinds: { value: CheckKind; label: string }[] = [
  { value: 'tcp', label: 'TCP port' },
  { value: 'http', label: 'HTTP' },
  { value: 'https', label: 'HTTPS' },
  { value: 'command', label: 'Command' },
]

const examples: Record<CheckKind, string> = {
  tcp: '5432',
  http: ':8080/health',
  https: '/health',
  command: 'systemctl is-active nginx',
}

const MOST = 20

/** Ports in place of the usual one, and checks of one's own. Errors show once `complain` is set. */
export function ChecksForm({
  draft,
  read,
  complain,
  usualPort,
  onChange,
}: {
  draft: Draft
  read: Read
  complain: boolean
  usualPort: string
  onChange: (draft: Draft) => void
}) {
  const change = (id: number, changes: Partial<DraftCheck>) =>
    onChange({
      ...draft,
      checks: draft.checks.map((check) => (check.id === id ? { ...check, ...changes } : check)),
    })
  const add = () =>
    onChange({
      ...draft,
      checks: [
        ...draft.checks,
        { id: Math.max(-1, ...draft.checks.map(({ id }) => id)) + 1, kind: 'http', text: '' },
      ],
    })
  return (
    <div className="space-y-4">
      <Field
        label="Ports"
        optional
        help={`Left out: ${usualPort}`}
        error={complain && read.ports}
        className="sm:max-w-xs"
      >
        <TextInput
          mono
          placeholder="22, 5432"
          value={draft.ports}
          onChange={(ports) => onChange({ ...draft, ports })}
        />
      </Field>
      {draft.checks.map(({ id, kind, text }, index) => (
        <div
          key={id}
          role="group"
          aria-label={`Check ${index + 1}`}
          className="flex items-start gap-2"
        >
          <Select
            label="Kind"
            value={kind}
            options={kinds}
            onChange={(next) => change(id, { kind: next })}
            className="w-36 flex-none sm:w-32"
          />
          <div className="min-w-0 flex-1">
            <TextInput
              mono
              aria-label={kind === 'command' ? 'Program and arguments' : 'Port or path'}
              aria-invalid={(complain && read.checks.has(id)) || undefined}
              placeholder={examples[kind]}
              value={text}
              onChange={(next) => change(id, { text: next })}
            />
            {complain && read.checks.has(id) && (
              <p className="mt-1 text-xs text-bad">{read.checks.get(id)}</p>
            )}
          </div>
          <IconButton
            icon={XMarkIcon}
            label={`Remove check ${index + 1}`}
            size="md"
            onClick={() =>
              onChange({ ...draft, checks: draft.checks.filter((check) => check.id !== id) })
            }
          />
        </div>
      ))}
      <Button
        size="sm"
        icon={PlusIcon}
        blocked={draft.checks.length >= MOST && `At most ${MOST} checks`}
        onClick={add}
      >
        Add a check
      </Button>
    </div>
  )
}
