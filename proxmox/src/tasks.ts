/** Follows the tasks of a node: one call per tick for all of them, and none while there is nothing to follow. */
import type { Api, CallOptions } from './client.ts'
import { answeredWith, ProxmoxError } from './errors.ts'
import { parseUpid, type TaskOutcome, taskOutcome } from './upid.ts'
import { createUsual, type Usual } from './usual.ts'

export type TaskResult = TaskOutcome & { upid: string }

export type TaskWatcher = {
  /**
   * Settles when the task has ended, however it ended: a failed task is a result, not an error. `unknown` also for a task
   * that its node does not know (any more). Rejects with `ProxmoxError` where the caller may not ask (401, 403, a
   * certificate), with the reason of `signal`, and at once for a UPID of another node. A node that does not answer is asked
   * again for as long as it takes.
   */
  follow: (upid: string, options?: FollowOptions) => Promise<TaskResult>
}

export type FollowOptions = CallOptions & {
  /** Tasks that take about the same time; the first look at one comes when others of its kind were over. */
  kind?: string
}

export type TaskWatcherOptions = {
  api: Pick<Api, 'call'>
  node: string
  /** The shortest time between two looks. It gets longer with the age of the youngest task. */
  tickMilliseconds?: number
  /** What was learnt of kinds of tasks, to share it among watchers. */
  usual?: Usual
}

type Follower = {
  upid: string
  startedAtSeconds: number
  /** When it was first asked for, by the monotonic clock. */
  since: number
  kind: string | undefined
  /** When its kind is usually over, by the same clock; where nothing is known, when it began. */
  expectedAt: number
  /** How often it was looked at since then. */
  looks: number
  /** In how many ticks running the list did not have it. */
  missed: number
  settle: (result: TaskResult) => void
  fail: (error: unknown) => void
}

type Row = { upid: string; status?: string; starttime?: number; endtime?: number }

/** Of its age, a task is seen to end late by so much at most, but for the tick. */
const lateness = 0.1
const longestPauseTicks = 10
const maxRows = 1000
/** A task is listed a moment after its start; and one that ended can be missing while the list is rewritten. */
const missedBeforeAsking = 2
const missedBeforeGivingUp = 4

/** The node may come back, and its tasks are not bothered by our not seeing them. */
const mayPass = (error: unknown): boolean =>
  error instanceof ProxmoxError &&
  (error.failure.kind === 'unreachable' ||
    answeredWith(error, 500, 502, 503, 504, 595, 596, 597, 598, 599))

const isRunning = (row: { endtime?: number | undefined }) => row.endtime === undefined

/** A task that has just ended can be in the list twice, as running and as ended; the end counts. */
export const byUpid = <Task extends { upid: string; endtime?: number | undefined }>(
  rows: readonly Task[],
): Map<string, Task> =>
  new Map(
    rows
      .toSorted((a, b) => Number(isRunning(b)) - Number(isRunning(a)))
      .map((row) => [row.upid, row]),
  )

export const createTaskWatcher = (options: TaskWatcherOptions): TaskWatcher => {
  const { api, node, tickMilliseconds = 1000, usual = createUsual() } = options
  const followers = new Set<Follower>()
  let timer: NodeJS.Timeout | undefined
  let due = 0
  let ticking = false

  const end = (follower: Follower, outcome: TaskOutcome) => {
    if (followers.delete(follower)) follower.settle({ ...outcome, upid: follower.upid })
  }

  /** Seen to be over, it may have been so for long: its node knows, by the second. */
  const learn = ({ kind, since, looks }: Follower, { starttime, endtime }: Row) => {
    if (kind === undefined) return
    const took = (Number(endtime) - Number(starttime) + 1) * 1000
    const seen = performance.now() - since
    usual.ended(kind, Number.isNaN(took) ? seen : Math.min(seen, took), looks)
  }

  const giveUp = (follower: Follower, error: unknown) => {
    if (followers.delete(follower)) follower.fail(error)
  }

  const stopTimer = () => {
    clearTimeout(timer)
    timer = undefined
  }

  /** First when its kind is usually over, then in pauses that grow with its age. */
  const nextLookAt = ({ since, expectedAt }: Follower, now: number): number => {
    const pause = now < expectedAt ? expectedAt - now : (now - since) * lateness
    const longest = tickMilliseconds * longestPauseTicks
    return now + Math.max(tickMilliseconds, Math.min(pause, longest))
  }

  /** A tick that is due sooner stays: a stream of new followers must not put it off for ever. */
  const plan = () => {
    if (followers.size === 0) stopTimer()
    if (followers.size === 0 || ticking) return
    const now = performance.now()
    const nextDue = Math.min(...[...followers].map((follower) => nextLookAt(follower, now)))
    if (timer && due <= nextDue) return
    stopTimer()
    due = nextDue
    timer = setTimeout(() => void tick(), nextDue - now)
  }

  /** For a task that the list does not have: it may be of another user, or older than the list goes back. */
  const askDirectly = async (follower: Follower) => {
    const { upid } = follower
    try {
      const task = await api.call('GET /nodes/{node}/tasks/{upid}/status', { node, upid })
      if (task.status === 'stopped') end(follower, taskOutcome(task.exitstatus))
      else follower.missed = missedBeforeAsking - 1
    } catch (error) {
      if (answeredWith(error, 400)) {
        if (follower.missed >= missedBeforeGivingUp)
          end(follower, { outcome: 'unknown', message: `${node} does not know the task` })
      } else if (!mayPass(error)) giveUp(follower, error)
    }
  }

  const look = async () => {
    const asked = [...followers]
    const since = Math.min(...asked.map(({ startedAtSeconds }) => startedAtSeconds))
    const rows = byUpid(
      await api.call('GET /nodes/{node}/tasks', { node, source: 'all', since, limit: maxRows }),
    )
    for (const follower of asked) {
      if (performance.now() >= follower.expectedAt) follower.looks += 1
      const row = rows.get(follower.upid)
      if (row && !isRunning(row)) {
        learn(follower, row)
        end(follower, taskOutcome(row.status))
      }
      follower.missed = row ? 0 : follower.missed + 1
      if (follower.missed >= missedBeforeAsking && followers.has(follower))
        await askDirectly(follower)
    }
  }

  const tick = async () => {
    ticking = true
    stopTimer()
    try {
      await look()
    } catch (error) {
      if (!mayPass(error)) for (const follower of followers) giveUp(follower, error)
    } finally {
      ticking = false
      plan()
    }
  }

  const follow = async (
    upid: string,
    { signal, kind }: FollowOptions = {},
  ): Promise<TaskResult> => {
    const parsed = parseUpid(upid)
    if (parsed?.node !== node) throw new TypeError(`not the UPID of a task on ${node}: ${upid}`)
    signal?.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<TaskResult>()
    const since = performance.now()
    const follower: Follower = {
      upid,
      startedAtSeconds: parsed.startedAtSeconds,
      since,
      kind,
      expectedAt: since + (kind === undefined ? 0 : (usual.of(kind) ?? 0)),
      looks: 0,
      missed: 0,
      settle: resolve,
      fail: reject,
    }
    const leave = () => {
      followers.delete(follower)
      reject(signal?.reason)
      plan()
    }
    followers.add(follower)
    signal?.addEventListener('abort', leave, { once: true })
    plan()
    try {
      return await promise
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }

  return { follow }
}
