import { codeOf } from '@deployer/proxmox/caught.ts'
import { Kysely, PostgresDialect } from 'kysely'
import { Socket } from 'node:net'
import { Pool } from 'pg'
import type { Logger } from '../logger.ts'
import type { Tables } from './tables.ts'

const CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5000

export type Database = {
  url: string
  pool: Pool
  db: Kysely<Tables>
  close: () => Promise<void>
}

/**
 * DBOS waits for a lost database, but does not take the errors of a unix socket that is gone for that: it would record
 * them as the end of a workflow. So they are called what they mean.
 */
function createSocket(): Socket {
  const socket = new Socket()
  socket.on('error', (error) => {
    if (['EPIPE', 'ENOENT'].includes(codeOf(error))) Object.assign(error, { code: 'ECONNRESET' })
  })
  return socket
}

/** A pool of connections; connects at the first query. */
export function openDatabase(url: string, logger: Pick<Logger, 'warn'>): Database {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    stream: createSocket,
  })
  // An idle connection that breaks (the database restarted) is replaced at the next query.
  pool.on('error', (error) => {
    if (!pool.ending) logger.warn({ reason: error.message }, 'Lost a database connection')
  })
  // One that breaks while it is lent out fails its query, and must not end the process besides.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { url, pool, db, close: () => db.destroy() }
}

export const isDiskFull = (error: unknown): boolean => codeOf(error) === '53100'

/** Whether an error means that the database does not do its work at the moment (as opposed to a wrong query). */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  // Class 57P: the server is shutting down, starting or has crashed; 53: out of disk, memory or connections, until somebody
  // makes room; 58: its files cannot be read or written; 25006: it takes no changes, as a standby.
  if (/^(57P\d\d|08\d{3}|53\d{3}|58\d{3}|25006)$/.test(code)) return true
  // Proxmox's errors are wrapped, so a bare one of a socket is the database's.
  if ('syscall' in error) return /^(ECONN|EPIPE|ENOENT|ETIMEDOUT|EHOST|ENET|EAI_)/.test(code)
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  )
}
