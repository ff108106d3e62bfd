/** The doctor over HTTP and in a terminal, against the simulated cluster: what it finds for whom. */
import { doctorReportSchema } from '@deployer/core/doctor/report.ts'
import { startSimulator, type Simulator } from '@deployer/simulator/simulator.ts'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

const root = { authorization: apiToken }
const levelsOf = (body: unknown) =>
  Object.fromEntries(doctorReportSchema.parse(body).findings.map(({ id, level }) => [id, level]))

describe('over HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  it('finds nothing in the way of an administrator', async () => {
    const { status, body } = await server.call('GET', '/api/v1/doctor', { headers: root })
    expect(status).toBe(200)
    const levels = levelsOf(body)
    expect(Object.keys(levels).filter((id) => levels[id] === 'fail')).toEqual([])
    expect(levels).toMatchObject({
      'feature deploy': 'ok',
      token: 'ok',
      quorum: 'ok',
      database: 'ok',
      'template 9000': 'ok',
      'template 9002': 'warn',
    })
    expect(body).toMatchObject({ account: 'root@pam!demo', cluster: 'demo' })
  })

  it('tells a viewer the role that is missing', async () => {
    const cookie = await server.signIn('viewer@pve')
    const { body } = await server.call('GET', '/api/v1/doctor', { cookie })
    expect(levelsOf(body)).toMatchObject({
      'feature deploy': 'fail',
      'feature check': 'ok',
      'feature console': 'info',
    })
  })

  it('what it tells a viewer to have granted is what lets them deploy', async () => {
    const cookie = await server.signIn('viewer@pve')
    const { body } = await server.call('GET', '/api/v1/doctor', { cookie })
    const commands = doctorReportSchema
      .parse(body)
      .findings.flatMap((finding) => (finding.id === 'feature deploy' ? finding.commands : []))
      .map((command) => command.text)
    const [, role = '', privs = ''] =
      /^pveum role add (\S+) --privs "(.*)"$/.exec(commands[0] ?? '') ?? []
    expect(commands[1]).toBe(`pveum acl modify / --users viewer@pve --roles ${role}`)
    const { world } = server.simulator.cluster
    world.roles.push({ roleid: role, privs: privs.split(' ') })
    world.acl.push({ path: '/', ugid: 'viewer@pve', roleid: role, propagate: true, type: 'user' })
    const after = await server.call('GET', '/api/v1/doctor', { cookie })
    expect(levelsOf(after.body)['feature deploy']).toBe('ok')
    const request = {
      source: { kind: 'template', vmid: 9000, clone: 'full' },
      vms: [{ name: 'granted', cores: 2, networks: [{ bridge: 'vmbr0', ip: 'dhcp' }] }],
    }
    const plan = await server.call('POST', '/api/v1/plans', { cookie, body: request })
    expect(plan.body).toMatchObject({ blockers: [] })
    world.acl.pop()
    world.roles.pop()
  })

  it('tells a token with privilege separation that it has nothing of its own', async () => {
    const secret = 'de300000-0000-4000-8000-000000000001'
    const user = server.simulator.cluster.world.users.find(({ userid }) => userid === 'root@pam')
    user?.tokens.push({ id: 'apart', secret, privsep: true, expire: 0 })
    const headers = { authorization: `PVEAPIToken=root@pam!apart=${secret}` }
    const { status, body } = await server.call('GET', '/api/v1/doctor', { headers })
    expect(status).toBe(200)
    expect(levelsOf(body)).toMatchObject({ token: 'fail', 'feature deploy': 'fail' })
    expect(JSON.stringify(body)).toContain(
      "pveum acl modify / --tokens 'root@pam!apart' --roles VMDeployer",
    )
    expect(JSON.stringify(body)).not.toContain(secret)
  })

  it('tells of the server itself only who may see the whole cluster', async () => {
    const { world } = server.simulator.cluster
    const entry = world.acl.find(({ path, ugid }) => path === '/' && ugid === 'operator@pve')
    const cookie = await server.signIn('operator@pve')
    const ids = async () =>
      Object.keys(levelsOf((await server.call('GET', '/api/v1/doctor', { cookie })).body))
    expect(await ids()).toContain('database')
    if (entry) entry.path = '/nodes'
    expect(await ids()).not.toContain('database')
    expect(await ids()).toContain('feature deploy')
    if (entry) entry.path = '/'
  })

  it('without a sign-in tells the connection alone', async () => {
    expect((await server.call('GET', '/api/v1/doctor')).status).toBe(401)
    const { status, body } = await server.call('GET', '/api/v1/doctor/connection')
    expect(status).toBe(200)
    expect(Object.keys(levelsOf(body))).toEqual(['connection'])
  })
})

describe('in a terminal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-test-'))
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ speed: 100 })
  })
  afterAll(async () => {
    await simulator.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A process of its own, away from the working tree, whose .env is somebody's own. */
  const run = async (args: string[], environment: Record<string, string>, input = '') => {
    const path = fileURLToPath(new URL('../../tools/doctor.ts', import.meta.url))
    const child = spawn(process.execPath, [path, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), ...environment },
    })
    child.stdin.end(input)
    const [out, complaint, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve) => child.once('close', resolve)),
    ])
    return { status, output: `${out}${complaint}` }
  }

  it('leads from nothing to a connection that holds', async () => {
    const refused = await run([], { PROXMOX_HOST: '127.0.0.1:1' })
    expect(refused.status).toBe(1)
    expect(refused.output).toContain('127.0.0.1:1 refuses connections')
    expect(refused.output).toContain('systemctl status pveproxy')

    const untrusted = await run([], { PROXMOX_HOST: simulator.host })
    expect(untrusted.status).toBe(1)
    const [, line = ''] = /PROXMOX_FINGERPRINT=(\S+)/.exec(untrusted.output) ?? []
    expect(line).toBe(simulator.fingerprint)

    const trusted = { PROXMOX_HOST: simulator.host, PROXMOX_FINGERPRINT: line }
    const nobody = await run(['--json'], trusted)
    expect(nobody.status).toBe(0)
    expect(levelsOf(JSON.parse(nobody.output))).toMatchObject({
      [`connection ${simulator.host}`]: 'ok',
      [`certificate ${simulator.host}`]: 'ok',
      [`clock ${simulator.host}`]: 'ok',
      account: 'info',
      database: 'info',
    })

    const viewer = await run(['--user', 'viewer@pve'], trusted, 'demo\n')
    expect(viewer.status).toBe(1)
    expect(viewer.output).toContain('viewer@pve may not deploy from templates')
    const operator = await run(['--user', 'operator@pve'], trusted, 'demo\n')
    expect(operator.status).toBe(0)
    const wrong = await run(['--user', 'viewer@pve'], trusted, 'wrong\n')
    expect(wrong).toMatchObject({
      status: 1,
      output: expect.stringContaining('does not let viewer@pve in'),
    })
  }, 60_000)

  it('says what it does not understand', async () => {
    const { status, output } = await run(['--nonsense'], {})
    expect(status).toBe(1)
    expect(output).toContain('Usage: npm run doctor')
    expect(z.string().parse(output)).toContain('--nonsense')
  })
})
