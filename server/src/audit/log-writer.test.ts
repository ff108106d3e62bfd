import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createTables, quiet, type ScratchTables } from '../../test/scratch-tables.ts'
import { appendEntries, systemActor } from './append.ts'
import { logFiles, verifyFiles } from './log-files.ts'
import { createLogWriter } from './log-writer.ts'
import { createVerifier } from './verifier.ts'

let postgres: ScratchPostgres
let tables: ScratchTables
let file: string
let databases = 0

beforeAll(async () => {
  postgres = await createScratchPostgres()
})
beforeEach(async () => {
  databases += 1
  tables = await createTables(await postgres.createDatabase(`writer_${databases}`))
  file = join(mkdtempSync(join(tmpdir(), 'audit-log-')), 'logs', 'audit.log')
})
afterEach(async () => {
  await tables.close()
  rmSync(dirname(dirname(file)), { recursive: true, force: true })
})
afterAll(() => postgres.stop())

const add = (count: number) =>
  appendEntries(
    tables.db,
    Array.from({ length: count }, () => ({
      operation: 'vm_power' as const,
      status: 'success' as const,
      actor: systemActor,
    })),
  )

const writer = (settings: { maxBytes?: number; keep?: number } = {}) =>
  createLogWriter({
    db: tables.db,
    listener: tables.listener,
    file,
    maxBytes: 1_000_000,
    keep: 3,
    logger: quiet,
    ...settings,
  })

/** Starts one, lets it write all there is, and stops it. */
const writeAll = async (settings?: { maxBytes?: number; keep?: number }) => {
  const one = writer(settings)
  one.start()
  await one.stop()
}

const stored = async () => {
  const rows = await tables.db.selectFrom('audit_entry').select('line').orderBy('id').execute()
  return rows.map(({ line }) => line)
}
const written = () =>
  logFiles(file).flatMap((name) => readFileSync(name, 'utf8').split('\n').filter(Boolean))

test('the file has every entry as it is in the database, as soon as it is there', async () => {
  const one = writer()
  one.start()
  await add(3)
  await expect.poll(() => written().length).toBe(3)
  await add(2)
  await expect.poll(() => written().length).toBe(5)
  await one.stop()
  expect(written()).toEqual(await stored())
})

test('a line that a crash cut in half is written whole, and none is doubled', async () => {
  await add(5)
  await writeAll()
  truncateSync(file, readFileSync(file).length - 40)
  await add(2)
  await writeAll()
  expect(written()).toEqual(await stored())
})

test('a deleted file comes back', async () => {
  await add(4)
  const one = writer()
  one.start()
  await expect.poll(() => written().length).toBe(4)
  rmSync(file)
  await add(1)
  await expect.poll(() => written().length).toBe(5)
  await one.stop()
  expect(written()).toEqual(await stored())
})

test('it gives way to a new one before it grows too large, and the oldest goes', async () => {
  await add(40)
  await writeAll({ maxBytes: 2000, keep: 3 })
  expect(logFiles(file).map((name) => name.replace(file, ''))).toEqual(['.3', '.2', '.1', ''])
  for (const name of logFiles(file)) expect(readFileSync(name).length).toBeLessThanOrEqual(2000)
  const kept = written()
  expect(kept).toEqual((await stored()).slice(-kept.length))
  await add(1)
  await writeAll({ maxBytes: 2000, keep: 3 })
  const last = await verifyFiles(file)
  expect(last).toMatchObject({ fault: null, last: { id: 41 } })
})

test('where fewer old ones are to be kept, all beyond them go', async () => {
  await add(40)
  await writeAll({ maxBytes: 2000, keep: 8 })
  await add(1)
  await writeAll({ maxBytes: 1000, keep: 2 })
  expect(logFiles(file).map((name) => name.replace(file, ''))).toEqual(['.2', '.1', ''])
  expect(await verifyFiles(file)).toMatchObject({ fault: null, last: { id: 41 } })
})

test('verifying finds them whole while they are written and give way', async () => {
  const verifier = createVerifier({ db: tables.db, file, logger: quiet })
  const writers = [1, 2].map(() => writer({ maxBytes: 2000, keep: 4 }))
  for (const one of writers) one.start()
  const added = (async () => {
    for (let round = 0; round < 20; round += 1) await add(20)
  })()
  for (let look = 0; look < 30; look += 1) expect((await verifier.verify()).files.fault).toBeNull()
  await added
  for (const one of writers) await one.stop()
})

test('two servers with one folder write each line once', async () => {
  const [one, other] = [writer(), writer()]
  one.start()
  other.start()
  for (let round = 0; round < 10; round += 1) await add(3)
  await expect.poll(() => written().length).toBe(30)
  await one.stop()
  await other.stop()
  expect(written()).toEqual(await stored())
})

test('lines of another program stay in front', async () => {
  await writeAll()
  const older = '{"timestamp":"2026-02-09T18:30:45.123000Z","operation":"vm_creation"}'
  writeFileSync(file, `${older}\n`)
  await add(2)
  await writeAll()
  expect(written()).toEqual([older, ...(await stored())])
})

test('a last line that was changed by hand stays to be found, and the next ones follow', async () => {
  await add(3)
  await writeAll()
  const lines = written()
  writeFileSync(
    file,
    `${[...lines.slice(0, 2), (lines[2] ?? '').replace('vm_power', 'vm_delete')].join('\n')}\n`,
  )
  await add(1)
  await writeAll()
  expect(await verifyFiles(file)).toMatchObject({
    entries: 2,
    fault: { kind: 'changed', id: 3, line: 3 },
  })
  expect(written().slice(3)).toEqual((await stored()).slice(2))
})

test('files that are whole, but of another database, are told', async () => {
  await add(2)
  await writeAll()
  expect(await verifyFiles(file, () => Promise.resolve('another'))).toMatchObject({
    fault: { kind: 'changed', id: 2 },
  })
})

test('what cannot be written now follows when it can', async () => {
  rmSync(dirname(file), { recursive: true, force: true })
  // A file where the folder belongs.
  writeFileSync(dirname(file), '')
  const one = writer()
  one.start()
  await add(2)
  await one.stop()
  rmSync(dirname(file))
  await writeAll()
  expect(written()).toEqual(await stored())
  appendFileSync(file, '')
})
