import type { VmDetail, VmDrive } from '@deployer/core/vm.ts'
import { useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { formatGiB } from '../../ui/format.ts'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { useWork } from './work.ts'

export function ResizeDialog({
  vm,
  drive,
  onClose,
}: {
  vm: VmDetail
  drive: VmDrive
  onClose: () => void
}) {
  const { begin } = useWork()
  const least = Math.floor(drive.sizeGiB) + 1
  const [sizeGiB, setSizeGiB] = useState<number | null>(Math.ceil(drive.sizeGiB) + 10)
  const [error, setError] = useState<unknown>(null)
  const [sending, setSending] = useState(false)
  const wrong =
    sizeGiB === null || sizeGiB < least
      ? `It has ${formatGiB(drive.sizeGiB)}. Disks grow, never shrink.`
      : null
  const go = () => {
    if (sizeGiB === null) return
    setSending(true)
    begin({ kind: 'resize', disk: drive.key, sizeGiB }).then(onClose, (caught: unknown) => {
      setSending(false)
      setError(caught)
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Grow ${drive.key} of ${vm.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            working={sending && 'Sending'}
            blocked={wrong !== null && 'Choose a larger size first'}
            hideReason
            onClick={go}
          >
            Grow {drive.key}
          </Button>
        </>
      }
    >
      <Field
        label="Size"
        error={wrong}
        help={`Now ${formatGiB(drive.sizeGiB)} on ${drive.storage}. Partition and file system are grown in the guest.`}
      >
        <NumberInput value={sizeGiB} onChange={setSizeGiB} unit="GiB" />
      </Field>
      {error !== null && <ProblemMessage error={error} />}
    </Dialog>
  )
}
