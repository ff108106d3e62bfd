/** What people say about a blueprint, and what is wrong with it: shared by the dialogs that save one. */
import { isNameTaken } from '../../api/blueprints.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Field } from '../../ui/Field.tsx'
import { Message } from '../../ui/Message.tsx'
import { Textarea, TextInput } from '../../ui/TextInput.tsx'
import { ProblemMessage } from '../ProblemMessage.tsx'

export type About = { name: string; description: string; shared: boolean }

/** Why it cannot be saved under this name yet. */
export const nameProblem = (name: string): string | null =>
  name.trim() === '' ? 'Give it a name' : null

export function AboutFields({
  about,
  onChange,
  onEnter,
}: {
  about: About
  onChange: (about: About) => void
  onEnter: () => void
}) {
  return (
    <>
      <Field label="Name">
        <TextInput
          // What the dialog gives the focus to, instead of its cross.
          ref={(input) => input?.setAttribute('autofocus', '')}
          maxLength={100}
          value={about.name}
          onChange={(name) => onChange({ ...about, name })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && nameProblem(about.name) === null) onEnter()
          }}
        />
      </Field>
      <Field label="Description" optional>
        <Textarea
          rows={3}
          maxLength={2000}
          spellCheck
          value={about.description}
          onChange={(description) => onChange({ ...about, description })}
        />
      </Field>
      <ShareBox shared={about.shared} onChange={(shared) => onChange({ ...about, shared })} />
    </>
  )
}

export function ShareBox({
  shared,
  onChange,
}: {
  shared: boolean
  onChange: (shared: boolean) => void
}) {
  return (
    <Checkbox
      checked={shared}
      onChange={onChange}
      label="Share with everybody"
      help="Whoever signs in here may see it and start from it; you alone change it"
    />
  )
}

/** Why the server did not save it. An earlier one of the same name can be replaced. */
export function NameTaken({
  error,
  name,
  working,
  onReplace,
}: {
  error: unknown
  /** Null where the file says it. */
  name: string | null
  working: boolean
  onReplace: () => void
}) {
  if (error === null || error === undefined) return null
  if (!isNameTaken(error)) return <ProblemMessage error={error} />
  return (
    <Message
      tone="warn"
      role="alert"
      title={`You have a blueprint ${name === null ? 'of this name' : `called ${name.trim()}`}`}
      action={
        <Button size="sm" working={working && 'Replacing'} onClick={onReplace}>
          Replace it
        </Button>
      }
    >
      Give this one another name, or replace the earlier one.
    </Message>
  )
}
