/** `npm run restore file`: a new database from a backup; what was there before is put aside, never overwritten. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../server/src/config.ts'
import { openDatabase } from '../server/src/database/database.ts'
import { type Postgres, runningPostgres, startPostgres } from '../server/src/database/postgres.ts'
import type { BackupHead } from '../server/src/database/backup.ts'
import { checkBackup, restore } from '../server/src/database/restore.ts'
import { createLogger } from '../server/src/logger.ts'

const [file] = process.argv.slice(2)
if (file === undefined) fail('Usage: npm run restore -- FILE')

const { dataDir, databaseUrl, appSecret } = readConfig()
const folder = join(dataDir, 'postgres')
const aside = `before-restore-${new Date().toISOString().replace(/\.\d+/, '').replaceAll(':', '')}`
const logger = createLogger('error')

let head: BackupHead
let rows: number
try {
  head = await checkBackup(file)
  if (databaseUrl === null && runningPostgres(folder) !== null)
    fail('The server is running. Stop it first: ./stop.sh')
  rows = await (databaseUrl === null ? intoFolder((url) => fill(url)) : fill(databaseUrl))
} catch (error) {
  fail(`Nothing was restored: ${wordsOf(error)}`)
}
if (head.secret !== null && appSecret === null) keepSecret(head.secret)
console.log(`${rows} rows of ${head.createdAt} are back. Start the server: ./start.sh`)
if (head.secret === null && appSecret === null)
  console.log('The backup was made with an APP_SECRET: set the same, or everybody signs in again.')

async function fill(url: string): Promise<number> {
  const database = openDatabase(url, logger)
  try {
    return await restore(database, head, file ?? '')
  } finally {
    await database.close()
  }
}

/** The folder of the database is made anew; where that fails, the one before is put back. */
async function intoFolder(work: (url: string) => Promise<number>): Promise<number> {
  mkdirSync(dataDir, { recursive: true })
  const before = existsSync(folder) ? `${folder}.${aside}` : null
  if (before !== null) renameSync(folder, before)
  let postgres: Postgres | undefined
  try {
    postgres = await startPostgres(folder, logger)
    const filled = await work(postgres.url)
    await postgres.stop()
    if (before !== null) console.log(`The database that was there is in ${before}`)
    return filled
  } catch (error) {
    await postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
    if (before !== null) renameSync(before, folder)
    throw error
  }
}

function keepSecret(secret: string): void {
  const path = join(dataDir, 'secret')
  try {
    if (existsSync(path) && readFileSync(path, 'utf8') === secret) return
    if (existsSync(path)) renameSync(path, `${path}.${aside}`)
    writeFileSync(path, secret, { mode: 0o600 })
  } catch (error) {
    fail(
      `The rows are back, but the secret of the backup could not be written to ${path}: ${wordsOf(error)}\n` +
        'Without it everybody signs in again, and work of theirs waits until they do.',
    )
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
