/** Verifies now and then by itself, and whenever somebody asks; remembers what came of it. */
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Logger } from '../logger.ts'
import { type FilesVerification, verifyFiles, withLogFiles } from './log-files.ts'
import { type Verification, verifyDatabase } from './verify.ts'

export type Verified = {
  at: Date
  milliseconds: number
  database: Verification
  files: FilesVerification
}

export type Verifier = {
  /** Two that ask at the same time share one. */
  verify: () => Promise<Verified>
  /** What the last one found; null before the first. */
  last: () => Verified | null
  start: () => void
  stop: () => void
}

const FIRST_MS = 10_000
const EVERY_MS = 60 * 60 * 1000

export const createVerifier = (deps: {
  db: Kysely<Tables>
  file: string
  logger: Pick<Logger, 'error' | 'warn'>
}): Verifier => {
  const { db, file, logger } = deps
  let last: Verified | null = null
  let running: Promise<Verified> | null = null
  let first: NodeJS.Timeout | undefined
  let timer: NodeJS.Timeout | undefined

  const run = async (): Promise<Verified> => {
    const started = performance.now()
    const files = await verifyLogFiles(db, file)
    const database = await verifyDatabase(db)
    last = { at: new Date(), milliseconds: performance.now() - started, database, files }
    if (database.fault) logger.error({ fault: database.fault }, 'The audit log was tampered with')
    if (files.fault) logger.error({ fault: files.fault }, 'The audit log file was tampered with')
    return last
  }
  const verify = () => {
    running ??= run().finally(() => {
      running = null
    })
    return running
  }
  const verifySafely = () => {
    verify().catch((error: unknown) =>
      logger.warn({ err: error }, 'The audit log could not be verified; trying again in an hour'),
    )
  }
  return {
    verify,
    last: () => last,
    start: () => {
      first = setTimeout(verifySafely, FIRST_MS)
      timer = setInterval(verifySafely, EVERY_MS)
      first.unref()
      timer.unref()
    },
    stop: () => {
      clearTimeout(first)
      clearInterval(timer)
    },
  }
}

/** As the files are between two writes, against what the database has. */
export const verifyLogFiles = (db: Kysely<Tables>, file: string): Promise<FilesVerification> =>
  withLogFiles(db, file, (tx) => verifyFiles(file, (id) => storedHash(tx, id)))

/** Null where the database has no such entry. */
const storedHash = async (db: Kysely<Tables>, id: number): Promise<string | null> => {
  const row = await db
    .selectFrom('audit_entry')
    .select('entry')
    .where('id', '=', String(id))
    .executeTakeFirst()
  return row?.entry.hash ?? null
}
