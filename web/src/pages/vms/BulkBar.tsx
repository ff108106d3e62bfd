import {
  ArrowPathIcon,
  CameraIcon,
  ClipboardDocumentIcon,
  PlayIcon,
  PowerIcon,
  StopIcon,
  TrashIcon,
} from '@heroicons/react/16/solid'
import { powerApplies, type PowerAction, type VmRow } from '@deployer/core/vm.ts'
import { Button, type Icon } from '../../ui/Button.tsx'
import { copyText } from '../../ui/CodeBlock.tsx'
import { plural } from '../../ui/format.ts'
import { toast } from '../../ui/Toast.tsx'
import type { BulkWish } from './BulkDialog.tsx'
import { hostsOf, powerWords } from './words.ts'

const actions: readonly { action: PowerAction; icon: Icon }[] = [
  { action: 'start', icon: PlayIcon },
  { action: 'shutdown', icon: PowerIcon },
  { action: 'reboot', icon: ArrowPathIcon },
  { action: 'stop', icon: StopIcon },
]

/** What can be done with the chosen VMs; floats over the table. */
export function BulkBar({
  vms,
  onClear,
  onWish,
  deletion,
}: {
  vms: readonly VmRow[]
  onClear: () => void
  onWish: (wish: BulkWish) => void
  /** Whether VMs may be deleted on this server. */
  deletion: boolean
}) {
  const copyHosts = async () => {
    const lines = hostsOf(vms)
    const count = lines === '' ? 0 : lines.split('\n').length
    if (count === 0) toast('bad', 'None of them has a known address')
    else if (await copyText(lines)) toast('ok', `${plural(count, 'line')} for /etc/hosts copied`)
    else toast('bad', 'The browser does not allow copying')
  }
  return (
    <>
      <div className="h-16" />
      <div
        role="region"
        aria-label="Actions for the chosen VMs"
        className="fixed inset-x-2 bottom-3 z-20 mx-auto flex w-fit max-w-[calc(100vw-16px)] items-center gap-1 overflow-x-auto rounded-lg border border-edge bg-raised px-2 py-1.5 shadow-pop"
      >
        <span role="status" className="px-2 text-sm font-medium whitespace-nowrap text-ink">
          {vms.length.toLocaleString('en')} selected
        </span>
        <button type="button" className="link mr-2 text-sm" onClick={onClear}>
          Clear
        </button>
        {actions.map(({ action, icon }) => {
          const able = vms.filter(({ state }) => powerApplies(action, state)).length
          return (
            able > 0 && (
              <Button
                key={action}
                variant="ghost"
                size="sm"
                icon={icon}
                onClick={() => onWish({ kind: 'power', action })}
              >
                {powerWords[action].verb}
                {able < vms.length && (
                  <span className="text-muted">
                    {able} of {vms.length}
                  </span>
                )}
              </Button>
            )
          )
        })}
        <Button
          variant="ghost"
          size="sm"
          icon={CameraIcon}
          onClick={() => onWish({ kind: 'snapshot' })}
        >
          Snapshot
        </Button>
        <Button
          variant="ghost"
          size="sm"
          icon={ClipboardDocumentIcon}
          onClick={() => void copyHosts()}
        >
          Copy hosts
        </Button>
        {deletion && (
          <Button
            variant="danger"
            size="sm"
            icon={TrashIcon}
            onClick={() => onWish({ kind: 'delete' })}
          >
            Delete {vms.length.toLocaleString('en')}
          </Button>
        )}
      </div>
    </>
  )
}
