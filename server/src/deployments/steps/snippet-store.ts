import type { SnippetStore } from '../../snippets/snippets.ts'
import { StepFailed } from '../failures.ts'
import type { StepContext } from './step.ts'

/** Throws where this server has lost its way to the nodes since the plan was made. */
export const storeOf = ({ snippets }: Pick<StepContext, 'snippets'>): SnippetStore => {
  if (snippets !== null) return snippets
  throw new StepFailed({
    code: 'snippets-not-set-up',
    title: 'This server has no way onto the nodes',
    cause: 'The plan was made when it had one: PROXMOX_SSH_USER is not set any more.',
    remedy: 'Set it again as docs/cloud-init.md says, restart the server, and retry the VM.',
    proxmox: null,
  })
}
