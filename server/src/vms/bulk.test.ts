import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createTables, type ScratchTables } from '../../test/scratch-tables.ts'
import type { Logger } from '../logger.ts'
import { readBulk, runBulk } from './bulk.ts'

let postgres: ScratchPostgres
let tables: ScratchTables

beforeAll(async () => {
  postgres = await createScratchPostgres()
  tables = await createTables(await postgres.createDatabase('bulk'))
})
afterEach(() => vi.useRealTimers())
afterAll(async () => {
  await tables.close()
  await postgres.stop()
})

const place = {
  vmid: 100,
  node: 'pve1',
  name: 'web',
  state: 'stopped',
  pool: null,
  row: { id: 'qemu/100', type: 'qemu', vmid: 100, node: 'pve1' },
} as const

const warn = vi.fn<Logger['warn']>()

const begin = (onEnd: () => Promise<void>, send = async (): Promise<string | null> => null) =>
  runBulk(
    { db: tables.db, perNode: 1, signal: new AbortController().signal, logger: { warn } },
    {
      action: 'start',
      createdBy: 'root@pam',
      targets: [{ vmid: 100, place, refused: null }],
    },
    { send, follow: async () => null, explain: String, onEnd },
  )

test('ends also where its outcome could not be noted', async () => {
  const { bulk, ended } = await begin(() => Promise.reject(new Error('the database is away')))
  expect(await ended).toMatchObject([{ vmid: 100, status: 'ok' }])
  expect(warn.mock.calls).toEqual([
    [expect.objectContaining({ bulk: bulk.id, vmid: 100 }), expect.any(String)],
  ])
  expect((await readBulk(tables.db, bulk.id, 'root@pam'))?.finishedAt).not.toBeNull()
})

test('a server whose clock is ahead does not take the work of others for dead', async () => {
  const sending = Promise.withResolvers<null>()
  const { bulk, ended } = await begin(
    async () => {},
    () => sending.promise,
  )
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 })
  const read = await readBulk(tables.db, bulk.id, 'root@pam')
  expect(read).toMatchObject({ finishedAt: null, items: [{ status: 'queued' }] })
  sending.resolve(null)
  await ended
})

test('its end is written when the database is back', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const sending = Promise.withResolvers<null>()
  const { bulk, ended } = await begin(
    async () => {},
    () => sending.promise,
  )
  await sql`alter table bulk_action rename to bulk_action_away`.execute(tables.db)
  sending.resolve(null)
  await ended
  await sql`alter table bulk_action_away rename to bulk_action`.execute(tables.db)
  vi.advanceTimersByTime(10_000)
  await expect
    .poll(async () => (await readBulk(tables.db, bulk.id, 'root@pam'))?.finishedAt)
    .not.toBeNull()
})
