/** An error that is an answer: what happened, why, what to do. Becomes a problem document (RFC 9457). */
import type { Problem } from '@deployer/core/problem.ts'

export type ProblemFields = Omit<Problem, 'type' | 'requestId'> & {
  /** Last part of the type: `/problems/not-signed-in`. */
  kind: string
  /** Members beyond the standard ones, where a kind has them. */
  more?: Record<string, unknown>
  /** For `Retry-After`. */
  retryAfterSeconds?: number
}

export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly fields: ProblemFields

  constructor(fields: ProblemFields, options?: ErrorOptions) {
    super(fields.detail, options)
    this.fields = fields
  }
}

export const notFound = (what: string, hint: string) =>
  new ProblemError({ kind: 'not-found', status: 404, title: 'Not found', detail: what, hint })

export const notSignedIn = (detail: string, hint = 'Sign in, or send an API token.') =>
  new ProblemError({ kind: 'not-signed-in', status: 401, title: 'Not signed in', detail, hint })
