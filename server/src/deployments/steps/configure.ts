import { macsOf } from '@deployer/core/select-address.ts'
import { callsOf } from '@deployer/core/steps.ts'
import { changeConfig } from './change-config.ts'
import type { StepRunner } from './step.ts'

/** Sending the same settings twice leaves the same VM, so a lost answer needs no looking: the next try reads anew. */
export const runConfigure: StepRunner<'configure'> = async (spec, context) => {
  const config = await changeConfig(callsOf(spec, context.vm), context)
  return {
    detail: [...Object.keys(spec.settings), ...spec.remove.map((key) => `no ${key}`)].join(', '),
    result: { macs: macsOf({ ...config, ...spec.settings }) },
  }
}
