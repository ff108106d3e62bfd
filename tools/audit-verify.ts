/** `npm run audit -- verify`: the chain in the database and the one in the files. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type FilesVerification, verifyFiles } from '../server/src/audit/log-files.ts'
import { verifyLogFiles } from '../server/src/audit/verifier.ts'
import { type Verification, verifyDatabase } from '../server/src/audit/verify.ts'
import type { Config } from '../server/src/config.ts'
import { type Database, openDatabase } from '../server/src/database/database.ts'
import { runningPostgres, startPostgres } from '../server/src/database/postgres.ts'
import { createLogger } from '../server/src/logger.ts'

/** Answers what the process ends with: 1 where something is wrong. `config` null: the files alone. */
export async function verifyAudit(order: {
  file: string
  config: Config | null
  json: boolean
}): Promise<number> {
  const { file, config, json } = order
  const opened = config === null ? null : await open(config)
  try {
    const db = opened?.database.db
    const database = db ? await verifyDatabase(db) : null
    const files = await (db ? verifyLogFiles(db, file) : verifyFiles(file))
    const ok = (database?.fault ?? null) === null && files.fault === null
    if (json) console.log(JSON.stringify({ ok, database, files }, null, 2))
    else {
      if (database) console.log(databaseText(database))
      console.log(filesText(file, files, database))
    }
    return ok ? 0 : 1
  } finally {
    await opened?.close()
  }
}

/** The database that the server uses; where it does not run, its own one is started for as long as this takes. */
async function open(config: Config): Promise<{ database: Database; close: () => Promise<void> }> {
  const logger = createLogger('error')
  const folder = join(config.dataDir, 'postgres')
  const running = config.databaseUrl ?? runningPostgres(folder)
  // Looking must not make one.
  if (running === null && !existsSync(join(folder, 'PG_VERSION')))
    throw new Error(
      `There is no database in ${folder}. Set DATA_DIR or DATABASE_URL, or --log-file.`,
    )
  const started = running === null ? await startPostgres(folder, logger) : null
  const database = openDatabase(running ?? started?.url ?? '', logger)
  return {
    database,
    close: async () => {
      await database.close()
      await started?.stop()
    },
  }
}

const databaseText = ({ entries, last, fault }: Verification): string => {
  if (fault) return `Database: ${fault.message} ${entries} entries before it are whole.`
  return last
    ? `Database: ${entries} entries, none changed, none missing. Last: ${last.id} of ${last.at}, SHA-256 ${last.hash}`
    : 'Database: no entries yet.'
}

const filesText = (
  file: string,
  { entries, first, last, unchained, fault }: FilesVerification,
  database: Verification | null,
): string => {
  const foreign = unchained > 0 ? ` ${unchained} lines in front are of another program.` : ''
  if (fault) {
    const at = fault.line > 0 ? ` ${fault.file}, line ${fault.line}.` : ''
    return `Files: ${fault.message}${at}`
  }
  if (first === null || last === null) return `Files: no entries in ${file}.${foreign}`
  const newest = database?.last?.id ?? last.id
  const behind = newest > last.id ? ` ${newest - last.id} newer ones are not written yet.` : ''
  return `Files: ${entries} entries, ${first} to ${last.id}, none changed, none missing.${behind}${foreign} SHA-256 ${last.hash}`
}
