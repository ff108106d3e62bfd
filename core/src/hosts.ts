/** Which nodes can take a VM, and why the others cannot. */
import { type CloneContext, fieldOf, nodeField, storageOfVolume, storageOn } from './context.ts'
import type { Draft } from './drafts.ts'
import type { Node } from './inventory.ts'

export type Refusal = {
  code: string
  /** A clause that starts with the node's name and has no full stop. */
  clause: string
  field: string
}

/** Why this node cannot take the VM; null where it can. */
export function refusalOf(context: CloneContext, draft: Draft, name: string): Refusal | null {
  const node = context.inventory.nodes.find((each) => each.name === name)
  const field = nodeField(context, draft.spec)
  if (node === undefined)
    return { code: 'node-unknown', clause: `${name} is no node of this cluster`, field }
  if (!node.online) return { code: 'node-offline', clause: `${name} is offline`, field }
  return (
    templateRefusal(context, draft, name) ??
    storageRefusal(context, draft, name) ??
    bridgeRefusal(context, draft, name) ??
    coresRefusal(context, draft, node)
  )
}

/**
 * A clone on another node needs every volume of the template on shared storage: disks, CD images and the cloud-init
 * drive as well (qemu-server src/PVE/API2/Qemu.pm, check_storage_access_clone).
 */
function templateRefusal(context: CloneContext, draft: Draft, node: string): Refusal | null {
  const { template, inventory } = context
  if (node === template.node) return null
  const field = nodeField(context, draft.spec)
  for (const { what, storage } of volumesOf(context)) {
    const home = storage === null ? undefined : storageOn(inventory, storage, template.node)
    if (storage === null || home === undefined || !home.shared) {
      const where = storage === null ? `in ${template.node}` : `on ${storage} of ${template.node}`
      return {
        code: 'template-is-local',
        clause: `${node} cannot read the template, whose ${what} is ${where} alone`,
        field,
      }
    }
    const there = storageOn(inventory, storage, node)
    if (there === undefined || !there.active) {
      const clause = `${node} has no ${storage}, where the template's ${what} is`
      return { code: 'template-not-on-node', clause, field }
    }
  }
  return null
}

function volumesOf({ template }: CloneContext): { what: string; storage: string | null }[] {
  const cloudInit = template.cloudInitVolume
  return [
    ...template.disks.map((disk) => ({ what: disk.key, storage: disk.storage })),
    ...(cloudInit === null
      ? []
      : [{ what: 'cloud-init drive', storage: storageOfVolume(cloudInit) }]),
    ...template.cdVolumes.map((volid) => ({
      what: `CD image ${volid}`,
      storage: storageOfVolume(volid),
    })),
  ]
}

function storageRefusal(context: CloneContext, draft: Draft, node: string): Refusal | null {
  const { inventory, template } = context
  const field =
    context.full && draft.spec.storage !== null
      ? fieldOf(context, draft.spec, 'storage')
      : 'source.vmid'
  for (const name of new Set(draft.disks.map((disk) => disk.target))) {
    if (
      storageOn(inventory, name, node) !== undefined &&
      storageOn(inventory, name, template.node) === undefined
    ) {
      const clause = `${node} would do, but ${template.node}, which makes the clone, has no storage ${name}`
      return { code: 'storage-not-on-node', clause, field }
    }
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
    if (!storage.active)
      return { code: 'storage-inactive', clause: `${name} on ${node} is not active`, field }
    if (!storage.content.includes('images')) {
      return { code: 'storage-content', clause: `${name} on ${node} takes no disk images`, field }
    }
    if (node !== template.node && !storage.shared) {
      const clause = `${node} is not the template's node, and Proxmox clones to another node only onto shared storage, which ${name} is not`
      return { code: 'storage-not-shared', clause, field }
    }
  }
  return null
}

function bridgeRefusal(context: CloneContext, draft: Draft, node: string): Refusal | null {
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
      field: asked ? `${nic.network?.field ?? ''}.bridge` : 'source.vmid',
    }
  }
  return null
}

/** Proxmox starts no VM with more vCPUs than its node has (qemu-server src/PVE/QemuServer.pm, config_to_command). */
function coresRefusal(context: CloneContext, draft: Draft, node: Node): Refusal | null {
  if (node.cores === null || draft.cores <= node.cores) return null
  return {
    code: 'too-many-cores',
    clause: `${node.name} has ${node.cores} CPUs and starts no VM with more, while ${draft.cores} are asked for`,
    field: draft.spec.cores === null ? 'source.vmid' : fieldOf(context, draft.spec, 'cores'),
  }
}
