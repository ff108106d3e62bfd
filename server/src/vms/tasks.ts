/** Tasks of Proxmox as people read them, and following them to their end. */
import type { VmTask } from '@deployer/core/vm.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import { byUpid, createTaskWatcher, type TaskResult } from '@deployer/proxmox/tasks.ts'
import { parseUpid, taskOutcome } from '@deployer/proxmox/upid.ts'
import { notFound } from '../problem.ts'

type Row = {
  upid: string
  node: string
  type: string
  user: string
  tokenid?: string
  status?: string
  starttime: number
  endtime?: number
}

const time = (seconds: number): string => new Date(seconds * 1000).toISOString()

const outcome = (exitStatus: string | undefined): Pick<VmTask, 'status' | 'message'> => {
  const result = taskOutcome(exitStatus)
  switch (result.outcome) {
    case 'ok':
      return { status: 'ok', message: null }
    case 'warnings':
      return {
        status: 'warnings',
        message: `${result.count} ${result.count === 1 ? 'warning' : 'warnings'}`,
      }
    case 'failed':
    case 'unknown':
      return { status: result.outcome, message: result.message }
  }
}

/** A row of a list; a running task has no end there. */
const taskView = (row: Row): VmTask => ({
  upid: row.upid,
  node: row.node,
  type: row.type,
  user:
    row.tokenid === undefined || row.user.includes('!') ? row.user : `${row.user}!${row.tokenid}`,
  startedAt: time(row.starttime),
  finishedAt: row.endtime === undefined ? null : time(row.endtime),
  ...(row.endtime === undefined
    ? { status: 'running' as const, message: null }
    : outcome(row.status)),
})

/** Each once, newest first. */
export const taskViews = (rows: Row[]): VmTask[] =>
  [...byUpid(rows).values()]
    .map(taskView)
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))

const LOG_LINES = 200

/** One task with the end of its log. Rejects with a 404 problem where its node does not know it. */
export const readTask = async (api: Api, upid: string): Promise<VmTask & { log: string[] }> => {
  const node = parseUpid(upid)?.node
  if (node === undefined) throw noSuchTask(upid)
  try {
    const [task, log] = await Promise.all([
      api.call('GET /nodes/{node}/tasks/{upid}/status', { node, upid }),
      api.call('GET /nodes/{node}/tasks/{upid}/log', { node, upid, limit: 0 }),
    ])
    const lines = (Array.isArray(log) ? log : [log]).map(({ t }) => t).slice(-LOG_LINES)
    const running = task.status === 'running'
    return {
      ...taskView(task),
      ...(running ? { status: 'running', message: null } : outcome(task.exitstatus)),
      // Proxmox tells the end in lists only.
      finishedAt: null,
      log: lines,
    }
  } catch (error) {
    if (answeredWith(error, 400)) throw noSuchTask(upid)
    throw error
  }
}

const noSuchTask = (upid: string) =>
  notFound(
    `No node knows a task ${upid}.`,
    'Proxmox forgets tasks after some time; the audit log has what came of them.',
  )

export type Follow = (upid: string | null) => Promise<TaskResult | null>

/**
 * Follows tasks to their end with one call a tick for each node; null for work that had no task. Rejects with the reason of
 * `signal`, when the server stops.
 */
export const createFollow = (
  api: Api,
  { tickMilliseconds, signal }: { tickMilliseconds: number; signal: AbortSignal },
): Follow => {
  const watchers = new Map<string, ReturnType<typeof createTaskWatcher>>()
  return async (upid) => {
    if (upid === null) return null
    const node = parseUpid(upid)?.node
    if (node === undefined) throw new TypeError(`not a UPID: ${upid}`)
    const watcher = watchers.get(node) ?? createTaskWatcher({ api, node, tickMilliseconds })
    watchers.set(node, watcher)
    return watcher.follow(upid, { signal })
  }
}

/** Why a task did not do its work; null where it did. */
export const failureOf = (result: TaskResult | null): string | null =>
  result === null || result.outcome === 'ok' || result.outcome === 'warnings'
    ? null
    : result.message
