import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createLogger } from '../logger.ts'
import { openDatabase } from './database.ts'
import { migrate, oneServerAtATime } from './migrate.ts'
import { keptSetting } from './settings.ts'

const logger = createLogger('silent')
let postgres: ScratchPostgres
beforeAll(async () => {
  postgres = await createScratchPostgres()
})
afterAll(() => postgres.stop())

it('lets several servers start at once on an empty database, one after the other', async () => {
  const url = await postgres.createDatabase('several')
  const [first, second] = [openDatabase(url, logger), openDatabase(url, logger)]
  const servers = [first, second]
  let inside = 0
  let most = 0
  await Promise.all(
    servers.map(({ db }) =>
      oneServerAtATime(url, async () => {
        inside += 1
        most = Math.max(most, inside)
        await migrate(db)
        await sleep(20)
        inside -= 1
      }),
    ),
  )
  expect(most).toBe(1)
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`.execute(
    first.db,
  )
  expect(tables.rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['deployment', 'event', 'session', 'setting', 'slot', 'step', 'vm']),
  )

  // And they agree on what is made once.
  const salts = await Promise.all(
    servers.map(({ db }, index) => keptSetting(db, 'salt', () => `made by ${index}`)),
  )
  expect(salts[0]).toBe(salts[1])
  await Promise.all(servers.map((server) => server.close()))
})

it('frees the way when the work fails', async () => {
  const url = await postgres.createDatabase('failing')
  await expect(oneServerAtATime(url, () => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  )
  expect(await oneServerAtATime(url, () => Promise.resolve('done'))).toBe('done')
})
