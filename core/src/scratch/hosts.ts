/** Which nodes can make a VM from an ISO or an image, on which storages, and why the others cannot. */
import { fieldOf, listed, storageOn } from '../context.ts'
import { allocationsOf, type PlannedDisk } from '../disks.ts'
import { atNode, bridgeRefusal, coresRefusal, type Host, type Refusal } from '../hosts.ts'
import type { Node, Storage } from '../inventory.ts'
import type { Ground } from '../placement.ts'
import { FILE_TYPES } from './checks.ts'
import { hardwareField, mediaOf, type ScratchContext, volumeOn } from './context.ts'
import type { ScratchDisk } from './devices.ts'
import type { ScratchDraft } from './drafts.ts'

export function scratchGround(context: ScratchContext): Ground<ScratchDraft> {
  return {
    hostOf: (draft, node) => hostOf(context, draft, node),
    keyOf: ({ spec, cores, disks, nics, hardware }, node) => {
      const bridges = nics.map(({ key, bridge }) => [key, bridge])
      // A refusal names the field of a disk with a storage of its own, so it holds for that field only.
      const on = disks.map(({ key, storage, sizeGiB, format, boot, field }) => {
        const its = boot || storage === null || storage === spec.storage ? null : field
        return [key, storage, sizeGiB, format, its]
      })
      return JSON.stringify([node, spec.storage, spec.cores, cores, on, bridges, hardware.cpuType])
    },
    standIn: (draft, node) => {
      const [first] = context.inventory.nodes
      const there = node ?? first?.name ?? ''
      const disks = plannedDisks(draft, usualStorage(context, draft, there)?.name ?? '')
      return { node: there, source: null, disks, allocations: allocationsOf(context, disks, there) }
    },
    source: () => '',
    onlyReason: (node, refused) =>
      refused.every(({ code }) => code === 'medium-not-on-node')
        ? `${node} alone has the ${context.source.kind === 'iso' ? 'ISO' : 'image'} on its storage.`
        : null,
  }
}

function hostOf(context: ScratchContext, draft: ScratchDraft, name: string): Host | Refusal {
  const { nodes } = context.inventory
  const node = nodes.find((each) => each.name === name)
  const field = atNode(context)
  if (node === undefined)
    return { code: 'node-unknown', clause: `${name} is no node of this cluster`, field }
  if (!node.online) return { code: 'node-offline', clause: `${name} is offline`, field }
  if (node.architecture !== 'x86_64') {
    const clause = `${name} has CPUs of ${node.architecture}, for which there are no profiles`
    return { code: 'architecture', clause, field }
  }
  const disks = targets(context, draft, name)
  if ('clause' in disks) return disks
  const refusal =
    mediaRefusal(context, name) ??
    storageRefusal(context, disks, name) ??
    bridgeRefusal(context, draft, name) ??
    coresRefusal(context, draft, node) ??
    cpuRefusal(context, draft, node)
  if (refusal !== null) return refusal
  return { node, source: null, disks, allocations: allocationsOf(context, disks, name) }
}

function targets(
  context: ScratchContext,
  draft: ScratchDraft,
  node: string,
): (PlannedDisk & ScratchDisk)[] | Refusal {
  const open = draft.disks.some(({ storage }) => storage === null)
  const usual = usualStorage(context, draft, node)
  if (!open || usual !== undefined) return plannedDisks(draft, usual?.name ?? '')
  return {
    code: 'no-disk-storage',
    clause: `${node} has no storage that takes disk images${needsFiles(draft) ? ' as files' : ''}`,
    field: ({ spec }) => fieldOf(context, spec, 'storage'),
    remedy: needsFiles(draft)
      ? 'Leave the format of the disks out, or enable that content on a directory (pvesm set STORAGE --content images,…).'
      : 'Enable that content on one (pvesm set STORAGE --content images,…).',
  }
}

/** A format was asked for that only files have, of disks whose storage is left open. */
function needsFiles({ disks }: ScratchDraft): boolean {
  return disks.some(
    ({ storage, format }) => storage === null && format !== null && format !== 'raw',
  )
}

function plannedDisks({ disks }: ScratchDraft, usual: string): (PlannedDisk & ScratchDisk)[] {
  return disks.map((disk) => ({ ...disk, source: '', target: disk.storage ?? usual }))
}

/** The one with the most room, of those that can keep the disks. */
function usualStorage(
  { inventory }: ScratchContext,
  draft: ScratchDraft,
  node: string,
): Storage | undefined {
  const files = needsFiles(draft)
  const [best] = inventory.storages
    .filter((each) => each.node === node && each.active && each.content.includes('images'))
    .filter(({ type }) => !files || FILE_TYPES.has(type))
    .toSorted(
      (a, b) => (b.availableGiB ?? -1) - (a.availableGiB ?? -1) || a.name.localeCompare(b.name),
    )
  return best
}

/** What is on no node at all is told once, see checks.ts. */
function mediaRefusal(context: ScratchContext, node: string): Refusal | null {
  const { inventory } = context
  for (const medium of mediaOf(context)) {
    const { volid, what } = medium
    const known = inventory.volumes.some((volume) => volume.volid === volid)
    if (!known || volumeOn(inventory, medium, node) !== undefined) continue
    const others = inventory.nodes.filter(({ name }) => volumeOn(inventory, medium, name))
    const names = others.map(({ name }) => name)
    return {
      code: 'medium-not-on-node',
      clause: `${node} has no ${volid}`,
      field: atNode(context),
      remedy: `Deploy to ${listed(names, 'or')}, or bring the ${what} there: keep it on shared storage, or upload it to ${node} as well.`,
    }
  }
  return null
}

function storageRefusal(
  context: ScratchContext,
  disks: (PlannedDisk & ScratchDisk)[],
  node: string,
): Refusal | null {
  const { inventory } = context
  for (const { target, field: at, boot, storage: asked } of disks) {
    const field: Refusal['field'] = ({ spec }) =>
      boot || asked === spec.storage ? fieldOf(context, spec, 'storage') : `${at}.storage`
    const storage = storageOn(inventory, target, node)
    if (storage === undefined) {
      const known = inventory.storages.some((each) => each.name === target)
      const nowhere = known ? '' : ', nor has any other node that you may see'
      const code = known ? 'storage-not-on-node' : 'storage-unknown'
      return { code, clause: `${node} has no storage ${target}${nowhere}`, field }
    }
    if (!storage.active)
      return { code: 'storage-inactive', clause: `${target} on ${node} is not active`, field }
    if (!storage.content.includes('images')) {
      const content = [...storage.content, 'images'].toSorted().join(',')
      const clause = `${target} on ${node} takes no disk images`
      const remedy = `Choose another, or run "pvesm set ${target} --content ${content}" as root on a node.`
      return { code: 'storage-content', clause, field, remedy }
    }
  }
  return null
}

/** Custom models are listed to those who may use them. */
function cpuRefusal(
  context: ScratchContext,
  { hardware: { cpuType } }: ScratchDraft,
  { name }: Node,
): Refusal | null {
  const known = context.inventory.cpuTypes.find(({ node }) => node === name)
  if (known === undefined || cpuType === 'host' || known.names.includes(cpuType)) return null
  return {
    code: 'cpu-unknown',
    clause: `${name} knows no CPU type ${cpuType}`,
    field: ({ spec }) => hardwareField(context, spec, 'cpuType'),
    remedy: 'Choose one of its list.',
  }
}
