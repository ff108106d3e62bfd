/** What everything that reads or changes VMs works with. */
import { explainFailure } from '@deployer/core/messages.ts'
import type { Api, Connection } from '@deployer/proxmox/client.ts'
import { failureText, ProxmoxError } from '@deployer/proxmox/errors.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Watchers } from '../deployments/watchers.ts'
import type { Caller } from '../identity/caller.ts'
import type { InventoryReader } from '../inventory/inventory.ts'
import type { Logger } from '../logger.ts'
import { ProblemError } from '../problem.ts'
import { readFacts } from './facts.ts'
import { createFind } from './find.ts'
import { createVmList } from './list.ts'
import { createFollow } from './tasks.ts'

export type VmsDeps = {
  db: Kysely<Tables>
  connection: Pick<Connection, 'api'>
  inventory: Pick<InventoryReader, 'resources' | 'privileges'>
  /** Those of these deployments that the caller sees. */
  visible: (caller: Caller, ids: string[]) => Promise<ReadonlySet<string>>
  deletion: boolean
  limits: { startsPerNode: number }
  /** The bound on questions to guest agents, shared with running deployments. */
  askAgent: Watchers['askAgent']
  /** Between two looks at running tasks. */
  tickMilliseconds: number
  /** Aborted when the server stops. */
  stopping: AbortSignal
  logger: Pick<Logger, 'warn'>
}

export type VmTools = ReturnType<typeof createTools>

export const createTools = (deps: VmsDeps) => ({
  ...deps,
  /** Calls with the caller's own rights. */
  apiOf: (caller: Caller): Api => deps.connection.api(caller.credentials),
  find: createFind(deps.inventory.resources),
  lists: createVmList({
    resources: deps.inventory.resources,
    facts: () => readFacts(deps.db),
    visible: deps.visible,
    deletion: deps.deletion,
  }),
  followOf: (api: Api) =>
    createFollow(api, { tickMilliseconds: deps.tickMilliseconds, signal: deps.stopping }),
})

/** A failure in one line, with Proxmox's words. */
export const explain = (error: unknown): string => {
  if (error instanceof ProblemError) return error.fields.detail
  if (error instanceof Error && error.name === 'AbortError')
    return 'The server was stopped before it had ended; the VM itself tells what became of it.'
  if (!(error instanceof ProxmoxError)) return 'The deployer failed; its log has the details.'
  const { failure } = error
  if (failure.kind !== 'answered') return failureText(failure)
  const { status, message, errors } = failure
  const explained = explainFailure({ source: 'http', status, message, errors })
  return explained.code === 'unknown' ? message : `${explained.title}: ${explained.proxmox}`
}
