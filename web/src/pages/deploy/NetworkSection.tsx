import { expandAddresses } from '@deployer/core/patterns.ts'
import type { Bridge } from '@deployer/core/inventory.ts'
import { lazy, Suspense, useState } from 'react'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select, type SelectOption } from '../../ui/Select.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { DeployField, FieldFix } from './DeployField.tsx'
import { useDeploy } from './deploy-context.ts'
import { type Addressing, defaultsFor } from './form.ts'
import { KeptNetworks } from './Kept.tsx'
import type { Basis } from './scratch/basis.ts'

/** Bridge, VLAN and addresses of the first NIC. */
export function NetworkSection() {
  const { form, change, template } = useDeploy()
  const defaults = defaultsFor(template)
  const addressing = form.addressing ?? defaults.addressing
  const blocked = template !== null && template.cloudInitDrive === null ? noReader(template) : null
  const nic = template?.nics[0]
  const asGiven = form.source === 'template' ? 'As template' : 'By the guest'
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-[136px_minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_128px_auto]">
        <BridgeField />
        <DeployField
          name="vlan"
          label="VLAN"
          about="VLAN tag of the NIC, 1 to 4094. Left empty, it stays as the template has it, and new NICs have none."
        >
          <TextInput
            inputMode="numeric"
            value={form.vlan}
            placeholder={nic?.vlan ? String(nic.vlan) : 'none'}
            onChange={(vlan) => change({ vlan })}
          />
        </DeployField>
        <DeployField
          name="addressing"
          label="Addresses"
          about="How the guest gets its address, by cloud-init or by the answers of Windows setup. Range gives each VM one of its own."
          help={blocked ?? undefined}
        >
          <SegmentedControl
            value={addressing}
            onChange={(next) => change({ addressing: next === defaults.addressing ? null : next })}
            options={
              [
                { value: 'template', label: asGiven },
                { value: 'dhcp', label: 'DHCP', blocked },
                { value: 'range', label: 'Range', blocked },
              ] satisfies { value: Addressing; label: string; blocked?: string | null }[]
            }
          />
        </DeployField>
      </div>
      {addressing === 'range' && <RangeFields />}
      <ExtraFields />
      {form.source === 'template' ? <KeptNetworks /> : <NicFold />}
    </div>
  )
}

function noReader({ profile }: Basis): string {
  return profile === undefined
    ? 'The template has no cloud-init drive, so nothing inside it would read the address'
    : 'Whoever sits at the installer sets the address there'
}

/** Comes where VMs are made from an ISO or an image. */
const NicDetails = lazy(async () => ({
  default: (await import('./scratch/NicDetails.tsx')).NicDetails,
}))

const FurtherNics = lazy(async () => ({
  default: (await import('./scratch/FurtherNics.tsx')).FurtherNics,
}))

function NicFold() {
  const { form, errorOf } = useDeploy()
  const further = form.kept.networks.length
  const [open, setOpen] = useState(Object.keys(form.nic).length > 0 || further > 0)
  return (
    <details
      open={open || errorOf('nic') !== null}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="w-fit text-xs text-muted">
        Network card: model, firewall, MAC, rate; further cards
        {further > 0 && <span className="text-accent-text">, {further} more</span>}
      </summary>
      <div className="pt-3">
        <Suspense fallback={<Spinner>Opening the fields</Spinner>}>
          {open && (
            <div className="flex flex-col gap-4">
              <NicDetails />
              <FurtherNics />
            </div>
          )}
        </Suspense>
      </div>
    </details>
  )
}

function BridgeField() {
  const { form, change, template, inventory } = useDeploy()
  const own = template?.nics[0]?.bridge ?? null
  const node = form.placement === 'node' ? form.node : ''
  return (
    <DeployField
      name="bridge"
      label="Bridge"
      className="sm:max-xl:col-span-2"
      about="Bridge or vnet that the first NIC is plugged into. It must be there on every node that gets a VM."
    >
      <Select
        value={form.bridge === '' ? (own ?? AS_TEMPLATE) : form.bridge}
        onChange={(bridge) =>
          change({ bridge: bridge === own || bridge === AS_TEMPLATE ? '' : bridge })
        }
        options={bridgeOptions(
          inventory.bridges,
          inventory.nodes.length,
          node,
          own,
          form.source === 'template' ? 'As the template' : 'Automatic',
        )}
      />
    </DeployField>
  )
}

/** No bridge can be called this. */
const AS_TEMPLATE = '(template)'

function bridgeOptions(
  bridges: readonly Bridge[],
  nodeCount: number,
  node: string,
  own: string | null,
  nothing: string,
): SelectOption<string>[] {
  const names = [...new Set(bridges.map((bridge) => bridge.name))].toSorted()
  const options = names.map((name) => {
    const nodes = bridges.filter((bridge) => bridge.name === name).map((bridge) => bridge.node)
    return {
      value: name,
      label: name,
      hint: whereItIs(nodes, nodeCount),
      blocked: node === '' || nodes.includes(node) ? null : `${node} has no ${name}`,
    }
  })
  return own !== null && names.includes(own)
    ? options
    : [{ value: own ?? AS_TEMPLATE, label: own ?? nothing }, ...options]
}

function whereItIs(nodes: readonly string[], nodeCount: number): string {
  if (nodeCount > 1 && nodes.length === nodeCount) return `on all ${nodeCount} nodes`
  return `on ${nodes.join(', ')}`
}

function RangeFields() {
  const { form, change } = useDeploy()
  return (
    <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-[1.3fr_1fr_1fr]">
      <DeployField
        name="range"
        label="Range"
        about={<RangeHelp />}
        help={useRangeHelp()}
        errorAction={<FieldFix name="range" />}
        className="sm:max-xl:col-span-2"
      >
        <TextInput
          mono
          placeholder="10.0.0.{20..29}/24"
          value={form.range}
          onChange={(range) => change({ range })}
        />
      </DeployField>
      <DeployField
        name="gateway"
        label="Gateway"
        optional
        about="Router of the network. Left empty, the VMs reach only their own network."
      >
        <TextInput
          mono
          placeholder="10.0.0.1"
          value={form.gateway}
          onChange={(gateway) => change({ gateway })}
        />
      </DeployField>
      <DeployField
        name="nameservers"
        label="DNS servers"
        optional
        about="Addresses divided by commas. Left empty, the VMs get those of the template, else of the node."
      >
        <TextInput
          mono
          placeholder="10.0.0.2, 10.0.0.3"
          value={form.nameservers}
          onChange={(nameservers) => change({ nameservers })}
        />
      </DeployField>
    </div>
  )
}

/** IPv6 and search domains: folded unless something is set. */
function ExtraFields() {
  const { form, change, errorOf } = useDeploy()
  const ip6 = form.ip6.trim()
  const kind = ip6 === '' ? 'template' : ip6 === 'auto' || ip6 === 'dhcp' ? ip6 : 'range'
  const fields = ['ip6', 'gateway6', 'searchDomains'] as const
  const open = fields.some((field) => form[field] !== '' || errorOf(field) !== null)
  return (
    <details open={open || undefined}>
      <summary className="w-fit text-xs text-muted">IPv6 and search domains</summary>
      <div className="grid gap-4 pt-3 sm:grid-cols-2">
        <DeployField
          name="ip6"
          label="IPv6"
          about="Beside the IPv4 address. Auto: the guest takes what the router announces (SLAAC). Range gives each VM an address of its own."
          className="sm:col-span-2"
          help={kind === 'range' ? 'fd00::{20..29}/64: one address for each VM' : undefined}
        >
          <span className="flex flex-wrap gap-3">
            <SegmentedControl
              label="IPv6"
              value={kind}
              onChange={(next) =>
                change({
                  ip6: next === 'template' ? '' : next === 'range' ? 'fd00::{n=20}/64' : next,
                })
              }
              options={[
                { value: 'template', label: 'As template' },
                { value: 'auto', label: 'Auto' },
                { value: 'dhcp', label: 'DHCP' },
                { value: 'range', label: 'Range' },
              ]}
            />
            {kind === 'range' && (
              <TextInput
                mono
                aria-label="IPv6 range"
                className="min-w-52 flex-1"
                value={form.ip6}
                onChange={(next) => change({ ip6: next })}
              />
            )}
          </span>
        </DeployField>
        {kind === 'range' && (
          <DeployField
            name="gateway6"
            label="IPv6 gateway"
            optional
            about="Left empty, the router announces itself."
          >
            <TextInput
              mono
              placeholder="fd00::1"
              value={form.gateway6}
              onChange={(gateway6) => change({ gateway6 })}
            />
          </DeployField>
        )}
        <DeployField
          name="searchDomains"
          label="Search domains"
          optional
          about="Tried for short names, divided by commas."
        >
          <TextInput
            placeholder="lab.example"
            value={form.searchDomains}
            onChange={(searchDomains) => change({ searchDomains })}
          />
        </DeployField>
      </div>
    </details>
  )
}

function RangeHelp() {
  return (
    <>
      An address with its prefix length, one for each VM in order:{' '}
      <code>10.0.0.{'{20..29}'}/24</code> makes 10.0.0.20 to 10.0.0.29,{' '}
      <code>10.0.0.{'{n=20}'}/24</code> starts at 20 and goes as far as there are VMs. IPv6 works
      too.
    </>
  )
}

/** First and last address, as one types. */
function useRangeHelp(): string | undefined {
  const { form, names } = useDeploy()
  const count = names.names.length
  if (form.range.trim() === '' || count === 0) return 'One address for each VM'
  const made = expandAddresses(form.range.trim(), count)
  if (!made.ok) return undefined
  const [first] = made.values
  const last = made.values.at(-1)
  if (first === undefined || last === undefined) return undefined
  return first === last ? first : `${withoutPrefix(first)} to ${withoutPrefix(last)}`
}

function withoutPrefix(address: string): string {
  return address.split('/')[0] ?? address
}
