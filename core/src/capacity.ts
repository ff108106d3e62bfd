/** What the plan takes of nodes and storages, and where that is too much. */
import { type CloneContext, gib, storageOn } from './context.ts'
import type { Draft } from './drafts.ts'
import type { Storage } from './inventory.ts'
import type { Plan } from './plan.ts'
import { TIGHT_SHARE, type Place } from './placement.ts'

export type Placed = { draft: Draft; place: Place }

export function capacityOf(context: CloneContext, placed: Placed[]): Plan['capacity'] {
  return { nodes: nodeCapacities(context, placed), storages: storageCapacities(context, placed) }
}

/** Nodes that are online. Memory counts for every VM, started or not: it will be one day. */
function nodeCapacities(context: CloneContext, placed: Placed[]): Plan['capacity']['nodes'] {
  const nodes = context.inventory.nodes.filter((node) => node.online)
  return nodes.map((node) => {
    const here = placed.filter(({ place }) => place.node === node.name)
    const memoryPlannedMiB = here.reduce((sum, { draft }) => sum + draft.memoryMiB, 0)
    const capacity = {
      node: node.name,
      vms: here.length,
      memoryMiB: node.memoryMiB,
      memoryUsedMiB: node.memoryUsedMiB,
      memoryPlannedMiB,
    }
    if (here.length > 0) warnOfMemory(context, capacity)
    return capacity
  })
}

/** A warning and no blocker: Proxmox starts VMs as long as the kernel gives memory. */
function warnOfMemory(context: CloneContext, node: Plan['capacity']['nodes'][number]): void {
  if (node.memoryMiB === null || node.memoryUsedMiB === null) return
  const after = node.memoryUsedMiB + node.memoryPlannedMiB
  const share = after / node.memoryMiB
  const percent = `${Math.round(share * 100)} %`
  const figures = `${gib(after / 1024)} of ${gib(node.memoryMiB / 1024)}`
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

type Use = { storage: Storage; plannedGiB: number; worstGiB: number }

/**
 * Full clones count with their whole size. Linked clones share the template's blocks and count with what their disk
 * grows by; should all of them fill up, they need their whole size as well, which is a warning.
 */
function storageCapacities(context: CloneContext, placed: Placed[]): Plan['capacity']['storages'] {
  const uses = new Map<string, Use>()
  for (const { draft, place } of placed) {
    for (const disk of draft.disks) {
      const storage = storageOn(context.inventory, disk.target, place.node)
      if (storage === undefined) continue
      const key = storage.shared ? storage.name : `${storage.node}/${storage.name}`
      const use = uses.get(key) ?? { storage, plannedGiB: 0, worstGiB: 0 }
      const taken = context.full ? disk.sizeGiB : disk.sizeGiB - disk.templateGiB
      uses.set(key, {
        storage,
        plannedGiB: use.plannedGiB + taken,
        worstGiB: use.worstGiB + disk.sizeGiB,
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
      plannedGiB,
    }
  })
}

function judgeRoom(context: CloneContext, { storage, plannedGiB, worstGiB }: Use): void {
  if (storage.availableGiB === null) return
  const where = storage.shared ? storage.name : `${storage.name} on ${storage.node}`
  const free = `${gib(storage.availableGiB)} free`
  if (context.full && plannedGiB > storage.availableGiB) {
    context.blockers.add({
      code: 'storage-full',
      message: `${where} has ${free}, and the full clones may come to ${gib(plannedGiB)}. Choose another storage, smaller disks or fewer VMs.`,
      field: storageField(context),
    })
  } else if (worstGiB > storage.availableGiB) {
    context.warnings.add({
      code: 'storage-overcommit',
      message: `${where} has ${free}. The VMs fit now, but if all of them fill their disks they need ${gib(worstGiB)}.`,
      field: storageField(context),
    })
  }
}

function storageField({ request }: CloneContext): string {
  const row = request.vms.findIndex((each) => each.storage !== undefined)
  if (request.defaults?.storage !== undefined) return 'defaults.storage'
  return row >= 0 ? `vms.${row}.storage` : 'source.clone'
}
