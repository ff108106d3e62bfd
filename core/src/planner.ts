/** From a request and the cluster's inventory to a plan. Pure: the same input gives the same plan. */
import { checkAddresses } from './address-checks.ts'
import { capacityOf } from './capacity.ts'
import { checkCluster, checkNames, checkTemplate, findTemplate } from './checks.ts'
import { checkFirstBoot } from './cloud-init-checks.ts'
import { type Choice, type CloneContext, createContext, type PlanContext } from './context.ts'
import { deliveryOf } from './delivery.ts'
import { draftOf } from './drafts.ts'
import { sha256 } from './hash.ts'
import { cloneGround } from './hosts.ts'
import type { Inventory } from './inventory.ts'
import { createMacs } from './nics.ts'
import { placeAll } from './placement.ts'
import type { Plan, PlannedVm } from './plan.ts'
import { cloneNeeds, type PlannedVmSteps, privilegesOf } from './privileges.ts'
import type { DeploymentRequest } from './request.ts'
import { osTypeForNames } from './scratch/checks.ts'
import { scratchContext } from './scratch/context.ts'
import { createNeeds, scratchVms } from './scratch/plan.ts'
import { checkInheritedAddresses } from './settings.ts'
import { expandRequest, type VmSpec } from './specs.ts'
import { assignVmids } from './vmids.ts'
import { expectedAddress, stepsOf } from './vm-steps.ts'

export type PlanOptions = {
  /** Makes MAC addresses differ between installations; constant in one, so that the same request gives the same plan. */
  macSalt: string
  /** Of a plan that somebody read: each VM keeps its VMID and node where they are still to be had. */
  shown?: Choice[] | undefined
}

/**
 * Never throws for what a request asks: everything that cannot be done becomes a blocker with its field. The plan of a
 * blocked request shows as many VMs as can be told, and must not be run.
 */
export function planDeployment(
  request: DeploymentRequest,
  inventory: Inventory,
  options: PlanOptions,
): Plan {
  const context = createContext(request, inventory, options)
  checkCluster(context)
  const specs = expandRequest(request, context.blockers)
  const { source } = request
  if (source.kind !== 'template') {
    const scratch = scratchContext(context, source)
    checkNames(context, specs, osTypeForNames(scratch))
    const vms = scratchVms(scratch, specs, assignVmids(context, specs))
    const capacity = capacityOf(scratch, vms)
    const privileges = privilegesOf(scratch, vms, (vm) => createNeeds(scratch, vm))
    return planOf(context, vms.map(viewOf), capacity, privileges)
  }
  const template = findTemplate(context, source.vmid)
  checkNames(context, specs, template?.osType ?? null)
  const vmids = assignVmids(context, specs)
  if (template === null) return planOf(context, [], { nodes: [], storages: [] }, [])
  const clone = { ...context, template, base: template, full: source.clone === 'full' }
  checkTemplate(clone)
  const vms = plannedVms(clone, specs, vmids)
  const capacity = capacityOf(clone, vms)
  const privileges = privilegesOf(clone, vms, (vm) => cloneNeeds(clone, vm))
  return planOf(context, vms.map(viewOf), capacity, privileges)
}

function plannedVms(
  context: CloneContext,
  specs: VmSpec[],
  vmids: (number | null)[],
): PlannedVmSteps[] {
  const drafts = specs.flatMap((spec, index) => {
    const vmid = vmids[index] ?? null
    return vmid === null ? [] : [draftOf(context, spec, vmid)]
  })
  checkAddresses(context, drafts)
  checkFirstBoot(context, drafts)
  checkInheritedAddresses(context, drafts)
  const places = placeAll(context, drafts, cloneGround(context))
  const macs = createMacs(context.inventory.macPrefix, context.macSalt)
  return drafts.flatMap((draft, index) => {
    const place = places[index]
    if (place === undefined) return []
    const delivered = deliveryOf(context, draft, place)
    const steps = stepsOf(context, { draft, place, delivered }, macs)
    return [{ draft, place, delivered, steps }]
  })
}

function viewOf({ draft, place, delivered, steps }: PlannedVmSteps): PlannedVm {
  const boot = place.disks.find((disk) => disk.boot) ?? place.disks[0]
  return {
    name: draft.spec.name,
    row: draft.spec.row,
    vmid: draft.vmid,
    node: place.node,
    placementReason: place.reason,
    storage: boot?.target ?? '',
    cores: draft.cores,
    memoryMiB: draft.memoryMiB,
    diskGiB: sum(draft.disks.map((disk) => disk.sizeGiB)),
    allocations: place.allocations,
    ip: expectedAddress(draft),
    cloudInit:
      delivered === null
        ? null
        : { delivery: delivered.delivery.kind, reason: delivered.delivery.reason },
    steps,
  }
}

function planOf(
  context: PlanContext,
  vms: PlannedVm[],
  capacity: Plan['capacity'],
  privileges: Plan['privileges'],
): Plan {
  return {
    hash: hashOf(vms),
    vms,
    totals: totalsOf(vms),
    capacity,
    warnings: context.warnings.list(),
    blockers: context.blockers.list(),
    privileges,
  }
}

export function totalsOf(vms: PlannedVm[]): Plan['totals'] {
  const calls = vms.flatMap((vm) => vm.steps.flatMap((step) => step.calls))
  return {
    vms: vms.length,
    cores: sum(vms.map((vm) => vm.cores)),
    memoryMiB: sum(vms.map((vm) => vm.memoryMiB)),
    diskGiB: sum(vms.map((vm) => vm.diskGiB)),
    calls: calls.filter((call) => call.changes).length,
  }
}

/**
 * Covers what will be done, and nothing that changes by the minute: capacity, warnings, the reasons for places. Titles
 * and calls follow from the specs of the steps. A label that tells whether a plan is still the one that was read, no
 * protection against forgery.
 */
export function hashOf(vms: PlannedVm[]): string {
  const covered = vms.map(({ placementReason: _reason, steps, ...vm }) => ({
    ...vm,
    steps: steps.map((step) => step.spec),
  }))
  return sha256(JSON.stringify(covered)).slice(0, 16)
}

/** Sizes in GiB may be fractions; this keeps sums free of rounding noise. */
function sum(values: number[]): number {
  return Math.round(values.reduce((total, value) => total + value, 0) * 1000) / 1000
}
