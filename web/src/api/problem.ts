import type { Problem } from '@deployer/core/problem.ts'

/**
 * An answer of the API that is no success, or no answer at all. `status` is 0 where the server could not be reached.
 * `title` says what happened, `detail` why, `hint` what to do; Proxmox's own words are in `proxmox`.
 */
export class ApiError extends Error {
  readonly problem: Problem
  /** Parts of the answer beyond a problem document: the new plan of a 409, kinds of second factors. */
  readonly body: unknown

  constructor(problem: Problem, body: unknown) {
    super(problem.title)
    this.name = 'ApiError'
    this.problem = problem
    this.body = body
  }

  get status(): number {
    return this.problem.status
  }

  /** Last part of the problem's type: `second-factor-required`. */
  get kind(): string {
    return this.problem.type.split('/').at(-1) ?? ''
  }
}

const unreachable: Problem = {
  type: 'about:blank/unreachable',
  title: 'The server of this page does not answer',
  status: 0,
  detail: 'What was begun is kept, and goes on when it is back.',
  hint: 'Check the network, then try again.',
  requestId: '',
}

/** What was caught, as an error that can be shown. */
export const toApiError = (caught: unknown): ApiError => {
  if (caught instanceof ApiError) return caught
  // What fetch throws when there is no connection.
  if (caught instanceof TypeError) return new ApiError(unreachable, null)
  return new ApiError(
    {
      type: 'about:blank/page',
      title: 'Something in this page broke',
      status: -1,
      detail: caught instanceof Error ? caught.message : String(caught),
      hint: 'Load the page again.',
      requestId: '',
    },
    null,
  )
}

/**
 * Whether an answer is one of our problem documents. Told by the members that all of them have; the schema itself would
 * bring its whole library into the first load.
 */
const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' &&
  body !== null &&
  'requestId' in body &&
  'type' in body &&
  typeof body.type === 'string' &&
  'title' in body &&
  typeof body.title === 'string' &&
  'detail' in body &&
  typeof body.detail === 'string' &&
  'status' in body &&
  typeof body.status === 'number'

/** The error for an answer that was no success; a proxy's page in between becomes one with its status. */
export const problemOf = (response: Response, body: unknown): ApiError => {
  if (isProblem(body)) return new ApiError(body, body)
  const overloaded = response.status >= 502 && response.status <= 504
  return new ApiError(
    {
      type: 'about:blank',
      title: overloaded
        ? 'The server of this page does not answer'
        : `The server answered ${response.status} ${response.statusText}`.trim(),
      status: response.status,
      detail:
        'The answer did not come from Proxmox VM Deployer itself, perhaps from a proxy before it.',
      requestId: response.headers.get('x-request-id') ?? '',
    },
    body,
  )
}
