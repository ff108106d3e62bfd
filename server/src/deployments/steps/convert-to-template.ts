import { callsOf } from '@deployer/core/steps.ts'
import { StepFailed } from '../failures.ts'
import { lookFor } from '../look.ts'
import { notOurs } from './change-config.ts'
import type { StepContext, StepRunner } from './step.ts'

/** Proxmox refuses to convert a template, so what it is already is looked at first. */
export const runConvertToTemplate: StepRunner<'convert-to-template'> = async (spec, context) => {
  const done = { detail: 'A template from now on' }
  const { upid } = context.before
  if (upid !== null) await context.finish(upid)
  else if (!(await isTemplate(spec.node, context)))
    for (const call of callsOf(spec, context.vm)) {
      // Before Proxmox VE 6.4 and where nothing is to be converted there is no task.
      const started = await context.change(call)
      if (typeof started === 'string') await context.finish(started)
    }
  return done
}

/** Proves by the stamp that the VM is ours as well. */
const isTemplate = async (node: string, { api, vm, deploymentId }: StepContext) => {
  const found = await lookFor(api, [node], { deploymentId, name: vm.name, vmid: vm.vmid })
  if (found.kind !== 'ours') throw new StepFailed(notOurs(vm.vmid))
  return Number(found.config['template'] ?? 0) === 1
}
