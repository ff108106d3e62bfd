import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createTables, quiet, type ScratchTables } from '../../test/scratch-tables.ts'
import { createPresence } from './presence.ts'

let postgres: ScratchPostgres
let tables: ScratchTables
let databaseUrl: string

beforeAll(async () => {
  postgres = await createScratchPostgres()
  databaseUrl = await postgres.createDatabase('presence')
  tables = await createTables(databaseUrl)
})
afterAll(async () => {
  await tables.close()
  await postgres.stop()
})

/** A server that tells whom it takes over. */
const server = (executor: string, left = 0) => {
  const logged: string[] = []
  const adopted: string[] = []
  const { promise: first, resolve } = Promise.withResolvers<string>()
  const presence = createPresence({
    databaseUrl,
    db: tables.db,
    executor,
    host: 'test',
    adopt: async (dead) => {
      adopted.push(dead)
      resolve(dead)
      return left
    },
    logger: { ...quiet, info: (_what: unknown, text?: string) => logged.push(text ?? '') },
  })
  return { ...presence, adopted, first, logged }
}

/** Ends the connection that holds the lock, as the death of its server would. */
const cut = async (executor: string) => {
  await tables.pool.query(
    `select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and classid = 7264 and objid = (hashtext($1)::bigint & 4294967295)::oid`,
    [executor],
  )
}
const listed = async () => {
  const rows = await tables.db.selectFrom('server').select('executor').execute()
  return rows.map((row) => row.executor).toSorted()
}

describe('presence', () => {
  test('the work of a server that has gone is taken over once, that of a living one never', async () => {
    const first = server('first')
    const second = server('second')
    const third = server('third')
    for (const each of [first, second, third]) await each.start()
    expect(await listed()).toEqual(['first', 'second', 'third'])
    expect([...first.adopted, ...second.adopted, ...third.adopted]).toEqual([])

    await first.stop()
    expect(await Promise.race([second.first, third.first])).toBe('first')
    await second.stop()
    await third.stop()
    expect([...second.adopted, ...third.adopted].filter((dead) => dead === 'first')).toEqual([
      'first',
    ])
  })

  test('a server that starts takes over what is left at once', async () => {
    await tables.db.deleteFrom('server').execute()
    await tables.db.insertInto('server').values({ executor: 'killed', host: 'test' }).execute()
    const next = server('next')
    await next.start()
    expect(next.adopted).toEqual(['killed'])
    expect(await listed()).toEqual(['next'])
    await next.stop()
  })

  test.each([
    ['that left work', 3, ['took over the work of a server that has gone']],
    ['that left none', 0, []],
  ])('a take-over of one %s is told as what it is', async (_name, left, logged) => {
    await tables.db.deleteFrom('server').execute()
    await tables.db.insertInto('server').values({ executor: 'gone', host: 'test' }).execute()
    const next = server('heir', left)
    await next.start()
    expect(next.logged).toEqual(logged)
    await next.stop()
  })

  test('a server that only lost its connection holds its lock again', async () => {
    await tables.db.deleteFrom('server').execute()
    const cutOff = server('cut-off')
    await cutOff.start()
    await cut('cut-off')
    const locked = async () => {
      const { rows } = await tables.pool.query(
        `select count(*)::int as count from pg_locks where locktype = 'advisory' and classid = 7264`,
      )
      return rows[0].count === 1
    }
    await expect.poll(locked, { timeout: 5000 }).toBe(true)
    await cutOff.stop()
  })
})
