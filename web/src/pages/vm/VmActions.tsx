import {
  ArrowPathIcon,
  BoltIcon,
  CameraIcon,
  CommandLineIcon,
  PauseIcon,
  PlayIcon,
  PowerIcon,
  StopIcon,
  TrashIcon,
} from '@heroicons/react/16/solid'
import { powerApplies, type PowerAction, type VmDetail } from '@deployer/core/vm.ts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { toApiError } from '../../api/problem.ts'
import { Button, type Icon } from '../../ui/Button.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { toast } from '../../ui/Toast.tsx'
import { powerWords } from '../vms/words.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { type HarmlessPower, isHarmless, PowerDialog } from './PowerDialog.tsx'
import { consoleTab } from './slots.tsx'
import { SnapshotDialog } from './SnapshotDialog.tsx'
import { lacking, useWork } from './work.ts'

const icons: Record<PowerAction, Icon> = {
  start: PlayIcon,
  shutdown: PowerIcon,
  stop: StopIcon,
  reboot: ArrowPathIcon,
  reset: BoltIcon,
  suspend: PauseIcon,
  resume: PlayIcon,
}

/** In this order, the first that applies is the button; the others are in the menu. */
const inOrder: readonly PowerAction[] = [
  'start',
  'resume',
  'shutdown',
  'reboot',
  'suspend',
  'stop',
  'reset',
]

type Open =
  | { kind: 'power'; action: Exclude<PowerAction, HarmlessPower> }
  | { kind: 'snapshot' }
  | { kind: 'delete' }

/** What can be done to the VM, in the head of its page. */
export function VmActions({ vm }: { vm: VmDetail }) {
  const [open, setOpen] = useState<Open | null>(null)
  const { busy, begin } = useWork()
  const navigate = useNavigate({ from: '/vms/$vmid' })
  const able = inOrder.filter((action) => powerApplies(action, vm.state))
  const [first, ...others] = able
  const wait = busy ? 'Something is being done to it' : null
  const noPower = wait ?? lacking(vm, 'VM.PowerMgmt')
  const noConsole = lacking(vm, 'VM.Console')
  const noSnapshot = wait ?? lacking(vm, 'VM.Snapshot')
  const close = () => setOpen(null)
  const power = (action: PowerAction) => {
    if (!isHarmless(action)) return setOpen({ kind: 'power', action })
    begin({ kind: 'power', action }).catch((caught: unknown) => {
      const { title, detail } = toApiError(caught).problem
      toast('bad', `${vm.name}: ${detail || title}`)
    })
  }
  return (
    <>
      {consoleTab && vm.state !== 'stopped' && (
        <Button
          icon={CommandLineIcon}
          blocked={noConsole}
          hideReason
          title={noConsole ?? undefined}
          onClick={() =>
            void navigate({ search: (before) => ({ ...before, tab: 'console' }), replace: true })
          }
        >
          Console
        </Button>
      )}
      {first && (
        <Button
          icon={icons[first]}
          variant={first === 'start' || first === 'resume' ? 'primary' : 'secondary'}
          blocked={noPower}
          hideReason
          title={noPower ?? undefined}
          onClick={() => power(first)}
        >
          {powerWords[first].verb}
        </Button>
      )}
      <Button
        icon={CameraIcon}
        blocked={noSnapshot}
        hideReason
        title={noSnapshot ?? undefined}
        onClick={() => setOpen({ kind: 'snapshot' })}
      >
        Snapshot
      </Button>
      <MenuButton
        label="More actions"
        items={[
          ...others.map((action) => ({
            label: powerWords[action].verb,
            icon: icons[action],
            blocked: noPower,
            onSelect: () => power(action),
          })),
          {
            label: 'Delete',
            icon: TrashIcon,
            danger: true,
            blocked: wait ?? whyNotDeleted(vm),
            onSelect: () => setOpen({ kind: 'delete' }),
          },
        ]}
      />
      {open?.kind === 'power' && <PowerDialog vm={vm} action={open.action} onClose={close} />}
      {open?.kind === 'snapshot' && <SnapshotDialog vm={vm} onClose={close} />}
      {open?.kind === 'delete' && <DeleteDialog vm={vm} onClose={close} />}
    </>
  )
}

/** Null where it may be deleted. */
const whyNotDeleted = (vm: VmDetail): string | null => {
  if (!vm.deletion) return 'Switched off on this server (ENABLE_VM_DELETION)'
  if (vm.protection) return 'Its protection is on; see Hardware'
  return lacking(vm, 'VM.Allocate')
}
