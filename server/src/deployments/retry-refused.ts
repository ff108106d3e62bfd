/** What stands in the way of a retry. */

/** `vmIds` names those that did not fail. */
export type WhyNoRetry =
  | { kind: 'nothing-failed' }
  | { kind: 'not-failed'; vmIds: string[] }
  | { kind: 'cancelling' }
  | { kind: 'undone'; by: string }
  /** It destroys VMs, so there is nothing about them to change. */
  | { kind: 'is-undo' }
  /** Somebody else has tried one of them again since the plan was made. */
  | { kind: 'outdated' }
  /** Others of its VMs are still being worked on with the credentials of `owner`. */
  | { kind: 'owner-at-work'; owner: string }

export class RetryRefused extends Error {
  override name = 'RetryRefused'
  readonly why: WhyNoRetry
  constructor(why: WhyNoRetry) {
    super(`Nothing is tried again: ${why.kind}`)
    this.why = why
  }
}
