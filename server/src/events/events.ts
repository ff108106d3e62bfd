/**
 * The stream of what happens to deployments. Rows of the table `event` are the truth; NOTIFY only says that there is
 * something to read, so a reader can neither miss an event nor be flooded by one that it has no time for.
 */
import type { DeploymentEvent } from '@deployer/core/deployment.ts'
import { sql, type Kysely } from 'kysely'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Tables } from '../database/tables.ts'
import { createBell } from './bell.ts'
import type { Listener } from './listener.ts'

export type StoredEvent = { id: string; data: DeploymentEvent }

export type Events = {
  /**
   * Events in order, without end, until the signal fires. `after`: the last id that the reader has; without it the
   * stream starts now. Without `deploymentId`: the heads of all deployments, not their VMs and steps.
   */
  subscribe: (options: {
    deploymentId?: string | undefined
    after?: string | undefined
    signal: AbortSignal
  }) => AsyncIterable<StoredEvent>
  /** Whether anybody, on any server, is watching this deployment now. */
  isFollowed: (deploymentId: string) => boolean
  start: () => void
  stop: () => void
}

const PAGE = 500
/** A reader looks at most this often, so that a busy batch costs it few queries. */
const PACE_MS = 50
/** NOTIFY should never be lost while the connection stands; this is for when it is. */
const SWEEP_MS = 5000
const FOLLOW_BEAT_MS = 2000
const FOLLOWED_FOR_MS = 3 * FOLLOW_BEAT_MS

const isEventId = (text: string | undefined): text is string =>
  text !== undefined && /^\d{1,18}$/.test(text)

/** The newest id; every state that is read after this call contains all events up to it. */
export const newestEventId = async (db: Kysely<Tables>): Promise<string> => {
  const row = await db
    .selectFrom('event')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? '0'
}

/**
 * Writes events and wakes the readers when the transaction commits. Must be the last statement of the transaction:
 * from here on other writers of events wait for its commit.
 */
export const recordEvents = async (
  db: Kysely<Tables>,
  deploymentId: string,
  events: DeploymentEvent[],
): Promise<void> => {
  if (events.length === 0) return
  await sql`select record_events(${deploymentId}, ${JSON.stringify(events)}::jsonb)`.execute(db)
}

export const createEvents = (deps: {
  db: Kysely<Tables>
  listener: Listener
  logger: Pick<Logger, 'warn'>
}): Events => {
  const { db, listener, logger } = deps
  const followedHere = new Map<string, number>()
  const followedUntil = new Map<string, number>()
  let beat: NodeJS.Timeout | undefined
  let stopFollowing: (() => void) | undefined

  const tellFollowed = (deploymentId: string) => {
    sql`select pg_notify('follow', ${deploymentId})`
      .execute(db)
      .catch((error: unknown) => logger.warn({ error }, 'could not tell who is followed'))
  }

  const follow = (deploymentId: string | undefined) => {
    if (deploymentId === undefined) return () => {}
    followedHere.set(deploymentId, (followedHere.get(deploymentId) ?? 0) + 1)
    tellFollowed(deploymentId)
    return () => {
      const left = (followedHere.get(deploymentId) ?? 1) - 1
      if (left > 0) followedHere.set(deploymentId, left)
      else followedHere.delete(deploymentId)
    }
  }

  const read = async (deploymentId: string | undefined, after: string): Promise<StoredEvent[]> => {
    const rows = db.selectFrom('event').select(['id', 'data']).where('id', '>', after)
    const wanted =
      deploymentId === undefined
        ? rows.where(sql`data->>'type'`, '=', 'deployment')
        : rows.where('deployment_id', '=', deploymentId)
    return wanted.orderBy('id').limit(PAGE).execute()
  }

  async function* subscribe({
    deploymentId,
    after,
    signal,
  }: {
    deploymentId?: string | undefined
    after?: string | undefined
    signal: AbortSignal
  }): AsyncGenerator<StoredEvent> {
    const bell = createBell()
    const endings = [
      listener.on('event', (id) => {
        if (deploymentId === undefined || id === deploymentId) bell.ring()
      }),
      listener.onConnected(bell.ring),
      follow(deploymentId),
    ]
    try {
      let cursor = isEventId(after) ? after : await newestEventId(db)
      while (!signal.aborted) {
        const page = await read(deploymentId, cursor).catch((error: unknown) => {
          logger.warn({ error }, 'could not read events; trying again')
          return []
        })
        for (const event of page) {
          yield event
          cursor = event.id
        }
        if (page.length === PAGE) continue
        await bell.wait(SWEEP_MS, signal)
        if (!signal.aborted) await delay(PACE_MS)
      }
    } finally {
      for (const end of endings) end()
    }
  }

  return {
    subscribe,
    isFollowed: (deploymentId) => (followedUntil.get(deploymentId) ?? 0) > Date.now(),
    start: () => {
      stopFollowing = listener.on('follow', (id) => {
        followedUntil.set(id, Date.now() + FOLLOWED_FOR_MS)
      })
      beat = setInterval(() => {
        for (const id of followedHere.keys()) tellFollowed(id)
        for (const [id, until] of followedUntil) if (until < Date.now()) followedUntil.delete(id)
      }, FOLLOW_BEAT_MS)
      beat.unref()
    },
    stop: () => {
      clearInterval(beat)
      stopFollowing?.()
    },
  }
}
