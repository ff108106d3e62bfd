/** What can be judged before VMs have nodes: the cluster, the template, names. */
import { type PlanContext, type CloneContext, storageOfVolume, storageOn } from './context.ts'
import type { Template } from './inventory.ts'
import { nameProblem } from './names.ts'
import type { IssueLog } from './issues.ts'
import type { Issue } from './plan.ts'
import type { DeploymentRequest } from './request.ts'
import type { VmSpec } from './specs.ts'

/** Without quorum the cluster file system is read only (pve-cluster src/PVE/Cluster.pm). */
export function checkCluster({ inventory, request, blockers }: PlanContext): void {
  if (!inventory.quorate) {
    blockers.add({
      code: 'no-quorum',
      message:
        'The cluster has no quorum, so Proxmox writes nothing. Bring enough nodes back first.',
    })
  }
  const { pool } = request
  if (pool !== undefined && !inventory.pools.some((each) => each.id === pool)) {
    blockers.add({
      code: 'pool-unknown',
      message: `There is no pool ${pool} that you may see. Choose another, or create it on Proxmox first.`,
      field: 'pool',
    })
  }
}

/** The template of the request; null, with a blocker, where there is none to clone. */
export function findTemplate({ inventory, blockers }: PlanContext, vmid: number): Template | null {
  const template = inventory.templates.find((each) => each.vmid === vmid)
  if (template !== undefined) return template
  const guest = inventory.guests.find((each) => each.vmid === vmid)
  const home = inventory.nodes.find((node) => node.name === guest?.node)
  if (guest?.template === true && home?.online === false) {
    const copy = inventory.templates.find((each) => each.name === guest.name)
    blockers.add(templateOffline(`${guest.name ?? 'Template'} (${vmid})`, home.name, copy))
    return null
  }
  const known =
    guest === undefined
      ? null
      : `${guest.kind === 'lxc' ? 'Container' : 'VM'} ${vmid}${guest.name === null ? '' : ` (${guest.name})`}`
  blockers.add({
    code: known === null ? 'template-unknown' : 'not-a-template',
    message:
      known === null
        ? `There is no template ${vmid} that you may see. Choose another, or ask for VM.Audit on /vms/${vmid}.`
        : `${known} is not a template that can be cloned. Convert it on Proxmox first, or choose another.`,
    field: 'source.vmid',
  })
  return null
}

export function checkTemplate(context: CloneContext): void {
  const { template, full, inventory, request, blockers, warnings } = context
  const field = 'source.vmid'
  const label = `${template.name} (${template.vmid})`
  const home = inventory.nodes.find((node) => node.name === template.node)
  if (home?.online !== true) {
    blockers.add(templateOffline(label, template.node))
  }
  checkHardwareLeftOut(request, blockers)
  if (template.lock !== null) {
    const [copy] = template.copies
    const instead =
      copy === undefined ? '' : `, or choose the one of that name on ${copy.node}, ${copy.vmid}`
    blockers.add({
      code: 'template-locked',
      message: `${label} is locked (${template.lock}), and Proxmox refuses clones until that ends. Try again then${instead}.`,
      field,
    })
  }
  if (!full && !template.linkedClone.possible) {
    const why = template.linkedClone.reason ?? 'its storage cannot'
    blockers.add({
      code: 'linked-not-possible',
      message: `${label} cannot be cloned linked: ${withoutStop(why)}. Make full clones.`,
      field: 'source.clone',
    })
  }
  for (const volid of template.cdVolumes) {
    const storage = storageOfVolume(volid)
    const shared = storage !== null && storageOn(inventory, storage, template.node)?.shared === true
    const pins = !shared && inventory.nodes.length > 1
    warnings.add({
      code: 'cd-image',
      message: `Clones inherit the CD image ${volid}${pins ? `, which ties them to ${template.node}` : ''}. Eject it in the template if it is not needed.`,
      field,
    })
  }
  const validated = [request.defaults, ...request.vms].some(
    (settings) => settings?.validate !== undefined,
  )
  // A first boot that is not told otherwise installs it.
  const comes = [request.defaults, ...request.vms].some(
    (settings) => settings?.cloudInit !== undefined && settings.cloudInit.agent !== false,
  )
  if (validated && !template.agent && !comes) {
    warnings.add({
      code: 'agent-missing',
      message: `${label} has no guest agent enabled, so the checks that need it are left out. Enable it in the template's options, and install qemu-guest-agent in it.`,
      field,
    })
  }
}

function checkHardwareLeftOut({ defaults, vms }: DeploymentRequest, blockers: IssueLog): void {
  const message =
    'Clones have the hardware of their template. Leave hardware out, or change the template.'
  const row = vms.findIndex(({ hardware }) => hardware !== undefined)
  const field = defaults?.hardware === undefined ? `vms.${row}.hardware` : 'defaults.hardware'
  if (defaults?.hardware !== undefined || row >= 0)
    blockers.add({ code: 'hardware-with-template', message, field })
}

function templateOffline(label: string, node: string, copy?: Template): Issue {
  const instead =
    copy === undefined ? '' : ` Choose the one of that name on ${copy.node}, ${copy.vmid}.`
  const message = `${label} is on ${node}, which is offline.${instead}`
  return { code: 'template-offline', message, field: 'source.vmid' }
}

/** Proxmox lets two VMs share a name; people and DNS do not. */
export function checkNames(
  { inventory, blockers }: PlanContext,
  specs: VmSpec[],
  osType: string | null,
): void {
  const guests = new Map(inventory.guests.map((guest) => [guest.name?.toLowerCase(), guest]))
  const pending = new Map(inventory.pending.map((vm) => [vm.name.toLowerCase(), vm]))
  const seen = new Set<string>()
  const faultyRows = new Set<number>()
  for (const { name, row } of specs) {
    const at = { vm: name, field: `vms.${row}.name` }
    const key = name.toLowerCase()
    const problem = nameProblem(name, osType)
    const guest = guests.get(key)
    const making = pending.get(key)
    // What is wrong with one name of a pattern is mostly wrong with all of them.
    if (problem !== null && !faultyRows.has(row)) {
      faultyRows.add(row)
      blockers.add({ ...problem, ...at })
    }
    if (seen.has(key)) {
      const message = `The name ${name} is made twice. Names differ by more than upper and lower case.`
      blockers.add({ code: 'name-twice', message, ...at })
    } else if (guest !== undefined) {
      const message = `${name} exists already: ${guest.kind === 'lxc' ? 'container' : 'VM'} ${guest.vmid} on ${guest.node}. Choose another name.`
      blockers.add({ code: 'name-taken', message, ...at })
    } else if (making !== undefined) {
      const message = `${name} is being made by another deployment: VM ${making.vmid} on ${making.node}. Choose another name.`
      blockers.add({ code: 'name-taken', message, ...at })
    }
    seen.add(key)
  }
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
