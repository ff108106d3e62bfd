import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { insertDeployment } from '../../test/scratch-deployment.ts'
import { createTables, type ScratchTables } from '../../test/scratch-tables.ts'
import { giveNextVmid } from './vmids.ts'

let postgres: ScratchPostgres
let url: string
let tables: ScratchTables
let other: Client

beforeAll(async () => {
  postgres = await createScratchPostgres()
  url = await postgres.createDatabase('vmids')
  tables = await createTables(url)
  other = new Client({ connectionString: url })
  await other.connect()
})
afterAll(async () => {
  await other.end()
  await tables.close()
  await postgres.stop()
})

const give = (vmId: string) =>
  tables.db.transaction().execute((tx) => giveNextVmid(tx, vmId, { min: 100, max: 999 }))

/** Until a statement waits for a lock of `other`. */
const untilBlocked = async () => {
  for (;;) {
    const { rows } = await other.query<{ blocked: boolean }>(
      'select exists (select from pg_locks where not granted) as blocked',
    )
    if (rows[0]?.blocked) return
  }
}

test('ids that are known to be taken are passed over', async () => {
  await tables.db.deleteFrom('deployment').execute()
  await insertDeployment(tables.db, 'd-taken', { vms: 2, firstVmid: 400 })
  const given = await tables.db
    .transaction()
    .execute((tx) => giveNextVmid(tx, 'd-taken-1', { min: 100, max: 999 }, [402, 403, 405]))
  expect(given?.vmid).toBe(404)
})

test.each([
  ['commit', 202],
  ['rollback', 201],
])(
  'an id that a beginning deployment has reserved is waited for: after its %s it is %i',
  async (end, expected) => {
    const id = `d-${end}`
    await tables.db.deleteFrom('deployment').execute()
    await insertDeployment(tables.db, id, { vms: 1, firstVmid: 200 })
    await insertDeployment(tables.db, `${id}-new`, { vms: 1, firstVmid: 300 })
    await other.query('begin')
    await other.query('update vmid_reservation set vmid = 201 where vm_id = $1', [`${id}-new-1`])
    const given = give(`${id}-1`)
    await untilBlocked()
    await other.query(end)
    expect((await given)?.vmid).toBe(expected)
  },
)
