/**
 * A template that exists on several nodes under one name counts as one: each VM is cloned from the copy on its node.
 * That is how templates on node-local storage serve a whole cluster, because Proxmox clones to another node only from
 * and to shared storage.
 */
import { storageOfVolume, storageOn } from './context.ts'
import type { Disk, Node, Storage, Template } from './inventory.ts'
import { nicSetting } from './nics.ts'

type Cluster = { nodes: Node[]; storages: Storage[] }

export type TemplateVolume = {
  what: 'disk' | 'cloud-init drive' | 'CD image'
  name: string
  storage: string | null
}

/** Everything that must be readable where a clone is made: disks, the cloud-init drive and CD images. */
export function volumesOf(template: Template): TemplateVolume[] {
  const { disks, cloudInitVolume, cdVolumes } = template
  return [
    ...disks.map(({ key, storage }) => ({ what: 'disk' as const, name: key, storage })),
    ...(cloudInitVolume === null
      ? []
      : [
          {
            what: 'cloud-init drive' as const,
            name: 'cloud-init drive',
            storage: storageOfVolume(cloudInitVolume),
          },
        ]),
    ...cdVolumes.map((volid) => ({
      what: 'CD image' as const,
      name: `CD image ${volid}`,
      storage: storageOfVolume(volid),
    })),
  ]
}

/** The first volume that only the template's own node can read; undefined where there is none. */
export function localVolumeOf(
  template: Template,
  { storages }: Pick<Cluster, 'storages'>,
): TemplateVolume | undefined {
  return volumesOf(template).find(
    ({ storage }) =>
      storage === null || storageOn({ storages }, storage, template.node)?.shared !== true,
  )
}

/** Each template with its copies among the others: the lowest VMID of each node. */
export function withCopies(templates: Omit<Template, 'copies'>[], cluster: Cluster): Template[] {
  const all = templates.map((template) => ({ ...template, copies: [] }))
  const byName = Map.groupBy(
    all
      .filter((template) => localVolumeOf(template, cluster) !== undefined)
      .toSorted((a, b) => a.vmid - b.vmid),
    (template) => template.name,
  )
  return all.map((template) => {
    const others = byName.get(template.name) ?? []
    if (!others.includes(template)) return template
    const equal = others.filter(
      (other) => other.node !== template.node && differenceOf(template, other, cluster) === null,
    )
    const copies = equal
      .filter((copy, index) => equal.findIndex(({ node }) => node === copy.node) === index)
      .map(({ vmid, node }) => ({ vmid, node }))
    return { ...template, copies }
  })
}

/**
 * What keeps `other` from being a copy of the template: `memory (4096 MiB instead of 2048 MiB)`; null where nothing
 * does. Tags and description may differ: the plan sets them as the template has them.
 */
export function differenceOf(
  template: Template,
  other: Template,
  { nodes }: Pick<Cluster, 'nodes'>,
): string | null {
  for (const { what, read } of traits) {
    const [ours, theirs] = [read(template, nodes), read(other, nodes)]
    if (ours !== theirs) return `${what} (${theirs || 'none'} instead of ${ours || 'none'})`
  }
  return null
}

/** `arch` of its config, or else what its node has (qemu-server src/PVE/QemuServer.pm, get_vm_arch). */
export function architectureOf(template: Template, nodes: Node[]): string {
  const home = nodes.find((node) => node.name === template.node)
  return template.inherited['arch'] ?? home?.architecture ?? 'x86_64'
}

/** What clones inherit and the plan counts on. */
const traits: { what: string; read: (template: Template, nodes: Node[]) => string }[] = [
  { what: 'OS type', read: ({ osType }) => osType ?? '' },
  { what: 'architecture', read: architectureOf },
  { what: 'disks', read: ({ disks }) => disks.map(diskText).join(', ') },
  { what: 'CPUs', read: ({ cores, sockets }) => `${sockets} × ${cores}` },
  { what: 'memory', read: ({ memoryMiB }) => `${memoryMiB} MiB` },
  {
    what: 'NICs',
    read: ({ nics }) => nics.map((nic) => `${nic.key}: ${nicSetting(nic, 'auto')}`).join(' '),
  },
  { what: 'cloud-init drive', read: ({ cloudInitDrive }) => cloudInitDrive ?? '' },
  { what: 'CD images', read: ({ cdVolumes }) => cdVolumes.join(', ') },
  { what: 'guest agent', read: ({ agent }) => (agent ? 'enabled' : 'disabled') },
  { what: 'settings', read: ({ inherited }) => settingsText(inherited) },
]

function diskText({ key, sizeGiB, boot }: Disk): string {
  return `${key} of ${sizeGiB} GiB${boot ? ' to boot from' : ''}`
}

/** The architecture is compared by itself. */
function settingsText({ arch: _arch, ...rest }: Template['inherited']): string {
  return Object.keys(rest)
    .toSorted()
    .map((key) => `${key}: ${rest[key]}`)
    .join(' ')
}
