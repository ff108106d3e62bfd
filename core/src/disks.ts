/** The disks of a VM, where they come from and what they take. */
import { type CloneContext, storageOn, type VmContext } from './context.ts'
import type { Draft, DraftDisk } from './drafts.ts'
import type { Allocation, Template } from './inventory.ts'

export type PlannedDisk = DraftDisk & {
  /** Where the template has it. */
  source: string
  /** Where the VM will have it. */
  target: string
}

/** The disks as they come from this copy of the template. */
export function disksOf(context: CloneContext, draft: Draft, source: Template): PlannedDisk[] {
  const asked = context.full ? draft.spec.storage : null
  return draft.disks.map((disk) => {
    const storage = source.disks.find((each) => each.key === disk.key)?.storage ?? ''
    return { ...disk, source: storage, target: asked ?? storage }
  })
}

/**
 * Full clones take their whole size. Linked ones share the template's blocks and take what their boot disk grows by.
 * Storages that are not on the node are left out.
 */
export function allocationsOf(
  { full, inventory }: VmContext,
  disks: PlannedDisk[],
  node: string,
): Allocation[] {
  const byStorage = new Map<string, Allocation>()
  for (const { target, sizeGiB, templateGiB } of disks) {
    const storage = storageOn(inventory, target, node)
    if (storage === undefined) continue
    const before = byStorage.get(target)?.sizeGiB ?? 0
    byStorage.set(target, {
      storage: target,
      node: storage.shared ? null : node,
      sizeGiB: before + (full ? sizeGiB : sizeGiB - templateGiB),
    })
  }
  return [...byStorage.values()]
}
