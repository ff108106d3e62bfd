/**
 * What Proxmox says when it says no, and what that means: one place that classes every failure, so that the engine and
 * the API tell the same. Texts and statuses are those of real hosts, 7.4 to 9.2.
 */
import type { Failure } from './deployment.ts'
import { accessRules } from './failures/access.ts'
import { guestRules } from './failures/guests.ts'
import { imageRules } from './failures/images.ts'
import { lockRules } from './failures/locks.ts'
import { placeOf, type FailureContext, type FailureRule, type Place } from './failures/rule.ts'
import { storageRules } from './failures/storage.ts'
import { networkRules, statusRules, taskRules } from './failures/transport.ts'
import type { Call } from './plan.ts'

export type { FailureContext } from './failures/rule.ts'

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

export type ExplainedFailure = Failure & {
  /** `retry`: soon again, with backoff. `wait`: again when something outside has ended. `fail`: not by itself. */
  class: 'retry' | 'wait' | 'fail'
  cause: string
  remedy: string
  proxmox: string
  /** The call may have worked all the same: look for its task and its VM before repeating it. */
  mayHaveHappened: boolean
}

/** In this order: a text about a lock can also name a storage. */
const rules: FailureRule[] = [
  ...lockRules,
  ...taskRules,
  ...guestRules,
  ...imageRules,
  ...storageRules,
  ...accessRules,
]

/**
 * Code, class and words for a failure. For a text that is not in the catalogue: by its HTTP status, or else code
 * `unknown`, class `fail`. Proxmox's words are always kept.
 */
export function explainFailure(
  failure: FailureInput,
  context: FailureContext = {},
): ExplainedFailure {
  const proxmox = wordsOf(failure)
  const found = find(candidates(failure), proxmox)
  if (found === null) return unknown(proxmox, placeOf(context))
  const { rule, match } = found
  return {
    code: rule.code,
    class: rule.class,
    ...rule.words((index) => match[index] ?? '', placeOf(context)),
    proxmox,
    // A call that only reads changes nothing, whatever became of its answer.
    mayHaveHappened: rule.mayHaveHappened === true && failure.call?.method !== 'GET',
  }
}

function candidates(failure: FailureInput): FailureRule[] {
  if (failure.source === 'task') return rules
  if (failure.status === undefined) return networkRules
  // The text first: up to 8.3, errors of the operation itself came as 501.
  return [...rules, ...statusRules.filter((rule) => rule.statuses.includes(failure.status ?? 0))]
}

function find(
  list: FailureRule[],
  text: string,
): { rule: FailureRule; match: RegExpExecArray } | null {
  for (const rule of list) {
    const match = rule.pattern.exec(text)
    if (match !== null) return { rule, match }
  }
  return null
}

function wordsOf({ message, errors }: FailureInput): string {
  const details = Object.entries(errors ?? {}).map(([name, text]) => `${name}: ${text.trim()}`)
  return [message.trim(), ...details].filter((part) => part !== '').join('; ')
}

function unknown(proxmox: string, at: Place): ExplainedFailure {
  return {
    code: 'unknown',
    class: 'fail',
    title: `Proxmox failed while ${at.doing}`,
    cause: 'Its words below are all that is known.',
    remedy: 'Read the task log, then retry the failed VMs or deploy again.',
    proxmox,
    mayHaveHappened: false,
  }
}
