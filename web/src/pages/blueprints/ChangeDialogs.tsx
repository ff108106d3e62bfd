import type { BlueprintHead } from '@deployer/core/blueprint.ts'
import { useState } from 'react'
import { isNameTaken, useChangeBlueprint, useDeleteBlueprint } from '../../api/blueprints.ts'
import { type About, AboutFields, nameProblem } from '../../components/blueprints/AboutFields.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Message } from '../../ui/Message.tsx'
import { toast } from '../../ui/Toast.tsx'

type Props = { head: BlueprintHead; onClose: () => void }

/** Its name, its description, who sees it. */
export function EditDialog({ head, onClose }: Props) {
  const [about, setAbout] = useState<About>({
    name: head.name,
    description: head.description ?? '',
    shared: head.shared,
  })
  const change = useChangeBlueprint()
  const press = () =>
    change.mutate(
      { id: head.id, ...about },
      {
        onSuccess: ({ name }) => {
          toast('ok', `Saved ${name}`)
          onClose()
        },
      },
    )
  return (
    <Dialog
      open
      onOpenChange={(stays) => {
        if (!stays) onClose()
      }}
      title="Rename, describe, share"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            working={change.isPending && 'Saving'}
            blocked={nameProblem(about.name)}
            hideReason
            onClick={press}
          >
            Save changes
          </Button>
        </>
      }
    >
      <AboutFields about={about} onChange={setAbout} onEnter={press} />
      <p className="text-xs text-muted">
        To change what it deploys: start from it, change the form, and save it under this name.
      </p>
      {change.error !== null &&
        (isNameTaken(change.error) ? (
          <Message tone="bad" role="alert" title="Another one of yours has this name">
            Choose a name that none of your blueprints has.
          </Message>
        ) : (
          <ProblemMessage error={change.error} />
        ))}
    </Dialog>
  )
}

export function DeleteDialog({ head, onClose }: Props) {
  const remove = useDeleteBlueprint()
  return (
    <Dialog
      open
      onOpenChange={(stays) => {
        if (!stays) onClose()
      }}
      title="Delete this blueprint?"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger-solid"
            working={remove.isPending && 'Deleting'}
            onClick={() =>
              remove.mutate(head.id, {
                onSuccess: () => {
                  toast('ok', `Deleted ${head.name}`)
                  onClose()
                },
              })
            }
          >
            Delete blueprint
          </Button>
        </>
      }
    >
      <p className="text-sm">
        {head.name} is gone then{head.shared && ', for everybody who uses it'}. Deployments and VMs
        that were made from it stay as they are.
      </p>
      {remove.error !== null && <ProblemMessage error={remove.error} />}
    </Dialog>
  )
}
