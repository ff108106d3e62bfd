/** What the page says about all VMs of a deployment: counts, order, groups, sentences. Pure, as model.ts. */
import type { DeploymentView, VmView } from '@deployer/core/deployment.ts'
import {
  deploymentState,
  deploymentTitle,
  doneWord,
  isActive,
} from '../../components/deploymentWords.ts'
import { lowerFirst, vmNow, vmState, type VmState } from './model.ts'

/** Which VMs the table shows. */
export type Filter = 'ready' | 'running' | 'failed' | 'queued' | 'cancelled'

const filterOf: Record<VmState, Filter> = {
  done: 'ready',
  failed: 'failed',
  running: 'running',
  waiting: 'running',
  queued: 'queued',
  cancelled: 'cancelled',
}

export const passes = (vm: VmView, filter: Filter | undefined): boolean =>
  filter === undefined || filterOf[vmState(vm)] === filter

/** By name, address, VMID or node. */
export const found = (vm: VmView, text: string): boolean => {
  const wanted = text.trim().toLowerCase()
  return [vm.name, vm.ip ?? '', String(vm.vmid), vm.node].some((part) =>
    part.toLowerCase().includes(wanted),
  )
}

/** How many VMs are in each state. */
export const countStates = (vms: readonly VmView[]): Record<VmState, number> => {
  const counts = { done: 0, failed: 0, running: 0, waiting: 0, queued: 0, cancelled: 0 }
  for (const vm of vms) counts[vmState(vm)] += 1
  return counts
}

const need: readonly VmState[] = ['failed', 'waiting', 'running', 'done', 'cancelled', 'queued']

/** What needs a person first; within a state the plan's order stays. */
export const byNeed = (vms: readonly VmView[]): VmView[] =>
  vms.toSorted((one, other) => need.indexOf(vmState(one)) - need.indexOf(vmState(other)))

export type Group = { name: string; vms: VmView[] }

const stateNames: Record<VmState, string> = {
  failed: 'Failed',
  waiting: 'Waiting',
  running: 'Running',
  done: 'Ready',
  cancelled: 'Cancelled',
  queued: 'Queued',
}

/** The rows under their heads; without a grouping, one group without a name. */
export const groupVms = (vms: readonly VmView[], by: 'node' | 'state' | undefined): Group[] => {
  if (by === undefined) return [{ name: '', vms: [...vms] }]
  const groups = new Map<string, VmView[]>()
  const keyOf = (vm: VmView) => (by === 'node' ? vm.node : stateNames[vmState(vm)])
  const ordered =
    by === 'node' ? vms.toSorted((one, other) => one.node.localeCompare(other.node)) : byNeed(vms)
  for (const vm of ordered) {
    const key = keyOf(vm)
    const rows = groups.get(key)
    if (rows) rows.push(vm)
    else groups.set(key, [vm])
  }
  return [...groups].map(([name, rows]) => ({ name, vms: rows }))
}

/** The sentence of the progress bar, also read out: `3 of 10 ready, 1 failed, 4 running`. */
export const progressSentence = (
  counts: Record<VmState, number>,
  total: number,
  done = 'ready',
): string =>
  [
    `${counts.done} of ${total} ${done}`,
    counts.failed > 0 && `${counts.failed} failed`,
    counts.running > 0 && `${counts.running} running`,
    counts.waiting > 0 && `${counts.waiting} waiting`,
    counts.queued > 0 && `${counts.queued} queued`,
    counts.cancelled > 0 && `${counts.cancelled} cancelled`,
  ]
    .filter((part) => part !== false)
    .join(', ')

/** The news of one change, for the live region: `web-04 ready`. Empty where nobody reached an end. */
export const announcement = (before: DeploymentView | null, after: DeploymentView): string => {
  if (before === null || before.id !== after.id) return ''
  const known = new Map(before.vms.map((vm) => [vm.id, vm.status]))
  const ended = after.vms.filter(
    (vm) =>
      known.get(vm.id) !== vm.status && ['succeeded', 'failed', 'cancelled'].includes(vm.status),
  )
  if (ended.length === 0) return ''
  const done = doneWord(after)
  const counts = progressSentence(countStates(after.vms), after.vms.length, done)
  const vm = ended[0]
  if (ended.length > 1 || vm === undefined) return counts
  const { text } = vmNow(vm)
  const ready = vm.status === 'succeeded' && after.undoOf === null
  return `${vm.name} ${ready ? `ready, ${lowerFirst(text)}` : lowerFirst(text)}. ${counts}`
}

/** One line for the browser's tab: `37/100 · 2 failed - web lab` while it runs, then how it ended. */
export const tabTitle = (view: DeploymentView, ended = deploymentState(view).text): string => {
  const title = deploymentTitle(view)
  if (!isActive(view)) return `${ended} - ${title}`
  const { done, failed } = countStates(view.vms)
  const parts = [`${done}/${view.vms.length}`, failed > 0 && `${failed} failed`]
  return `${parts.filter((part) => part !== false).join(' · ')} - ${title}`
}
