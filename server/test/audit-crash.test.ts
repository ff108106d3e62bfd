/** What the audit log says after a server was killed between what was intended and what came of it. */
import { auditEntrySchema, type AuditEntry } from '@deployer/core/audit.ts'
import { startSimulator, type Simulator } from '@deployer/simulator/simulator.ts'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { logFileIn, verifyFiles } from '../src/audit/log-files.ts'
import { verifyDatabase } from '../src/audit/verify.ts'
import { requestFor, TEST_SPEED } from './engine.ts'
import { createScratchPostgres, type ScratchPostgres } from './scratch-database.ts'
import { openTables } from './scratch-tables.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { apiToken } from './test-server.ts'

const PATIENCE_MS = 60_000

let postgres: ScratchPostgres
let simulator: Simulator
let server: ServerProcess
let tables: ReturnType<typeof openTables>
let databaseUrl: string
let dataDir: string
let databases = 0

beforeAll(async () => {
  postgres = await createScratchPostgres()
})
afterAll(() => postgres.stop())

beforeEach(async () => {
  databases += 1
  databaseUrl = await postgres.createDatabase(`audit_crash_${databases}`)
  dataDir = mkdtempSync(join(tmpdir(), 'audit-crash-'))
  simulator = await startSimulator({ speed: TEST_SPEED })
  server = await createServerProcess({
    databaseUrl,
    simulator,
    environment: { DATA_DIR: dataDir },
  })
  await server.start()
  tables = openTables(databaseUrl)
})
afterEach(async () => {
  await server.remove()
  await tables.db.destroy()
  await simulator.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const entries = async (): Promise<AuditEntry[]> => {
  const rows = await tables.db.selectFrom('audit_entry').select('line').orderBy('id').execute()
  return rows.map(({ line }) => auditEntrySchema.parse(JSON.parse(line)))
}
const until = async (fits: (entry: AuditEntry) => boolean): Promise<AuditEntry> => {
  let found: AuditEntry | undefined
  const look = async () => (found = (await entries()).find(fits))
  await expect.poll(look, { timeout: 30_000 }).toBeDefined()
  if (!found) throw new Error('it was there and is gone')
  return found
}
const cloning = async () =>
  (await tables.db.selectFrom('step').select('id').where('upid', 'is not', null).execute()).length
const closing = (intent: AuditEntry) => (entry: AuditEntry) => entry.closes === intent.id
const isIntent = ({ operation }: AuditEntry) => operation === 'intent'

/** The file holds every entry of the database, each once and in order. */
const expectWhole = async () => {
  expect((await verifyDatabase(tables.db)).fault).toBeNull()
  const stored = await tables.db.selectFrom('audit_entry').select('line').orderBy('id').execute()
  const file = logFileIn(dataDir)
  await expect
    .poll(() => readFileSync(file, 'utf8').trimEnd().split('\n').length, { timeout: 10_000 })
    .toBe(stored.length)
  expect(readFileSync(file, 'utf8')).toBe(stored.map(({ line }) => `${line}\n`).join(''))
  expect((await verifyFiles(file)).fault).toBeNull()
}

test(
  'a deployment goes on, and says that it was interrupted and by whom it was taken over',
  { timeout: PATIENCE_MS },
  async () => {
    const { id } = await server.deploy(requestFor('audited-{1..4}'))
    const intent = await until(isIntent)
    await expect.poll(cloning, { timeout: 10_000 }).toBeGreaterThan(0)
    await server.kill()
    await server.start()
    expect(await until(({ operation }) => operation === 'deployment_takeover')).toMatchObject({
      status: 'success',
      reason: 'interrupted',
      username: 'system',
      deployment_id: id,
      part_of: intent.id,
      message: expect.stringMatching(/^Interrupted: .* taken over by server-/),
    })
    expect(await until(closing(intent))).toMatchObject({
      operation: 'batch_clone',
      status: 'success',
      username: intent.username,
      summary: { total_requested: 4, successful: 4 },
    })
    const vms = (await entries()).filter(({ operation }) => operation === 'template_clone')
    expect(new Set(vms.map(({ vm_name: name }) => name))).toEqual(
      new Set([1, 2, 3, 4].map((n) => `audited-${n}`)),
    )
    expect(vms).toHaveLength(4)
    await expectWhole()
  },
)

test(
  'a call whose outcome died with the server gets one that says so',
  { timeout: PATIENCE_MS },
  async () => {
    // The handler waits for the table, so the server dies after the intent and before the outcome.
    const blocker = new Client(databaseUrl)
    await blocker.connect()
    await blocker.query('begin; lock table blueprint in access exclusive mode')
    const call = fetch(`${server.base}/blueprints`, {
      method: 'POST',
      headers: { authorization: apiToken, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'never saved',
        request: { source: { kind: 'template', clone: 'linked' }, vms: [{ name: 'web' }] },
      }),
    }).catch(() => null)
    const intent = await until(isIntent)
    expect(intent).toMatchObject({ intended_operation: 'blueprint_save', status: 'pending' })
    await server.kill()
    expect(await call).toBeNull()
    await blocker.end()
    await server.start()
    expect(await until(closing(intent))).toMatchObject({
      operation: 'blueprint_save',
      status: 'failed',
      reason: 'interrupted',
      username: 'root@pam!demo',
      error: expect.stringContaining('ended before the outcome was recorded'),
    })
    await expectWhole()
  },
)
