/** `npm run backup [file]`: everything the server keeps, as it is at one moment, in one file. Works while it runs. */
import { messageOf } from '@deployer/proxmox/caught.ts'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readConfig } from '../server/src/config.ts'
import { backUp } from '../server/src/database/backup.ts'
import { openDatabase } from '../server/src/database/database.ts'
import { runningPostgres, startPostgres } from '../server/src/database/postgres.ts'
import { createLogger } from '../server/src/logger.ts'

const config = readConfig()
const moment = new Date().toISOString().replace(/\.\d+/, '').replaceAll(':', '')
const file = resolve(
  process.argv[2] ?? join(config.dataDir, 'backups', `deployer-${moment}.backup`),
)
const folder = join(config.dataDir, 'postgres')
const logger = createLogger('error')

const running = config.databaseUrl ?? runningPostgres(folder)
if (running === null && !existsSync(join(folder, 'PG_VERSION'))) {
  console.error(`There is no database in ${folder}. Set DATA_DIR or DATABASE_URL.`)
  process.exit(1)
}
// Where no server runs, its database is started for as long as this takes.
const started = running === null ? await startPostgres(folder, logger) : null
const database = openDatabase(running ?? started?.url ?? '', logger)
try {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const secretFile = join(config.dataDir, 'secret')
  const secret =
    config.appSecret === null && existsSync(secretFile) ? readFileSync(secretFile, 'utf8') : null
  const rows = await backUp(database.pool, file, secret)
  console.log(`${rows} rows in ${file}`)
  console.log(
    secret === null
      ? 'It can be read with your APP_SECRET only; keep that as well.'
      : 'The generated secret is in it: keep it as you keep a password.',
  )
} catch (error) {
  console.error(`No backup was made: ${messageOf(error)}`)
  process.exitCode = 1
} finally {
  await database.close()
  await started?.stop()
}
