/**
 * The rights that a plan needs on Proxmox, checked before anything is sent. Which operation asks for which: qemu-server
 * src/PVE/API2/Qemu.pm (clone_vm, $check_vm_modify_config_perm, resize_vm, vm_start), API2/Qemu/Agent.pm and
 * pve-guest-common src/PVE/GuestHelpers.pm (check_vnet_access).
 */
import type { CloneContext } from './context.ts'
import type { Placed } from './capacity.ts'
import type { Plan, PlannedStep } from './plan.ts'

type Need = { paths: string[]; privileges: string[]; field: string }

export type PlannedVmSteps = Placed & { steps: PlannedStep[] }

/** Every right that is needed, once. Each one that is missing becomes a blocker. */
export function privilegesOf(context: CloneContext, vms: PlannedVmSteps[]): Plan['privileges'] {
  const found = new Map<string, Plan['privileges'][number]>()
  const missing = new Map<string, { paths: string[]; field: string }>()
  for (const need of vms.flatMap((vm) => needsOf(context, vm))) {
    const entry = chosen(context, need)
    const key = `${entry.privilege} ${entry.path}`
    if (found.has(key)) continue
    found.set(key, entry)
    if (entry.granted) continue
    const before = missing.get(entry.privilege)
    missing.set(entry.privilege, {
      paths: [...(before?.paths ?? []), entry.path],
      field: before?.field ?? need.field,
    })
  }
  for (const [privilege, { paths, field }] of missing) {
    const [first, ...others] = paths
    const more =
      others.length === 0
        ? ''
        : ` and ${others.length} more ${others.length === 1 ? 'path' : 'paths'}`
    context.blockers.add({
      code: 'privilege-missing',
      message: `You may not ${whatFor(privilege)}. Proxmox asks for ${privilege} on ${first}${more}.${wayOut(context, privilege)}`,
      field,
    })
  }
  return [...found.values()]
}

/** Rights on a pool are the usual way to let people make VMs of their own. */
function wayOut({ request, inventory }: CloneContext, privilege: string): string {
  const elsewhere = request.pool === undefined && inventory.pools.length > 0
  return elsewhere && privilege === 'VM.Allocate' ? ' Choose a pool in which you may.' : ''
}

/** Where several paths or privileges would do, the one that is granted, or else the first. */
function chosen(context: CloneContext, { paths, privileges }: Need): Plan['privileges'][number] {
  const pairs = paths.flatMap((path) => privileges.map((privilege) => ({ path, privilege })))
  const granted = pairs.find(({ path, privilege }) => context.inventory.holds(path, privilege))
  const [path = '', privilege = ''] = [paths[0], privileges[0]]
  return granted === undefined ? { path, privilege, granted: false } : { ...granted, granted: true }
}

function needsOf(context: CloneContext, vm: PlannedVmSteps): Need[] {
  const { template, request, inventory } = context
  const { pool } = request
  // Rights on a pool count for its members, and for the id of a VM that is made into it.
  const own = [...(pool === undefined ? [] : [`/pool/${pool}`]), `/vms/${vm.draft.vmid}`]
  const need = (privilege: string, ...others: string[]): Need => ({
    paths: own,
    privileges: [privilege, ...others],
    field: 'pool',
  })
  const clone: Need[] = [
    { paths: [`/vms/${template.vmid}`], privileges: ['VM.Clone'], field: 'source.vmid' },
    need('VM.Allocate'),
    need('VM.Audit'),
    ...[...new Set(vm.draft.disks.map((disk) => disk.target))].map((storage) => ({
      paths: [`/storage/${storage}`],
      privileges: ['Datastore.AllocateSpace'],
      field: 'source.clone',
    })),
    ...bridgeNeeds(context, vm),
  ]
  const later = vm.steps.flatMap(({ spec }) => {
    switch (spec.kind) {
      case 'configure':
        return [...Object.keys(spec.settings), ...spec.remove].map((key) =>
          need(...privilegesForKey(key)),
        )
      case 'resize-disk':
        return [need('VM.Config.Disk')]
      case 'start':
        return [need('VM.PowerMgmt')]
      case 'wait-for-agent':
      case 'read-address':
        return [need(inventory.version.major >= 9 ? 'VM.GuestAgent.Audit' : 'VM.Monitor')]
      case 'reserve-id':
      case 'clone':
      case 'check-port':
        return []
    }
  })
  return [...clone, ...later]
}

/** Since 8.0 a NIC needs SDN.Use on its bridge, with a VLAN on the tag below it: the template's to clone, the new one to set. */
function bridgeNeeds(
  { template, inventory }: CloneContext,
  { draft, place }: PlannedVmSteps,
): Need[] {
  if (inventory.version.major < 8) return []
  const asked = draft.nics.map((nic) => ({ ...nic, field: nic.network?.field ?? 'source.vmid' }))
  const inherited = template.nics.map((nic) => ({ ...nic, field: 'source.vmid' }))
  return [...inherited, ...asked].flatMap(({ bridge, vlan, field }) => {
    const known = inventory.bridges.find((each) => each.name === bridge && each.node === place.node)
    // The zone of a vnet is not known here; Proxmox lists vnets only to those who may use them.
    if (bridge === null || known?.kind === 'vnet') return []
    const path = `/sdn/zones/localnetwork/${bridge}${vlan === null ? '' : `/${vlan}`}`
    return [{ paths: [path], privileges: ['SDN.Use'], field }]
  })
}

/** Any one of them lets a caller set the key. */
function privilegesForKey(key: string): [string, ...string[]] {
  if (/^(cores|sockets|vcpus)$/.test(key)) return ['VM.Config.CPU']
  if (/^(memory|balloon)$/.test(key)) return ['VM.Config.Memory']
  if (/^net\d+$/.test(key)) return ['VM.Config.Network']
  if (/^(ipconfig\d+|nameserver)$/.test(key)) return ['VM.Config.Cloudinit', 'VM.Config.Network']
  return ['VM.Config.Options']
}

const purposes: Record<string, string> = {
  'VM.Clone': 'clone this template',
  'VM.Allocate': 'create VMs here',
  'VM.Audit': 'see the new VMs',
  'VM.PowerMgmt': 'start them',
  'VM.Config.CPU': 'set their cores',
  'VM.Config.Memory': 'set their memory',
  'VM.Config.Network': 'set their network',
  'VM.Config.Cloudinit': 'set their addresses',
  'VM.Config.Options': 'set their tags and options',
  'VM.Config.Disk': 'grow their disks',
  'VM.GuestAgent.Audit': 'ask their guest agents',
  'VM.Monitor': 'ask their guest agents',
  'Datastore.AllocateSpace': 'put disks on this storage',
  'SDN.Use': 'use this bridge',
}

function whatFor(privilege: string): string {
  return purposes[privilege] ?? 'do this'
}
