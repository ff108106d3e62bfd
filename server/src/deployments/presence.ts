/**
 * Which servers are alive. Each holds an advisory lock on its executor id for as long as its connection lives; whose
 * lock is free is dead, and its unfinished workflows go on here.
 */
import { sql, type Kysely } from 'kysely'
import { Client } from 'pg'
import type { Logger } from 'pino'
import { KEEPALIVE_OPTIONS } from '../events/listener.ts'
import type { Tables } from '../database/tables.ts'

export type Presence = { start: () => Promise<void>; stop: () => Promise<void> }

const LOCK_SPACE = 7264
const LOOK_EVERY_MS = 1000
const RECONNECT_MS = 500

export const createPresence = (deps: {
  databaseUrl: string
  db: Kysely<Tables>
  /** Unique for each process. */
  executor: string
  host: string
  /** Takes the dead server's workflows over; answers how many VMs it was working on. */
  adopt: (executor: string) => Promise<number>
  logger: Pick<Logger, 'warn' | 'info'>
}): Presence => {
  const { databaseUrl, db, executor, host, adopt, logger } = deps
  let client: Client | undefined
  let looker: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let stopped = false

  const connect = async () => {
    const next = new Client({
      connectionString: databaseUrl,
      keepAlive: true,
      options: KEEPALIVE_OPTIONS,
    })
    let connected = false
    const onLost = () => {
      if (!connected || stopped) return
      connected = false
      logger.warn('lost the presence connection; if another server takes work over, it is fenced')
      next.end().catch(() => {})
      reconnect()
    }
    next.on('error', onLost)
    next.on('end', onLost)
    try {
      await next.connect()
      // A former connection of ours may not have ended yet at the database; this waits for its end.
      await next.query('select pg_advisory_lock($1, hashtext($2))', [LOCK_SPACE, executor])
      await next.query(
        'insert into server (executor, host) values ($1, $2) on conflict (executor) do nothing',
        [executor, host],
      )
    } catch (error) {
      next.end().catch(() => {})
      throw error
    }
    connected = true
    client = next
  }

  const reconnect = () => {
    retry = setTimeout(() => {
      connect().catch(() => {
        if (!stopped) reconnect()
      })
    }, RECONNECT_MS)
  }

  /** The lock is held until the work is adopted, so that only one server does it. */
  const takeOver = (dead: string) =>
    db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ free: boolean }>`
        select pg_try_advisory_xact_lock(${LOCK_SPACE}, hashtext(${dead})) as free`.execute(tx)
      if (!rows[0]?.free) return
      const vms = await adopt(dead)
      await tx.deleteFrom('server').where('executor', '=', dead).execute()
      // One that had nothing to do, or finished it before it stopped, leaves nothing to take over.
      if (vms > 0)
        logger.info({ executor: dead, vms }, 'took over the work of a server that has gone')
    })

  const look = async () => {
    const others = await db
      .selectFrom('server')
      .select('executor')
      .where('executor', '!=', executor)
      .execute()
    for (const other of others) await takeOver(other.executor)
  }
  /** One look at a time, however long it takes: while the database is away, ticks would heap up behind it. */
  const lookSafely = () => {
    looking ??= look()
      .catch((error: unknown) => {
        if (!stopped) logger.warn({ error }, 'could not look for servers that have gone')
      })
      .finally(() => {
        looking = undefined
      })
    return looking
  }

  return {
    start: async () => {
      await connect()
      await lookSafely()
      looker = setInterval(() => void lookSafely(), LOOK_EVERY_MS)
      looker.unref()
    },
    stop: async () => {
      stopped = true
      clearInterval(looker)
      clearTimeout(retry)
      await looking
      await client?.end().catch(() => {})
    },
  }
}
