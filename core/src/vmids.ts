/** Which VMID each VM gets. */
import type { PlanContext } from './context.ts'
import type { Guest } from './inventory.ts'
import type { VmSpec } from './specs.ts'

/**
 * One id for each spec, in their order; null where none is left. Ids that were asked for come first, then those of the
 * plan that somebody read, then the lowest that are free.
 */
export function assignVmids(context: PlanContext, specs: VmSpec[]): (number | null)[] {
  const { guests, pending, vmids } = context.inventory
  const taken = new Map(guests.map((guest) => [guest.vmid, guest]))
  const reserved = new Set([...vmids.reserved, ...pending.map((vm) => vm.vmid)])
  const used = new Set([...taken.keys(), ...reserved])
  const asked = new Map<number, VmSpec>()
  for (const spec of specs) {
    if (spec.vmid === null) continue
    const twin = asked.get(spec.vmid)
    judge(context, spec, spec.vmid, { guest: taken.get(spec.vmid), twin, reserved })
    asked.set(spec.vmid, spec)
    used.add(spec.vmid)
  }
  const shown = specs.map(({ name, vmid }) => {
    const id = vmid === null ? context.shown.get(name)?.vmid : undefined
    if (id === undefined || used.has(id) || id < vmids.min || id > vmids.max) return null
    used.add(id)
    return id
  })
  let next = vmids.min
  const lowestFree = () => {
    while (used.has(next)) next++
    return next > vmids.max ? null : next++
  }
  const ids = specs.map((spec, index) => spec.vmid ?? shown[index] ?? lowestFree())
  const without = ids.filter((id) => id === null).length
  if (without > 0) {
    context.blockers.add({
      code: 'vmids-exhausted',
      message: `From ${vmids.min} to ${vmids.max} there are not enough free VMIDs: ${without} are missing. Widen the range in the settings, or remove VMs that are not needed.`,
      field: 'vms',
    })
  }
  return ids
}

function judge(
  context: PlanContext,
  spec: VmSpec,
  vmid: number,
  known: { guest: Guest | undefined; twin: VmSpec | undefined; reserved: Set<number> },
): void {
  const { guest, twin, reserved } = known
  const { min, max } = context.inventory.vmids
  const at = { vm: spec.name, field: `vms.${spec.row}.vmid` }
  const instead = 'Leave the VMID out to get a free one.'
  if (twin !== undefined) {
    const message = `${twin.name} and ${spec.name} would both get VMID ${vmid}. ${instead}`
    context.blockers.add({ code: 'vmid-twice', message, ...at })
  } else if (guest !== undefined) {
    const what = guest.kind === 'lxc' ? 'Container' : guest.template ? 'Template' : 'VM'
    const message = `${what} ${vmid} exists already: ${guest.name ?? 'without a name'} on ${guest.node}. ${instead}`
    context.blockers.add({ code: 'vmid-taken', message, ...at })
  } else if (reserved.has(vmid)) {
    const message = `VMID ${vmid} is reserved by another deployment. ${instead}`
    context.blockers.add({ code: 'vmid-reserved', message, ...at })
  } else if (vmid < min || vmid > max) {
    const message = `VMID ${vmid} is outside ${min} to ${max}, the ids that may be given out. ${instead}`
    context.blockers.add({ code: 'vmid-range', message, ...at })
  }
}
