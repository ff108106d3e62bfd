import type { DeploymentView } from '@deployer/core/deployment.ts'
import { Link } from '@tanstack/react-router'
import { Button } from '../../ui/Button.tsx'
import { Message } from '../../ui/Message.tsx'

/** That a deployment was undone, or is the undo of another, with the way to the other one. */
export function UndoNote({ view, onLook }: { view: DeploymentView; onLook: () => void }) {
  if (view.undoOf !== null)
    return (
      <Message tone="info" title="This is an undo" className="mb-3">
        <p>
          It destroys the VMs that carry the stamp of <To id={view.undoOf} />, and nothing else.
        </p>
      </Message>
    )
  if (view.undoneBy === null) return null
  return (
    <Message
      tone="info"
      title="This deployment was undone"
      className="mb-3"
      action={
        <Button size="sm" onClick={onLook}>
          See what is left
        </Button>
      }
    >
      <p>
        <To id={view.undoneBy} /> says what became of its VMs.
      </p>
    </Message>
  )
}

function To({ id }: { id: string }) {
  return (
    <Link
      to="/deployments/$deploymentId"
      params={{ deploymentId: id }}
      className="link font-mono text-2xs"
    >
      {id}
    </Link>
  )
}
