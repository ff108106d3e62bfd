/** Events, journal and deployment rows tell the same story. */
import type { DeploymentEvent, DeploymentView } from '@deployer/core/deployment.ts'
import { isDeepStrictEqual } from 'node:util'

const OVER = ['succeeded', 'failed', 'cancelled', 'skipped']

export const checkJournal = (
  deployments: DeploymentView[],
  events: DeploymentEvent[],
): string[] => [...inOrder(events), ...deployments.flatMap((each) => sameStory(each, events))]

/** Nothing that is over begins again. */
const inOrder = (events: DeploymentEvent[]): string[] => {
  const ended = new Map<string, string>()
  const problems: string[] = []
  for (const event of events) {
    if (event.type !== 'step') continue
    const { step, vmId } = event
    const key = `${vmId} ${step.id}`
    const before = ended.get(key)
    if (before !== undefined && before !== step.status)
      problems.push(`${key} was ${before}, and then ${step.status}`)
    if (OVER.includes(step.status)) ended.set(key, step.status)
  }
  return problems
}

/** The last event of each part is what the part says itself. */
const sameStory = (view: DeploymentView, events: DeploymentEvent[]): string[] => {
  const { vms, request: _, planHash: __, lastEventId: ___, ...head } = view
  const problems: string[] = []
  const compare = (what: string, told: unknown, is: unknown) => {
    if (!isDeepStrictEqual(told, is))
      problems.push(`${what}: told ${JSON.stringify(told)}, is ${JSON.stringify(is)}`)
  }
  const lastHead = events.findLast(
    (event) => event.type === 'deployment' && event.deployment.id === view.id,
  )
  compare(view.id, lastHead?.type === 'deployment' && lastHead.deployment, head)
  const count = (status: string) => vms.filter((vm) => vm.status === status).length
  for (const status of ['succeeded', 'failed', 'cancelled'] as const)
    if (view.summary[status] !== count(status))
      problems.push(`${view.id} counts ${view.summary[status]} ${status}, it has ${count(status)}`)
  const lastOf = new Map<string, unknown>()
  for (const event of events) {
    if (event.type === 'vm') lastOf.set(event.vm.id, event.vm)
    if (event.type === 'step') lastOf.set(`${event.vmId} ${event.step.id}`, event.step)
  }
  for (const { steps, ...vm } of vms) {
    // One that never ended is told elsewhere.
    if (vm.finishedAt === null) continue
    compare(vm.name, lastOf.get(vm.id), vm)
    for (const step of steps)
      compare(`${vm.name} ${step.id}`, lastOf.get(`${vm.id} ${step.id}`), step)
  }
  return problems
}
