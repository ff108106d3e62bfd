/** Why something failed, in one sentence. */
import { isTimeout, messageOf } from '@deployer/proxmox/caught.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { ProblemError } from '../problem.ts'
import { proxmoxProblem } from '../proxmox-problem.ts'

export function explain(error: unknown): string {
  if (error instanceof ProxmoxError) {
    const { title, detail, proxmox } = proxmoxProblem(error)
    return [`${title}: ${detail}`, proxmox?.message].filter((part) => part !== undefined).join(' ')
  }
  if (error instanceof ProblemError) return `${error.fields.title}: ${error.fields.detail}`
  if (isTimeout(error)) return 'It did not answer in time.'
  return messageOf(error)
}
