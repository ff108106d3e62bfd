/**
 * A backup is one gzip file of JSON Lines, because the embedded PostgreSQL comes without pg_dump: a head, then for each
 * table a line that names it and a line for each row as PostgreSQL's `to_jsonb` writes it, then an end with the number
 * of rows, which tells a whole file from a cut one. Tables are not described: migrations make them at the restore.
 */
import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Pool, PoolClient } from 'pg'
import { z } from 'zod'
import { version } from '../version.ts'

const FORMAT = 'proxmox-vm-deployer backup 1'

export const headSchema = z.object({
  format: z.literal(FORMAT),
  createdAt: z.string(),
  /** Of the program that made it. */
  version: z.string(),
  /** Name of the last migration of the tables. */
  migration: z.string(),
  /** The generated secret; null where APP_SECRET is set. */
  secret: z.string().nullable(),
})
export type BackupHead = z.infer<typeof headSchema>

export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()) })
export const endSchema = z.object({ rows: z.int() })

const ROWS_AT_ONCE = 500

/** What migrations write themselves. */
const OF_MIGRATIONS = ['kysely_migration', 'kysely_migration_lock', 'dbos_migrations']

export type StoredTable = { name: string; columns: string[] }

/** Tables of the deployer and of its workflows, with the columns that are not computed from others. */
export async function storedTables(client: Pick<PoolClient, 'query'>): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable>(
    `select format('%I.%I', space.nspname, class.relname) as name,
            array_agg(attname::text order by attnum) as columns
       from pg_class class
       join pg_namespace space on space.oid = class.relnamespace
       join pg_attribute on attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = ''
      where class.relkind = 'r' and space.nspname in ('public', 'dbos') and class.relname <> all ($1)
      group by 1 order by 1`,
    [OF_MIGRATIONS],
  )
  return rows
}

/** Writes everything as it is at one moment, while servers go on. Answers the number of rows. */
export async function backUp(pool: Pool, file: string, secret: string | null): Promise<number> {
  const client = await pool.connect()
  const unfinished = `${file}.unfinished`
  try {
    await client.query('begin isolation level repeatable read read only')
    const head: BackupHead = {
      format: FORMAT,
      createdAt: new Date().toISOString(),
      version,
      migration: await lastMigration(client),
      secret,
    }
    const counted = { rows: 0 }
    await pipeline(
      Readable.from(linesOf(client, head, counted)),
      createGzip(),
      createWriteStream(unfinished, { mode: 0o600, flush: true }),
    )
    renameSync(unfinished, file)
    return counted.rows
  } finally {
    rmSync(unfinished, { force: true })
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

async function* linesOf(
  client: PoolClient,
  head: BackupHead,
  counted: { rows: number },
): AsyncGenerator<string> {
  yield line(head)
  for (const { name, columns } of await storedTables(client)) {
    yield line({ table: name, columns })
    await client.query(
      `declare rows no scroll cursor for select to_jsonb(stored_row)::text as row from ${name} as stored_row`,
    )
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`fetch ${ROWS_AT_ONCE} from rows`)
      if (rows.length === 0) break
      counted.rows += rows.length
      yield rows.map(({ row }) => `${row}\n`).join('')
    }
    await client.query('close rows')
  }
  yield line({ rows: counted.rows })
}

const line = (value: object): string => `${JSON.stringify(value)}\n`

async function lastMigration(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    'select name from kysely_migration order by name desc limit 1',
  )
  if (rows[0] === undefined) throw new Error('The database has no tables of the deployer.')
  return rows[0].name
}
