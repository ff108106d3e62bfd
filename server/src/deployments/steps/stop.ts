import { callsOf } from '@deployer/core/steps.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning } from './start.ts'
import type { StepRunner } from './step.ts'
import { isStillOurs } from './still-ours.ts'

/** Proxmox stops a VM that is off without a word, so this can be repeated after a lost answer. */
export const runStop: StepRunner<'stop'> = async (spec, context) => {
  const finish = async (upid: string) => {
    await context.finish(upid)
    // Of a VM under high availability the task only files a request (qemu-server src/PVE/API2/Qemu.pm, vm_stop).
    while (/:hastop:/.test(upid) && (await isRunning(spec, context)))
      await delay(context.settings.pace.retrySeconds * 1000, undefined, { signal: context.signal })
  }
  if (context.before.upid !== null) await finish(context.before.upid)
  else {
    if (!(await isStillOurs(spec, context))) return { detail: 'Gone already' }
    for (const call of callsOf(spec, context.vm)) {
      if (!call.changes) continue
      const upid = await context.change(call)
      if (typeof upid === 'string') await finish(upid)
    }
  }
  return { detail: 'Stopped' }
}
