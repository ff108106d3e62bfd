/** One execution of one step of one VM: journal, slots, tries, and what becomes of each failure. */
import type { Check, Failure, StepStatus } from '@deployer/core/deployment.ts'
import type { StepKind, StepSpec } from '@deployer/core/plan.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { readLog } from '@deployer/proxmox/task-log.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { NeedsSignIn } from './credentials.ts'
import { durably, mayRunAgain } from './durably.ts'
import type { EngineParts } from './engine-parts.ts'
import { explain, failureOf, internalFailure, StepFailed, TaskFailed, withLog } from './failures.ts'
import { Fenced } from './fenced.ts'
import type { StepRef } from './journal.ts'
import { lookAgain } from './look-again.ts'
import { LOG_TAIL } from './progress.ts'
import type { Claim, Slot } from './slots.ts'
import { createContext, failureContext, type Go, type Trace } from './step-context.ts'
import { runKind } from './steps/runners.ts'
import type { StepContext, StepDone } from './steps/step.ts'
import { Cancelled } from './stops.ts'

/**
 * `over`: the VM has ended elsewhere; nothing more is to be done. `start-over`: the VM is gone, so its steps are to be
 * done from the first one on.
 */
export type StepEnd = 'succeeded' | 'failed' | 'cancelled' | 'over' | 'start-over'

/** What a failure of one try leads to. */
type Next =
  | { kind: 'failed'; failure: Failure; error: unknown }
  | { kind: 'cancelled' }
  | { kind: 'sign-in'; owner: string }
  /** `counted`: one of the few tries that a step has. */
  | { kind: 'again'; failure: Failure; counted: boolean }

type Result = { kind: 'done'; done: StepDone } | { kind: 'start-over' } | Next

const MOST_RETRIES = 6
const LONGEST_PAUSE_SECONDS = 60

/** Runs a step to its end, over any number of tries; what it answers is in the journal. */
export const runStep = (
  parts: EngineParts,
  vmId: string,
  run: number,
  stepId: string,
): Promise<StepEnd> =>
  durably(parts, async () => {
    try {
      return await tryUntilEnded(parts, vmId, run, stepId)
    } catch (error) {
      if (parts.isStopping() || error instanceof Fenced || mayRunAgain(error)) throw error
      parts.logger.error({ err: error, vmId, stepId }, 'a step could not be journalled')
      await parts.journal.abandon(vmId, stepId, internalFailure(error))
      return 'failed'
    }
  })

const tryUntilEnded = async (
  parts: EngineParts,
  vmId: string,
  run: number,
  stepId: string,
): Promise<StepEnd> => {
  const signal = parts.stops.signalOf(vmId)
  for (;;) {
    const begun = await parts.journal.begin(vmId, run, stepId)
    if (begun.kind === 'over') {
      parts.stops.forget(vmId)
      return 'over'
    }
    if (begun.kind === 'start-over') return 'start-over'
    if (begun.kind === 'ended') {
      await parts.slots.free(claimOf(begun.ref, begun.step.slots))
      return begun.outcome.ok ? 'succeeded' : begun.outcome.reason
    }
    const claim = claimOf(begun.ref, begun.step.slots)
    const { context, trace } = createContext(parts, begun, signal)
    const result = await tryOnce(parts, begun, claim, context)
    const end = await settle(parts, begun, claim, result, trace)
    if (end) return end
  }
}

const claimOf = (ref: StepRef, slots: Slot[]): Claim => ({ ...ref, slots })

const tryOnce = async (
  parts: EngineParts,
  begun: Go,
  claim: Claim,
  context: StepContext,
): Promise<Result> => {
  const { journal, slots } = parts
  const { ref, step, vm } = begun
  const { signal } = context
  try {
    if (vm.cancel_requested) throw new Cancelled()
    signal.throwIfAborted()
    if (step.retry_at) await pauseUntil(step.retry_at, signal)
    let waited = false
    await slots.hold(claim, signal, async (slot) => {
      waited = true
      await journal.write(ref, { status: 'waiting', detail: waitingFor(slot, step.kind) })
    })
    if (waited || step.retry_at)
      await journal.write(ref, { status: 'running', detail: null, retryInSeconds: null })
    if (vm.look_first && (await lookAgain(parts, begun, context)) === 'start-over')
      return { kind: 'start-over' }
    return { kind: 'done', done: await runKind(step.spec.kind, step.spec, context) }
  } catch (error) {
    if (error instanceof Fenced || parts.isStopping() || mayRunAgain(error)) throw error
    return nextAfter(parts, begun, error, signal)
  }
}

const pauseUntil = (time: Date, signal: AbortSignal) =>
  delay(Math.max(0, time.getTime() - Date.now()), undefined, { signal })

const waitingFor = ({ kind, key }: Slot, step: StepKind): string => {
  switch (kind) {
    case 'clone-local':
    case 'clone-shared':
      return `Waiting for other ${step === 'create' ? 'new disks' : 'clones'} on ${key}`
    case 'full-copy':
      return `Waiting for other copies from ${key}`
    case 'start':
      return `Waiting for other starts on ${key}`
  }
}

const nextAfter = (parts: EngineParts, begun: Go, error: unknown, signal: AbortSignal): Next => {
  if (signal.aborted || error instanceof Cancelled) return { kind: 'cancelled' }
  if (error instanceof NeedsSignIn) return { kind: 'sign-in', owner: error.owner }
  if (error instanceof StepFailed) return { kind: 'failed', failure: error.failure, error }
  const explained = explain(error, failureContext(begun))
  if (!explained) {
    parts.logger.error({ err: error, ...begun.ref }, 'a step failed by a mistake of ours')
    return { kind: 'failed', failure: internalFailure(error), error }
  }
  const failure = failureOf(explained)
  const kind = error instanceof ProxmoxError ? error.failure.kind : null
  // A cluster that is away comes back; who does not want to wait for it cancels.
  const counted = explained.class !== 'wait' && kind !== 'unreachable'
  const unclear = kind === 'unknown-outcome' || (error instanceof TaskFailed && error.unclear)
  const mayRepeat = explained.class !== 'fail' || explained.mayHaveHappened || unclear || !counted
  if (mayRepeat && (!counted || begun.step.retries < MOST_RETRIES))
    return { kind: 'again', failure, counted }
  return { kind: 'failed', failure, error }
}

/** Journals the result of a try. Null where the step goes on with another one. */
const settle = async (
  parts: EngineParts,
  begun: Go,
  claim: Claim,
  result: Result,
  trace: Trace,
): Promise<StepEnd | null> => {
  const { journal, slots } = parts
  const { ref } = begun
  const ended = { ended: true, retryInSeconds: null } as const
  switch (result.kind) {
    case 'done': {
      const { detail, ip, result: found, log } = result.done
      const status: StepStatus = 'succeeded'
      await journal.write(
        ref,
        {
          ...ended,
          status,
          detail,
          progress: null,
          sent: false,
          ...(found && { result: found }),
          ...(log && { log }),
        },
        ip === undefined ? undefined : { ip },
      )
      await slots.free(claim)
      return 'succeeded'
    }
    case 'start-over':
      await slots.free(claim)
      return 'start-over'
    case 'failed': {
      const { error } = result
      const log = error instanceof StepFailed ? error.log : await logTail(parts, begun, error)
      const failure = withLog(result.failure, log, failureContext(begun))
      const told = error instanceof StepFailed ? error.check : null
      const check = told ?? failedCheck(begun.step.spec, failure)
      await journal.write(ref, {
        ...ended,
        status: 'failed',
        detail: failure.title,
        error: failure,
        log,
        ...(check && { result: { check } }),
      })
      await slots.free(claim)
      return 'failed'
    }
    case 'cancelled':
      // Its slots are given back by the clean-up, when the task has been stopped.
      await journal.write(ref, { ...ended, status: 'cancelled', detail: 'Cancelled' })
      return 'cancelled'
    case 'sign-in':
      await waitForOwner(parts, begun, claim, result.owner, trace)
      return null
    case 'again':
      await planRetry(parts, begun, claim, result, trace)
      return null
  }
}

/** A check that could not even be made has failed as well. */
const failedCheck = (spec: StepSpec, { title }: Failure): Check | null => {
  const failed = { port: null, passed: false, evidence: title }
  switch (spec.kind) {
    case 'start':
      return { name: 'proxmox', ...failed }
    case 'wait-for-agent':
      return { name: 'agent', ...failed }
    case 'read-address':
      return { name: 'address', ...failed }
    case 'check-port':
      return { name: 'port', ...failed, port: spec.port }
    case 'read-cloud-init':
      return { name: 'cloud-init', ...failed }
    case 'reserve-id':
    case 'clone':
    case 'create':
    case 'convert-to-template':
    case 'send-keys':
    case 'configure':
    case 'resize-disk':
    case 'upload-seed':
    case 'attach-seed':
    case 'write-snippet':
    case 'detach-seed':
    case 'stop':
    case 'destroy':
    case 'delete-seed':
    case 'delete-snippet':
      return null
  }
}

const planRetry = async (
  { journal, slots, settings }: EngineParts,
  { ref, step }: Go,
  claim: Claim,
  { failure, counted }: Extract<Next, { kind: 'again' }>,
  trace: Trace,
) => {
  const { retrySeconds, waitSeconds } = settings.pace
  const retries = step.retries + (counted ? 1 : 0)
  const usual = counted
    ? Math.min(retrySeconds * 2 ** step.retries, LONGEST_PAUSE_SECONDS)
    : waitSeconds
  const seconds = usual * (0.5 + Math.random())
  const again = `again in ${Math.max(1, Math.round(seconds))} s`
  await journal.write(ref, {
    status: 'waiting',
    detail: `${failure.title}, ${again}${counted ? ` (${retries} of ${MOST_RETRIES})` : ''}`,
    retries,
    retryInSeconds: seconds,
    ...trace,
  })
  await slots.free(claim)
}

const waitForOwner = async (
  { journal, slots, credentials, stops }: EngineParts,
  { ref }: Go,
  claim: Claim,
  owner: string,
  trace: Trace,
) => {
  const signal = stops.signalOf(ref.vmId)
  const detail = `Waiting for ${owner} to sign in`
  await journal.write(ref, { status: 'waiting', detail, ...trace })
  await slots.free(claim)
  await journal.setVmStatus(ref.deploymentId, ref.vmId, 'needs-sign-in')
  try {
    await credentials.untilSignedIn(owner, signal)
  } catch (error) {
    // Cancelled: the next try ends the step.
    if (!signal.aborted) throw error
  }
  await journal.setVmStatus(ref.deploymentId, ref.vmId, 'running')
}

/** The last lines of a failed task: what a person needs to see why. */
const logTail = async (parts: EngineParts, { owner }: Go, error: unknown): Promise<string[]> => {
  if (!(error instanceof TaskFailed)) return []
  const api = parts.credentials.apiOf(owner)
  try {
    const lines: string[] = []
    for (let next = 0; ;) {
      const page = await readLog(api, error.upid, next)
      lines.push(...page.lines)
      if (page.next === next) break
      next = page.next
    }
    return lines.slice(-LOG_TAIL).map((line) => line.replaceAll('\u0000', ''))
  } catch {
    return []
  }
}
