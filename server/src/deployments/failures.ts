/** From what was thrown to what a person reads. */
import { messageOf } from '@deployer/proxmox/caught.ts'
import type { Check, Failure } from '@deployer/core/deployment.ts'
import {
  explainFailure,
  type ExplainedFailure,
  type FailureContext,
  type FailureInput,
} from '@deployer/core/messages.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { NeedsSignIn } from './credentials.ts'

/** The step cannot succeed, and it is known why. */
export class StepFailed extends Error {
  override name = 'StepFailed'
  readonly failure: Failure
  /** Where the step is a check: that it failed, and the evidence. */
  readonly check: Check | null
  /** Lines that show why, oldest first. */
  readonly log: string[]
  constructor(failure: Failure, check: Check | null = null, log: string[] = []) {
    super(failure.title)
    this.failure = failure
    this.check = check
    this.log = log
  }
}

/** A task of Proxmox's ended with an error. */
export class TaskFailed extends Error {
  override name = 'TaskFailed'
  readonly upid: string
  /** It has no proper end (its worker was killed), so it may have done its work all the same. */
  readonly unclear: boolean
  constructor(upid: string, exitStatus: string, unclear: boolean) {
    super(exitStatus)
    this.upid = upid
    this.unclear = unclear
  }
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const

const callOf = ({ call }: ProxmoxError): NonNullable<FailureInput['call']> | null => {
  const [word, path] = call.split(' ')
  const method = methods.find((one) => one === word)
  return method && path !== undefined ? { method, path } : null
}

const inputOf = (error: ProxmoxError): FailureInput => {
  const { failure } = error
  const call = callOf(error)
  const base = { source: 'http' as const, ...(call && { call }) }
  if (failure.kind === 'answered')
    return { ...base, status: failure.status, message: failure.message, errors: failure.errors }
  return { ...base, message: failure.reason }
}

/** Null for what neither Proxmox nor a step said: a mistake of ours. */
export const explain = (error: unknown, context: FailureContext): ExplainedFailure | null => {
  if (error instanceof TaskFailed)
    return explainFailure({ source: 'task', message: error.message }, context)
  return error instanceof ProxmoxError ? explainFailure(inputOf(error), context) : null
}

/** What the journal keeps of an explained failure. */
export const failureOf = ({ code, title, cause, remedy, proxmox }: Failure): Failure => ({
  code,
  title,
  cause,
  remedy,
  proxmox,
})

/**
 * Where the end of a task does not say why, a line of its log may: `copy failed: … exit code 1`, and above it
 * `No space left on device`. The failure stays what it is, its words become better.
 */
export const withLog = (failure: Failure, log: string[], context: FailureContext): Failure => {
  if (failure.code !== 'unknown') return failure
  for (const line of log.toReversed()) {
    const explained = explainFailure({ source: 'task', message: line }, context)
    if (explained.class === 'fail' && explained.code !== 'unknown')
      return {
        ...failureOf(explained),
        proxmox: [line, failure.proxmox].filter((words) => words !== null).join('; '),
      }
  }
  return failure
}

export const internalFailure = (error: unknown): Failure => ({
  code: 'internal',
  title: 'The deployer made a mistake',
  cause: messageOf(error),
  remedy: 'Look into the log of the server, and report it. The VM was left as it is.',
  proxmox: null,
})

/** Whether a changing call that failed this way may have worked all the same. */
export const mayHaveActed = (error: unknown, context: FailureContext): boolean => {
  if (error instanceof NeedsSignIn) return false
  if (!(error instanceof ProxmoxError)) return true
  switch (error.failure.kind) {
    case 'unknown-outcome':
      return true
    case 'unreachable':
    case 'certificate':
      return false
    case 'answered':
      return explainFailure(inputOf(error), context).mayHaveHappened
  }
}
