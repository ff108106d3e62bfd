/** Which nodes can take a VM and from which copy of the template, and why the others cannot. */
import {
  type CloneContext,
  fieldOf,
  listed,
  nodeField,
  storageOn,
  type VmContext,
} from './context.ts'
import { architectureOf, differenceOf, localVolumeOf, volumesOf } from './copies.ts'
import { allocationsOf, disksOf, type PlannedDisk } from './disks.ts'
import type { Draft } from './drafts.ts'
import type { Allocation, Node, Template } from './inventory.ts'
import type { Ground } from './placement.ts'

/** A node that can take the VM. */
export type Host = {
  node: Node
  /** What the VM is cloned from: the template, or its copy on the node. Null for a VM that is made from scratch. */
  source: Template | null
  disks: PlannedDisk[]
  allocations: Allocation[]
}

export type Refusal = {
  code: string
  /** A clause that starts with the node's name and has no full stop. */
  clause: string
  /** Where in the request the cure goes, for this VM. */
  field: (draft: Draft) => string
  /** What would help, where the clause does not say it: a sentence. */
  remedy?: string
}

/** For clones. */
export function cloneGround(context: CloneContext): Ground<Draft> {
  const { template } = context
  return {
    hostOf: (draft, node) => hostOf(context, draft, node),
    keyOf: hostKey,
    standIn: (draft, node) => {
      const there = node ?? template.node
      const disks = disksOf(context, draft, template)
      const allocations = allocationsOf(context, disks, there)
      return { node: there, source: template, disks, allocations }
    },
    source: ({ source }) =>
      source === null || source === template
        ? ''
        : `, with its own copy of the template (${source.vmid})`,
    onlyReason: (node, refused) =>
      node === template.node && refused.every(({ code }) => code === 'template-is-local')
        ? `The template is on local storage of ${node}, so its clones are there too.`
        : null,
  }
}

/** The same for all VMs that ask the same of a node. */
function hostKey(draft: Draft, node: string): string {
  const { spec, cores, grow, nics } = draft
  const bridges = nics.map(({ key, bridge, network }) => [key, bridge, network?.bridge ?? null])
  return JSON.stringify([node, spec.storage, spec.cores, cores, grow, bridges])
}

/** A VM on this node, or why that cannot be. */
function hostOf(context: CloneContext, draft: Draft, name: string): Host | Refusal {
  const node = context.inventory.nodes.find((each) => each.name === name)
  const field = atNode(context)
  if (node === undefined)
    return { code: 'node-unknown', clause: `${name} is no node of this cluster`, field }
  if (!node.online) return { code: 'node-offline', clause: `${name} is offline`, field }
  const source = sourceOn(context, node)
  if ('clause' in source) return source
  const disks = disksOf(context, draft, source)
  const refusal =
    storageRefusal(context, source, disks, name) ??
    bridgeRefusal(context, draft, name) ??
    coresRefusal(context, draft, node)
  return refusal ?? { node, source, disks, allocations: allocationsOf(context, disks, name) }
}

/** The template, where the node can read it, or its copy there. */
function sourceOn(context: CloneContext, { name, architecture }: Node): Template | Refusal {
  const { template, inventory, full } = context
  const field = atNode(context)
  const made = architectureOf(template, inventory.nodes)
  if (made !== architecture) {
    const clause = `${name} has CPUs of ${architecture}, and the template is made for ${made}`
    return { code: 'architecture', clause, field }
  }
  const refusal = templateRefusal(context, name)
  if (refusal === null) return template
  const vmid = template.copies.find((copy) => copy.node === name)?.vmid
  const copy = inventory.templates.find((each) => each.vmid === vmid)
  if (copy === undefined) {
    warnOfNamesakes(context, name)
    return refusal
  }
  const its = `${name} has a copy of the template, ${copy.vmid}, which`
  if (copy.lock !== null)
    return { code: 'template-locked', clause: `${its} is locked (${copy.lock})`, field }
  if (!inventory.holds(`/vms/${copy.vmid}`, 'VM.Clone'))
    return { code: 'privilege-missing', clause: `${its} you may not clone`, field }
  if (!full && !copy.linkedClone.possible)
    return { code: 'linked-not-possible', clause: `${its} makes no linked clones`, field }
  return copy
}

function warnOfNamesakes({ template, inventory, warnings }: CloneContext, node: string): void {
  for (const other of inventory.templates) {
    if (other.node !== node || other.name !== template.name) continue
    const difference = differenceOf(template, other, inventory)
    if (difference === null) continue
    warnings.add({
      code: 'copy-differs',
      message: `${other.name} (${other.vmid}) on ${node} has the template's name, but other ${difference}. So nothing is cloned from it.`,
      field: 'source.vmid',
    })
  }
}

/**
 * A clone on another node needs every volume of the template on shared storage: disks, CD images and the cloud-init
 * drive as well (qemu-server src/PVE/API2/Qemu.pm, check_storage_access_clone).
 */
function templateRefusal(context: CloneContext, node: string): Refusal | null {
  const { template, inventory } = context
  if (node === template.node) return null
  const field = atNode(context)
  const local = localVolumeOf(template, inventory)
  if (local !== undefined) {
    const where = local.storage === null ? 'in' : `on ${local.storage} of`
    return {
      code: 'template-is-local',
      clause: `${node} cannot read the template, whose ${local.name} is ${where} ${template.node} alone`,
      field,
      remedy: waysAcross(context, local.what === 'CD image', node),
    }
  }
  for (const { name, storage } of volumesOf(template)) {
    const there = storage === null ? undefined : storageOn(inventory, storage, node)
    if (there?.active === true) continue
    const clause = `${node} has no ${storage}, where the template's ${name} is`
    return { code: 'template-not-on-node', clause, field }
  }
  return null
}

export function atNode(context: VmContext): Refusal['field'] {
  return ({ spec }) => nodeField(context, spec)
}

/** What can be done where a template on local storage is wanted on another node. */
function waysAcross(context: CloneContext, cd: boolean, node: string): string {
  const { name, node: home } = context.template
  const first = cd ? 'Eject the CD image in the template, deploy' : 'Deploy'
  return `${first} to ${home}, keep the template on shared storage${sharedBy(context, node)}, or give ${node} a copy of it, named ${name} as well.`
}

/** ` (ceph-vm)`: what this node and the template's share and can hold disks; empty where there is nothing. */
function sharedBy({ template, inventory }: CloneContext, node: string): string {
  const usable = inventory.storages.filter(
    ({ shared, active, content }) => shared && active && content.includes('images'),
  )
  const at = (where: string) => usable.filter((each) => each.node === where).map(({ name }) => name)
  const both = at(node).filter((name) => at(template.node).includes(name))
  return both.length === 0 ? '' : ` (${listed(both, 'or')})`
}

function storageRefusal(
  context: CloneContext,
  source: Template,
  disks: PlannedDisk[],
  node: string,
): Refusal | null {
  const { inventory } = context
  const field = ({ spec }: Draft) =>
    context.full && spec.storage !== null ? fieldOf(context, spec, 'storage') : 'source.vmid'
  for (const name of new Set(disks.map((disk) => disk.target))) {
    const storage = storageOn(inventory, name, node)
    if (storage === undefined) {
      const known = inventory.storages.some((each) => each.name === name)
      return known
        ? { code: 'storage-not-on-node', clause: `${node} has no storage ${name}`, field }
        : {
            code: 'storage-unknown',
            clause: `${node} has no storage ${name}, nor has any other node that you may see`,
            field,
          }
    }
    if (storageOn(inventory, name, source.node) === undefined) {
      const clause = `${node} would do, but ${source.node}, which makes the clone, has no storage ${name}`
      return { code: 'storage-not-on-node', clause, field }
    }
    if (!storage.active)
      return { code: 'storage-inactive', clause: `${name} on ${node} is not active`, field }
    if (!storage.content.includes('images')) {
      return { code: 'storage-content', clause: `${name} on ${node} takes no disk images`, field }
    }
    if (node !== source.node && !storage.shared) {
      const clause = `${node} is not the template's node, and Proxmox clones to another node only onto shared storage, which ${name} is not`
      const remedy = `Choose shared storage${sharedBy(context, node)}, or deploy to ${source.node}.`
      return { code: 'storage-not-shared', clause, field, remedy }
    }
  }
  return null
}

export function bridgeRefusal(context: VmContext, draft: Draft, node: string): Refusal | null {
  for (const nic of draft.nics) {
    const there = context.inventory.bridges.find(
      (each) => each.node === node && each.name === nic.bridge,
    )
    if (nic.bridge === null || there?.active === true) continue
    const asked = nic.network !== null && nic.network.bridge !== null
    const why = there === undefined ? 'has no bridge' : 'has not brought up the bridge'
    return {
      code: 'bridge-unknown',
      clause: `${node} ${why} ${nic.bridge}${asked ? '' : `, which ${nic.key} of the template needs`}`,
      field: ({ nics }) => {
        const network = nics.find(({ key }) => key === nic.key)?.network ?? null
        return asked && network !== null ? `${network.field}.bridge` : 'source.vmid'
      },
    }
  }
  return null
}

/** Proxmox starts no VM with more vCPUs than its node has (qemu-server src/PVE/QemuServer.pm, config_to_command). */
export function coresRefusal(context: VmContext, draft: Draft, node: Node): Refusal | null {
  if (node.cores === null || draft.cores <= node.cores) return null
  const preset = context.request.source.kind === 'template' ? 'source.vmid' : 'defaults.cores'
  return {
    code: 'too-many-cores',
    clause: `${node.name} has ${node.cores} CPUs and starts no VM with more, while ${draft.cores} are asked for`,
    field: ({ spec }) => (spec.cores === null ? preset : fieldOf(context, spec, 'cores')),
  }
}
