import { callsOf } from '@deployer/core/steps.ts'
import type { StepRunner } from './step.ts'

/** The name carries the deployment's id, so nobody else's is removed. One that is gone already is no error to Proxmox. */
export const runDeleteSeed: StepRunner<'delete-seed'> = async (spec, context) => {
  if (context.before.upid !== null) await context.finish(context.before.upid)
  else
    for (const call of callsOf(spec, context.vm)) {
      const upid = await context.change(call)
      if (typeof upid === 'string') await context.finish(upid)
    }
  return { detail: `${spec.volume} removed` }
}
