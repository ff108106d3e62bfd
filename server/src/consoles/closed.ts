/** Why a console ends, for the one who looks at it. */
import type { ConsoleClosing } from '@deployer/core/console.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { ProblemError } from '../problem.ts'
import { proxmoxProblem } from '../proxmox-problem.ts'
import { ConnectionEnded } from './bytes.ts'

export class Closed extends Error {
  readonly closing: ConsoleClosing

  constructor(closing: ConsoleClosing, reason: string) {
    super(reason)
    this.closing = closing
  }
}

const ofStatus = (status: number): ConsoleClosing => {
  switch (status) {
    case 401:
      return 'signed-out'
    case 403:
      return 'not-permitted'
    case 404:
      return 'no-such-vm'
    case 503:
    case 504:
      return 'lost'
    default:
      return 'failed'
  }
}

/** In words for people; null for what nobody has foreseen. */
export const closedBy = (error: unknown): Closed | null => {
  if (error instanceof Closed) return error
  if (error instanceof ConnectionEnded)
    return new Closed('lost', 'Proxmox ended the connection before the console was open.')
  const fields =
    error instanceof ProblemError
      ? error.fields
      : error instanceof ProxmoxError
        ? proxmoxProblem(error)
        : null
  return fields && new Closed(ofStatus(fields.status), fields.detail ?? fields.title)
}
