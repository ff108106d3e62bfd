import { callsOf } from '@deployer/core/steps.ts'
import { StepFailed } from '../failures.ts'
import { lookFor, unclaimedTasks } from '../look.ts'
import { notOurs } from './change-config.ts'
import type { StepContext, StepRunner } from './step.ts'

/**
 * Proxmox refuses to convert a template, so it is looked at first whether it is one. It says so from the beginning of the
 * conversion on (qemu-server src/PVE/API2/Qemu.pm, template): one whose answer was lost is waited for.
 */
export const runConvertToTemplate: StepRunner<'convert-to-template'> = async (spec, context) => {
  const done = { detail: 'A template from now on' }
  const { upid, sent } = context.before
  const { vmid } = context.vm
  if (upid !== null) {
    await context.finish(upid)
    return done
  }
  if (sent) {
    const tasks = { node: spec.node, typefilter: 'qmtemplate', vmid }
    for (const running of await unclaimedTasks(context.api, tasks, context.unclaimed))
      await context.finish(running)
  }
  if (await isTemplate(spec.node, context)) return done
  for (const call of callsOf(spec, context.vm)) {
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
