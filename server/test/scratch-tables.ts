/** This room's tables in an empty database, and what is needed to use them. */
import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { migrate } from '../src/database/migrate.ts'
import type { Tables } from '../src/database/tables.ts'
import { createListener, type Listener } from '../src/events/listener.ts'

export const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export const openTables = (databaseUrl: string) => {
  const pool = new Pool({ connectionString: databaseUrl, max: 8 })
  pool.on('error', () => {})
  // Lent out while PostgreSQL is killed: its query fails, which is what the test looks at.
  pool.on('connect', (client) => client.on('error', () => {}))
  return { pool, db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) }
}

export type ScratchTables = {
  pool: Pool
  db: Kysely<Tables>
  listener: Listener
  close: () => Promise<void>
}

export const createTables = async (databaseUrl: string): Promise<ScratchTables> => {
  const { pool, db } = openTables(databaseUrl)
  await migrate(db)
  const listener = createListener({ databaseUrl, logger: quiet })
  await listener.start()
  const close = async () => {
    await listener.stop()
    await db.destroy()
  }
  return { pool, db, listener, close }
}
