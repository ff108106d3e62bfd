/** How the task of an upload or a download ends, for the audit log: the call has answered long before. */
import type { AuditDraft } from '@deployer/core/audit.ts'
import { explainFailure } from '@deployer/core/messages.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import { createTaskWatcher } from '@deployer/proxmox/tasks.ts'
import { parseUpid, type TaskOutcome } from '@deployer/proxmox/upid.ts'
import type { Caller } from '../identity/caller.ts'
import { explain } from './explain.ts'

export type Ending = Pick<AuditDraft, 'status' | 'error'>

export function createEndings(deps: {
  connection: Pick<Connection, 'api'>
  /** Something has come, or has not. */
  onEnd: () => void
}) {
  const stop = new AbortController()
  return {
    /** Settles when the task has ended, or the server does; never rejects. */
    of: async (caller: Caller, upid: string): Promise<Ending> => {
      const api = deps.connection.api(caller.credentials)
      try {
        const watcher = createTaskWatcher({ api, node: parseUpid(upid)?.node ?? '' })
        return endingOf(await watcher.follow(upid, { signal: stop.signal }))
      } catch (error) {
        return {
          status: 'failed',
          error: stop.signal.aborted
            ? 'The server stopped before the task had ended. Proxmox goes on with it; its task list tells.'
            : `How the task ended could not be learnt. ${explain(error)}`,
        }
      } finally {
        deps.onEnd()
      }
    },
    /** Tasks go on without us. */
    stop: () => stop.abort(),
  }
}

export type Endings = ReturnType<typeof createEndings>

function endingOf(task: TaskOutcome): Ending {
  switch (task.outcome) {
    case 'ok':
    case 'warnings':
      return { status: 'success' }
    case 'failed': {
      const { title, proxmox } = explainFailure({ source: 'task', message: task.message })
      return { status: 'failed', error: `${title}: ${proxmox}` }
    }
    case 'unknown':
      return { status: 'failed', error: task.message }
  }
}
