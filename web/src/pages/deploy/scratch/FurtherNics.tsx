import { nicModels } from '@deployer/core/hardware/request.ts'
import { type NetworkRequest, networkSchema } from '@deployer/core/request.ts'
import { PlusIcon } from '@heroicons/react/16/solid'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { withSetting } from '../cloud-init/state.ts'
import { ErrorLine } from '../DeployField.tsx'
import { controlId, useDeploy } from '../deploy-context.ts'

/** A VM has at most eight NICs; the first has fields of its own. */
const MOST = 7

/** NICs after the first. */
export function FurtherNics() {
  const { form, change } = useDeploy()
  const { networks } = form.kept
  const set = (next: NetworkRequest[]) => change({ kept: { ...form.kept, networks: next } })
  return (
    <div id={controlId('kept')} className="flex flex-col gap-4">
      {networks.map((nic, index) => (
        <Nic
          // NICs have no identity but their place.
          key={index}
          number={index + 2}
          nic={nic}
          onChange={(next) => set(networks.with(index, next))}
          onRemove={() => set(networks.toSpliced(index, 1))}
        />
      ))}
      {networks.length < MOST && (
        <Button
          size="sm"
          icon={PlusIcon}
          className="self-start"
          onClick={() => set([...networks, {}])}
        >
          Add a network card
        </Button>
      )}
    </div>
  )
}

/** Where it is plugged in is left to the plan. */
const AUTO = '(auto)'

function Nic({
  number,
  nic,
  onChange,
  onRemove,
}: {
  number: number
  nic: NetworkRequest
  onChange: (nic: NetworkRequest) => void
  onRemove: () => void
}) {
  const { inventory, template } = useDeploy()
  const set = <Key extends keyof NetworkRequest>(
    key: Key,
    value: NetworkRequest[Key] | undefined,
  ) => onChange(withSetting(nic, key, value))
  const bridges = new Set(inventory.bridges.map((bridge) => bridge.name))
  if (nic.bridge !== undefined) bridges.add(nic.bridge)
  const usual = template?.profile?.nic.model ?? 'virtio'
  const problem = networkSchema.safeParse(nic).error?.issues[0]?.message
  return (
    <fieldset className="flex flex-col gap-3 border-t border-line pt-4">
      <legend className="sr-only">Network card {number}</legend>
      <div className="flex items-center justify-between">
        <span aria-hidden className="text-sm font-medium text-ink">
          Network card {number}
        </span>
        <Button size="sm" variant="ghost" onClick={onRemove}>
          Remove<span className="sr-only"> network card {number}</span>
        </Button>
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Bridge" about="Bridge or vnet that it is plugged into.">
          <Select
            value={nic.bridge ?? AUTO}
            onChange={(bridge) => set('bridge', bridge === AUTO ? undefined : bridge)}
            options={[
              { value: AUTO, label: 'Automatic' },
              ...[...bridges].toSorted().map((name) => ({ value: name, label: name })),
            ]}
          />
        </Field>
        <Field label="VLAN" optional about="VLAN tag, 1 to 4094.">
          <NumberInput
            value={nic.vlan ?? null}
            placeholder="none"
            onChange={(vlan) => set('vlan', vlan ?? undefined)}
          />
        </Field>
        <Field label="Model" about="What the guest sees as its network card.">
          <Select
            value={nic.model ?? usual}
            onChange={(model) => set('model', model === usual ? undefined : model)}
            options={nicModels.map((value) => ({ value, label: value }))}
          />
        </Field>
        {template?.byHand !== true && (
          <Field
            label="Address"
            optional
            about="dhcp, an address with its prefix length, or a pattern such as 10.0.0.{20..29}/24. Left empty, nothing sets it."
          >
            <TextInput
              mono
              value={nic.ip ?? ''}
              placeholder="dhcp"
              onChange={(ip) => set('ip', ip)}
            />
          </Field>
        )}
        <Field label="MAC address" optional about="For a single VM only.">
          <TextInput
            mono
            value={nic.mac ?? ''}
            placeholder="BC:24:11:00:00:02"
            onChange={(mac) => set('mac', mac)}
          />
        </Field>
        <Field label="Rate limit" optional about="Megabytes a second that it lets through at most.">
          <NumberInput
            unit="MB/s"
            value={nic.rateMBps ?? null}
            placeholder="none"
            onChange={(rate) => set('rateMBps', rate ?? undefined)}
          />
        </Field>
      </div>
      <Checkbox
        label="Proxmox firewall"
        help="Whether the rules of Proxmox’s firewall hold for it"
        checked={nic.firewall ?? true}
        onChange={(on) => set('firewall', on ? undefined : false)}
      />
      {problem !== undefined && <ErrorLine>{problem}</ErrorLine>}
    </fieldset>
  )
}
