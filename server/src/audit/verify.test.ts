import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createTables, type ScratchTables } from '../../test/scratch-tables.ts'
import { appendEntries, systemActor } from './append.ts'
import { verifyDatabase } from './verify.ts'

let postgres: ScratchPostgres
let tables: ScratchTables
let databases = 0

beforeAll(async () => {
  postgres = await createScratchPostgres()
})
beforeEach(async () => {
  databases += 1
  tables = await createTables(await postgres.createDatabase(`verify_${databases}`))
  const draft = { operation: 'vm_power', status: 'success', actor: systemActor } as const
  await appendEntries(
    tables.db,
    Array.from({ length: 8 }, (_, n) => ({ ...draft, details: { n } })),
  )
  return tables.close
})
afterAll(() => postgres.stop())

const run = (statement: string) => sql.raw(statement).execute(tables.db)

test('a chain that nobody touched is whole', async () => {
  expect(await verifyDatabase(tables.db)).toMatchObject({
    entries: 8,
    last: { id: 8 },
    fault: null,
  })
})

test('an empty one as well', async () => {
  await run('delete from audit_entry')
  await run(`update audit_head set id = 0, hash = repeat('0', 64)`)
  expect(await verifyDatabase(tables.db)).toEqual({ entries: 0, last: null, fault: null })
})

const swap = `
  update audit_entry set id = -3 where id = 3;
  update audit_entry set id = 3 where id = 4;
  update audit_entry set id = 4 where id = -3`

/** As somebody does it who knows how entries are sealed, but leaves the rest of the chain. */
const resealed = `
  update audit_entry set line = opened || ',"hash":"' || encode(sha256(convert_to(opened || '}', 'UTF8')), 'hex') || '"}'
    from (select id as changed, replace(regexp_replace(line, ',"hash":"[0-9a-f]+"}$', ''), 'vm_power', 'vm_delete') as opened
            from audit_entry where id = 5) entry
   where id = entry.changed`

describe('the first entry that is not as it was written is named', () => {
  test.each([
    [
      'edited',
      `update audit_entry set line = replace(line, 'success', 'failed') where id = 4`,
      'changed',
      4,
      3,
    ],
    [
      'edited in its time',
      `update audit_entry set line = replace(line, '"timestamp":"2', '"timestamp":"1') where id = 1`,
      'changed',
      1,
      0,
    ],
    ['edited and sealed anew', resealed, 'changed', 6, 5],
    ['deleted', 'delete from audit_entry where id = 5', 'missing', 5, 4],
    ['several deleted', 'delete from audit_entry where id between 2 and 4', 'missing', 2, 1],
    ['the first deleted', 'delete from audit_entry where id = 1', 'missing', 1, 0],
    ['the last deleted', 'delete from audit_entry where id = 8', 'missing', 8, 7],
    ['the last ones deleted', 'delete from audit_entry where id >= 6', 'missing', 6, 5],
    ['all deleted', 'delete from audit_entry', 'missing', 1, 0],
    ['swapped', swap, 'reordered', 3, 2],
    ['moved to the end', 'update audit_entry set id = 99 where id = 3', 'missing', 3, 2],
    ['replaced by nonsense', `update audit_entry set line = '{}' where id = 7`, 'foreign', 7, 6],
    [
      'the end deleted with its record',
      `delete from audit_entry where id = 8; update audit_head set id = 7, hash = 'x'`,
      'changed',
      7,
      7,
    ],
    ['the record deleted', 'delete from audit_head', 'changed', 8, 8],
  ])('%s', async (_name, statement, kind, id, whole) => {
    for (const each of statement.split(';')) await run(each)
    expect(await verifyDatabase(tables.db)).toMatchObject({ entries: whole, fault: { kind, id } })
  })
})
