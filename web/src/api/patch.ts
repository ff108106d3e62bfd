/** Carries a deployment on by its events. Each event holds the whole new state of what changed. */
import type { DeploymentEvent, DeploymentHead, DeploymentView } from '@deployer/core/deployment.ts'

/** An event with its place in the stream. */
export type NumberedEvent = { id: string; event: DeploymentEvent }

/** The view after these events, in their order. The same object where nothing in it changed. */
export const applyEvents = (
  view: DeploymentView,
  events: readonly NumberedEvent[],
): DeploymentView => {
  let head: DeploymentHead | null = null
  const vms = new Map<string, DeploymentView['vms'][number]>()
  const find = (id: string) => vms.get(id) ?? view.vms.find((vm) => vm.id === id)
  let lastEventId = view.lastEventId
  for (const { id, event } of events) {
    if (id !== '') lastEventId = id
    switch (event.type) {
      case 'deployment': {
        if (event.deployment.id === view.id) head = event.deployment
        break
      }
      case 'vm': {
        const before = find(event.vm.id)
        if (before) vms.set(before.id, { ...before, ...event.vm })
        break
      }
      case 'step': {
        const before = find(event.vmId)
        if (!before) break
        const known = before.steps.some((step) => step.id === event.step.id)
        vms.set(before.id, {
          ...before,
          steps: known
            ? before.steps.map((step) => (step.id === event.step.id ? event.step : step))
            : [...before.steps, event.step],
        })
        break
      }
    }
  }
  if (head === null && vms.size === 0 && lastEventId === view.lastEventId) return view
  return {
    ...view,
    ...head,
    lastEventId,
    vms: vms.size === 0 ? view.vms : view.vms.map((vm) => vms.get(vm.id) ?? vm),
  }
}

/** The list after a deployment changed or came: newest first. */
export const applyHead = (
  heads: readonly DeploymentHead[],
  head: DeploymentHead,
): DeploymentHead[] =>
  heads.some(({ id }) => id === head.id)
    ? heads.map((known) => (known.id === head.id ? head : known))
    : [head, ...heads].toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
