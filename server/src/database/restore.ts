/** Puts a backup into an empty database: tables as they were, rows, then the migrations that came since. */
import { codeOf } from '@deployer/proxmox/caught.ts'
import { DBOS } from '@dbos-inc/dbos-sdk'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { PoolClient } from 'pg'
import { type BackupHead, endSchema, headSchema, storedTables, tableSchema } from './backup.ts'
import type { Database } from './database.ts'
import { isKnownMigration, migrate } from './migrate.ts'

const MOST_CHARACTERS_AT_ONCE = 1_000_000

/** What is wrong with a backup, or with the database that it should go into; in words for the operator. */
class RestoreError extends Error {
  override name = 'RestoreError'
}

/**
 * Reads the whole file once, so that nothing is begun with one that is damaged.
 * @throws {RestoreError}
 */
export async function checkBackup(file: string): Promise<BackupHead> {
  let head: BackupHead | undefined
  let last = ''
  let lines = 0
  let tables = 0
  try {
    for await (const line of linesOf(file)) {
      head ??= headSchema.parse(JSON.parse(line))
      if (line.startsWith('{"table":')) tables += 1
      lines += 1
      last = line
    }
  } catch (error) {
    if (lines === 0 && isMissing(error)) throw new RestoreError(`There is no file ${file}.`)
    const what = lines === 0 ? 'is no backup of the deployer' : 'is damaged'
    throw new RestoreError(`${file} ${what}.`, { cause: error })
  }
  if (head === undefined) throw new RestoreError(`${file} is empty.`)
  const end = endSchema.safeParse(parsed(last))
  // Beside the rows: head, end, and a line for each table.
  if (!end.success || end.data.rows !== lines - 2 - tables)
    throw new RestoreError(`${file} is cut off: its end is missing.`)
  if (!isKnownMigration(head.migration))
    throw new RestoreError(
      `${file} was made by version ${head.version}, which is newer than this one. Update first.`,
    )
  return head
}

/**
 * Fills an empty database from a file that `checkBackup` has passed. Answers the number of rows.
 * @throws {RestoreError} where the database is not empty
 */
export async function restore(database: Database, head: BackupHead, file: string): Promise<number> {
  const client = await database.pool.connect()
  try {
    await refuseUnlessEmpty(client)
    await migrate(database.db, head.migration)
    await makeWorkflowTables(database)
    await client.query('begin')
    const rows = await fill(client, file)
    await client.query('commit')
    await migrate(database.db)
    return rows
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

async function refuseUnlessEmpty(client: PoolClient): Promise<void> {
  if ((await storedTables(client)).length === 0) return
  throw new RestoreError('The database is not empty. Restore into a new, empty one.')
}

/** The library that keeps the workflows makes its own tables, whenever it starts. */
async function makeWorkflowTables({ url, pool }: Database): Promise<void> {
  DBOS.setConfig({
    name: 'proxmox-vm-deployer-restore',
    systemDatabaseUrl: url,
    systemDatabasePool: pool,
    useListenNotify: false,
    logLevel: 'error',
  })
  await DBOS.launch()
  await DBOS.shutdown()
}

async function fill(client: PoolClient, file: string): Promise<number> {
  await suspendTriggers(client)
  const known = new Map((await storedTables(client)).map((table) => [table.name, table.columns]))
  for (const name of known.keys()) await client.query(`delete from ${name}`)
  let table: { name: string; columns: string } | undefined
  let waiting: string[] = []
  let size = 0
  let count = 0
  const write = async () => {
    if (table !== undefined && waiting.length > 0)
      await client.query(
        `insert into ${table.name} (${table.columns}) overriding system value
         select ${table.columns} from jsonb_populate_recordset(null::${table.name}, $1::jsonb)`,
        [`[${waiting.join(',')}]`],
      )
    waiting = []
    size = 0
  }
  let first = true
  for await (const line of linesOf(file)) {
    const begins = line.startsWith('{"table":') ? tableSchema.parse(JSON.parse(line)) : null
    if (begins !== null) {
      await write()
      if (!known.has(begins.table))
        throw new RestoreError(`This version has no table ${begins.table}.`)
      table = { name: begins.table, columns: begins.columns.map(quoted).join(', ') }
    } else if (!first && !isEnd(line)) {
      waiting.push(line)
      count += 1
      size += line.length
      if (size > MOST_CHARACTERS_AT_ONCE) await write()
    }
    first = false
  }
  await write()
  for (const name of known.keys()) await moveSequences(client, name)
  return count
}

/** Rows come in any order, and are already as triggers left them. */
async function suspendTriggers(client: PoolClient): Promise<void> {
  try {
    await client.query('set local session_replication_role = replica')
  } catch (error) {
    throw new RestoreError(
      'The account of DATABASE_URL may not switch triggers off. Restore as a superuser of that PostgreSQL.',
      { cause: error },
    )
  }
}

/** Numbers that the database gives go on behind the highest there is. */
async function moveSequences(client: PoolClient, table: string): Promise<void> {
  await client.query(
    `do $$
     declare
       spot record;
     begin
       for spot in
         select quote_ident(attname) as name, pg_get_serial_sequence('${table}', attname) as sequence
           from pg_attribute
          where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped
            and pg_get_serial_sequence('${table}', attname) is not null
       loop
         execute format('select setval(%L, coalesce(max(%s), 0) + 1, false) from ${table}', spot.sequence, spot.name);
       end loop;
     end $$`,
  )
}

/** By line feeds alone: texts may have every other kind of line end in them. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  const unzipped = createGunzip().setEncoding('utf8')
  // What goes wrong in it ends the loop.
  pipeline(createReadStream(file), unzipped).catch(() => {})
  for await (const chunk of unzipped) {
    const parts = (rest + String(chunk)).split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest !== '') yield rest
}

const isEnd = (line: string): boolean => line.startsWith('{"rows":')

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
