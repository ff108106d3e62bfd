/** What the plan takes of nodes and storages, and where that is too much. */
import { type VmContext, gib, storageOn } from './context.ts'
import type { Draft } from './drafts.ts'
import type { Storage } from './inventory.ts'
import { pendingGiB, pendingMiB, storageKey } from './loads.ts'
import type { Plan } from './plan.ts'
import { TIGHT_SHARE, type Place } from './placement.ts'

const STILL_BEING_MADE = 'VMs that are still being made'

export type Placed = { draft: Draft; place: Place }

export function capacityOf(context: VmContext, placed: Placed[]): Plan['capacity'] {
  return { nodes: nodeCapacities(context, placed), storages: storageCapacities(context, placed) }
}

/** Nodes that are online. Memory counts for every VM, started or not: it will be one day. */
function nodeCapacities(context: VmContext, placed: Placed[]): Plan['capacity']['nodes'] {
  const nodes = context.inventory.nodes.filter((node) => node.online)
  const pending = pendingMiB(context.inventory)
  return nodes.map((node) => {
    const here = placed.filter(({ place }) => place.node === node.name)
    const memoryPlannedMiB = here.reduce((sum, { draft }) => sum + draft.memoryMiB, 0)
    const capacity = {
      node: node.name,
      vms: here.length,
      memoryMiB: node.memoryMiB,
      memoryUsedMiB: node.memoryUsedMiB,
      memoryPendingMiB: pending.get(node.name) ?? 0,
      memoryPlannedMiB,
    }
    if (here.length > 0) warnOfMemory(context, capacity)
    return capacity
  })
}

/** A warning and no blocker: Proxmox starts VMs as long as the kernel gives memory. */
function warnOfMemory(context: VmContext, node: Plan['capacity']['nodes'][number]): void {
  if (node.memoryMiB === null || node.memoryUsedMiB === null) return
  const after = node.memoryUsedMiB + node.memoryPendingMiB + node.memoryPlannedMiB
  const share = after / node.memoryMiB
  const percent = `${Math.round(share * 100)} %`
  const pending =
    node.memoryPendingMiB > 0
      ? `, ${gib(node.memoryPendingMiB / 1024)} of it for ${STILL_BEING_MADE}`
      : ''
  const figures = `${gib(after / 1024)} of ${gib(node.memoryMiB / 1024)}${pending}`
  if (share > 1) {
    context.warnings.add({
      code: 'memory-overcommit',
      message: `${node.node} would need ${percent} of its memory: ${figures}. Proxmox allows it, but then VMs fail to start, and running ones are killed when it runs out. Place fewer VMs there, or give them less.`,
      field: 'placement',
    })
  } else if (share > TIGHT_SHARE) {
    const message = `${node.node} will be at ${percent} of its memory: ${figures}.`
    context.warnings.add({ code: 'memory-tight', message, field: 'placement' })
  }
}

type Use = { storage: Storage; pendingGiB: number; plannedGiB: number; worstGiB: number }

/** Should all linked clones fill up, they need their whole size as well, which is a warning. */
function storageCapacities(context: VmContext, placed: Placed[]): Plan['capacity']['storages'] {
  const { inventory } = context
  const pending = pendingGiB(inventory)
  const uses = new Map<string, Use>()
  for (const { place } of placed) {
    for (const allocation of place.allocations) {
      const key = storageKey(allocation)
      const storage = storageOn(inventory, allocation.storage, place.node)
      if (storage === undefined) continue
      const use = uses.get(key) ?? {
        storage,
        pendingGiB: pending.get(key) ?? 0,
        plannedGiB: 0,
        worstGiB: 0,
      }
      const worst = place.disks.filter((disk) => disk.target === allocation.storage)
      uses.set(key, {
        ...use,
        plannedGiB: use.plannedGiB + allocation.sizeGiB,
        worstGiB: worst.reduce((sum, disk) => sum + disk.sizeGiB, use.worstGiB),
      })
    }
  }
  return [...uses.values()].map((use) => {
    judgeRoom(context, use)
    const { storage, plannedGiB } = use
    return {
      storage: storage.name,
      node: storage.shared ? null : storage.node,
      totalGiB: storage.totalGiB,
      availableGiB: storage.availableGiB,
      pendingGiB: use.pendingGiB,
      plannedGiB,
    }
  })
}

function judgeRoom(context: VmContext, use: Use): void {
  const { request } = context
  const { storage, plannedGiB, worstGiB } = use
  if (storage.availableGiB === null) return
  const where = storage.shared ? storage.name : `${storage.name} on ${storage.node}`
  const taken = use.pendingGiB > 0 ? `, ${gib(use.pendingGiB)} of it for ${STILL_BEING_MADE}` : ''
  const free = `${where} has ${gib(storage.availableGiB)} free${taken}`
  const left = storage.availableGiB - use.pendingGiB
  if (context.full && plannedGiB > left && !fillsLater(context, storage)) {
    context.blockers.add({
      code: 'storage-full',
      message: `${free}, and the ${request.source.kind === 'template' ? 'full clones' : 'disks'} may come to ${gib(plannedGiB)}. Choose another storage, smaller disks or fewer VMs.`,
      field: storageField(context),
    })
  } else if (worstGiB > left) {
    context.warnings.add({
      code: 'storage-overcommit',
      message: `${free}. The VMs fit now, but if all of them fill their disks they need ${gib(worstGiB)}.`,
      field: storageField(context),
    })
  }
}

/** A new disk is empty, and takes its room as it fills; on LVM it takes all of it at once. */
function fillsLater({ request }: VmContext, { type }: Storage): boolean {
  return request.source.kind !== 'template' && type !== 'lvm'
}

function storageField({ request }: VmContext): string {
  const row = request.vms.findIndex((each) => each.storage !== undefined)
  if (request.defaults?.storage !== undefined) return 'defaults.storage'
  if (row >= 0) return `vms.${row}.storage`
  return request.source.kind === 'template' ? 'source.clone' : 'defaults.storage'
}
