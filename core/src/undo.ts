/** The plan that takes a deployment back: what is to be stopped and destroyed, and what is left alone. Pure. */
import { listed, vmCount } from './context.ts'
import { createIssueLog, type IssueLog } from './issues.ts'
import { type Leftover, leftoversOf } from './leftovers.ts'
import type { Plan, PlannedStep, PlannedVm, StepSpec } from './plan.ts'
import { hashOf, totalsOf } from './planner.ts'
import { callsOf, noteOf, titleOf } from './steps.ts'

/** What there is under the VMID of a VM that the deployment made, or began to make. */
export type SeenVm =
  | { kind: 'absent' }
  /** The caller may not read its config. */
  | { kind: 'hidden' }
  /** Without the stamp of this deployment and VM. */
  | { kind: 'foreign' }
  | { kind: 'ours'; node: string; running: boolean; pool: string | null; protected: boolean }

export type MadeVm = {
  name: string
  vmid: number
  /** As the deployment planned it; a collision may have given it another id since. */
  planned: PlannedVm
  /** Whether the deployment left it there: one that was never finished, or was removed by a cancel, is not missed. */
  expected: boolean
  seen: SeenVm
}

type Ours = Omit<MadeVm, 'seen'> & { seen: Extract<SeenVm, { kind: 'ours' }> }

/**
 * Steps for each VM that is there with the stamp of this deployment; the others become warnings and are left alone.
 * `holds`: the caller's rights, as in `Inventory`.
 */
export function planUndo(
  deployment: { id: string; vms: MadeVm[] },
  holds: (path: string, privilege: string) => boolean,
): Plan {
  const warnings = createIssueLog()
  const blockers = createIssueLog()
  const ours = deployment.vms.flatMap((vm): Ours[] => {
    warnOf(vm, deployment.id, warnings)
    const { seen } = vm
    return seen.kind === 'ours' && !seen.protected ? [{ ...vm, seen }] : []
  })
  const hidden = deployment.vms.filter((vm) => vm.expected && vm.seen.kind === 'hidden')
  const gone = deployment.vms.filter((vm) => vm.expected && vm.seen.kind === 'absent')
  const removable = (vm: MadeVm) => removableOf(vm, deployment.id, holds, warnings)
  const vms = [
    ...ours.map((vm) => plannedUndo(vm, deployment.id, removable(vm))),
    ...gone.flatMap((vm) => plannedRemoval(vm, removable(vm))),
  ]
  const privileges = rightsOnMade(ours, hidden, holds, blockers)
  return {
    hash: hashOf(vms),
    vms,
    totals: totalsOf(vms),
    capacity: { nodes: [], storages: [] },
    warnings: warnings.list(),
    blockers: blockers.list(),
    privileges,
  }
}

function warnOf({ name, vmid, expected, seen }: MadeVm, deployment: string, log: IssueLog): void {
  const warn = (code: string, message: string) => log.add({ code, message, vm: name })
  if (seen.kind === 'ours' && seen.protected) {
    warn(
      'protected',
      `${name} (VM ${vmid}) has its protection on, so Proxmox would refuse to destroy it. It is left alone; switch its protection off to undo it as well.`,
    )
  }
  if (!expected) return
  if (seen.kind === 'absent') {
    warn('gone', `${name} (VM ${vmid}) is not there any more, so there is nothing to destroy.`)
  }
  if (seen.kind === 'foreign') {
    warn(
      'not-ours',
      `VM ${vmid} does not carry the stamp of ${deployment} and ${name}: somebody changed its description, or it is another VM by now. It is left alone.`,
    )
  }
}

/** Without the right to remove images Proxmox would refuse it: they stay, and are named. */
export function removableOf(
  { name, planned }: Pick<MadeVm, 'name' | 'planned'>,
  deployment: string,
  holds: (path: string, privilege: string) => boolean,
  log: IssueLog,
): Leftover[] {
  const specs = planned.steps.map(({ spec }) => spec)
  return leftoversOf(specs, deployment).filter((leftover) => {
    if (leftover.kind === 'delete-snippet') return true
    const { storage, volume } = leftover
    if (holds(`/storage/${storage}`, 'Datastore.Allocate')) return true
    log.add({
      code: 'seed-stays',
      message: `You may not remove images from ${storage} (Proxmox asks for Datastore.Allocate), so ${volume} stays there.`,
      vm: name,
    })
    return false
  })
}

function plannedRemoval({ name, vmid, planned }: MadeVm, leftovers: Leftover[]): PlannedVm[] {
  if (leftovers.length === 0) return []
  const steps = leftovers.map((spec) => removalStep(spec, vmid))
  const placementReason = 'The VM is gone; what belongs to it is not.'
  return [{ ...planned, name, vmid, placementReason, allocations: [], steps }]
}

export function removalStep(spec: Leftover, vmid: number): PlannedStep {
  return {
    id: spec.kind,
    kind: spec.kind,
    title: titleOf(spec),
    note: noteOf(spec),
    calls: callsOf(spec, { vmid }),
    slots: [],
    spec,
  }
}

function plannedUndo(
  { name, vmid, planned, seen }: Ours,
  deployment: string,
  leftovers: Leftover[],
): PlannedVm {
  return {
    ...planned,
    name,
    vmid,
    node: seen.node,
    placementReason: 'It is there.',
    // It gives room back, it takes none.
    allocations: [],
    steps: [
      ...destroySteps({ vmid, planned, seen }, deployment),
      ...leftovers.map((spec) => removalStep(spec, vmid)),
    ],
  }
}

/** Stops it where it runs, and destroys it. */
export function destroySteps(
  { vmid, planned, seen }: Pick<Ours, 'vmid' | 'planned' | 'seen'>,
  deployment: string,
): PlannedStep[] {
  const { node, running } = seen
  const specs: StepSpec[] = [
    ...(running ? [{ kind: 'stop' as const, node, deployment }] : []),
    { kind: 'destroy', node, deployment },
  ]
  return specs.map((spec) => ({
    id: spec.kind,
    kind: spec.kind,
    title: titleOf(spec),
    note: noteOf(spec),
    calls: callsOf(spec, { vmid }),
    slots: spec.kind === 'destroy' ? storageSlots(planned) : [{ kind: 'start', key: node }],
    spec,
  }))
}

/** Volumes are removed under the same locks under which they were made. */
function storageSlots({ steps }: PlannedVm): PlannedStep['slots'] {
  const made = steps.find(({ kind }) => kind === 'clone' || kind === 'create')?.slots ?? []
  return made.filter(({ kind }) => kind === 'clone-local' || kind === 'clone-shared')
}

/** What Proxmox asks for: qemu-server src/PVE/API2/Qemu.pm (vm_config, vm_stop, destroy_vm). */
export function rightsOnMade(
  ours: Pick<Ours, 'vmid' | 'seen'>[],
  hidden: Pick<MadeVm, 'vmid'>[],
  holds: (path: string, privilege: string) => boolean,
  blockers: IssueLog,
): Plan['privileges'] {
  const right = (vmid: number, pool: string | null, privilege: string) => {
    const paths = [`/vms/${vmid}`, ...(pool === null ? [] : [`/pool/${pool}`])]
    const path = paths.find((each) => holds(each, privilege))
    return { path: path ?? `/vms/${vmid}`, privilege, granted: path !== undefined }
  }
  const rights = [
    ...hidden.map(({ vmid }) => ({ path: `/vms/${vmid}`, privilege: 'VM.Audit', granted: false })),
    ...ours.flatMap(({ vmid, seen }) => [
      right(vmid, seen.pool, 'VM.Audit'),
      ...(seen.running ? [right(vmid, seen.pool, 'VM.PowerMgmt')] : []),
      right(vmid, seen.pool, 'VM.Allocate'),
    ]),
  ]
  const missing = rights.filter(({ granted }) => !granted)
  for (const [privilege, lacking] of Map.groupBy(missing, (each) => each.privilege)) {
    blockers.add({ code: 'privilege-missing', message: lackOf(privilege, lacking) })
  }
  const unique = new Map(rights.map((each) => [`${each.privilege} ${each.path}`, each]))
  return [...unique.values()]
}

const purposes: Record<string, string> = {
  'VM.Audit': 'see',
  'VM.PowerMgmt': 'stop',
  'VM.Allocate': 'destroy',
}

const MOST_PATHS = 3

function lackOf(privilege: string, lacking: { path: string }[]): string {
  const paths = lacking.map(({ path }) => path)
  const shown = paths.slice(0, MOST_PATHS)
  const more = paths.length - shown.length
  const where = listed(more > 0 ? [...shown, `${more} more`] : shown)
  return `You may not ${purposes[privilege] ?? 'do this to'} ${vmCount(paths.length)}. Proxmox asks for ${privilege} on ${where}.`
}
