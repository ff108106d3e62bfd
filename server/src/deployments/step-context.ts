/** What a runner may do: calls, tasks, waiting; each journalled and fenced. */
import type { FailureContext } from '@deployer/core/messages.ts'
import type { StepSpec } from '@deployer/core/plan.ts'
import { parseUpid } from '@deployer/proxmox/upid.ts'
import type { EngineParts } from './engine-parts.ts'
import { mayHaveActed, StepFailed, TaskFailed } from './failures.ts'
import type { Begun } from './journal.ts'
import type { CopySource } from './progress.ts'
import { importsImage } from './steps/create.ts'
import type { StepContext } from './steps/step.ts'
import { noVmidLeft } from './vmids.ts'

export type Go = Extract<Begun, { kind: 'go' }>

/** What is known of the step's changing call, for the next try where this one fails. */
export type Trace = { upid: string | null; sent: boolean }

const never = new AbortController().signal

export const failureContext = ({ vm, step, owner }: Go): FailureContext => ({
  vm: vm.name,
  vmid: vm.vmid,
  node: vm.node,
  step: step.kind,
  user: owner,
  ...(step.spec.kind === 'clone' && step.spec.storage !== null && { storage: step.spec.storage }),
})

/**
 * Of tasks that take about as long as each other. Linked clones wait for a lock that Proxmox looks for once a second, so
 * they are looked at in that step; a creation takes as long as its image is big.
 */
const kindOfTask = (spec: StepSpec): string | undefined => {
  if (spec.kind === 'clone')
    return spec.full ? `clone ${spec.sourceVmid} ${spec.storage}` : undefined
  return spec.kind === 'create' ? undefined : spec.kind
}

const copySourceOf = (spec: StepSpec): CopySource | null => {
  if (spec.kind === 'clone' && spec.full) return { node: spec.sourceNode, vmid: spec.sourceVmid }
  return spec.kind === 'create' && importsImage(spec) ? 'image' : null
}

export const createContext = (
  parts: EngineParts,
  begun: Go,
  signal: AbortSignal,
): { context: StepContext; trace: Trace } => {
  const { journal, credentials, watchers, progress, settings } = parts
  const { ref, step, vm, owner } = begun
  const api = credentials.apiOf(owner)
  const before = { upid: step.upid, sent: step.sent_at !== null }
  const trace: Trace = { ...before }
  const { spec } = step

  // A VM that is being destroyed cannot be saved any more; stopped half way it would be of no use to anybody.
  const untilWhen = spec.kind === 'destroy' ? never : signal
  const follow = async (upid: string) => {
    const untrack = progress.track({ ref, upid, api, source: copySourceOf(step.spec) })
    try {
      return await watchers.follow(owner, upid, untilWhen, kindOfTask(spec))
    } finally {
      untrack()
    }
  }

  const change: StepContext['change'] = async (call, file) => {
    await journal.markSent(ref)
    Object.assign(trace, { upid: null, sent: true })
    let answer: unknown
    try {
      answer = await api.send({ ...call, ...(file && { file }) })
    } catch (error) {
      trace.sent = mayHaveActed(error, failureContext(begun))
      throw error
    }
    if (typeof answer === 'string' && parseUpid(answer)) {
      trace.upid = answer
      await journal.write(ref, { upid: answer })
    }
    return answer
  }

  const act: StepContext['act'] = async (work) => {
    await journal.markSent(ref)
    return work()
  }

  const finish: StepContext['finish'] = async (upid) => {
    const task = await follow(upid)
    switch (task.outcome) {
      case 'ok':
      case 'warnings':
        return task
      case 'failed':
        // A failed task of Proxmox's has cleaned up behind itself.
        Object.assign(trace, { upid: null, sent: false })
        throw new TaskFailed(upid, task.message, false)
      case 'unknown':
        Object.assign(trace, { upid: null, sent: true })
        throw new TaskFailed(upid, task.message, true)
    }
  }

  const nextVmid = async (): Promise<number> => {
    Object.assign(trace, { upid: null, sent: false })
    // What we can see is passed over at once, instead of asking for each id in turn.
    const guests = await api.call('GET /cluster/resources', { type: 'vm' })
    const taken = guests.flatMap((guest) => guest.vmid ?? [])
    const next = await journal.moveToNextVmid(ref, settings.vmids, taken)
    if (next === null) throw new StepFailed(noVmidLeft(settings.vmids))
    return next
  }

  return {
    trace,
    context: {
      deploymentId: ref.deploymentId,
      vm,
      before: { ...before, elapsedSeconds: begun.elapsedSeconds },
      settings,
      api,
      signal,
      read: (call) => api.send(call, { signal }),
      change,
      act,
      snippets: parts.snippets,
      adminPassword: () => parts.passwordOf(ref.vmId),
      answerSecrets: () => parts.answerSecretsOf(ref.vmId),
      finish,
      follow,
      usualBoot: {
        milliseconds: () => watchers.usualBoot.of(begun.source),
        ended: (milliseconds, asks) => watchers.usualBoot.ended(begun.source, milliseconds, asks),
      },
      askAgent: (call) => watchers.askAgent(vm.node, () => api.send(call, { signal }), signal),
      tell: (detail) => journal.write(ref, { detail }),
      nextVmid,
      earlier: (kind) => journal.earlier(ref.vmId, kind),
      unclaimed: journal.unclaimed,
    },
  }
}
