/** How validations end when the server stops in the middle of them, and what a schedule's entries are. */
import { sql } from 'kysely'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createTables, quiet, type ScratchTables } from '../../test/scratch-tables.ts'
import { type Begin, createValidations, type Validations } from './validations.ts'

let postgres: ScratchPostgres
let tables: ScratchTables
beforeAll(async () => {
  postgres = await createScratchPostgres()
  tables = await createTables(await postgres.createDatabase('validations'))
})
afterAll(async () => {
  await tables.close()
  await postgres.stop()
})

const create = (): Validations =>
  createValidations({
    db: tables.db,
    server: 'server-here',
    settings: {
      sshPort: 22,
      rdpPort: 3389,
      intervalSeconds: 1,
      patienceSeconds: 0,
      timeoutSeconds: 60,
      guestProxy: null,
    },
    askAgent: (_node, call) => call(),
    forbidden: async () => [],
    logger: quiet,
  })

/** Of a cluster that never answers. */
const silent: Begin['api'] = {
  call: async (_name, _params, options) => {
    const signal = options?.signal ?? new AbortController().signal
    if (!signal.aborted) await once(signal, 'abort')
    throw new Error('called off')
  },
  send: () => new Promise(() => {}),
}

const order = (rest: Partial<Begin>): Begin => ({
  target: { vmid: 101, node: 'pve1', name: 'web' },
  order: {},
  api: silent,
  actor: { username: 'mira@pve', kind: 'person', address: null, requestId: null },
  requestedBy: 'mira@pve',
  scheduleId: null,
  ...rest,
})

const entries = async () => {
  const { rows } = await sql<{ entry: unknown }>`
    select entry from audit_entry order by id`.execute(tables.db)
  return rows.map(({ entry }) => entry)
}

it('one that runs when the server stops is told as interrupted, in the log as well', async () => {
  const validations = create()
  const { validation, ended } = await validations.begin(order({}))
  expect(validation.status).toBe('running')
  await validations.stop()
  await ended
  expect(await validations.read(validation.id)).toMatchObject({
    status: 'interrupted',
    outcome: null,
    finishedAt: expect.any(String),
  })
  expect(await entries()).toMatchObject([
    { id: 1, operation: 'intent', server: 'server-here' },
    { id: 2, operation: 'validation', status: 'failed', reason: 'interrupted', closes: 1 },
  ])
})

/** Of a cluster on which the VM is switched off. */
const off: Begin['api'] = {
  call: async () => JSON.parse('{"status":"stopped","qmpstatus":"stopped","name":"web"}'),
  send: async () => null,
}

it('a schedule leaves an entry where the outcome is news', async () => {
  await sql`insert into validation_schedule (id, target, interval_minutes, validation_order, owner, runs_as, next_at)
            values ('s-1', '{"vmids":[101]}', 60, '{}', 'mira@pve', 'mira@pve', now())`.execute(
    tables.db,
  )
  const validations = create()
  const before = (await entries()).length
  for (let run = 0; run < 3; run += 1)
    await (
      await validations.begin(order({ api: off, scheduleId: 's-1' }))
    ).ended
  const news = (await entries()).slice(before)
  expect(news).toMatchObject([
    {
      operation: 'validation',
      status: 'failed',
      validation_status: 'unhealthy',
      schedule_id: 's-1',
    },
  ])
  expect(await validations.list(101, 10)).toHaveLength(4)
  await validations.stop()
})
