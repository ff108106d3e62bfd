/** The database of this server: its own PostgreSQL or the one of DATABASE_URL, with the schema of this version. */
import { messageOf } from '@deployer/proxmox/caught.ts'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Config } from './config.ts'
import { type Database, openDatabase } from './database/database.ts'
import { migrate, oneServerAtATime } from './database/migrate.ts'
import { startPostgres } from './database/postgres.ts'
import { keptSetting } from './database/settings.ts'
import type { Logger } from './logger.ts'

/** @throws {Error} in words for the operator; what has been started by then is told to `onStop` all the same. */
export async function startDatabase(
  config: Config,
  logger: Logger,
  onStop: (end: () => Promise<void>) => void,
): Promise<Database> {
  const embedded =
    config.databaseUrl === null
      ? await startPostgres(join(config.dataDir, 'postgres'), logger)
      : null
  if (embedded !== null) onStop(embedded.stop)
  const database = openDatabase(embedded?.url ?? config.databaseUrl ?? '', logger)
  onStop(database.close)
  if (config.databaseUrl !== null) await reach(database.db, config.databaseUrl)
  await oneServerAtATime(database.url, () => migrate(database.db))
  await ofOneCluster(config, database)
  return database
}

/** @throws {Error} in words for the operator, without the password of the address. */
async function reach(db: Database['db'], address: string): Promise<void> {
  try {
    await sql`select 1`.execute(db)
  } catch (cause) {
    const { host, pathname } = new URL(address)
    const why = messageOf(cause)
    throw new Error(
      `The database of DATABASE_URL (${host}${pathname}) cannot be used: ${why}. Check that it runs, that address, name and account are right, and that it lets this machine in.`,
      { cause },
    )
  }
}

/** What is unfinished on the simulated cluster must not go on on a real one, as it would in a database of both. */
async function ofOneCluster({ proxmox, databaseUrl }: Config, { db }: Database): Promise<void> {
  const cluster = proxmox === null ? 'simulated' : 'real'
  const begunWith = await keptSetting(db, 'cluster', () => cluster)
  if (begunWith === cluster) return
  const name = databaseUrl === null ? 'DATA_DIR' : 'DATABASE_URL'
  throw new Error(
    cluster === 'real'
      ? `The database is of the simulated cluster, and PROXMOX_HOST names a real one: what is unfinished would go on there. Choose another ${name}.`
      : `The database is of a real cluster, and there is no PROXMOX_HOST. Set it, or choose another ${name} for the simulated cluster.`,
  )
}
