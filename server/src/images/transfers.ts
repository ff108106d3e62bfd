/** Downloads and uploads as Proxmox's own task lists tell them; nothing about them is kept here. */
import { downloadFraction, targetFile, type Transfer } from '@deployer/core/images/transfers.ts'
import { explainFailure } from '@deployer/core/messages.ts'
import type { Api, Connection } from '@deployer/proxmox/client.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import { byUpid } from '@deployer/proxmox/tasks.ts'
import { parseUpid, taskOutcome } from '@deployer/proxmox/upid.ts'
import { remember } from '../inventory/cache.ts'
import { concernsOneNode } from '../inventory/calls.ts'
import type { InventoryReader } from '../inventory/inventory.ts'
import type { Caller } from '../identity/caller.ts'
import { notFound } from '../problem.ts'

const SHOWN_SECONDS = 24 * 3600
const MOST_OF_NODE = 50
const REMEMBER_SECONDS = 1
const NODE_PATIENCE_MS = 8000

const kinds: Record<string, Transfer['kind']> = { download: 'download', imgcopy: 'upload' }

export function createTransfers(deps: {
  connection: Pick<Connection, 'api'>
  inventory: Pick<InventoryReader, 'nodes'>
  now: () => number
}) {
  const { connection, inventory, now } = deps
  const known = remember<Transfer[]>(REMEMBER_SECONDS)

  const ofNode = async (api: Api, node: string): Promise<Transfer[]> => {
    const patience = { signal: AbortSignal.timeout(NODE_PATIENCE_MS) }
    const rows = await api.call(
      'GET /nodes/{node}/tasks',
      {
        node,
        source: 'all',
        typefilter: 'download',
        since: Math.floor(now() / 1000) - SHOWN_SECONDS,
        limit: MOST_OF_NODE,
      },
      patience,
    )
    return Promise.all(
      [...byUpid(rows).values()].map((row) =>
        transferOf(api, { ...row, node, type: 'download' }, row.endtime !== undefined, patience),
      ),
    )
  }

  return {
    /** Downloads of the last day, also those that were started elsewhere, the newest first. */
    list: (caller: Caller): Promise<Transfer[]> =>
      known(caller.username, async () => {
        const api = connection.api(caller.credentials)
        const nodes = (await inventory.nodes(caller)).filter(({ online }) => online)
        const found = await Promise.all(
          nodes.map(({ name }) =>
            ofNode(api, name).catch((error: unknown) => {
              if (!concernsOneNode(error)) throw error
              return []
            }),
          ),
        )
        return found.flat().toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
      }),

    get: async (caller: Caller, upid: string): Promise<Transfer> => {
      const parsed = parseUpid(upid)
      if (parsed === null || kinds[parsed.type] === undefined) throw unknown(upid)
      const api = connection.api(caller.credentials)
      const { node } = parsed
      try {
        const task = await api.call('GET /nodes/{node}/tasks/{upid}/status', { node, upid })
        const ended = task.status === 'stopped'
        const row = { ...task, upid, node, starttime: parsed.startedAtSeconds }
        return await transferOf(
          api,
          { ...row, ...(ended && { status: task.exitstatus }) },
          ended,
          {},
        )
      } catch (error) {
        if (answeredWith(error, 400)) throw unknown(upid)
        throw error
      }
    },

    /** Ends a running one; Proxmox throws away what it has. */
    cancel: async (caller: Caller, upid: string): Promise<void> => {
      const parsed = parseUpid(upid)
      if (parsed === null || kinds[parsed.type] === undefined) throw unknown(upid)
      await connection
        .api(caller.credentials)
        .call('DELETE /nodes/{node}/tasks/{upid}', { node: parsed.node, upid })
        .catch((error: unknown) => {
          throw answeredWith(error, 400) ? unknown(upid) : error
        })
    },
  }
}

export type Transfers = ReturnType<typeof createTransfers>

const unknown = (upid: string) =>
  notFound(
    `There is no upload or download ${upid}.`,
    'GET /api/v1/images/transfers lists those of the last day.',
  )

type Row = {
  upid: string
  node: string
  type: string
  id?: string | undefined
  user: string
  starttime: number
  endtime?: number | undefined
  status?: string | undefined
}

async function transferOf(
  api: Api,
  row: Row,
  ended: boolean,
  patience: { signal?: AbortSignal },
): Promise<Transfer> {
  const { upid, node } = row
  const kind = kinds[row.type] ?? 'download'
  const outcome = ended ? taskOutcome(row.status) : null
  const named = row.id === undefined || row.id === '' ? null : row.id
  // The log tells what the list does not: how far it is, and the file of an upload.
  const lines = ended && named !== null ? [] : await logOf(api, node, upid, patience)
  const done = outcome?.outcome === 'ok' || outcome?.outcome === 'warnings'
  const failed = outcome?.outcome === 'failed' || outcome?.outcome === 'unknown' ? outcome : null
  return {
    upid,
    node,
    kind,
    fileName: named ?? targetFile(lines),
    startedBy: row.user,
    startedAt: timeOf(row.starttime),
    finishedAt: row.endtime === undefined ? null : timeOf(row.endtime),
    status: outcome === null ? 'running' : failed === null ? 'done' : 'failed',
    fraction: done ? 1 : downloadFraction(lines),
    failure: failed && wordsOf(failed.message),
  }
}

function wordsOf(message: string): NonNullable<Transfer['failure']> {
  const { title, cause, remedy, proxmox } = explainFailure({ source: 'task', message })
  return { title, cause, remedy, proxmox }
}

const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString()

async function logOf(
  api: Api,
  node: string,
  upid: string,
  patience: { signal?: AbortSignal },
): Promise<string[]> {
  const log = await api.call(
    'GET /nodes/{node}/tasks/{upid}/log',
    { node, upid, start: 0, limit: 0 },
    patience,
  )
  return (Array.isArray(log) ? log : [log]).map(({ t }) => t)
}
