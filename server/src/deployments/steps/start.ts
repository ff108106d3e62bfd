import { callsOf, fillCall, type SpecOf } from '@deployer/core/steps.ts'
import type { TaskResult } from '@deployer/proxmox/tasks.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { TaskFailed } from '../failures.ts'
import type { StepContext, StepDone, StepRunner } from './step.ts'

type Spec = SpecOf<'start'>

const isRunningAlready = (error: unknown) =>
  error instanceof TaskFailed && /already running/.test(error.message)

const done = (evidence: string): StepDone => ({
  detail: evidence,
  result: { check: { name: 'proxmox', port: null, passed: true, evidence } },
})

/** A VM that runs already is started, whoever did it: so this can be repeated after a lost answer. */
export const runStart: StepRunner<'start'> = async (spec, context) => {
  try {
    const { upid, sent } = context.before
    if (upid !== null) return ended(await context.finish(upid), spec, context)
    if (sent && (await isRunning(spec, context))) return done('Running')
    for (const call of callsOf(spec, context.vm)) {
      const started = await context.change(fillCall(call, { deployment: context.deploymentId }))
      if (typeof started === 'string') return ended(await context.finish(started), spec, context)
    }
    return done('Running')
  } catch (error) {
    if (!isRunningAlready(error)) throw error
    return done('Running')
  }
}

export const isRunning = async ({ node }: { node: string }, { api, vm }: StepContext) => {
  const { status } = await api.call('GET /nodes/{node}/qemu/{vmid}/status/current', {
    node,
    vmid: vm.vmid,
  })
  return status === 'running'
}

const ended = async (
  task: Extract<TaskResult, { outcome: 'ok' | 'warnings' }>,
  spec: Spec,
  context: StepContext,
): Promise<StepDone> => {
  // Of a VM under high availability the task only files a request (qemu-server src/PVE/API2/Qemu.pm, vm_start).
  while (/:hastart:/.test(task.upid) && !(await isRunning(spec, context)))
    await delay(context.settings.pace.retrySeconds * 1000, undefined, { signal: context.signal })
  return done(
    task.outcome === 'ok'
      ? 'Running'
      : `Running, with ${task.count} ${task.count === 1 ? 'warning' : 'warnings'} in the task log`,
  )
}
