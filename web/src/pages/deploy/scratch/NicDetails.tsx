import { nicModels } from '@deployer/core/hardware/request.ts'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { withSetting } from '../cloud-init/state.ts'
import { useDeploy } from '../deploy-context.ts'
import { Part, PartsOf } from './parts.tsx'
import type { NicForm } from './state.ts'

const modelWords: Record<(typeof nicModels)[number], string> = {
  virtio: 'VirtIO, the fastest',
  e1000: 'Intel E1000',
  e1000e: 'Intel E1000E',
  vmxnet3: 'VMware vmxnet3',
  rtl8139: 'Realtek RTL8139',
}

/** What the first NIC is, beside its bridge and addresses. */
export function NicDetails() {
  const { form, change, names, template } = useDeploy()
  const { nic } = form
  const set = <Key extends keyof NicForm>(key: Key, value: NicForm[Key] | undefined) =>
    change({ nic: withSetting(nic, key, value) })
  const profile = template?.profile
  const given = profile?.title
  const usual = profile?.nic.model ?? 'virtio'
  const back = (key: keyof NicForm) => ({
    own: nic[key] !== undefined,
    given,
    onReset: () => set(key, undefined),
  })
  return (
    <PartsOf field="nic">
      <div className="grid gap-4 sm:grid-cols-2">
        <Part
          path="model"
          label="Model"
          {...back('model')}
          about="What the guest sees as its network card. VirtIO is the fastest and needs a driver in the guest; Linux has it, Windows gets it from the drivers ISO. Intel E1000 needs none."
        >
          <Select
            value={nic.model ?? usual}
            onChange={(model) => set('model', model === usual ? undefined : model)}
            options={nicModels.map((value) => ({ value, label: modelWords[value] }))}
          />
        </Part>
        <Part
          path="firewall"
          label="Proxmox firewall"
          {...back('firewall')}
          about="Whether the rules of Proxmox's firewall hold for this card, where the firewall is on."
        >
          <SegmentedControl
            stretch
            value={nic.firewall === false ? 'off' : 'on'}
            onChange={(next) => set('firewall', next === 'off' ? false : undefined)}
            options={[
              { value: 'on', label: 'On' },
              { value: 'off', label: 'Off' },
            ]}
          />
        </Part>
        <Part
          path="mac"
          label="MAC address"
          optional
          {...back('mac')}
          help={
            names.names.length > 1
              ? 'For a single VM only; each of several gets its own'
              : 'Left empty, the VM gets a free one'
          }
          about="Hardware address of the card, for a network that knows its members by it."
        >
          <TextInput
            mono
            value={nic.mac ?? ''}
            placeholder="BC:24:11:00:00:01"
            onChange={(mac) => set('mac', mac)}
          />
        </Part>
        <Part
          path="rateMBps"
          label="Rate limit"
          optional
          {...back('rate')}
          about="Megabytes a second that the card lets through at most. Left empty, there is no limit."
        >
          <TextInput
            inputMode="decimal"
            unit="MB/s"
            value={nic.rate ?? ''}
            placeholder="none"
            onChange={(rate) => set('rate', rate)}
          />
        </Part>
      </div>
    </PartsOf>
  )
}
