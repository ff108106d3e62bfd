import { snapshotNameSchema, type VmDetail } from '@deployer/core/vm.ts'
import { useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Textarea, TextInput } from '../../ui/TextInput.tsx'
import { proposedSnapshot } from '../vms/words.ts'
import { useWork } from './work.ts'

const problemOf = (name: string, vm: VmDetail): string | null => {
  if (vm.snapshots.some((snapshot) => snapshot.name === name))
    return `${vm.name} has a snapshot of this name.`
  const { error } = snapshotNameSchema.safeParse(name)
  return error ? (error.issues[0]?.message ?? 'Proxmox does not take this name.') : null
}

export function SnapshotDialog({ vm, onClose }: { vm: VmDetail; onClose: () => void }) {
  const { begin } = useWork()
  const [name, setName] = useState(() => proposedSnapshot(new Date()))
  const [description, setDescription] = useState('')
  const [withMemory, setWithMemory] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [sending, setSending] = useState(false)
  const wrong = problemOf(name, vm)
  const go = () => {
    setSending(true)
    begin({ kind: 'snapshot', name, description, withMemory }).then(onClose, (caught: unknown) => {
      setSending(false)
      setError(caught)
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Snapshot of ${vm.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            working={sending && 'Sending'}
            blocked={wrong !== null && 'Choose another name first'}
            hideReason
            onClick={go}
          >
            Make snapshot
          </Button>
        </>
      }
    >
      <Field label="Name" error={wrong} help="Letters, digits, _ and -, a letter first.">
        <TextInput value={name} onChange={setName} mono />
      </Field>
      <Field label="Description" optional>
        <Textarea value={description} onChange={setDescription} rows={2} maxLength={1000} />
      </Field>
      {vm.state !== 'stopped' && (
        <Checkbox
          checked={withMemory}
          onChange={setWithMemory}
          label="Keep its memory too"
          help="A roll back then goes on where it was. It takes longer, and as much room as the VM uses."
        />
      )}
      {error !== null && <ProblemMessage error={error} />}
    </Dialog>
  )
}
