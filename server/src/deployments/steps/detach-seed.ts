import { callsOf, fillCall, type SpecOf } from '@deployer/core/steps.ts'
import { changeConfig } from './change-config.ts'
import type { StepContext, StepRunner } from './step.ts'

const remove = async (spec: SpecOf<'detach-seed'>, context: StepContext) => {
  for (const call of callsOf(spec, context.vm)) {
    if (call.method !== 'DELETE') continue
    // A volume that is gone already is no error to Proxmox.
    const upid = await context.change(fillCall(call, { deployment: context.deploymentId }))
    if (typeof upid === 'string') await context.finish(upid)
  }
}

export const runDetachSeed: StepRunner<'detach-seed'> = async (spec, context) => {
  const volume = spec.volume.replaceAll('{deployment}', context.deploymentId)
  const read = await context.earlier('read-cloud-init')
  if (read?.result?.cloudInit === 'unknown')
    return { detail: `${volume} stays attached: nobody could tell when cloud-init had finished` }
  if (context.before.upid !== null) await context.finish(context.before.upid)
  else {
    const calls = callsOf(spec, context.vm).filter(({ method }) => method !== 'DELETE')
    const isOut = ({ [spec.drive]: drive }: Record<string, unknown>) =>
      typeof drive !== 'string' || !drive.startsWith(volume)
    await changeConfig(calls, context, isOut)
    await remove(spec, context)
  }
  return {
    detail: spec.deletes ? `${volume} removed` : `Detached; ${volume} stays on the storage`,
  }
}
