import { callsOf } from '@deployer/core/steps.ts'
import { changeConfig } from './change-config.ts'
import type { StepRunner } from './step.ts'

/** Setting the drive to what it is already changes nothing, so this can be done twice. */
export const runAttachSeed: StepRunner<'attach-seed'> = async (spec, context) => {
  await changeConfig(callsOf(spec, context.vm), context)
  return {
    detail: `${spec.drive}: ${spec.volume.replaceAll('{deployment}', context.deploymentId)}`,
  }
}
