import { afterAll, beforeAll, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { insertDeployment } from '../../test/scratch-deployment.ts'
import { createTables, type ScratchTables } from '../../test/scratch-tables.ts'
import { finishVm } from './endings.ts'
import { takeOverFormerService } from './former-service.ts'

let postgres: ScratchPostgres
let tables: ScratchTables

beforeAll(async () => {
  postgres = await createScratchPostgres()
  tables = await createTables(await postgres.createDatabase('endings'))
})
afterAll(async () => {
  await tables.close()
  await postgres.stop()
})

test('the credentials of an owner go with the last deployment, also where several end at once', async () => {
  const { db } = tables
  const left = () => db.selectFrom('credential').select('owner').execute()
  for (let round = 0; round < 10; round += 1) {
    const ids = [1, 2, 3, 4].map((number) => `d-${round}-${number}`)
    for (const [index, id] of ids.entries())
      await insertDeployment(db, id, { vms: 1, firstVmid: 100 + index })
    await db.insertInto('credential').values({ owner: 'root@pam', sealed: '' }).execute()
    await Promise.all(ids.map((id) => finishVm(db, `${id}-1`, 1)))
    expect(await left()).toEqual([])
  }
})

test('a VM that two servers end at the same time ends once', async () => {
  const { db } = tables
  await insertDeployment(db, 'd-twice', { vms: 1, firstVmid: 700 })
  await Promise.all([1, 2, 3].map(() => finishVm(db, 'd-twice-1', 1)))
  const events = await db
    .selectFrom('event')
    .select('data')
    .where('deployment_id', '=', 'd-twice')
    .execute()
  expect(events.filter(({ data }) => data.type === 'vm')).toHaveLength(1)
})

test('a new service account goes on with the work of the one before, and with no work of people', async () => {
  const { db } = tables
  const own = { deployment: 'd-people', owner: 'mira@pve' }
  const left = { deployment: 'd-former', owner: 'former@pve!deployer' }
  const done = { deployment: 'd-done', owner: 'former@pve!deployer' }
  for (const [index, { deployment, owner }] of [own, left, done].entries()) {
    await insertDeployment(db, deployment, { vms: 1, firstVmid: 800 + index })
    await db
      .updateTable('deployment')
      .set({ runs_as: owner })
      .where('id', '=', deployment)
      .execute()
  }
  await finishVm(db, 'd-done-1', 1)
  await db.insertInto('credential').values({ owner: own.owner, sealed: '', lapsed: true }).execute()
  expect(await takeOverFormerService(db, 'new@pve')).toBe(1)
  const rows = await db
    .selectFrom('deployment')
    .select(['id', 'runs_as'])
    .where('id', 'in', ['d-people', 'd-former', 'd-done'])
    .orderBy('id')
    .execute()
  expect(rows).toEqual([
    { id: 'd-done', runs_as: 'former@pve!deployer' },
    { id: 'd-former', runs_as: 'new@pve' },
    { id: 'd-people', runs_as: 'mira@pve' },
  ])
})
