/** What became different between the plan that somebody read and the one that the cluster allows now, in a sentence. */
import type { Plan, PlannedVm } from '@deployer/core/plan.ts'
import { vmidRange } from '../../components/vmidRange.ts'
import { plural } from '../../ui/format.ts'

/** Sentences, the weightiest first; empty where nothing that a reader would see has changed. */
export function planChanges(before: Plan, after: Plan): string[] {
  const pairs = matchByName(before.vms, after.vms)
  return [
    ...newBlockers(before, after),
    ...movedVmids(pairs),
    ...movedNodes(pairs),
    ...otherChanges(before, after, pairs),
  ]
}

type Pair = { was: PlannedVm; is: PlannedVm }

function matchByName(before: PlannedVm[], after: PlannedVm[]): Pair[] {
  const byName = new Map(before.map((vm) => [vm.name, vm]))
  return after.flatMap((is) => {
    const was = byName.get(is.name)
    return was === undefined ? [] : [{ was, is }]
  })
}

function newBlockers(before: Plan, after: Plan): string[] {
  const known = new Set(before.blockers.map((blocker) => blocker.message))
  const fresh = after.blockers.filter((blocker) => !known.has(blocker.message))
  return fresh.length === 0 ? [] : [`${plural(fresh.length, 'new blocker')}.`]
}

function movedVmids(pairs: Pair[]): string[] {
  const moved = pairs.filter(({ was, is }) => was.vmid !== is.vmid)
  const [first] = moved
  if (first === undefined) return []
  if (moved.length === 1) {
    return [`${first.is.name} gets VMID ${first.is.vmid}, ${first.was.vmid} is taken now.`]
  }
  const was = vmidRange(moved.map((pair) => pair.was.vmid))
  const is = vmidRange(moved.map((pair) => pair.is.vmid))
  return [`${moved.length} VMs get other VMIDs: ${is}, no longer ${was}.`]
}

function movedNodes(pairs: Pair[]): string[] {
  const moved = pairs.filter(({ was, is }) => was.node !== is.node)
  const [first] = moved
  if (first === undefined) return []
  const rest = moved.length - 1
  const sentence = `${first.is.name} goes to ${first.is.node}, no longer ${first.was.node}`
  return [rest === 0 ? `${sentence}.` : `${sentence}; ${plural(rest, 'other')} move too.`]
}

/** Whatever else the hash covers: the template's settings, the calls. */
function otherChanges(before: Plan, after: Plan, pairs: Pair[]): string[] {
  if (before.totals.calls !== after.totals.calls) {
    return [`${plural(after.totals.calls, 'call')} now, ${before.totals.calls} before.`]
  }
  const changed = pairs.filter(
    ({ was, is }) =>
      was.vmid === is.vmid && was.node === is.node && stepsText(was) !== stepsText(is),
  )
  const [first] = changed
  if (first === undefined) return []
  const who = changed.length === 1 ? first.is.name : plural(changed.length, 'VM')
  return [`The calls for ${who} changed.`]
}

function stepsText(vm: PlannedVm): string {
  return JSON.stringify(vm.steps)
}
