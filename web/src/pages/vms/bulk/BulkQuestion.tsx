import type { VmRow } from '@deployer/core/vm.ts'
import { snapshotNameSchema } from '@deployer/core/vm.ts'
import { splitTags, vmTagSchema } from '@deployer/core/vm-tags.ts'
import { useState } from 'react'
import { ProblemMessage } from '../../../components/ProblemMessage.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { Message } from '../../../ui/Message.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import type { BulkOrder } from '../queries.ts'
import { nameOf, proposedSnapshot, stateShown } from '../words.ts'
import { TagFields } from './TagFields.tsx'
import { VmList } from './VmList.tsx'
import { type BulkWish, isHard, wordsOf } from './words.ts'

/** The most that one call of the API takes. */
const MOST = 500

/** What some of the wishes still need to know. */
type Answers = {
  snapshot: string
  add: string
  remove: readonly string[]
  typed: string
  /** Keep the memory; cut the power. */
  ticked: boolean
}

const typedFor = (chosen: readonly VmRow[]): string => `delete ${chosen.length}`

/** Why it cannot be asked for yet; null where it can. */
const blockedBy = (wish: BulkWish, chosen: readonly VmRow[], answers: Answers): string | null => {
  if (chosen.length > MOST) return `At most ${MOST} at once`
  switch (wish.kind) {
    case 'snapshot':
      return snapshotNameSchema.safeParse(answers.snapshot).success
        ? null
        : 'Choose another name first'
    case 'tag': {
      const added = splitTags(answers.add)
      if (added.length + answers.remove.length === 0) return 'Name a tag first'
      return added.every((tag) => vmTagSchema.safeParse(tag).success)
        ? null
        : 'Choose other tags first'
    }
    case 'delete':
      return answers.typed.trim() === typedFor(chosen) ? null : `Type ${typedFor(chosen)} first`
    case 'power':
    case 'validate':
      return null
  }
}

const orderOf = (wish: BulkWish, chosen: readonly VmRow[], answers: Answers): BulkOrder => {
  const vmids = chosen.map(({ vmid }) => vmid)
  const { snapshot, add, remove, ticked } = answers
  switch (wish.kind) {
    case 'power':
      return { kind: 'power', action: wish.action, vmids }
    case 'snapshot':
      return { kind: 'snapshot', name: snapshot, withMemory: ticked, vmids }
    case 'tag':
      return { kind: 'tag', add: splitTags(add), remove: [...remove], vmids }
    case 'validate':
      return { kind: 'validate', vmids }
    case 'delete': {
      const vms = chosen.map((vm) => ({ vmid: vm.vmid, name: nameOf(vm) }))
      return { kind: 'delete', vms, stop: ticked }
    }
  }
}

/** Which VMs it is about, what happens to them, and what it needs to know. */
export function BulkQuestion({
  wish,
  working,
  chosen,
  others,
  error,
  onOrder,
  onClose,
}: {
  wish: BulkWish
  working: string | false
  chosen: readonly VmRow[]
  /** So many of the choice are not in a state for it. */
  others: number
  error: unknown
  onOrder: (order: BulkOrder) => void
  onClose: () => void
}) {
  const [answers, setAnswers] = useState<Answers>(() => ({
    snapshot: proposedSnapshot(new Date()),
    add: '',
    remove: [],
    typed: '',
    ticked: false,
  }))
  const { verb, consequence } = wordsOf(wish)
  const count = plural(chosen.length, 'VM')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${verb} ${count}?`}
      footer={
        <>
          <Button onClick={onClose}>
            {wish.kind === 'validate' ? 'Cancel' : 'Keep as they are'}
          </Button>
          <Button
            variant={isHard(wish) ? 'danger-solid' : 'primary'}
            working={working}
            blocked={blockedBy(wish, chosen, answers)}
            hideReason
            onClick={() => onOrder(orderOf(wish, chosen, answers))}
          >
            {verb} {count}
          </Button>
        </>
      }
    >
      <p>{consequence}</p>
      {others > 0 && (
        <p className="text-xs text-muted">
          {plural(others, 'other VM')} of your choice {others === 1 ? 'is' : 'are'} not in a state
          for it.
        </p>
      )}
      {chosen.length > MOST && (
        <Message tone="bad" title={`At most ${MOST} at once`}>
          Narrow the list down with the search, a node or a tag, then choose all of it.
        </Message>
      )}
      <VmList
        lines={chosen.map((vm) => ({
          vmid: vm.vmid,
          name: nameOf(vm),
          about: `${vm.node}, ${stateShown(vm).text.toLowerCase()}`,
        }))}
      />
      <Questions
        wish={wish}
        chosen={chosen}
        answers={answers}
        onChange={(change) => setAnswers((before) => ({ ...before, ...change }))}
      />
      {error !== null && <ProblemMessage error={error} />}
    </Dialog>
  )
}

function Questions({
  wish,
  chosen,
  answers,
  onChange,
}: {
  wish: BulkWish
  chosen: readonly VmRow[]
  answers: Answers
  onChange: (change: Partial<Answers>) => void
}) {
  const { snapshot, add, remove, typed, ticked } = answers
  const running = chosen.filter(({ state }) => state !== 'stopped').length
  switch (wish.kind) {
    case 'power':
    case 'validate':
      return null
    case 'tag':
      return (
        <TagFields
          vms={chosen}
          add={add}
          onAdd={(text) => onChange({ add: text })}
          remove={remove}
          onRemove={(tags) => onChange({ remove: tags })}
        />
      )
    case 'snapshot':
      return (
        <>
          <Field label="Name" help="Letters, digits, _ and -, a letter first.">
            <TextInput value={snapshot} onChange={(text) => onChange({ snapshot: text })} mono />
          </Field>
          {running > 0 && (
            <Checkbox
              checked={ticked}
              onChange={(on) => onChange({ ticked: on })}
              label="Keep the memory of running ones too"
            />
          )}
        </>
      )
    case 'delete':
      return (
        <>
          {running > 0 && (
            <Checkbox
              checked={ticked}
              onChange={(on) => onChange({ ticked: on })}
              label={`Cut the power of ${running === 1 ? 'the one that runs' : `the ${running} that run`}`}
              help="Without it they are left as they are."
            />
          )}
          <Field label={`Type ${typedFor(chosen)} to go on`}>
            <TextInput value={typed} onChange={(text) => onChange({ typed: text })} mono />
          </Field>
        </>
      )
  }
}
