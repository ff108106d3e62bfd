import type { Storage } from '@deployer/core/inventory.ts'
import { Tag } from '../../ui/Badge.tsx'
import { formatGiB, plural } from '../../ui/format.ts'
import { OptionCard, OptionGroup } from '../../ui/OptionCard.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select, type SelectOption } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { DeployField } from './DeployField.tsx'
import { useDeploy } from './deploy-context.ts'
import { bootDisk, defaultsFor } from './form.ts'

/** On which nodes and storage the VMs live, and how they are cloned. */
export function WhereSection() {
  const { form, change, inventory } = useDeploy()
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-x-4 gap-y-4">
        <DeployField
          name="placement"
          label="Placement"
          about="Spread puts each VM on the node with the most room, counting those of this deployment. Pack fills one node before the next. Only nodes that can reach what the VMs are made from come into question."
          help={placementHelp[form.placement]}
        >
          <SegmentedControl
            value={form.placement}
            onChange={(placement) => change({ placement })}
            options={[
              { value: 'spread', label: 'Spread' },
              { value: 'pack', label: 'Pack' },
              { value: 'node', label: 'One node' },
            ]}
          />
        </DeployField>
        {form.placement === 'node' && (
          <DeployField
            name="node"
            label="Node"
            about="All VMs go to this node."
            className="min-w-48 flex-1 sm:max-w-72"
          >
            <Select
              value={form.node === '' ? null : form.node}
              onChange={(node) => change({ node })}
              placeholder="Choose a node"
              options={inventory.nodes.map((node) => ({
                value: node.name,
                label: node.name,
                hint: freeMemory(node),
                blocked: node.online ? null : 'It is offline',
              }))}
            />
          </DeployField>
        )}
      </div>
      {form.placement !== 'node' && <NodeChips />}
      {form.source === 'template' && <CloneField />}
      <div className="grid gap-4 sm:grid-cols-2">
        {form.source === 'template' ? <StorageField /> : <NewDiskStorage />}
        <DeployField
          name="pool"
          label="Pool"
          optional
          about="Resource pool that the VMs become members of. Permissions on a pool hold for its members."
        >
          <Select
            value={form.pool === '' ? NONE : form.pool}
            onChange={(pool) => change({ pool: pool === NONE ? '' : pool })}
            options={[
              { value: NONE, label: 'No pool' },
              ...inventory.pools.map((pool) => ({
                value: pool.id,
                label: pool.id,
                hint: pool.comment ?? undefined,
              })),
            ]}
          />
        </DeployField>
      </div>
    </div>
  )
}

/** No pool or storage can be called this. */
const NONE = '(none)'

const placementHelp = {
  spread: 'Each VM on the node with the most room',
  pack: 'One node is filled before the next',
  node: undefined,
} as const

function freeMemory(node: { memoryMiB: number | null; memoryUsedMiB: number | null }) {
  if (node.memoryMiB === null || node.memoryUsedMiB === null) return undefined
  return `${formatGiB((node.memoryMiB - node.memoryUsedMiB) / 1024)} memory free`
}

/** Where the plan puts them. */
function NodeChips() {
  const { plan } = useDeploy()
  const nodes = plan.plan?.capacity.nodes.filter((node) => node.vms > 0) ?? []
  if (nodes.length === 0) return null
  return (
    <ul aria-label="Result" className="flex flex-wrap gap-2">
      {nodes.map((node) => (
        <li key={node.node}>
          <Tag>
            {node.node}: {plural(node.vms, 'VM')}
          </Tag>
        </li>
      ))}
    </ul>
  )
}

function CloneField() {
  const { form, change, template } = useDeploy()
  const defaults = defaultsFor(template)
  const clone = form.clone ?? defaults.clone
  const linked = template?.linkedClone ?? { possible: true, reason: null }
  const choose = (kind: 'linked' | 'full') =>
    change({ clone: kind === defaults.clone ? null : kind })
  return (
    <DeployField
      name="clone"
      label="Clone"
      about="A linked clone shares the template's disk and keeps only what differs: ready in seconds, but the template must stay. A full clone copies everything and stands alone."
    >
      <OptionGroup label="Clone" className="grid gap-2.5 sm:grid-cols-2">
        {(name) => (
          <>
            <OptionCard
              name={name}
              value="linked"
              checked={clone === 'linked'}
              onSelect={() => choose('linked')}
              title="Linked"
              blocked={
                linked.possible ? null : (linked.reason ?? 'The template cannot be cloned linked')
              }
              showRadio
            >
              Ready in seconds, shares the template’s disk
            </OptionCard>
            <OptionCard
              name={name}
              value="full"
              checked={clone === 'full'}
              onSelect={() => choose('full')}
              title="Full"
              showRadio
            >
              A copy of its own, takes the time of copying
            </OptionCard>
          </>
        )}
      </OptionGroup>
    </DeployField>
  )
}

function StorageField() {
  const { form, change, template, inventory } = useDeploy()
  const own = template === null ? null : (bootDisk(template)?.storage ?? null)
  const clone = form.clone ?? defaultsFor(template).clone
  const about =
    'Where the disks of full clones go. Only storages that hold disk images are listed. Linked clones stay on the storage of the template.'
  if (clone === 'linked') {
    return (
      <DeployField
        name="storage"
        label="Storage"
        about={about}
        help="Linked clones stay where the template is"
      >
        <TextInput readOnly value={own ?? 'The template’s'} onChange={() => {}} />
      </DeployField>
    )
  }
  return (
    <DeployField name="storage" label="Storage" about={about}>
      <Select
        value={form.storage === '' ? (own ?? NONE) : form.storage}
        onChange={(storage) =>
          change({ storage: storage === own || storage === NONE ? '' : storage })
        }
        options={storageOptions(
          inventory.storages,
          form.placement === 'node' ? form.node : '',
          own,
        )}
      />
    </DeployField>
  )
}

/** For disks that are made anew: the plan takes the storage with the most room. */
function NewDiskStorage() {
  const { form, change, inventory, plan } = useDeploy()
  const planned = plan.plan?.vms[0]?.storage
  const auto = {
    value: NONE,
    label: 'Automatic',
    hint: planned === undefined || form.storage !== '' ? undefined : planned,
  }
  const options = storageOptions(
    inventory.storages,
    form.placement === 'node' ? form.node : '',
    form.storage === '' ? null : form.storage,
  )
  return (
    <DeployField
      name="storage"
      label="Storage"
      about="Where the disks of the VMs are made. Only storages that hold disk images are listed. Left to the plan, it is the one with the most room that every node reaches."
    >
      <Select
        value={form.storage === '' ? NONE : form.storage}
        onChange={(storage) => change({ storage: storage === NONE ? '' : storage })}
        options={[auto, ...options.filter(({ value }) => value !== NONE)]}
      />
    </DeployField>
  )
}

/** Storages that hold disk images, those that the chosen node lacks with the reason. */
function storageOptions(
  storages: readonly Storage[],
  node: string,
  own: string | null,
): SelectOption<string>[] {
  const images = storages.filter((storage) => storage.content.includes('images'))
  const names = [...new Set(images.map((storage) => storage.name))]
  const options = names.map((name) => {
    const places = images.filter((storage) => storage.name === name)
    const here = places.filter((storage) => node === '' || storage.node === node)
    return {
      value: name,
      label: name,
      hint: storageHint(here.length === 0 ? places : here, name === own),
      blocked:
        here.length === 0
          ? `${node} has no ${name}`
          : here.some((storage) => storage.active)
            ? null
            : 'Not active now',
    }
  })
  return own !== null && names.includes(own)
    ? options
    : [{ value: own ?? NONE, label: own ?? 'The template’s' }, ...options]
}

function storageHint(places: readonly Storage[], own: boolean): string {
  const free = places.flatMap((place) => (place.availableGiB === null ? [] : [place.availableGiB]))
  const shared = places.some((place) => place.shared)
  const nodes = shared || places.length === 1 ? '' : ' at least'
  return [
    ...(own ? ['as the template'] : []),
    ...(free.length === 0 ? [] : [`${formatGiB(Math.min(...free))} free${nodes}`]),
  ].join(', ')
}
