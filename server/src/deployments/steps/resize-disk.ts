import { callsOf, fillCall } from '@deployer/core/steps.ts'
import type { StepRunner } from './step.ts'

/** The size is absolute, so doing it twice changes nothing. Before 8.0 the call has no task and answers null. */
export const runResizeDisk: StepRunner<'resize-disk'> = async (spec, context) => {
  const finish = async (answer: unknown) => {
    if (typeof answer === 'string') await context.finish(answer)
  }
  if (context.before.upid !== null) await finish(context.before.upid)
  else
    for (const call of callsOf(spec, context.vm))
      await finish(await context.change(fillCall(call, { deployment: context.deploymentId })))
  return { detail: `${spec.disk} has ${spec.sizeGiB} GiB` }
}
