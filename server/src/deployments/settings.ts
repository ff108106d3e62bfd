/** What can be set about the engine. */
import type { SlotKind } from '@deployer/core/plan.ts'
import type { Config } from '../config.ts'
import type { VmidRange } from './vmids.ts'

export type EngineSettings = {
  limits: Config['limits']
  vmids: VmidRange
  /** `http://host:port` of a CONNECT proxy for port checks, or null. */
  guestProxy: string | null
  pace: Pace
}

/** How often and how long; the demo and the tests, whose cluster is faster than a real one, take shorter times. */
export type Pace = {
  /** Between two looks at a node's running tasks. */
  taskTickMs: number
  /** Between two reads of the logs of tasks that somebody watches. */
  progressTickMs: number
  /** First pause after a failure that may pass; doubled each time, more or less by half. */
  retrySeconds: number
  /** Between two tries while something outside must end first: a backup of the template. */
  waitSeconds: number
  /** Before a call whose answer was lost is looked for a second time. */
  lookAgainSeconds: number
  /** From the start of a VM until its agent is asked for the first time. */
  agentFirstSeconds: number
  /** Until it is asked for the second time; longer from time to time. */
  agentAgainSeconds: number
  /** Between two presses of a key. */
  keySeconds: number
  /** Between two tries of a port. */
  portSeconds: number
  /** Between two looks which tickets are due to be renewed. Tickets live as long on every cluster. */
  ticketTickMs: number
  /** Between two looks for VMs whose work ended without their end. */
  strandedTickMs: number
}

export const realPace: Pace = {
  taskTickMs: 1000,
  progressTickMs: 2000,
  retrySeconds: 3,
  waitSeconds: 30,
  lookAgainSeconds: 3,
  agentFirstSeconds: 8,
  agentAgainSeconds: 4,
  keySeconds: 1,
  portSeconds: 1,
  ticketTickMs: 60_000,
  strandedTickMs: 60_000,
}

/** The same on a cluster on which everything takes `speed` times as short. */
export const paceAt = (speed: number): Pace => ({
  taskTickMs: Math.max(50, realPace.taskTickMs / speed),
  progressTickMs: Math.max(100, realPace.progressTickMs / speed),
  retrySeconds: realPace.retrySeconds / speed,
  waitSeconds: realPace.waitSeconds / speed,
  lookAgainSeconds: realPace.lookAgainSeconds / speed,
  agentFirstSeconds: realPace.agentFirstSeconds / speed,
  agentAgainSeconds: realPace.agentAgainSeconds / speed,
  keySeconds: realPace.keySeconds / speed,
  portSeconds: Math.max(0.05, realPace.portSeconds / speed),
  ticketTickMs: realPace.ticketTickMs,
  strandedTickMs: Math.max(1000, realPace.strandedTickMs / speed),
})

export const slotLimit = (limits: Config['limits'], kind: SlotKind): number => {
  switch (kind) {
    case 'clone-local':
      return limits.clonesPerLocalStorage
    case 'clone-shared':
      return limits.clonesPerSharedStorage
    case 'full-copy':
      return limits.fullCopiesPerStorage
    case 'start':
      return limits.startsPerNode
  }
}
