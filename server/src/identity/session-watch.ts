/** Notices that a session has ended: somebody signed out, on any server, or it was not used for two hours. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Tables } from '../database/tables.ts'
import type { Listener } from '../events/listener.ts'

/** `session` as in `Caller`. Calls `ended` once; answers how to stop watching. */
export type WatchSession = (session: string, ended: () => void) => () => void

const LOOK_EVERY_MS = 60_000

export const createSessionWatch = (deps: {
  db: Kysely<Tables>
  listener: Pick<Listener, 'on' | 'onConnected'>
  now: () => Date
  logger: Pick<Logger, 'warn'>
  lookEveryMs?: number
}): WatchSession => {
  const { db, listener, now, logger, lookEveryMs = LOOK_EVERY_MS } = deps
  return (session, ended) => {
    const look = async () => {
      const row = await db
        .selectFrom('session')
        .select('expires_at')
        .where('id_hash', '=', Buffer.from(session, 'hex'))
        .executeTakeFirst()
      if (row === undefined || row.expires_at <= now()) end()
    }
    const lookSafely = () => {
      look().catch((error: unknown) =>
        logger.warn({ err: error }, 'could not look whether a session has ended'),
      )
    }
    const timer = setInterval(lookSafely, lookEveryMs)
    timer.unref()
    const endings = [
      listener.on('session', (id) => {
        if (id === session) end()
      }),
      listener.onConnected(lookSafely),
      () => clearInterval(timer),
    ]
    const stop = () => {
      for (const each of endings.splice(0)) each()
    }
    const end = () => {
      if (endings.length === 0) return
      stop()
      ended()
    }
    // It may have ended just before we began to listen.
    lookSafely()
    return stop
  }
}
