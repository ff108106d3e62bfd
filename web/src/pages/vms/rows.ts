/** Finding and sorting among all VMs. Ten thousand of them at each letter, so nothing here is done twice. */
import type { VmRow } from '@deployer/core/vm.ts'
import type { Show, Sort, VmsSearch } from './search.ts'

const texts = new WeakMap<VmRow, string>()

/** Everything of a VM that is searched, in lower case. */
const textOf = (vm: VmRow): string => {
  const known = texts.get(vm)
  if (known !== undefined) return known
  const { name, vmid, address, node, tags, deployment } = vm
  const text = [name, vmid, address, node, ...tags, deployment?.name, deployment?.id]
    .filter((part) => part !== null && part !== undefined)
    .join('\n')
    .toLowerCase()
  texts.set(vm, text)
  return text
}

/** Each word must be somewhere. */
export const fits = (vm: VmRow, q: string): boolean => {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every((word) => textOf(vm).includes(word))
}

export const needsAttention = ({ health, state }: VmRow): boolean =>
  state !== 'stopped' && (health === 'degraded' || health === 'unhealthy')

export const passes: Record<Show, (vm: VmRow) => boolean> = {
  here: ({ deployment }) => deployment !== null,
  attention: needsAttention,
  running: ({ state }) => state === 'running',
  stopped: ({ state }) => state === 'stopped',
}

export const filtered = (vms: readonly VmRow[], search: VmsSearch): VmRow[] => {
  const { q = '', show, node, tag } = search
  return vms.filter(
    (vm) =>
      (show === undefined || passes[show](vm)) &&
      (node === undefined || vm.node === node) &&
      (tag === undefined || vm.tags.includes(tag)) &&
      (q === '' || fits(vm, q)),
  )
}

const names = new Intl.Collator('en', { numeric: true })

const memoryShare = ({ memoryMiB, memoryUsedMiB }: VmRow): number | null =>
  memoryUsedMiB === null || !memoryMiB ? null : memoryUsedMiB / memoryMiB

/** An address as one number, so that .9 stands before .10. */
const addressKey = (address: string | null): string | null =>
  address === null ? null : address.replaceAll(/\d+/g, (part) => part.padStart(3, '0'))

const keys: Record<Sort, (vm: VmRow) => string | number | null> = {
  state: ({ state }) => ['running', 'paused', 'stopped', 'unknown'].indexOf(state),
  name: ({ name }) => name,
  vmid: ({ vmid }) => vmid,
  node: ({ node }) => node,
  address: ({ address }) => addressKey(address),
  cpu: ({ cpuFraction }) => cpuFraction,
  memory: memoryShare,
  uptime: ({ uptimeSeconds }) => uptimeSeconds,
  deployment: ({ deployment }) => deployment && (deployment.name ?? deployment.id),
  // The youngest first, as in other lists.
  age: ({ createdAt }) => createdAt && -Date.parse(createdAt),
}

/** VMs without a value come last, whichever way it goes; equal ones by their id. */
export const sorted = (
  vms: readonly VmRow[],
  { sort = 'name', down = false }: Pick<VmsSearch, 'sort' | 'down'>,
): VmRow[] => {
  const way = down ? -1 : 1
  const keyed = vms.map((vm) => ({ vm, key: keys[sort](vm) }))
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null)
      return Number(a.key === null) - Number(b.key === null) || a.vm.vmid - b.vm.vmid
    const order =
      typeof a.key === 'number' && typeof b.key === 'number'
        ? a.key - b.key
        : names.compare(String(a.key), String(b.key))
    return order * way || a.vm.vmid - b.vm.vmid
  })
  return keyed.map(({ vm }) => vm)
}

/** What there is to choose from, in order. */
export const choicesOf = (vms: readonly VmRow[]): { nodes: string[]; tags: string[] } => {
  const nodes = new Set<string>()
  const tags = new Set<string>()
  for (const vm of vms) {
    nodes.add(vm.node)
    for (const tag of vm.tags) tags.add(tag)
  }
  return {
    nodes: [...nodes].toSorted(names.compare),
    tags: [...tags].toSorted(names.compare),
  }
}

export type Selection = ReadonlySet<number>

/**
 * The selection after a press on one row. With shift, all from the row that was pressed before take its state, in the
 * order in which they are shown.
 */
export const select = (
  selection: Selection,
  order: readonly number[],
  vmid: number,
  { on, from }: { on: boolean; from: number | null },
): Selection => {
  const next = new Set(selection)
  const [at, start] = [order.indexOf(vmid), from === null ? -1 : order.indexOf(from)]
  const range =
    at < 0 || start < 0 ? [vmid] : order.slice(Math.min(at, start), Math.max(at, start) + 1)
  for (const id of range)
    if (on) next.add(id)
    else next.delete(id)
  return next
}
