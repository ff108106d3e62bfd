import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useConvert } from '../../api/templates.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Message } from '../../ui/Message.tsx'
import { Select } from '../../ui/Select.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { toast } from '../../ui/Toast.tsx'
import { vmsQuery } from '../vms/queries.ts'

/** Makes a stopped VM a template, for good. */
export function ConvertDialog({ onClose }: { onClose: () => void }) {
  const { data, error } = useQuery(vmsQuery)
  const [chosen, setChosen] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const convert = useConvert()
  const stopped = (data?.vms ?? []).filter(({ state }) => state === 'stopped')
  const vm = stopped.find(({ vmid }) => String(vmid) === chosen)
  return (
    <Dialog
      open
      onOpenChange={(stays) => {
        if (!stays) onClose()
      }}
      title="Convert a VM to a template"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger-solid"
            hideReason
            working={convert.isPending && 'Converting'}
            blocked={vm === undefined ? 'Choose a VM' : typed !== vm.name ? 'Type its name' : null}
            onClick={() => {
              if (vm === undefined) return
              convert.mutate(vm.vmid, {
                onSuccess: ({ name }) => {
                  toast('ok', `${name} becomes a template`)
                  onClose()
                },
              })
            }}
          >
            Convert for good
          </Button>
        </>
      }
    >
      {data === undefined && error === null && <Spinner>Reading the VMs</Spinner>}
      {error !== null && <ProblemMessage error={error} />}
      {data && stopped.length === 0 && (
        <Message tone="info" title="No VM is stopped">
          A template never runs. Prepare the VM, shut it down, then come back.
        </Message>
      )}
      {stopped.length > 0 && (
        <Field label="VM" help="Only those that are stopped">
          <Select
            value={chosen}
            onChange={setChosen}
            options={stopped.map(({ vmid, name, node }) => ({
              value: String(vmid),
              label: name ?? `VM ${vmid}`,
              hint: `${vmid} on ${node}`,
            }))}
          />
        </Field>
      )}
      <Message tone="warn" title="There is no way back">
        Its disks become read only and it never starts again; a full clone of it is a VM as before.
        Before: clean Linux (<code>cloud-init clean --logs --machine-id</code>), run sysprep in
        Windows, delete its snapshots.
      </Message>
      {vm && (
        <Field label={`Type ${vm.name ?? ''} to go on`}>
          <TextInput value={typed} onChange={setTyped} />
        </Field>
      )}
      {convert.error !== null && <ProblemMessage error={convert.error} />}
    </Dialog>
  )
}
