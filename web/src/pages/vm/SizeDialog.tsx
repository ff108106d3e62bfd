import type { VmDetail } from '@deployer/core/vm.ts'
import { useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Message } from '../../ui/Message.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { toast } from '../../ui/Toast.tsx'
import { useVmSettings } from '../vms/queries.ts'

const MOST_CORES = 512
const LEAST_MIB = 16

/** Cores and memory; of a running VM they hold after a restart. */
export function SizeDialog({ vm, onClose }: { vm: VmDetail; onClose: () => void }) {
  const [seen] = useState(vm)
  const [cores, setCores] = useState<number | null>(vm.hardware.cores)
  const [memoryMiB, setMemoryMiB] = useState<number | null>(vm.hardware.memoryMiB)
  const change = useVmSettings(vm.vmid)
  const wrongCores =
    cores === null || cores < 1 || cores > MOST_CORES ? `From 1 to ${MOST_CORES}.` : null
  const wrongMemory =
    memoryMiB === null || memoryMiB < LEAST_MIB ? `At least ${LEAST_MIB} MiB.` : null
  const same = cores === seen.hardware.cores && memoryMiB === seen.hardware.memoryMiB
  const go = () => {
    if (cores === null || memoryMiB === null) return
    change.mutate(
      {
        ...(cores !== seen.hardware.cores && { cores }),
        ...(memoryMiB !== seen.hardware.memoryMiB && { memoryMiB }),
        ...(seen.digest !== null && { digest: seen.digest }),
      },
      {
        onSuccess: ({ restartNeeded }) => {
          toast('ok', `${vm.name}: size changed${restartNeeded ? ', after a restart' : ''}`)
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Size of ${vm.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            working={change.isPending && 'Changing'}
            blocked={
              wrongCores !== null || wrongMemory !== null
                ? 'Correct the size first'
                : same && 'Nothing is changed yet'
            }
            hideReason
            onClick={go}
          >
            Change size
          </Button>
        </>
      }
    >
      <Field
        label={seen.hardware.sockets === 1 ? 'Cores' : 'Cores of each socket'}
        error={wrongCores}
      >
        <NumberInput value={cores} onChange={setCores} />
      </Field>
      <Field label="Memory" error={wrongMemory}>
        <NumberInput value={memoryMiB} onChange={setMemoryMiB} unit="MiB" />
      </Field>
      {vm.state !== 'stopped' && (
        <Message tone="info" title="It holds after a restart">
          <p>The VM runs with its size of now until it is shut down and started again.</p>
        </Message>
      )}
      {change.error && <ProblemMessage error={change.error} />}
    </Dialog>
  )
}
