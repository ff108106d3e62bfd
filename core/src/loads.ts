/** What nodes and storages already carry while VMs are placed: what runs, what is still being made, and the plan so far. */
import type { Allocation, Inventory, Node, Storage } from './inventory.ts'

/** How full something would be: 1 is full. */
export type Gauge = { kind: 'memory' | 'storage'; what: string; share: number }

export type Loads = {
  add: (vm: { node: string; memoryMiB: number; allocations: Allocation[] }) => void
  /** VMs of this plan. */
  vmsOf: (node: string) => number
  /** VMs that running deployments are still making and that count there. */
  pendingOf: (node: string) => number
  /** With that much more; null where the figures are not known. */
  memory: (node: Node, moreMiB: number) => Gauge | null
  storage: (more: Allocation) => Gauge | null
}

/** A storage of one node, or a shared one, which is the same everywhere. */
export function storageKey({ storage, node }: Pick<Allocation, 'storage' | 'node'>): string {
  return node === null ? storage : `${node}/${storage}`
}

/** What VMs that are still being made will take of each storage, by `storageKey`. */
export function pendingGiB({ pending }: Pick<Inventory, 'pending'>): Map<string, number> {
  return summed(
    pending.flatMap((vm) =>
      vm.allocations.map((each): [string, number] => [storageKey(each), each.sizeGiB]),
    ),
  )
}

/** What VMs that are still being made will take of each node's memory. */
export function pendingMiB({ pending }: Pick<Inventory, 'pending'>): Map<string, number> {
  return summed(pending.map(({ node, memoryMiB }) => [node, memoryMiB]))
}

export function createLoads(inventory: Inventory): Loads {
  const vms = new Map<string, number>()
  const memoryMiB = pendingMiB(inventory)
  const storageGiB = pendingGiB(inventory)
  const storages = new Map(inventory.storages.map((each) => [storageKey(placeOf(each)), each]))
  const pending = summed(
    inventory.pending
      .filter((vm) => vm.memoryMiB > 0 || vm.allocations.length > 0)
      .map(({ node }) => [node, 1]),
  )
  return {
    add: (vm) => {
      increase(vms, vm.node, 1)
      increase(memoryMiB, vm.node, vm.memoryMiB)
      for (const each of vm.allocations) increase(storageGiB, storageKey(each), each.sizeGiB)
    },
    vmsOf: (node) => vms.get(node) ?? 0,
    pendingOf: (node) => pending.get(node) ?? 0,
    memory: (node, more) => {
      if (node.memoryMiB === null || node.memoryUsedMiB === null) return null
      const used = node.memoryUsedMiB + (memoryMiB.get(node.name) ?? 0) + more
      return { kind: 'memory', what: 'memory', share: used / node.memoryMiB }
    },
    storage: (more) => {
      const key = storageKey(more)
      const { totalGiB = null, availableGiB = null } = storages.get(key) ?? {}
      if (totalGiB === null || availableGiB === null || totalGiB <= 0) return null
      const left = availableGiB - (storageGiB.get(key) ?? 0) - more.sizeGiB
      return { kind: 'storage', what: more.storage, share: 1 - left / totalGiB }
    },
  }
}

function placeOf({ name, node, shared }: Storage): Pick<Allocation, 'storage' | 'node'> {
  return { storage: name, node: shared ? null : node }
}

function summed(entries: [string, number][]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [key, more] of entries) increase(sums, key, more)
  return sums
}

function increase(sums: Map<string, number>, key: string, more: number): void {
  sums.set(key, (sums.get(key) ?? 0) + more)
}
