import { callsOf } from '@deployer/core/steps.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { TaskFailed } from '../failures.ts'
import type { StepRunner } from './step.ts'
import { isStillOurs } from './still-ours.ts'

/** The stamp is read right before the call; a VM that is gone by then is what was wanted. */
export const runDestroy: StepRunner<'destroy'> = async (spec, context) => {
  const { upid } = context.before
  try {
    if (upid !== null) await context.finish(upid)
    else {
      if (!(await isStillOurs(spec, context))) return { detail: 'Gone already' }
      for (const call of callsOf(spec, context.vm)) {
        if (!call.changes) continue
        const task = await context.change(call)
        if (typeof task === 'string') await context.finish(task)
      }
    }
  } catch (error) {
    const refused = error instanceof TaskFailed || error instanceof ProxmoxError
    // A destroy of ours whose answer was lost may have been first.
    if (!refused || (await isStillOurs(spec, context))) throw error
  }
  return { detail: 'Destroyed' }
}
