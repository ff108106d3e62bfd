/** What a template's card says about it. */
import { isWindows } from '@deployer/core/names.ts'
import type { Storage, Template } from '@deployer/core/inventory.ts'
import { bootDisk } from './form.ts'
import { formatGiB, plural } from '../../ui/format.ts'

const DAY_MS = 86_400_000

/** The two letters of the operating system's tile: `Ub` for ubuntu-24.04, `Wi` for Windows, however it is named. */
export function osLetters(template: Pick<Template, 'name' | 'osType'>): string {
  const word = isWindows(template.osType) ? 'Windows' : (/[a-z]+/i.exec(template.name)?.[0] ?? 'VM')
  return word.slice(0, 1).toUpperCase() + word.slice(1, 2).toLowerCase()
}

/** `6 days old`, `new today`; null where Proxmox does not tell. */
export function templateAge(createdAt: string | null, now: number): string | null {
  if (createdAt === null) return null
  const days = Math.floor((now - Date.parse(createdAt)) / DAY_MS)
  if (!Number.isFinite(days)) return null
  return days < 1 ? 'new today' : `${plural(days, 'day')} old`
}

/** Nodes that reach the template's disks: all that have the shared storage, else the one that holds them. */
export function templateNodes(template: Template, storages: readonly Storage[]): string[] {
  const disk = bootDisk(template)
  const places = storages.filter((storage) => storage.name === disk?.storage)
  const shared = places.some((storage) => storage.shared)
  return shared ? places.map((storage) => storage.node).toSorted() : [template.node]
}

/** `12 GiB on ceph-vm, all nodes`. */
export function diskAndNodes(
  template: Template,
  storages: readonly Storage[],
  nodeCount: number,
): string {
  const disk = bootDisk(template)
  const copies = template.copies.map((copy) => copy.node)
  const nodes = [...new Set([...templateNodes(template, storages), ...copies])].toSorted()
  const where =
    nodes.length === 1
      ? `${nodes[0]} only`
      : nodes.length >= nodeCount
        ? 'all nodes'
        : nodes.join(', ')
  return disk === null
    ? `no disk, ${where}`
    : `${formatGiB(disk.sizeGiB)} on ${disk.storage}, ${where}`
}

export type Tick = { ok: boolean; text: string; reason: string | null }

/** How fit a template is for what comes after the clone. */
export function healthTicks(template: Template): Tick[] {
  const linked = template.linkedClone
  return [
    template.agent
      ? { ok: true, text: 'agent', reason: null }
      : {
          ok: false,
          text: 'no agent',
          reason:
            'The guest agent is off in its options, so nothing can tell the address of its VMs.',
        },
    template.cloudInitDrive === null
      ? {
          ok: false,
          text: 'no cloud-init',
          reason: 'It has no cloud-init drive, so addresses cannot be set from here.',
        }
      : { ok: true, text: 'cloud-init', reason: null },
    linked.possible
      ? { ok: true, text: 'linked clones', reason: null }
      : { ok: false, text: 'full clones only', reason: linked.reason },
    ...(template.lock === null
      ? []
      : [
          {
            ok: false,
            text: `locked (${template.lock})`,
            reason: 'Proxmox clones it when the lock is gone.',
          },
        ]),
  ]
}

/** Whether a template is meant by what was typed into the search: part of its name, VMID or tags. */
export function matchesSearch(template: Template, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  return [template.name, String(template.vmid), ...template.tags].some((text) =>
    text.toLowerCase().includes(wanted),
  )
}

/** Templates with nothing against them first, else in the order of their names. */
export function fittestFirst(templates: readonly Template[]): Template[] {
  return templates.toSorted(
    (one, other) => faults(one) - faults(other) || one.name.localeCompare(other.name),
  )
}

/** Copies of one template on several nodes count as one: the chosen one, or else the one with the lowest VMID. */
export function oneOfEach(templates: readonly Template[], chosen: number | null): Template[] {
  return templates.filter(({ vmid, copies }) => {
    const group = [vmid, ...copies.map((copy) => copy.vmid)]
    return vmid === (group.find((one) => one === chosen) ?? Math.min(...group))
  })
}

function faults(template: Template): number {
  return healthTicks(template).filter((tick) => !tick.ok).length
}
