/**
 * What Proxmox says when it says no, and what that means: one place that classes every failure, so that the engine and
 * the API tell the same. Texts and statuses are those of real hosts, 7.4 to 9.2.
 */
import type { Failure } from './deployment.ts'
import type { Call, StepKind } from './plan.ts'

export type FailureInput = {
  /** `http`: a call was answered with an error, or not at all. `task`: a task ended with this exit status. */
  source: 'http' | 'task'
  /** HTTP status; left out where there was no answer. */
  status?: number
  /** Proxmox's words: the reason phrase or `message`, or a task's exit status. */
  message: string
  /** Messages by parameter, of a 400. */
  errors?: Record<string, string>
  call?: Pick<Call, 'method' | 'path'>
}

/** What the message does not say itself; everything may be left out. */
export type FailureContext = {
  /** Name of the VM that it concerns. */
  vm?: string
  vmid?: number
  node?: string
  storage?: string
  /** Name of the template. */
  template?: string
  step?: StepKind
  /** Who asked, as Proxmox knows them: `mira@pve`. */
  user?: string
}

export type ExplainedFailure = Failure & {
  /** `retry`: soon again, with backoff. `wait`: again when something outside has ended. `fail`: not by itself. */
  class: 'retry' | 'wait' | 'fail'
  cause: string
  remedy: string
  proxmox: string
  /** The call may have worked all the same: look for its task and its VM before repeating it. */
  mayHaveHappened: boolean
}

/** Code, class and words for a failure; for an unknown text code `unknown`, class `fail`, and Proxmox's words. */
export function explainFailure(
  failure: FailureInput,
  _context: FailureContext = {},
): ExplainedFailure {
  return {
    code: 'unknown',
    class: 'fail',
    title: 'Proxmox refused',
    cause: 'The message is not in our catalogue.',
    remedy: 'Read the message and the task log on Proxmox.',
    proxmox: failure.message,
    mayHaveHappened: false,
  }
}
