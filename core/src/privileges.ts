/**
 * The rights that a plan needs on Proxmox, checked before anything is sent. Which operation asks for which: qemu-server
 * src/PVE/API2/Qemu.pm (clone_vm, $check_vm_modify_config_perm, resize_vm, vm_start), API2/Qemu/Agent.pm and
 * pve-guest-common src/PVE/GuestHelpers.pm (check_vnet_access).
 */
import type { CloneContext, VmContext } from './context.ts'
import type { Placed } from './capacity.ts'
import type { Delivered } from './delivery.ts'
import type { Nic } from './inventory.ts'
import type { Plan, PlannedStep } from './plan.ts'

export type PlannedVmSteps = Placed & { delivered: Delivered | null; steps: PlannedStep[] }

/** What it takes to make the VM; the steps after that are the same for all. */
export type MakingNeeds = (vm: PlannedVmSteps) => Need[]

type Right = Plan['privileges'][number]

/** Any one of the privileges will do. Path null: on the VM itself. */
export type Need = { path: string | null; privileges: [string, ...string[]]; field: string }

/** On the VMs: what every deployment from a template takes, or most (docs/proxmox.md). */
export const DEPLOYING_PRIVILEGES = [
  'VM.Audit',
  'VM.Clone',
  'VM.Allocate',
  'VM.PowerMgmt',
  'VM.Config.CPU',
  'VM.Config.Memory',
  'VM.Config.Network',
  'VM.Config.Options',
  'VM.Config.Disk',
  'VM.Config.Cloudinit',
]

/** Stands for the path of each new VM. */
const EACH_VM = '/vms'

/** Every right that is needed, once. Each one that is missing becomes a blocker. */
export function privilegesOf(
  context: VmContext,
  vms: PlannedVmSteps[],
  making: MakingNeeds,
): Plan['privileges'] {
  const found = new Map<string, Right & { field: string }>()
  for (const { need, vmids } of neededBy(context, vms, making)) {
    const rights =
      need.path === null
        ? rightsOnVms(context, need.privileges, vmids)
        : [chosen(context, [need.path], need.privileges)]
    for (const right of rights) {
      const key = `${right.privilege} ${right.path}`
      if (!found.has(key)) found.set(key, { ...right, field: need.field })
    }
  }
  const missing = [...found.values()].filter((right) => !right.granted)
  for (const rights of Map.groupBy(missing, ({ privilege }) => privilege).values()) {
    const [first, ...others] = rights
    if (first === undefined) continue
    const { privilege, path, field } = first
    const where = path === EACH_VM ? `${EACH_VM}, or on each of the new VMs` : path
    const more =
      others.length === 0
        ? ''
        : ` and ${others.length} more ${others.length === 1 ? 'path' : 'paths'}`
    context.blockers.add({
      code: 'privilege-missing',
      message: `You may not ${whatFor(privilege)}. Proxmox asks for ${privilege} on ${where}${more}.${wayOut(context, privilege)}`,
      field,
    })
  }
  return [...found.values()].map(({ field: _field, ...right }) => right)
}

/** The needs of all VMs, each once, in the order of the first VM that has it; with the VMIDs of those that do. */
function neededBy(
  context: VmContext,
  vms: PlannedVmSteps[],
  making: MakingNeeds,
): Iterable<{ need: Need; vmids: number[] }> {
  const needs = new Map<string, { need: Need; vmids: number[] }>()
  for (const vm of vms) {
    for (const need of [...making(vm), ...needsOfSteps(context, vm)]) {
      const key = `${need.path} ${need.privileges.join()}`
      const known = needs.get(key)
      if (known === undefined) needs.set(key, { need, vmids: [vm.draft.vmid] })
      else known.vmids.push(vm.draft.vmid)
    }
  }
  return needs.values()
}

/**
 * Rights on the pool count for its members, and for the id of a VM that is made into it. VMs of which each has what
 * `/vms` has are one row: entries on a single VM, which replace what comes from above, make rows of their own.
 */
function rightsOnVms(
  context: VmContext,
  privileges: [string, ...string[]],
  vmids: number[],
): Right[] {
  const { pool } = context.request
  const on = (path: string) =>
    chosen(context, [...(pool === undefined ? [] : [`/pool/${pool}`]), path], privileges)
  const each = [...new Set(vmids)].map((vmid) => on(`/vms/${vmid}`))
  const all = on(EACH_VM)
  const alike = each.every(
    ({ privilege, granted }) => privilege === all.privilege && granted === all.granted,
  )
  return each.length > 1 && alike ? [all] : each
}

/** Rights on a pool are the usual way to let people make VMs of their own. */
function wayOut({ request, inventory }: VmContext, privilege: string): string {
  const elsewhere = request.pool === undefined && inventory.pools.length > 0
  return elsewhere && privilege === 'VM.Allocate' ? ' Choose a pool in which you may.' : ''
}

/** Where several paths or privileges would do, the one that is granted, or else the first. */
function chosen(
  { inventory }: VmContext,
  paths: string[],
  privileges: [string, ...string[]],
): Right {
  for (const path of paths) {
    const privilege = privileges.find((each) => inventory.holds(path, each))
    if (privilege !== undefined) return { path, privilege, granted: true }
  }
  return { path: paths[0] ?? '', privilege: privileges[0], granted: false }
}

export function onVm(...privileges: [string, ...string[]]): Need {
  return { path: null, privileges, field: 'pool' }
}

/** Of a clone. */
export function cloneNeeds(context: CloneContext, vm: PlannedVmSteps): Need[] {
  const { source, disks } = vm.place
  const { template } = context
  const vmid = source?.vmid ?? template.vmid
  const inherited = template.nics.map((nic) => ({ ...nic, field: 'source.vmid' }))
  return [
    { path: `/vms/${vmid}`, privileges: ['VM.Clone'], field: 'source.vmid' },
    onVm('VM.Allocate'),
    onVm('VM.Audit'),
    ...disks.map(({ target }): Need => ({
      path: `/storage/${target}`,
      privileges: ['Datastore.AllocateSpace'],
      field: 'source.clone',
    })),
    ...bridgeNeeds(context, vm, inherited),
  ]
}

function needsOfSteps(context: VmContext, vm: PlannedVmSteps): Need[] {
  const { version } = context.inventory
  return vm.steps.flatMap(({ spec }) => {
    switch (spec.kind) {
      case 'configure':
        return [
          ...[...Object.keys(spec.settings), ...spec.remove].map((key) =>
            onVm(...privilegesForKey(key)),
          ),
          ...Object.values(spec.settings).flatMap(newCloudInitDrive),
        ]
      // qemu-server src/PVE/API2/Qemu.pm, check_storage_access and $check_drive_perms; pve-storage Status.pm, upload.
      case 'upload-seed':
        return [{ ...onStorage(spec.storage, 'Datastore.AllocateTemplate'), ...atAnswers(spec) }]
      case 'attach-seed':
        return [
          onStorage(spec.volume.split(':')[0] ?? '', 'Datastore.AllocateSpace', 'Datastore.Audit'),
          onVm('VM.Config.CDROM'),
          ...(spec.replaces === null ? [] : [onVm('VM.Config.Cloudinit')]),
        ]
      case 'read-cloud-init':
        return [onVm(...fileReadPrivileges(version.major))]
      case 'detach-seed':
        return [
          onVm('VM.Config.CDROM'),
          ...(spec.deletes
            ? [{ ...onStorage(spec.storage, 'Datastore.Allocate'), ...atAnswers(spec) }]
            : []),
        ]
      case 'resize-disk':
        return [onVm('VM.Config.Disk')]
      case 'start':
        return [onVm('VM.PowerMgmt')]
      case 'wait-for-agent':
      case 'read-address':
        return [onVm(version.major >= 9 ? 'VM.GuestAgent.Audit' : 'VM.Monitor')]
      case 'convert-to-template':
        return [onVm('VM.Allocate')]
      case 'send-keys':
        return [onVm('VM.Console')]
      case 'reserve-id':
      case 'clone':
      case 'create':
      case 'check-port':
      case 'write-snippet':
      // An undo has rights of its own, see undo.ts.
      case 'stop':
      case 'destroy':
      case 'delete-seed':
      case 'delete-snippet':
        return []
    }
  })
}

/** An image with answers for Windows setup was asked for elsewhere. */
function atAnswers({ answers }: { answers?: unknown }): { field?: string } {
  return answers === undefined || answers === false ? {} : { field: 'source.unattended' }
}

/** Of the seed's storage: where the request chose how to deliver. */
function onStorage(storage: string, ...privileges: [string, ...string[]]): Need {
  return { path: `/storage/${storage}`, privileges, field: 'defaults.cloudInit' }
}

/** A drive that Proxmox makes: `local-lvm:cloudinit`. */
function newCloudInitDrive(value: string | number | boolean): Need[] {
  const storage = /^([^:]+):cloudinit$/.exec(String(value))?.[1]
  if (storage === undefined) return []
  return [
    onStorage(storage, 'Datastore.AllocateSpace'),
    onVm('VM.Config.CDROM'),
    onVm('VM.Config.Cloudinit'),
  ]
}

/** Any one of them lets a caller read files of a guest (qemu-server src/PVE/API2/Qemu/Agent.pm). */
export function fileReadPrivileges(major: number): [string, ...string[]] {
  return major >= 9 ? ['VM.GuestAgent.FileRead', 'VM.GuestAgent.Unrestricted'] : ['VM.Monitor']
}

/** Whether a VM that is planned could be asked so. */
export function holdsOnVm(
  { inventory, request }: VmContext,
  vmid: number,
  privileges: string[],
): boolean {
  const paths = [...(request.pool === undefined ? [] : [`/pool/${request.pool}`]), `/vms/${vmid}`]
  return paths.some((path) => privileges.some((privilege) => inventory.holds(path, privilege)))
}

/** Since 8.0 a NIC needs SDN.Use on its bridge, with a VLAN on the tag below it: the template's to clone, the new one to set. */
export function bridgeNeeds(
  { inventory, request }: VmContext,
  { draft, place }: PlannedVmSteps,
  inherited: (Pick<Nic, 'bridge' | 'vlan'> & { field: string })[],
): Need[] {
  if (inventory.version.major < 8) return []
  const preset = request.source.kind === 'template' ? 'source.vmid' : 'defaults.networks'
  const asked = draft.nics.map((nic) => ({ ...nic, field: nic.network?.field ?? preset }))
  return [...inherited, ...asked].flatMap(({ bridge, vlan, field }): Need[] => {
    const known = inventory.bridges.find((each) => each.name === bridge && each.node === place.node)
    const zone = known === undefined ? 'localnetwork' : known.zone
    // Proxmox lists a vnet to those who hold SDN.Audit or SDN.Use on it, and its zone to those with SDN.Audit: who sees
    // the vnet alone may use it.
    if (bridge === null || zone === null) return []
    const path = `/sdn/zones/${zone}/${bridge}${vlan === null ? '' : `/${vlan}`}`
    return [{ path, privileges: ['SDN.Use'], field }]
  })
}

/** Any one of them lets a caller set the key. */
export function privilegesForKey(key: string): [string, ...string[]] {
  if (/^(cores|sockets|vcpus|cpu)$/.test(key)) return ['VM.Config.CPU']
  if (/^(machine|scsihw|tablet|vga|serial\d)$/.test(key)) return ['VM.Config.HWType']
  if (key === 'boot') return ['VM.Config.Disk']
  if (/^(memory|balloon)$/.test(key)) return ['VM.Config.Memory']
  if (/^net\d+$/.test(key)) return ['VM.Config.Network']
  if (
    /^(ipconfig\d+|nameserver|searchdomain|ciuser|cipassword|sshkeys|cicustom|ciupgrade)$/.test(key)
  )
    return ['VM.Config.Cloudinit', 'VM.Config.Network']
  if (/^(ide|sata|scsi)\d+$/.test(key)) return ['VM.Config.CDROM']
  return ['VM.Config.Options']
}

const purposes: Record<string, string> = {
  'VM.Clone': 'clone this template',
  'VM.Allocate': 'create VMs here',
  'VM.Audit': 'see the new VMs',
  'VM.PowerMgmt': 'start them',
  'VM.Console': 'press keys of them',
  'VM.Config.HWType': 'choose their hardware',
  'VM.Config.CPU': 'set their cores',
  'VM.Config.Memory': 'set their memory',
  'VM.Config.Network': 'set their network',
  'VM.Config.Cloudinit': 'set their addresses and users',
  'VM.Config.Options': 'set their tags and options',
  'VM.Config.Disk': 'change their disks',
  'VM.Config.CDROM': 'attach images to them',
  'VM.GuestAgent.Audit': 'ask their guest agents',
  'VM.GuestAgent.FileRead': 'read what their first boot came to',
  'VM.Monitor': 'ask their guest agents',
  'Datastore.AllocateTemplate': 'upload images to this storage',
  'Datastore.Allocate': 'remove images from this storage',
  'Datastore.Audit': 'read from this storage',
  'Datastore.AllocateSpace': 'put disks on this storage',
  'SDN.Use': 'use this bridge',
}

function whatFor(privilege: string): string {
  return purposes[privilege] ?? 'do this'
}
