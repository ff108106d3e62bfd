/** The two programs as a person runs them: a backup of a running server, restored elsewhere, is the same again. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

const headers = { authorization: apiToken }
const folder = mkdtempSync(join(tmpdir(), 'pvd-backup-'))
const file = join(folder, 'one.backup')
let server: TestServer

/** A process of its own, away from the working tree, whose .env is somebody's own. */
function run(program: 'backup' | 'restore', args: string[], environment: Record<string, string>) {
  const path = fileURLToPath(new URL(`../../tools/${program}.ts`, import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      PROXMOX_HOST: 'pve1',
      DATA_DIR: join(folder, 'data'),
      ...environment,
    },
  })
  return { status, output: `${stdout}${stderr}` }
}

/** Answers what it printed. */
function succeed(...order: Parameters<typeof run>): string {
  const { status, output } = run(...order)
  if (status !== 0) throw new Error(`${order[0]} ended with ${status}: ${output}`)
  return output
}

const linesOf = (path: string) => gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n')
/** Without the head, which has the time. Rows of a table have no order. */
const contentOf = (path: string) => linesOf(path).slice(1).toSorted()

beforeAll(async () => {
  server = await startTestServer()
  await server.signIn('viewer@pve')
  await server.call('POST', '/api/v1/blueprints', {
    headers,
    body: {
      name: 'odd texts \u2028 "quoted" \\ 😀 {x}',
      request: { source: { kind: 'template', clone: 'linked' }, vms: [{ name: 'a-{1..3}' }] },
    },
  })
  const request = {
    source: { kind: 'template', vmid: 9000, clone: 'linked' },
    vms: [{ name: 'kept-{1..3}', start: false }],
  }
  await server.call('POST', '/api/v1/deployments', { headers, body: { request } })
  await vi.waitUntil(
    async () => {
      const { body } = await server.call('GET', '/api/v1/deployments', { headers })
      return JSON.stringify(body).includes('"status":"succeeded"')
    },
    { timeout: 25_000, interval: 100 },
  )
  succeed('backup', [file], {
    DATABASE_URL: server.databaseUrl,
    APP_SECRET: 'the secret of these tests',
  })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a backup', () => {
  it('is made while the server runs, has every table, and is for its owner only', () => {
    const lines = linesOf(file)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ secret: null, migration: /^\d{3}-/ })
    const tables = lines.flatMap((line) => /^\{"table":"([^"]+)"/.exec(line)?.[1] ?? [])
    expect(tables).toEqual(
      expect.arrayContaining(['public.deployment', 'public.audit_entry', 'dbos.workflow_status']),
    )
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.endsWith('.unfinished'))).toEqual([])
  })

  it('fills an empty PostgreSQL of one’s own, and numbers go on behind the old ones', async () => {
    const DATABASE_URL = await server.postgres.createDatabase('restored')
    succeed('restore', [file], { DATABASE_URL })
    const again = join(folder, 'two.backup')
    succeed('backup', [again], { DATABASE_URL })
    expect(contentOf(again)).toEqual(contentOf(file))

    const client = new Client(DATABASE_URL)
    await client.connect()
    const { rows } = await client.query<{ behind: boolean }>(
      `select nextval(pg_get_serial_sequence('event', 'id')) > max(id) as behind from event`,
    )
    await client.end()
    expect(rows).toEqual([{ behind: true }])

    expect(run('restore', [file], { DATABASE_URL })).toMatchObject({
      status: 1,
      output: expect.stringContaining('The database is not empty.'),
    })
  })

  it('fills the embedded database; what was there is put aside', () => {
    succeed('restore', [file], {})
    const first = join(folder, 'three.backup')
    succeed('backup', [first], {})
    expect(contentOf(first)).toEqual(contentOf(file))

    const second = run('restore', [first], {})
    expect(second).toMatchObject({
      status: 0,
      output: expect.stringContaining('The database that was there is in'),
    })
    const kept = readdirSync(join(folder, 'data')).filter((name) => name.includes('before-restore'))
    expect(kept).toHaveLength(1)
  })

  it('brings the generated secret along', () => {
    const DATA_DIR = join(folder, 'data')
    writeFileSync(join(DATA_DIR, 'secret'), 'the generated one\n')
    const withSecret = join(folder, 'secret.backup')
    succeed('backup', [withSecret], { DATA_DIR })
    const elsewhere = join(folder, 'elsewhere')
    succeed('restore', [withSecret], { DATA_DIR: elsewhere })
    expect(readFileSync(join(elsewhere, 'secret'), 'utf8')).toBe('the generated one\n')
    expect(statSync(join(elsewhere, 'secret')).mode & 0o777).toBe(0o600)
  })

  it('leaves the database that was there where the new one does not start', () => {
    // A path too long for a socket, which then needs the folder for temporary files.
    const DATA_DIR = join(folder, 'long'.repeat(25))
    mkdirSync(join(DATA_DIR, 'postgres'), { recursive: true })
    writeFileSync(join(DATA_DIR, 'postgres', 'kept'), '')
    const { status, output } = run('restore', [file], { DATA_DIR, TMPDIR: join(folder, 'missing') })
    expect(status).toBe(1)
    expect(output).toContain('Nothing was restored')
    expect(readdirSync(join(DATA_DIR, 'postgres'))).toEqual(['kept'])
    expect(readdirSync(DATA_DIR)).toEqual(['postgres'])
  })

  it.each([
    ['cut in its bytes', () => readFileSync(file).subarray(0, 900), /is damaged/],
    ['cut in its rows', () => gzipSync(linesOf(file).slice(0, -5).join('\n')), /is cut off/],
    ['of something else', () => gzipSync('{"a":1}\n'), /is no backup/],
    [
      'of a newer version',
      () =>
        gzipSync(
          linesOf(file)
            .join('\n')
            .replace(/"migration":"[^"]+"/, '"migration":"999-x"'),
        ),
      /newer than this one/,
    ],
  ])('that is %s is refused before anything is touched', (name, bytes, words) => {
    const broken = join(folder, `${name}.backup`)
    writeFileSync(broken, bytes())
    const DATA_DIR = join(folder, 'untouched')
    const { status, output } = run('restore', [broken], { DATA_DIR })
    expect(status).toBe(1)
    expect(output).toMatch(words)
    expect(existsSync(DATA_DIR)).toBe(false)
  })

  it('is not made of a database that is not there', () => {
    const { status, output } = run('backup', [], { DATA_DIR: join(folder, 'nowhere') })
    expect(status).toBe(1)
    expect(output).toContain('There is no database in')
  })
})
