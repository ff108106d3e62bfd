/**
 * The durable part: a workflow for each VM, a loop over the steps of its plan. Its checkpoints only say where it stands;
 * what happened is in the journal. The steps are data in its input, so that a new version of this program can go on
 * with the VMs of an older one.
 */
import { DBOS } from '@dbos-inc/dbos-sdk'
import type { StepKind } from '@deployer/core/plan.ts'
import type { StepEnd } from './run-step.ts'

/** No secrets in it: workflow inputs are stored in clear. */
export type Job = { vmId: string; run: number; steps: { id: string; kind: StepKind }[] }

/** What the loop calls; each part may run more than once. */
export type Engine = {
  runStep: (vmId: string, run: number, stepId: string) => Promise<StepEnd>
  cleanUp: (vmId: string) => Promise<void>
  finish: (vmId: string, run: number) => Promise<void>
}

export const WORKFLOW = 'vm'
/** Only workflows of this version are dequeued and recovered; it changes when the loop below does. */
export const APPLICATION_VERSION = '1'

let engine: Engine | undefined

/** DBOS is one for each process, and workflows are registered before it is launched. */
export const bindEngine = (bound: Engine | undefined): void => {
  engine = bound
}

const current = (): Engine => {
  if (!engine) throw new Error('the engine has not been started')
  return engine
}

const runSteps = async ({ vmId, run, steps }: Job): Promise<StepEnd> => {
  let end: StepEnd = 'succeeded'
  for (const { id, kind } of steps) {
    const result = await DBOS.runStep(() => current().runStep(vmId, run, id), { name: id })
    if (result === 'over' || result === 'start-over') return result
    if (result !== 'succeeded') end = result
    // A port that does not answer says nothing of the others.
    if (result === 'cancelled' || (result === 'failed' && kind !== 'check-port')) break
  }
  return end
}

const vmWorkflow = async (job: Job): Promise<StepEnd> => {
  const { vmId, run } = job
  let end = await runSteps(job)
  while (end === 'start-over') end = await runSteps(job)
  if (end === 'over') return end
  if (end === 'cancelled') await DBOS.runStep(() => current().cleanUp(vmId), { name: 'clean-up' })
  await DBOS.runStep(() => current().finish(vmId, run), { name: 'finish' })
  return end
}

/** Counts every dispatch; a server that is killed often must not use it up. */
const MOST_RECOVERIES = 10_000

export const registeredWorkflow = DBOS.registerWorkflow(vmWorkflow, {
  name: WORKFLOW,
  maxRecoveryAttempts: MOST_RECOVERIES,
})
