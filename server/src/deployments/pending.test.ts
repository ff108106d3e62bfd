import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { insertDeployment } from '../../test/scratch-deployment.ts'
import { createTables, type ScratchTables } from '../../test/scratch-tables.ts'
import { pendingVms } from './pending.ts'

let postgres: ScratchPostgres
let tables: ScratchTables

beforeAll(async () => {
  postgres = await createScratchPostgres()
  tables = await createTables(await postgres.createDatabase('pending'))
})
afterAll(async () => {
  await tables.close()
  await postgres.stop()
})

const room = [{ storage: 'local-lvm', node: 'pve1', sizeGiB: 20 }]

beforeEach(async () => {
  const { db } = tables
  await db.deleteFrom('deployment').execute()
  await insertDeployment(db, 'd-a', { vms: 1, firstVmid: 500 })
  await db
    .updateTable('vm')
    .set({ memory_mib: 2048, allocations: JSON.stringify(room) })
    .execute()
})

const ago = (seconds: number) => sql<Date>`now() - make_interval(secs => ${seconds})`
const stepEnded = (id: string, seconds: number) =>
  tables.db
    .updateTable('step')
    .set({ status: 'succeeded', finished_at: ago(seconds) })
    .where('id', '=', id)
    .execute()
const vmEnded = (status: 'succeeded' | 'failed' | 'cancelled', seconds: number) =>
  tables.db
    .updateTable('vm')
    .set({ status, finished_at: ago(seconds) })
    .execute()
const known = () => pendingVms(tables.db)

const vm = { vmid: 500, name: 'web', node: 'pve1' }

describe('a VM in the making', () => {
  test('counts with memory and disks before it exists', async () => {
    expect(await known()).toEqual([{ ...vm, memoryMiB: 2048, allocations: room }])
  })

  test('counts with memory alone once its disks are in the figures of the storage', async () => {
    await stepEnded('clone', 5)
    expect(await known()).toMatchObject([{ memoryMiB: 2048, allocations: room }])
    await stepEnded('clone', 20)
    expect(await known()).toEqual([{ ...vm, memoryMiB: 2048, allocations: [] }])
  })

  test('counts with its disks until the last of them has grown', async () => {
    await tables.db
      .insertInto('step')
      .values({
        vm_id: 'd-a-1',
        id: 'resize-disk',
        position: 3,
        kind: 'resize-disk',
        title: 'Grow',
        spec: JSON.stringify({ kind: 'resize-disk', node: 'pve1', disk: 'scsi0', sizeGiB: 20 }),
        calls: '[]',
        slots: '[]',
      })
      .execute()
    await stepEnded('clone', 20)
    expect(await known()).toMatchObject([{ allocations: room }])
    await stepEnded('resize-disk', 20)
    expect(await known()).toMatchObject([{ allocations: [] }])
  })

  test('keeps its name and id, and takes no more, once it runs in the figures of its node', async () => {
    await stepEnded('clone', 30)
    await stepEnded('start', 5)
    expect(await known()).toMatchObject([{ memoryMiB: 2048, allocations: [] }])
    await stepEnded('start', 20)
    expect(await known()).toEqual([{ ...vm, memoryMiB: 0, allocations: [] }])
  })

  test('takes no memory where it will not be started', async () => {
    await tables.db.deleteFrom('step').where('id', '=', 'start').execute()
    expect(await known()).toEqual([{ ...vm, memoryMiB: 0, allocations: room }])
  })
})

describe('a VM that has ended', () => {
  test('well counts until the figures of Proxmox have it', async () => {
    await stepEnded('clone', 6)
    await stepEnded('start', 3)
    await vmEnded('succeeded', 3)
    expect(await known()).toEqual([{ ...vm, memoryMiB: 2048, allocations: room }])
    await vmEnded('succeeded', 20)
    expect(await known()).toEqual([])
  })

  test.each(['failed', 'cancelled'] as const)('%s counts no more', async (status) => {
    await vmEnded(status, 0)
    expect(await known()).toEqual([])
  })
})
