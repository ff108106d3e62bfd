import type { DeploymentView, VmView } from '@deployer/core/deployment.ts'
import { useState } from 'react'
import { useCancelDeployment } from '../../api/actions.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { plural } from '../../ui/format.ts'
import { countStates } from './batch.ts'

/** Says what cancelling does to which VMs, then does it. */
export function CancelDialog({
  view,
  vm,
  open,
  onOpenChange,
}: {
  view: DeploymentView
  /** Only this one; null for all. */
  vm: VmView | null
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const cancel = useCancelDeployment(view.id)
  const what = vm ? vm.name : view.undoOf === null ? 'deployment' : 'undo'
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={vm ? `Cancel ${what}?` : `Cancel this ${what}?`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Let it go on</Button>
          <Button
            variant="danger-solid"
            working={cancel.isPending && 'Cancelling'}
            onClick={() =>
              cancel.mutate(vm ? [vm.id] : null, { onSuccess: () => onOpenChange(false) })
            }
          >
            Cancel {what}
          </Button>
        </>
      }
    >
      <WhatHappens vms={vm ? [vm] : view.vms} undo={view.undoOf !== null} />
      {vm && view.vms.length > 1 && <p className="mt-3">The other VMs go on.</p>}
      {cancel.error && <ProblemMessage error={cancel.error} />}
    </Dialog>
  )
}

function WhatHappens({ vms, undo }: { vms: readonly VmView[]; undo: boolean }) {
  // As it stood when the question was asked: the numbers under it must not run away.
  const [counts] = useState(() => countStates(vms))
  const stopped = counts.running + counts.waiting
  if (undo)
    return (
      <ul className="list-disc space-y-1 pl-4">
        {stopped + counts.queued > 0 && (
          <li>
            {plural(stopped + counts.queued, 'VM')} not destroyed yet: kept, but for those whose
            deletion runs already. Some may have been stopped.
          </li>
        )}
        {counts.done > 0 && <li>{plural(counts.done, 'VM')} destroyed: gone.</li>}
        {counts.failed > 0 && <li>{plural(counts.failed, 'VM')} failed: left as they are.</li>}
      </ul>
    )
  return (
    <ul className="list-disc space-y-1 pl-4">
      {stopped > 0 && (
        <li>
          {vms.length === 1
            ? 'Its running Proxmox task is stopped, and what there is of it is removed.'
            : `${plural(stopped, 'VM')} in the middle of it: running Proxmox tasks are stopped, half VMs are removed.`}
        </li>
      )}
      {counts.queued > 0 && <li>{plural(counts.queued, 'VM')} waiting: not made.</li>}
      {counts.done > 0 && <li>{plural(counts.done, 'VM')} ready: kept as they are.</li>}
      {counts.failed > 0 && <li>{plural(counts.failed, 'VM')} failed: left as they are.</li>}
    </ul>
  )
}
