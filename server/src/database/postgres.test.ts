/** The real embedded PostgreSQL, as start-up uses it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createLogger } from '../logger.ts'
import { startPostgres, type Postgres } from './postgres.ts'

const home = mkdtempSync(join(tmpdir(), 'postgres-test-'))
const folder = join(home, 'data', 'postgres')
const logger = createLogger('silent')
const started: Postgres[] = []

const start = async (): Promise<Postgres> => {
  const postgres = await startPostgres(folder, logger)
  started.push(postgres)
  return postgres
}

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

const postmasterPid = () =>
  Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])

beforeAll(async () => {
  await (await start()).stop()
})
afterEach(async () => {
  for (const postgres of started.splice(0)) await postgres.stop()
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

it('keeps what was written over a stop and a start, and leaves nothing half-made', async () => {
  const first = await start()
  await query(first.url, 'create table kept (answer int); insert into kept values (42)')
  await first.stop()
  expect(existsSync(join(folder, 'postmaster.pid'))).toBe(false)
  const second = await start()
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(readdirSync(join(home, 'data'))).toEqual(['postgres'])
})

it('cannot be reached over the network, nor by other accounts', async () => {
  const { url } = await start()
  expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  expect(await query(url, 'show fsync')).toEqual([{ fsync: 'on' }])
  expect(statSync(folder).mode & 0o077).toBe(0)
})

it('comes back by itself after kill -9 of the database', async () => {
  const { url } = await start()
  const watcher = new Client({ connectionString: url })
  await watcher.connect()
  watcher.on('error', () => {})
  const lost = new Promise((resolve) => watcher.once('end', resolve))
  const before = postmasterPid()
  process.kill(before, 'SIGKILL')
  await lost
  await expect
    .poll(() => query(url, 'select 1 as one').catch(() => null), { timeout: 10_000 })
    .toEqual([{ one: 1 }])
  expect(postmasterPid()).not.toBe(before)
})

it('starts again after kill -9 of the server that ran it', async () => {
  const module_ = new URL('postgres.ts', import.meta.url).href
  const logging = new URL('../logger.ts', import.meta.url).href
  const script = `
    const { startPostgres } = await import(${JSON.stringify(module_)})
    const { createLogger } = await import(${JSON.stringify(logging)})
    await startPostgres(${JSON.stringify(folder)}, createLogger('silent'))
    console.log('ready')
    setInterval(() => {}, 1000)`
  const server = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(server.stdout, 'data')
  const before = postmasterPid()
  server.kill('SIGKILL')
  await once(server, 'exit')
  const { url } = await start()
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(postmasterPid()).not.toBe(before)
})

it('starts although another program has the process id in a stale pid file', async () => {
  const stale = [process.pid, folder, 0, 5432, folder, '', '0 0', 'ready'].join('\n')
  writeFileSync(join(folder, 'postmaster.pid'), `${stale}\n`)
  const { url } = await start()
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
})

it('starts although another program of its account has the process id in a stale socket lock', async () => {
  const { uid, gid } = statSync(folder)
  const other = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {})
  await once(other, 'spawn')
  const lock = [other.pid, folder, 0, 5432, folder].join('\n')
  writeFileSync(join(folder, '.s.PGSQL.5432.lock'), `${lock}\n`)
  try {
    const { url } = await start()
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  } finally {
    other.kill()
  }
})

it('refuses a folder that another running server uses', async () => {
  await start()
  await expect(startPostgres(folder, logger)).rejects.toThrow(
    `Another server uses ${folder}: its PostgreSQL is process ${postmasterPid()}.`,
  )
})
