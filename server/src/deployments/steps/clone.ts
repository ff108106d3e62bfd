import { callsOf, fillCall, type SpecOf } from '@deployer/core/steps.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { StepFailed, TaskFailed } from '../failures.ts'
import { lookFor, type Found, unclaimedClones } from '../look.ts'
import { freeVmid } from './free-vmid.ts'
import type { StepContext, StepRunner } from './step.ts'

type Spec = SpecOf<'clone'>

/**
 * The id is taken: by a VM of this node at once or in the task, by one of another node or a container when the config
 * is put in place (pve-cluster refuses the second file of that name), or by the cloud-init disk of a VM that is no more,
 * which is not ours to remove.
 */
const isIdTaken = (error: unknown) =>
  (error instanceof ProxmoxError || error instanceof TaskFailed) &&
  /config file already exists|already exists on node|\.conf' failed: File exists|vm-\d+-cloudinit.*(?:already exists|File exists)/.test(
    error.message,
  )

/** Never posts twice for one VM: what a lost answer may have started is looked for by stamp and by task. */
export const runClone: StepRunner<'clone'> = async (spec, context) => {
  let { vmid } = context.vm
  let { upid, sent } = context.before
  while ((await tryId(spec, context, { vmid, upid, sent })) === 'taken') {
    vmid = await freeVmid(context, await context.nextVmid())
    upid = null
    sent = false
  }
  return { detail: spec.full ? 'Full clone' : 'Linked clone' }
}

type Try = { vmid: number; upid: string | null; sent: boolean }

const tryId = async (
  spec: Spec,
  context: StepContext,
  { vmid, upid, sent }: Try,
): Promise<'done' | 'taken'> => {
  try {
    if (upid !== null) {
      await context.finish(upid)
      return 'done'
    }
    const there = sent ? await whatIsThere(spec, context, vmid) : 'nothing'
    if (there === 'nothing') await post(spec, context, vmid)
    return there === 'foreign' ? 'taken' : 'done'
  } catch (error) {
    if (!isIdTaken(error)) throw error
    // A call of ours that ran twice finds its own VM here.
    return (await whatIsThere(spec, context, vmid)) === 'ours' ? 'done' : 'taken'
  }
}

const post = async (spec: Spec, context: StepContext, vmid: number) => {
  for (const call of callsOf(spec, { vmid })) {
    const upid = await context.change(fillCall(call, { deployment: context.deploymentId }))
    if (typeof upid === 'string') await context.finish(upid)
  }
}

/**
 * What there is after a clone that may have run; waits for its end where it still does. `ours`: the VM of this step,
 * complete. Throws where ours was left half done.
 */
const whatIsThere = async (spec: Spec, context: StepContext, vmid: number) => {
  const mine = { deploymentId: context.deploymentId, name: context.vm.name, vmid }
  const nodes = [context.vm.node, spec.sourceNode]
  let looks = 0
  for (;;) {
    const found = await lookFor(context.api, nodes, mine)
    if (found.kind === 'ours' && found.lock !== 'clone') return 'ours'
    const running = await unclaimedClones(context.api, spec, context.unclaimed)
    if (running.length > 0) {
      await context.tell('Looking for the clone whose answer was lost')
      for (const upid of running) await context.follow(upid)
      continue
    }
    looks += 1
    if (looks > 1) return verdict(found, vmid)
    // The call may still be on its way inside Proxmox.
    await delay(context.settings.pace.lookAgainSeconds * 1000, undefined, {
      signal: context.signal,
    })
  }
}

const verdict = (found: Found, vmid: number): 'nothing' | 'foreign' => {
  switch (found.kind) {
    case 'absent':
      return 'nothing'
    case 'hidden':
    case 'foreign':
      return 'foreign'
    case 'ours':
    case 'unfinished':
      throw new StepFailed(halfClone(vmid))
  }
}

const halfClone = (vmid: number) => ({
  code: 'half-clone',
  title: 'The clone was cut off half way',
  cause: `VM ${vmid} is locked (clone) and no task works on it any more: the clone was killed.`,
  remedy: `Run "qm unlock ${vmid}" as root on its node and remove the VM, then deploy again.`,
  proxmox: null,
})
