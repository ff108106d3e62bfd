import type { VmDetail } from '@deployer/core/vm.ts'
import { useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { formatGiB, plural } from '../../ui/format.ts'
import { Message } from '../../ui/Message.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useWork } from './work.ts'

/** Says what goes with it, asks for its name, then deletes it. */
export function DeleteDialog({ vm, onClose }: { vm: VmDetail; onClose: () => void }) {
  const { begin } = useWork()
  const [typed, setTyped] = useState('')
  const [stop, setStop] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [sending, setSending] = useState(false)
  const runs = vm.state !== 'stopped'
  const disks = vm.hardware.drives.filter(
    ({ kind }) => kind === 'disk' || kind === 'efi' || kind === 'tpm' || kind === 'unused',
  )
  const blocked =
    typed.trim() !== vm.name
      ? `Type ${vm.name} first`
      : runs && !stop
        ? 'It runs: say that its power may be cut'
        : null
  const go = () => {
    setSending(true)
    begin({ kind: 'delete', name: typed.trim(), stop }).then(onClose, (caught: unknown) => {
      setSending(false)
      setError(caught)
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${vm.name}?`}
      footer={
        <>
          <Button onClick={onClose}>Keep the VM</Button>
          <Button
            variant="danger-solid"
            working={sending && 'Deleting'}
            blocked={blocked}
            hideReason
            onClick={go}
          >
            Delete {vm.name}
          </Button>
        </>
      }
    >
      <p>
        VM {vm.vmid} on {vm.node} is destroyed with {plural(disks.length, 'disk')}
        {vm.snapshots.length > 0 && `, ${plural(vm.snapshots.length, 'snapshot')}`} and its entries
        in backup jobs and high availability. There is no way back but a backup.
      </p>
      {disks.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line bg-well text-xs">
          {disks.map(({ key, volid, sizeGiB }) => (
            <li key={key} className="flex justify-between gap-3 px-3 py-1.5">
              <span className="min-w-0 truncate font-mono text-ink">{volid}</span>
              <span className="flex-none text-muted">{formatGiB(sizeGiB)}</span>
            </li>
          ))}
        </ul>
      )}
      {vm.origin === null && (
        <Message tone="warn" title="No deployment here made this VM">
          <p>Make sure that nobody else relies on it.</p>
        </Message>
      )}
      {runs && (
        <Checkbox
          checked={stop}
          onChange={setStop}
          label="It runs: cut its power first"
          help="What was not saved in it is lost."
        />
      )}
      <Field label={`Type ${vm.name} to go on`}>
        <TextInput value={typed} onChange={setTyped} mono />
      </Field>
      {error !== null && <ProblemMessage error={error} />}
    </Dialog>
  )
}
