import { auditBody, chainStart, checkLink, seal, type AuditDraft } from '@deployer/core/audit.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createTables, type ScratchTables } from '../../test/scratch-tables.ts'
import { appendEntries, systemActor } from './append.ts'

let postgres: ScratchPostgres
let tables: ScratchTables
let databases = 0

beforeAll(async () => {
  postgres = await createScratchPostgres()
})
beforeEach(async () => {
  databases += 1
  tables = await createTables(await postgres.createDatabase(`audit_${databases}`))
  return tables.close
})
afterAll(() => postgres.stop())

const draft = (more: Partial<AuditDraft> = {}): AuditDraft => ({
  operation: 'vm_power',
  status: 'success',
  actor: systemActor,
  ...more,
})

/** Every third one rolls back. */
const writer = async (index: number) => {
  const work = tables.db.transaction().execute(async (tx) => {
    await appendEntries(tx, [draft({ details: { index } }), draft({ details: { index } })])
    if (index % 3 === 0) throw new Error('rolled back')
  })
  await work.catch(() => {})
}

const lines = () => tables.db.selectFrom('audit_entry').select('line').orderBy('id').execute()

test('the database seals entries as core does', async () => {
  const first = draft({ vm: { name: 'web-"01"\n', vmid: 101, node: 'pve1' }, details: { n: 1.5 } })
  const second = draft({ error: 'Ünïcödé 🙂 \\ \u2028' })
  expect(await appendEntries(tables.db, [first, second])).toBe(1)
  expect(await appendEntries(tables.db, [draft()])).toBe(3)
  let end = chainStart
  const drafts = [first, second, draft()]
  for (const [index, { line }] of (await lines()).entries()) {
    const [, timestamp = ''] = /"timestamp":"([^"]+)"/.exec(line) ?? []
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    const written = drafts[index]
    expect(line).toBe(seal(written ? auditBody(written) : '', timestamp, end))
    const check = checkLink(line, end)
    expect(check).toMatchObject({ ok: true, end: { id: index + 1 } })
    if (check.ok) end = check.end
  }
  expect(
    await tables.db.selectFrom('audit_head').select(['id', 'hash']).executeTakeFirst(),
  ).toEqual({ id: '3', hash: end.hash })
})

test('what PostgreSQL cannot hold is written all the same', async () => {
  await appendEntries(tables.db, [draft({ actor: { ...systemActor, username: 'a\0b\uD800@pam' } })])
  const row = await tables.db.selectFrom('audit_entry').select('entry').executeTakeFirstOrThrow()
  expect(row.entry.username).toBe('a\uFFFDb\uFFFD@pam')
})

test('writers at the same time make one chain without gaps, and who rolls back leaves none', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, index) => writer(index)))
  const written = await lines()
  expect(written).toHaveLength(40)
  let end = chainStart
  for (const { line } of written) {
    const check = checkLink(line, end)
    expect(check.ok ? '' : check.fault.message).toBe('')
    if (check.ok) end = check.end
  }
})

test('a batch of 500 entries is one statement', async () => {
  const drafts = Array.from({ length: 500 }, () => draft({ details: { text: 'x'.repeat(1000) } }))
  await appendEntries(tables.db, drafts)
  const { rows } = await sql<{ count: number }>`select count(*)::int from audit_entry`.execute(
    tables.db,
  )
  expect(rows[0]?.count).toBe(500)
})
