/** The executable, as ./start.sh and a supervisor run it: a process of its own, kill -9 included. */
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import { demoTokenSecret } from '@deployer/simulator/worlds/demo.ts'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const headers = {
  authorization: `PVEAPIToken=root@pam!demo=${demoTokenSecret}`,
  'content-type': 'application/json',
}

vi.setConfig({ testTimeout: 120_000 })

let home: string
let port: number
const running: ChildProcess[] = []

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'main-test-'))
  port = await freePort()
})
afterEach(async () => {
  for (const child of running.splice(0)) await end(child, 'SIGTERM')
  rmSync(home, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** In a folder without .env; nothing of the environment of these tests reaches it. */
const run = (environment: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [main], {
    cwd: home,
    env: { PATH: process.env['PATH'], PORT: String(port), DEMO_SPEED: '50', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { child, output: () => output }
}

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
  return child.exitCode
}

const get = (path: string) => fetch(`http://127.0.0.1:${port}/api/v1${path}`, { headers })
/** The status of /ready, or how the process ended. */
const readyOf = async ({ child, output }: ReturnType<typeof run>): Promise<number | string> =>
  child.exitCode === null
    ? get('/ready').then(
        (response) => response.status,
        () => 0,
      )
    : output()
const untilReady = async (server: ReturnType<typeof run>) => {
  await expect.poll(() => readyOf(server), { timeout: 60_000, interval: 50 }).toBe(200)
}

const deploy = async (names: string) => {
  const request = {
    source: { kind: 'template', vmid: 9000, clone: 'linked' },
    defaults: { start: true },
    vms: [{ name: names }],
  }
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/deployments`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ request }),
  })
  return deploymentViewSchema.parse(await response.json())
}
const read = async (id: string) =>
  deploymentViewSchema.parse(await (await get(`/deployments/${id}`)).json())

describe('main.ts', () => {
  it('runs the demo with nothing set, ends at SIGTERM, and keeps its state in the data folder', async () => {
    const first = run()
    await untilReady(first)
    const { id } = await deploy('kept-01')
    await expect.poll(async () => (await read(id)).status, { timeout: 60_000 }).toBe('succeeded')
    expect(await end(first.child, 'SIGTERM')).toBe(0)
    expect(first.output()).toContain('"msg":"Ready, on the simulated cluster"')
    expect(statSync(join(home, 'data/demo/secret')).mode & 0o777).toBe(0o600)

    await untilReady(run())
    expect(await read(id)).toMatchObject({ status: 'succeeded', vms: [{ name: 'kept-01' }] })
    const nodes = await (await get('/templates')).text()
    expect(nodes).toContain('ubuntu-24.04')
  })

  it('goes on after kill -9 in the middle of a deployment', async () => {
    const first = run()
    await untilReady(first)
    const { id } = await deploy('survivor-{01..04}')
    await expect
      .poll(async () => (await read(id)).status, { timeout: 60_000, interval: 20 })
      .toBe('running')
    await end(first.child, 'SIGKILL')
    await untilReady(run())
    await expect
      .poll(async () => (await read(id)).summary, { timeout: 60_000 })
      .toEqual({ total: 4, queued: 0, running: 0, succeeded: 4, failed: 0, cancelled: 0 })
  })

  it('reads .env in its folder; what is set in the environment itself wins', async () => {
    writeFileSync(join(home, '.env'), `PORT=1\nDEMO_VERSION=8.4\nDATA_DIR=./elsewhere\n`)
    await untilReady(run())
    const options = await (await get('/realms')).json()
    expect(options).toMatchObject({ connection: { demo: true, connected: true } })
    expect(statSync(join(home, 'elsewhere/demo/postgres/PG_VERSION')).isFile()).toBe(true)
  })

  it('logs no secret', async () => {
    const server = run({ LOG_LEVEL: 'trace' })
    const { output, child } = server
    await untilReady(server)
    await fetch(`http://127.0.0.1:${port}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'root@pam', password: 'demo' }),
    })
    await deploy('quiet-01')
    await end(child, 'SIGTERM')
    expect(output()).toContain('"path":"/api/v1/session"')
    for (const secret of [
      '"demo"',
      demoTokenSecret,
      'PVE:root@pam',
      readFileSync(join(home, 'data/demo/secret'), 'utf8').trim(),
    ])
      expect(output()).not.toContain(secret)
  })

  it('says in one line for each wrong variable what it must be, and does not start', async () => {
    const { child, output } = run({ PORT: 'http', VMID_MIN: '5' })
    await once(child, 'exit')
    expect(child.exitCode).toBe(1)
    expect(output()).toBe(
      'PORT must be a whole number from 1 to 65535 (it is "http").\n' +
        'VMID_MIN must be a whole number from 100 to 999999999 (it is "5").\n' +
        'See .env.example for every variable.\n',
    )
  })

  it('says what is wrong with the file of the authority', async () => {
    const { child, output } = run({ PROXMOX_HOST: 'pve1', PROXMOX_CA_FILE: '/nowhere/ca.pem' })
    await once(child, 'exit')
    expect(child.exitCode).toBe(1)
    expect(output()).toContain(
      '"The server could not start: PROXMOX_CA_FILE=/nowhere/ca.pem cannot be read',
    )
  })

  it('says that its port is taken', async () => {
    const other = createServer().listen(port, '127.0.0.1')
    await once(other, 'listening')
    const { child, output } = run()
    await once(child, 'exit')
    other.close()
    expect(child.exitCode).toBe(1)
    expect(output()).toContain(`Port ${port} is in use`)
  })
})
