/**
 * The plan of a retry with changes. Where only the checks change, a failed VM goes on from the step that failed. Every
 * other change makes it anew, under its VMID: what there is of it is destroyed first. Pure.
 */
import { cidrText } from './addresses.ts'
import { vmCount } from './context.ts'
import type { Inventory } from './inventory.ts'
import { createIssueLog, type IssueLog } from './issues.ts'
import type { Issue, Plan, PlannedStep, PlannedVm, StepKind } from './plan.ts'
import { hashOf, type PlanOptions, planDeployment, totalsOf } from './planner.ts'
import type { DeploymentRequest, NetworkRequest, RetryChanges, VmRow } from './request.ts'
import { expandRequest, type NetworkSpec, type VmSpec } from './specs.ts'
import { destroySteps, removableOf, removalStep, rightsOnMade, type SeenVm } from './undo.ts'

export type FailedVm = {
  id: string
  /** How often it was tried. */
  run: number
  name: string
  vmid: number
  node: string
  /** What earlier retries changed for it. */
  changes: RetryChanges | null
  /** Its steps as the journal has them, in order. */
  steps: { step: PlannedStep; done: boolean }[]
  /** As its deployment planned it. */
  planned: PlannedVm
  cloned: boolean
  /** What there is under its VMID. */
  seen: SeenVm
}

/** What is tried again of a deployment. */
export type FailedVms = { id: string; request: DeploymentRequest; plan: Plan; vms: FailedVm[] }

/** One VM of the retry. */
export type RetriedVm = {
  id: string
  /** The run after which this was planned; it holds for no other. */
  run: number
  planned: PlannedVm
  /** Of all retries, without patterns. */
  changes: RetryChanges
  /** False: it goes on, and the steps that were done stay so. */
  anew: boolean
  /** All of them, in order. */
  steps: PlannedStep[]
  /** Ids of those that stay as the journal has them. */
  kept: string[]
}

/** `plan` has only the steps that will be done; `request` is for these VMs alone, and `planned.row` counts its rows. */
export type RetryPlan = { plan: Plan; request: DeploymentRequest; vms: RetriedVm[] }

/** Steps that change nothing, so that they can be exchanged while the VM stays. */
const checks: { [K in StepKind]: boolean } = {
  'reserve-id': false,
  clone: false,
  create: false,
  configure: false,
  'resize-disk': false,
  'upload-seed': false,
  'attach-seed': false,
  'write-snippet': false,
  'convert-to-template': false,
  start: false,
  'send-keys': false,
  'wait-for-agent': true,
  'read-address': true,
  'read-cloud-init': true,
  'detach-seed': false,
  'check-port': true,
  stop: false,
  destroy: false,
  'delete-seed': false,
  'delete-snippet': false,
}
const isCheck = ({ kind }: PlannedStep): boolean => checks[kind]

/** Never throws for what is asked; what cannot be done becomes a blocker, as in `planDeployment`. */
export function planRetry(
  failed: FailedVms,
  changes: RetryChanges,
  inventory: Inventory,
  options: PlanOptions,
): RetryPlan {
  const anew = Object.keys(changes).some((key) => key !== 'validate')
  const request = requestOf(failed, changes, anew, inventory)
  const made = planDeployment(request, withoutThem(inventory, failed.vms, anew), options)
  const rows = ownRows(request)
  const log = { warnings: createIssueLog(), blockers: createIssueLog() }
  const vms = failed.vms.flatMap((vm): (RetriedVm & { todo: PlannedVm })[] => {
    const planned = made.vms.find(({ name }) => name === vm.name)
    if (planned === undefined) return []
    const networks = rows.get(vm.name)?.networks
    const all = { ...vm.changes, ...changes }
    const own = {
      ...all,
      ...(all.networks && networks && { networks }),
      ...(all.cloudInit && { cloudInit: { ...vm.changes?.cloudInit, ...changes.cloudInit } }),
    }
    const steps = anew
      ? [
          ...leftoverSteps(failed.id, vm, log),
          ...imageSteps(failed.id, vm, inventory, log.warnings),
          ...planned.steps,
        ]
      : withChecks(vm, planned.steps)
    const done = new Set(vm.steps.filter((each) => each.done).map(({ step }) => step))
    const todo = anew ? steps : steps.filter((step) => !done.has(step))
    const kept = anew ? [] : steps.filter((step) => !isCheck(step)).map(({ id }) => id)
    const { id, run } = vm
    return [
      { id, run, planned, changes: own, anew, steps, kept, todo: { ...planned, steps: todo } },
    ]
  })
  if (anew) warnOfLoss(failed.vms, log.warnings)
  const todo = vms.map((vm) => vm.todo)
  const rights = anew ? rightsOnLeftovers(failed.vms, inventory, log.blockers) : []
  const unique = new Map(
    [...made.privileges, ...rights].map((right) => [`${right.privilege} ${right.path}`, right]),
  )
  return {
    plan: {
      ...made,
      hash: hashOf(todo),
      vms: todo,
      totals: totalsOf(todo),
      warnings: [...log.warnings.list(), ...made.warnings.map(atChanges)],
      blockers: [...log.blockers.list(), ...made.blockers.map(atChanges)],
      privileges: [...unique.values()],
    },
    request,
    vms: vms.map(({ todo: _todo, ...vm }) => vm),
  }
}

/**
 * The plan of a retry without changes: what is left to do for each VM. Blocked only where the caller lacks a right that
 * the deployment needs.
 */
export function planUnchanged({ plan, vms }: FailedVms, holds: Inventory['holds']): Plan {
  const blockers = createIssueLog()
  const privileges = plan.privileges.map((right) => ({
    ...right,
    granted: holds(right.path, right.privilege),
  }))
  for (const { privilege, path, granted } of privileges) {
    if (granted) continue
    const message = `You may not go on with this: Proxmox asks for ${privilege} on ${path}.`
    blockers.add({ code: 'privilege-missing', message })
  }
  const todo = vms.map(({ planned, vmid, node, steps }) => ({
    ...planned,
    vmid,
    node,
    steps: steps.filter((each) => !each.done).map(({ step }) => step),
  }))
  return {
    hash: hashOf(todo),
    vms: todo,
    totals: totalsOf(todo),
    capacity: { nodes: [], storages: [] },
    warnings: [],
    blockers: blockers.list(),
    privileges,
  }
}

/** A request for these VMs alone: a row for each, and what changes as the defaults. */
function requestOf(
  { request, vms }: FailedVms,
  { node, ...changes }: RetryChanges,
  anew: boolean,
  { vmids }: Inventory,
): DeploymentRequest {
  const rows = ownRows(request)
  const isChanged = (key: string) => key in changes
  return {
    ...request,
    defaults: changes,
    vms: vms.map((vm) => {
      const asked = rows.get(vm.name)
      const before: VmRow = { ...asked, ...vm.changes, name: vm.name }
      const kept = Object.entries(before).filter(([key]) => !isChanged(key))
      const row: VmRow = {
        name: vm.name,
        ...Object.fromEntries(kept),
        // What of the hardware does not change stays; in the row it wins over the changes.
        ...(changes.hardware &&
          before.hardware && { hardware: { ...before.hardware, ...changes.hardware } }),
        // The same of the first boot. A password of Windows is in the request alone.
        ...((changes.cloudInit ?? before.cloudInit) && {
          cloudInit: { ...asked?.cloudInit, ...vm.changes?.cloudInit, ...changes.cloudInit },
        }),
      }
      const fixed = node ?? (anew ? row.node : vm.node)
      const free = vm.seen.kind === 'absent' && !vmids.reserved.includes(vm.vmid)
      return {
        ...row,
        ...((!anew || free || vm.seen.kind === 'ours') && { vmid: vm.vmid }),
        ...(fixed !== undefined && { node: fixed }),
      }
    }),
  }
}

/** What each VM was asked to be: the row and the defaults in one, with its own name and addresses. */
function ownRows(request: DeploymentRequest): Map<string, VmRow> {
  const specs = expandRequest(request, createIssueLog())
  return new Map(specs.map((spec) => [spec.name, ownRow(request, spec)]))
}

function ownRow(request: DeploymentRequest, spec: VmSpec): VmRow {
  const {
    count: _count,
    vmid: _vmid,
    ...settings
  } = {
    ...request.defaults,
    ...request.vms[spec.row],
  }
  const networks = settings.networks?.map((network, index) =>
    ownNetwork(network, spec.networks[index]),
  )
  return {
    ...settings,
    name: spec.name,
    ...(networks && { networks }),
    ...(spec.hardware && { hardware: spec.hardware }),
  }
}

function textOf(ip: NetworkSpec['ip6'] | undefined): string | null {
  if (ip === undefined || ip === null) return null
  return typeof ip === 'string' ? ip : cidrText(ip)
}

function ownNetwork(asked: NetworkRequest, spec: NetworkSpec | undefined): NetworkRequest {
  const ip = textOf(spec?.ip)
  const ip6 = textOf(spec?.ip6)
  return { ...asked, ...(ip !== null && { ip }), ...(ip6 !== null && { ip6 }) }
}

/** Nothing of the VMs themselves stands in their way: one that is made anew is destroyed first. */
function withoutThem(inventory: Inventory, vms: FailedVm[], anew: boolean): Inventory {
  const ours = vms.filter(({ seen }) => seen.kind === 'ours')
  const ids = new Set((anew ? ours : vms).map(({ vmid }) => vmid))
  const { vmids, guests, storages, nodes } = inventory
  const room = (storage: string, node: string | null) =>
    ours
      .flatMap(({ planned }) => planned.allocations)
      .filter((each) => each.storage === storage && each.node === node)
      .reduce((sum, { sizeGiB }) => sum + sizeGiB, 0)
  const memory = (node: string) =>
    ours
      .filter(({ seen }) => seen.kind === 'ours' && seen.running && seen.node === node)
      .reduce((sum, { planned }) => sum + planned.memoryMiB, 0)
  return {
    ...inventory,
    vmids: { ...vmids, reserved: vmids.reserved.filter((id) => anew || !ids.has(id)) },
    guests: guests.filter(({ vmid }) => !ids.has(vmid)),
    storages: storages.map((each) => ({
      ...each,
      availableGiB:
        each.availableGiB && each.availableGiB + room(each.name, each.shared ? null : each.node),
    })),
    nodes: nodes.map((each) => ({
      ...each,
      memoryUsedMiB: each.memoryUsedMiB && Math.max(0, each.memoryUsedMiB - memory(each.name)),
    })),
  }
}

type Logs = { warnings: IssueLog; blockers: IssueLog }

/** Destroys what there is of it, or says why that cannot be. */
function leftoverSteps(
  deployment: string,
  vm: FailedVm,
  { warnings, blockers }: Logs,
): PlannedStep[] {
  const { seen, name, vmid } = vm
  switch (seen.kind) {
    case 'absent':
      return []
    case 'foreign':
      warnings.add({
        code: 'not-ours',
        message: `VM ${vmid} does not carry the stamp of ${deployment} and ${name}. It is left alone, and ${name} is made anew under another VMID.`,
        vm: name,
      })
      return []
    case 'hidden':
      if (vm.cloned)
        blockers.add({
          code: 'privilege-missing',
          message: `${name} was made as VM ${vmid}, and you may not see it: Proxmox asks for VM.Audit on /vms/${vmid}.`,
          vm: name,
        })
      return []
    case 'ours':
      break
  }
  if (seen.protected)
    blockers.add({
      code: 'protected',
      message: `${name} (VM ${vmid}) has its protection on, so Proxmox would refuse to destroy it. Switch its protection off first.`,
      vm: name,
    })
  return destroySteps({ vmid, planned: vm.planned, seen }, deployment)
}

/** Removes the seeds and snippets of the VM that was, which the new one may have elsewhere or not at all. */
function imageSteps(
  deployment: string,
  { name, vmid, planned, steps }: FailedVm,
  { holds }: Inventory,
  warnings: IssueLog,
): PlannedStep[] {
  const done = steps.filter((each) => each.done).map(({ step }) => step)
  const was = { name, planned: { ...planned, steps: done } }
  return removableOf(was, deployment, holds, warnings).map((spec) => removalStep(spec, vmid))
}

function warnOfLoss(vms: FailedVm[], warnings: IssueLog): void {
  const ours = vms.filter(({ seen }) => seen.kind === 'ours')
  const [first] = ours
  if (first === undefined) return
  const what =
    ours.length === 1 ? `${first.name} (VM ${first.vmid})` : `${vmCount(ours.length)} of these`
  warnings.add({
    code: 'made-anew',
    message: `What there is of ${what} is destroyed first, with its disks. Only a change of the checks goes on with what is there.`,
    ...(ours.length === 1 && { vm: first.name }),
  })
}

function rightsOnLeftovers(
  vms: FailedVm[],
  { holds }: Inventory,
  blockers: IssueLog,
): Plan['privileges'] {
  const ours = vms.flatMap(({ vmid, seen }) => (seen.kind === 'ours' ? [{ vmid, seen }] : []))
  return rightsOnMade(ours, [], holds, blockers)
}

/** The checks of the new plan in the place of the old ones; everything else as it was planned before. */
function withChecks({ steps }: FailedVm, planned: PlannedStep[]): PlannedStep[] {
  const old = steps.map(({ step }) => step)
  const first = old.findIndex(isCheck)
  const at = first < 0 ? old.length : first
  const others = (list: PlannedStep[]) => list.filter((step) => !isCheck(step))
  return [...others(old.slice(0, at)), ...planned.filter(isCheck), ...others(old.slice(at))]
}

/** What the planner says of the defaults is said of the changes; rows of a derived request say nothing to the caller. */
function atChanges({ field, ...issue }: Issue): Issue {
  const own = field?.replace(/^defaults\./, '').replace(/^vms\.\d+\.(?=node$|cloudInit\b)/, '')
  return own === undefined || /^(vms|source|placement|pool)\b/.test(own)
    ? issue
    : { ...issue, field: own }
}
