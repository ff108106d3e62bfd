/** A VM is made once, by a clone or from nothing: by one call whose answer may be lost, under an id that others may take. */
import { callsOf, fillCall } from '@deployer/core/steps.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { StepFailed, TaskFailed } from '../failures.ts'
import { type Found, isBeingMade, lookFor, type Making, unclaimedMakers } from '../look.ts'
import { freeVmid } from './free-vmid.ts'
import type { StepContext } from './step.ts'

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
export const makeVm = async (spec: Making, context: StepContext): Promise<void> => {
  let { vmid } = context.vm
  let { upid, sent } = context.before
  while ((await tryId(spec, context, { vmid, upid, sent })) === 'taken') {
    vmid = await freeVmid(context, await context.nextVmid())
    upid = null
    sent = false
  }
}

type Try = { vmid: number; upid: string | null; sent: boolean }

const tryId = async (
  spec: Making,
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

const post = async (spec: Making, context: StepContext, vmid: number) => {
  for (const call of callsOf(spec, { vmid })) {
    const upid = await context.change(fillCall(call, { deployment: context.deploymentId }))
    if (typeof upid === 'string') await context.finish(upid)
  }
}

/**
 * What there is after a call that may have run; waits for the end of its task where it still does. `ours`: the VM of this
 * step, complete. Throws where ours was left half done.
 */
const whatIsThere = async (spec: Making, context: StepContext, vmid: number) => {
  const mine = { deploymentId: context.deploymentId, name: context.vm.name, vmid }
  const nodes = [context.vm.node, nodeOfMaking(spec)]
  let looks = 0
  for (;;) {
    const found = await lookFor(context.api, nodes, mine)
    if (found.kind === 'ours' && !isBeingMade(found)) return 'ours'
    const running = await unclaimedMakers(context.api, spec, vmid, context.unclaimed)
    if (running.length > 0) {
      await context.tell(`Looking for the ${WORDS[spec.kind].task} whose answer was lost`)
      for (const upid of running) await context.follow(upid)
      continue
    }
    looks += 1
    if (looks > 1) return verdict(spec, found, vmid)
    // The call may still be on its way inside Proxmox.
    await delay(context.settings.pace.lookAgainSeconds * 1000, undefined, {
      signal: context.signal,
    })
  }
}

/** A clone for another node is on its template's until it is done. */
const nodeOfMaking = (spec: Making) => (spec.kind === 'clone' ? spec.sourceNode : spec.node)

const verdict = (spec: Making, found: Found, vmid: number): 'nothing' | 'foreign' => {
  switch (found.kind) {
    case 'absent':
      return 'nothing'
    case 'hidden':
    case 'foreign':
      return 'foreign'
    case 'ours':
    case 'unfinished':
      throw new StepFailed(halfMade(spec, vmid))
  }
}

const WORDS = {
  clone: { task: 'clone', code: 'half-clone', title: 'The clone was cut off half way' },
  create: { task: 'creation', code: 'half-created', title: 'The VM was created half way only' },
} as const

/** Also for the clean-up: nobody but root can take such a lock off. */
export const halfMade = ({ kind }: Pick<Making, 'kind'>, vmid: number) => ({
  code: WORDS[kind].code,
  title: WORDS[kind].title,
  cause: `VM ${vmid} is locked (${kind}) and no task works on it any more: the ${WORDS[kind].task} was killed.`,
  remedy: `Run "qm unlock ${vmid}" as root on its node and remove the VM, then deploy again.`,
  proxmox: null,
})
