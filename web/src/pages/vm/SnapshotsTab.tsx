import { CameraIcon } from '@heroicons/react/24/outline'
import { ArrowUturnLeftIcon, TrashIcon } from '@heroicons/react/16/solid'
import type { Snapshot, VmDetail } from '@deployer/core/vm.ts'
import { useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { useServerNow } from '../../components/useServerNow.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatExactTime, formatTime } from '../../ui/format.ts'
import { SnapshotDialog } from './SnapshotDialog.tsx'
import { lacking, useWork } from './work.ts'

type Open = { kind: 'new' } | { kind: 'rollback' | 'delete'; snapshot: Snapshot }

export function SnapshotsTab({ vm }: { vm: VmDetail }) {
  const [open, setOpen] = useState<Open | null>(null)
  const { busy } = useWork()
  const wait = busy ? 'Something is being done to it' : null
  const noSnapshot = wait ?? lacking(vm, 'VM.Snapshot')
  const make = (
    <Button blocked={noSnapshot} onClick={() => setOpen({ kind: 'new' })}>
      Make snapshot
    </Button>
  )
  return (
    <>
      {vm.snapshots.length === 0 ? (
        <EmptyState icon={CameraIcon} title="No snapshots" action={make}>
          A snapshot keeps disks and settings as they are now, to come back to.
        </EmptyState>
      ) : (
        <>
          <SnapshotTable
            vm={vm}
            noRollBack={wait ?? lacking(vm, 'VM.Snapshot.Rollback', 'VM.Snapshot')}
            noDelete={noSnapshot}
            onOpen={setOpen}
          />
          <div className="mt-3">{make}</div>
        </>
      )}
      {open?.kind === 'new' && <SnapshotDialog vm={vm} onClose={() => setOpen(null)} />}
      {(open?.kind === 'rollback' || open?.kind === 'delete') && (
        <ConfirmDialog
          vm={vm}
          kind={open.kind}
          snapshot={open.snapshot}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

function SnapshotTable({
  vm,
  noRollBack,
  noDelete,
  onOpen,
}: {
  vm: VmDetail
  noRollBack: string | null
  noDelete: string | null
  onOpen: (open: Open) => void
}) {
  const now = new Date(useServerNow(null))
  return (
    <div className="card relative overflow-x-auto">
      <table className="w-full text-xs">
        <thead className="border-b border-line bg-raised">
          <tr>
            {['Snapshot', 'Made', 'Description', 'After', ''].map((title) => (
              <th key={title} scope="col" className="th first:pl-4">
                {title || <span className="sr-only">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {vm.snapshots.map((snapshot) => {
            const made = snapshot.createdAt === null ? null : new Date(snapshot.createdAt)
            return (
              <tr key={snapshot.name}>
                <th scope="row" className="td pl-4 text-left font-normal">
                  <span className="flex items-center gap-2">
                    <span className="font-mono text-ink">{snapshot.name}</span>
                    {snapshot.withMemory && <Badge>with memory</Badge>}
                    {snapshot.current && <Badge tone="you">goes on from here</Badge>}
                  </span>
                </th>
                <td className="td text-muted" title={made ? formatExactTime(made) : undefined}>
                  {made && formatTime(made, now)}
                </td>
                <td className="td max-w-80 truncate" title={snapshot.description}>
                  {snapshot.description}
                </td>
                <td className="td font-mono text-muted">{snapshot.parent}</td>
                <td className="td pr-3 text-right">
                  <span className="inline-flex gap-2">
                    <Button
                      size="sm"
                      icon={ArrowUturnLeftIcon}
                      blocked={noRollBack}
                      hideReason
                      title={noRollBack ?? undefined}
                      aria-label={`Roll back to ${snapshot.name}`}
                      onClick={() => onOpen({ kind: 'rollback', snapshot })}
                    >
                      Roll back
                    </Button>
                    <Button
                      size="sm"
                      variant="ghost"
                      icon={TrashIcon}
                      blocked={noDelete}
                      hideReason
                      title={noDelete ?? undefined}
                      aria-label={`Delete ${snapshot.name}`}
                      onClick={() => onOpen({ kind: 'delete', snapshot })}
                    >
                      Delete
                    </Button>
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function ConfirmDialog({
  vm,
  kind,
  snapshot,
  onClose,
}: {
  vm: VmDetail
  kind: 'rollback' | 'delete'
  snapshot: Snapshot
  onClose: () => void
}) {
  const { begin } = useWork()
  const [start, setStart] = useState(vm.state === 'running')
  const [error, setError] = useState<unknown>(null)
  const [sending, setSending] = useState(false)
  const { name, withMemory } = snapshot
  const back = kind === 'rollback'
  const go = () => {
    setSending(true)
    begin(
      back ? { kind, name, start: start && !withMemory } : { kind: 'delete-snapshot', name },
    ).then(onClose, (caught: unknown) => {
      setSending(false)
      setError(caught)
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={back ? `Roll ${vm.name} back to ${name}?` : `Delete the snapshot ${name}?`}
      footer={
        <>
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button
            variant="danger-solid"
            working={sending && (back ? 'Rolling back' : 'Deleting')}
            onClick={go}
          >
            {back ? 'Roll back' : 'Delete snapshot'}
          </Button>
        </>
      }
    >
      {back ? (
        <>
          <p>
            Disks and settings become what they were. Everything after the snapshot is lost
            {vm.state === 'stopped' ? '' : ', and what runs in the VM ends'}.
          </p>
          {withMemory ? (
            <p className="text-xs text-muted">Its memory was kept: it goes on where it was.</p>
          ) : (
            <Checkbox checked={start} onChange={setStart} label="Start it afterwards" />
          )}
        </>
      ) : (
        <p>The VM stays as it is; there is no way back to this snapshot any more.</p>
      )}
      {error !== null && <ProblemMessage error={error} />}
    </Dialog>
  )
}
