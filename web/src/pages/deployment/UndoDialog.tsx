import type { DeploymentView } from '@deployer/core/deployment.ts'
import type { Issue, Plan } from '@deployer/core/plan.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useUndoDeployment } from '../../api/actions.ts'
import { undoPlanQuery } from '../../api/queries.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { plural } from '../../ui/format.ts'
import { Message } from '../../ui/Message.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { undoConfirmation, undoSentence } from './undo.ts'

/** Shows what an undo would destroy, asks for a typed word, then begins it. */
export function UndoDialog({
  view,
  open,
  onOpenChange,
  onUndo,
}: {
  view: DeploymentView
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The undo has begun. */
  onUndo: (id: string) => void
}) {
  const query = useQuery({ ...undoPlanQuery(view.id), enabled: open })
  const undo = useUndoDeployment(view.id)
  const [typed, setTyped] = useState('')
  const toggle = (next: boolean) => {
    // What was typed, and what came of it, belongs to one opening.
    setTyped('')
    undo.reset()
    onOpenChange(next)
  }
  // An older plan is never shown while a newer one is on its way.
  const plan = query.isFetching ? undefined : query.data
  const count = plan?.vms.length ?? 0
  const word = undoConfirmation(count)
  const blocked =
    plan === undefined
      ? 'The plan is on its way'
      : plan.blockers.length > 0
        ? `Resolve ${plural(plan.blockers.length, 'blocker')} first`
        : typed.trim() !== word && `Type ${word} first`
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      title="Undo this deployment?"
      footer={
        <>
          <Button onClick={() => toggle(false)}>{count === 0 ? 'Close' : 'Keep the VMs'}</Button>
          {count > 0 && plan && (
            <Button
              variant="danger-solid"
              blocked={blocked}
              hideReason
              working={undo.isPending && 'Undoing'}
              onClick={() =>
                undo.mutate(plan.hash, {
                  onSuccess: ({ id }) => onUndo(id),
                  // The new plan is to be read, and confirmed, anew.
                  onError: () => setTyped(''),
                })
              }
            >
              Destroy {plural(count, 'VM')}
            </Button>
          )}
        </>
      }
    >
      {query.isError && !query.isFetching ? (
        <ProblemMessage error={query.error} />
      ) : plan === undefined ? (
        <SkeletonRows label="The plan is on its way" rows={3} />
      ) : (
        <>
          <p>
            <Unbroken text={undoSentence(plan, view.id)} part={view.id} />
          </p>
          {count > 0 && <VmList plan={plan} />}
          <Issues issues={plan.blockers} tone="bad" />
          <Issues issues={plan.warnings} tone="warn" />
          {count > 0 && plan.blockers.length === 0 && (
            <Field
              label={
                <>
                  Type <code>{word}</code> to go on
                </>
              }
            >
              <TextInput value={typed} onChange={setTyped} mono ref={focusOnce} />
            </Field>
          )}
        </>
      )}
      {undo.error && <ProblemMessage error={undo.error} />}
    </Dialog>
  )
}

/** It comes with the plan, after the dialog has opened. */
const focusOnce = (input: HTMLInputElement | null) => input?.focus()

/** A text whose `part` keeps to one line, for it breaks at its hyphens. */
function Unbroken({ text, part }: { text: string; part: string }) {
  const [before = '', after] = text.split(part, 2)
  if (after === undefined) return text
  return (
    <>
      {before}
      <code className="text-xs whitespace-nowrap">{part}</code>
      {after}
    </>
  )
}

function VmList({ plan }: { plan: Plan }) {
  return (
    <ul
      tabIndex={0}
      aria-label="VMs that would be destroyed"
      className="max-h-56 divide-y divide-line overflow-y-auto rounded-md border border-line bg-well text-xs"
    >
      {plan.vms.map(({ name, vmid, node, steps }) => (
        <li key={vmid} className="flex items-center gap-3 px-3 py-1.5">
          <span className="min-w-0 flex-1 truncate font-medium text-ink">{name}</span>
          <span className="font-mono text-muted">{vmid}</span>
          <span>{node}</span>
          <span className="w-28 text-right text-muted">
            {steps.some(({ kind }) => kind === 'stop') ? 'stop, destroy' : 'destroy'}
          </span>
        </li>
      ))}
    </ul>
  )
}

const MOST_ISSUES = 4

function Issues({ issues, tone }: { issues: readonly Issue[]; tone: 'bad' | 'warn' }) {
  const more = issues.length - MOST_ISSUES
  return (
    <>
      {issues.slice(0, MOST_ISSUES).map(({ code, message }) => (
        <Message key={`${code} ${message}`} tone={tone} title={message} />
      ))}
      {more > 0 && <p className="text-xs text-muted">And {more} more of this kind.</p>}
    </>
  )
}
