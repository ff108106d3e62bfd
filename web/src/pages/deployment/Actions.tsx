import {
  ArrowPathIcon,
  ArrowPathRoundedSquareIcon,
  ArrowUturnLeftIcon,
  PencilSquareIcon,
  XMarkIcon,
} from '@heroicons/react/16/solid'
import type { DeploymentView } from '@deployer/core/deployment.ts'
import { Link } from '@tanstack/react-router'
import { isActive } from '../../components/deploymentWords.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'

/** What can be done with the whole deployment; on phones in the bar below. What failed comes first once it has ended. */
export function DeploymentActions({
  view,
  retrying,
  onRetry,
  onChange,
  onUndo,
  onCancel,
}: {
  view: DeploymentView
  retrying: boolean
  /** Null where nothing can be retried. */
  onRetry: (() => void) | null
  onChange: () => void
  onUndo: () => void
  onCancel: () => void
}) {
  const active = isActive(view)
  const isUndo = view.undoOf !== null
  return (
    <>
      {view.summary.failed > 0 && onRetry && (
        <Button
          variant={active ? 'secondary' : 'primary'}
          icon={ArrowPathIcon}
          working={retrying && 'Retrying'}
          onClick={onRetry}
        >
          Retry {view.summary.failed} failed
        </Button>
      )}
      {view.summary.failed > 0 && onRetry && !isUndo && (
        <Button icon={PencilSquareIcon} className="hidden! sm:inline-flex!" onClick={onChange}>
          Retry with changes
        </Button>
      )}
      {!isUndo && (
        <Link to="/deploy" search={{ from: view.id }} className={buttonClass()}>
          <ArrowPathRoundedSquareIcon className="size-4 opacity-80" aria-hidden />
          Deploy again
        </Link>
      )}
      {!active && !isUndo && view.undoneBy === null && (
        <Button variant="danger" icon={ArrowUturnLeftIcon} onClick={onUndo}>
          Undo deployment
        </Button>
      )}
      {active && (
        <Button
          variant="danger"
          icon={XMarkIcon}
          blocked={view.cancelRequested && 'It is being cancelled'}
          hideReason
          onClick={onCancel}
        >
          Cancel
        </Button>
      )}
    </>
  )
}
