/** How this server itself stands: its database, its disk, its files. */
import { codeOf, messageOf } from '@deployer/proxmox/caught.ts'
import type { OwnFacts } from '@deployer/core/doctor/own.ts'
import { sql, type Kysely } from 'kysely'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { logFileIn } from '../audit/log-files.ts'
import type { Config } from '../config.ts'
import { missingMigrations } from '../database/migrate.ts'
import type { Tables } from '../database/tables.ts'

type DatabaseState = OwnFacts['database']['state']

export const databaseState = async (db: Kysely<Tables>): Promise<DatabaseState> => {
  try {
    // The first one may have to connect.
    await sql`select 1`.execute(db)
    const started = performance.now()
    const { rows } = await sql<{ version: string }>`
      select current_setting('server_version') as version`.execute(db)
    const milliseconds = performance.now() - started
    const version = rows[0]?.version.split(' ')[0] ?? ''
    return { kind: 'ready', version, milliseconds, missingMigrations: await missingMigrations(db) }
  } catch (error) {
    return { kind: 'away', reason: messageOf(error) }
  }
}

export const readOwnFacts = async (
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'appSecret' | 'notices'>,
  state: DatabaseState,
  service: OwnFacts['service'],
): Promise<OwnFacts> => ({
  database: { kind: config.databaseUrl === null ? 'embedded' : 'external', state },
  disk: await readDisk(config.dataDir),
  audit: readAudit(config.dataDir),
  secret: { kind: secretKind(config) },
  service,
  notices: config.notices,
})

const secretKind = ({ appSecret, dataDir }: Pick<Config, 'appSecret' | 'dataDir'>) => {
  if (appSecret !== null) return 'set'
  return existsSync(join(dataDir, 'secret')) ? 'generated' : 'not-yet'
}

const readDisk = async (folder: string): Promise<OwnFacts['disk']> => {
  try {
    const { bavail, blocks, bsize } = await statfs(existing(folder))
    return { folder, freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch {
    return null
  }
}

/** The folder itself, or the nearest one above that is there already. */
const existing = (folder: string): string => {
  let at = folder
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at)
  return at
}

/** Where it does not exist yet, whether it could be made. */
const readAudit = (dataDir: string): OwnFacts['audit'] => {
  const file = logFileIn(dataDir)
  try {
    const at = existing(file)
    accessSync(at, constants.W_OK)
    if (at === file && !statSync(file).isFile()) return { file, problem: 'it is no file' }
    return { file, problem: null }
  } catch (error) {
    const code = codeOf(error)
    const words: Record<string, string> = {
      EACCES: 'this user may not write there',
      EROFS: 'the file system is read-only',
    }
    return { file, problem: words[code] ?? code }
  }
}
