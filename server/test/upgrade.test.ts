/**
 * Databases of every earlier version come up to date. `released/` has the statements of each migration as they were
 * released; a migration that is changed afterwards, or left out, does not match them any more.
 */
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import { readdirSync, readFileSync } from 'node:fs'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../src/database/database.ts'
import { isKnownMigration, migrate } from '../src/database/migrate.ts'
import { createLogger } from '../src/logger.ts'
import { createScratchPostgres, type ScratchPostgres } from './scratch-database.ts'

const MIGRATIONS = new URL('../src/database/migrations/', import.meta.url)
const RELEASED = new URL('./released/', import.meta.url)

const names = readdirSync(MIGRATIONS)
  .map((file) => file.replace(/\.ts$/, ''))
  .toSorted()
const moduleSchema = z.object({
  up: z.custom<(db: Kysely<unknown>) => Promise<void>>((value) => typeof value === 'function'),
})

/** Of the first version that has the table; later columns take their defaults. */
const rows: Record<string, string> = {
  '001-identity': `
    insert into session (id_hash, username, sealed, expires_at) values ('\\x01', 'mira@pve', '1.x', now() + interval '1 h');
    insert into setting values ('mac-salt', 'ab');`,
  '002-deployments': `
    insert into deployment (id, name, request, plan, plan_hash, source_label, created_by, runs_as)
    values ('d1', 'lab', '{"pool":"lab"}', '{}', 'h', '9000', 'mira@pve', 'mira@pve');
    insert into vm (id, deployment_id, position, name, vmid, node) values ('v1', 'd1', 0, 'web', 100, 'pve1');
    insert into step (vm_id, id, position, kind, title, spec, calls, slots) values
      ('v1', 'clone', 0, 'clone', 'Clone', '{}', '[{"method":"POST","path":"/nodes","changes":true}]', '[]');`,
}

let postgres: ScratchPostgres
beforeAll(async () => {
  postgres = await createScratchPostgres()
})
afterAll(() => postgres.stop())

const released = (name: string) => readFileSync(new URL(`${name}.sql`, RELEASED), 'utf8')

async function inDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Every column, index, constraint, function and trigger, in a form that can be compared. */
const describeSchema = (url: string): Promise<string[]> =>
  inDatabase(url, async (client) => {
    const found = await client.query<{ what: string }>(`
      select format('%s.%s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default,
                    generation_expression) as what
        from information_schema.columns where table_schema = 'public'
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
        where connamespace = 'public'::regnamespace
      union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
      union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      order by 1`)
    return found.rows.map(({ what }) => what)
  })

it('has the statements of every migration as they were released', async () => {
  expect(names.every(isKnownMigration)).toBe(true)
  const url = await postgres.createDatabase('recorded')
  const statements: string[] = []
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: url }) }),
    log: ({ query }) => void statements.push(query.sql.trim()),
  })
  for (const name of names) {
    const { up } = moduleSchema.parse(await import(new URL(`${name}.ts`, MIGRATIONS).href))
    statements.length = 0
    await up(db)
    const text = `${statements.map((each) => each.replace(/;$/, '')).join(';\n\n')};\n`
    await expect(text).toMatchFileSnapshot(new URL(`${name}.sql`, RELEASED).pathname)
  }
  await db.executeQuery(CompiledQuery.raw('select 1'))
  await db.destroy()
})

describe('a database of an earlier version', () => {
  it.each(names)('at %s becomes the same as a new one, and keeps its rows', async (last) => {
    const number = last.slice(0, 3)
    const [freshUrl, url] = [
      await postgres.createDatabase(`fresh_${number}`),
      await postgres.createDatabase(`old_${number}`),
    ]
    await inDatabase(url, async (client) => {
      await client.query(
        'create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)',
      )
      for (const name of names.slice(0, names.indexOf(last) + 1)) {
        await client.query(released(name))
        await client.query('insert into kysely_migration values ($1, $2)', [name, '2026-01-01'])
        await client.query(rows[name] ?? 'select 1')
      }
    })
    for (const each of [freshUrl, url]) {
      const database = openDatabase(each, createLogger('silent'))
      await migrate(database.db)
      await database.close()
    }
    expect(await describeSchema(url)).toEqual(await describeSchema(freshUrl))
    await inDatabase(url, async (client) => {
      expect((await client.query('select username from session')).rows).toHaveLength(1)
      const deployments = await client.query('select pool from deployment')
      expect(deployments.rows).toEqual(last === '001-identity' ? [] : [{ pool: 'lab' }])
      const steps = await client.query('select vm_id, kind, call from step')
      expect(steps.rows).toEqual(
        last === '001-identity' ? [] : [{ vm_id: 'v1', kind: 'clone', call: 'POST /nodes' }],
      )
    })
  })
})
