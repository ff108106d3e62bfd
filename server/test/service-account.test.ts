/** A service account does the work; what people may ask for is up to their own accounts. */
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import { type Plan, planSchema } from '@deployer/core/plan.ts'
import { createConnection, type Connection } from '@deployer/proxmox/client.ts'
import { demoTokenSecret } from '@deployer/simulator/worlds/demo.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createEvents } from '../src/events/events.ts'
import { createListener } from '../src/events/listener.ts'
import {
  announce,
  createServiceAccount,
  type ServiceAccountConfig,
  withWorker,
} from '../src/identity/service-account.ts'
import { madeBy } from './engine.ts'
import { openTables, quiet } from './scratch-tables.ts'
import { createServerProcess } from './server-process.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let connection: Connection
beforeAll(async () => {
  server = await startTestServer({ PROXMOX_USER: 'root@pam', PROXMOX_PASSWORD: 'demo' }, 20)
  connection = createConnection({
    hosts: [server.simulator.host],
    tls: { kind: 'pinned', fingerprints: [server.simulator.fingerprint] },
  })
})
afterAll(async () => {
  await connection.close()
  await server.stop()
})
afterEach(() => server.simulator.clearFaults())

const request = (name: string, pool?: string) => ({
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: { start: false },
  vms: [{ name }],
  ...(pool !== undefined && { pool }),
})
const planAs = async (cookie: string, body: unknown) =>
  planSchema.parse((await server.call('POST', '/api/v1/plans', { cookie, body })).body)

/** Whose calls changed something on the cluster. */
const workers = (vmid: number) =>
  new Set(
    server.simulator
      .requests()
      .filter(({ method, params, path }) =>
        method === 'POST' ? params['newid'] === String(vmid) : path.includes(`/qemu/${vmid}/`),
      )
      .filter(({ method }) => method !== 'GET')
      .map(({ user }) => user),
  )

describe('with a service account', () => {
  it('somebody without the rights is blocked, and the plan says whose account would work', async () => {
    const cookie = await server.signIn('viewer@pve')
    const plan = await planAs(cookie, request('never'))
    expect(plan.worker).toEqual({ username: 'root@pam', serviceAccount: true })
    expect(plan.blockers.map(({ code }) => code)).toContain('privilege-missing')
    const body = { request: request('never') }
    expect(await server.call('POST', '/api/v1/deployments', { cookie, body })).toMatchObject({
      status: 422,
      body: { type: '/problems/plan-blocked' },
    })
  })

  it('nobody has it run commands, or ask agents that they may not ask, by a schedule', async () => {
    const schedule = async (user: string, vmid: number, order = {}) => {
      const body = { target: { vmids: [vmid] }, intervalMinutes: 60, order }
      const cookie = await server.signIn(user)
      return server.call('POST', '/api/v1/validations/schedules', { cookie, body })
    }
    const checks = [{ kind: 'command', command: ['true'] }]
    expect(await schedule('root@pam', 101, { checks })).toMatchObject({
      status: 422,
      body: { type: '/problems/commands-not-scheduled' },
    })
    expect(await schedule('viewer@pve', 101)).toMatchObject({
      status: 201,
      body: { owner: 'viewer@pve', runsAs: 'root@pam' },
    })
    const { world } = server.simulator.cluster
    world.roles.push({ roleid: 'OnlySees', privs: ['VM.Audit'] })
    const entry = { roleid: 'OnlySees', propagate: true, type: 'user' } as const
    world.acl.push({ path: '/vms/104', ugid: 'viewer@pve', ...entry })
    expect(await schedule('viewer@pve', 104)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('guest agent of VM 104') },
    })
    world.acl.pop()
    world.roles.pop()
  })

  it('somebody within their rights goes through, and the service account does the work', async () => {
    const cookie = await server.signIn('operator@pve')
    expect((await planAs(cookie, request('outside'))).blockers).not.toEqual([])
    const plan = await planAs(cookie, request('inside', 'lab'))
    expect([plan.blockers, plan.worker]).toEqual([
      [],
      { username: 'root@pam', serviceAccount: true },
    ])
    const answer = await server.call('POST', '/api/v1/deployments', {
      cookie,
      body: { request: request('inside', 'lab'), planHash: plan.hash },
    })
    expect(answer).toMatchObject({ status: 202, body: { createdBy: 'operator@pve' } })
    const { id } = deploymentViewSchema.parse(answer.body)
    await expect.poll(() => madeBy(server.simulator, id).length).toBe(1)
    const [vm] = madeBy(server.simulator, id)
    expect([...workers(vm?.vmid ?? 0)]).toEqual(['root@pam'])
  })

  it('a retry is checked against the rights of who asks for it', async () => {
    server.simulator.addFault({
      kind: 'task-fails',
      type: 'qmclone',
      message: 'clone failed: rbd error: no space left on device',
      times: 1,
    })
    const cookie = await server.signIn('operator@pve')
    const body = { request: request('tried', 'lab') }
    const begun = await server.call('POST', '/api/v1/deployments', { cookie, body })
    const { id } = deploymentViewSchema.parse(begun.body)
    const path = `/api/v1/deployments/${id}`
    const status = async () => {
      const answer = await server.call('GET', path, { cookie })
      return deploymentViewSchema.parse(answer.body).status
    }
    await expect.poll(status, { timeout: 10_000 }).toBe('failed')
    const { acl } = server.simulator.world
    const taken = acl.findIndex(
      (entry) => entry.path === '/pool/lab' && entry.ugid === 'operator@pve',
    )
    const [entry] = acl.splice(taken, 1)
    const refused = await server.call('POST', `${path}/retry`, { cookie, body: {} })
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/plan-blocked' } })
    if (entry) acl.push(entry)
    expect((await server.call('POST', `${path}/retry`, { cookie, body: {} })).status).toBe(202)
    await expect.poll(status, { timeout: 10_000 }).toBe('succeeded')
  })

  it(
    'killed and started again, it goes on without anybody’s ticket',
    { timeout: 90_000 },
    async () => {
      const databaseUrl = await server.postgres.createDatabase('service')
      const tables = openTables(databaseUrl)
      const { simulator } = server
      const environment = { PROXMOX_USER: 'root@pam', PROXMOX_PASSWORD: 'demo' }
      const one = await createServerProcess({ databaseUrl, simulator, environment })
      const listener = createListener({ databaseUrl, logger: quiet })
      const events = createEvents({ db: tables.db, listener, logger: quiet })
      try {
        await one.start()
        await listener.start()
        const { id } = await one.deploy({
          source: { kind: 'template', vmid: 9000, clone: 'linked' },
          defaults: { start: true, validate: {} },
          vms: [{ name: 'alone-{1..3}' }],
        })
        const stop = new AbortController()
        const followed = { deploymentId: id, after: '0', signal: stop.signal }
        for await (const { data } of events.subscribe(followed))
          if (data.type === 'step' && data.step.kind === 'clone' && data.step.upid !== null) break
        await one.kill()
        expect(await tables.db.selectFrom('credential').selectAll().execute()).toEqual([])
        expect(await tables.db.selectFrom('deployment').select('runs_as').execute()).toEqual([
          { runs_as: 'root@pam' },
        ])
        await one.start()
        for await (const { data } of events.subscribe(followed))
          if (data.type === 'deployment' && data.deployment.finishedAt !== null) break
        expect(await one.get(id)).toMatchObject({ status: 'succeeded', summary: { succeeded: 3 } })
      } finally {
        events.stop()
        await listener.stop()
        await one.remove()
        await tables.db.destroy()
      }
    },
  )
})

const emptyPlan: Plan = {
  hash: '',
  vms: [],
  totals: { vms: 0, cores: 0, memoryMiB: 0, diskGiB: 0, calls: 0 },
  capacity: { nodes: [], storages: [] },
  warnings: [],
  blockers: [],
  privileges: [],
}
const needing =
  (path: string, privilege: string) => (holds: (p: string, r: string) => boolean) => ({
    ...emptyPlan,
    privileges: [{ path, privilege, granted: holds(path, privilege) }],
  })
const secret = demoTokenSecret
const accounts: [string, ServiceAccountConfig, string | undefined, string][] = [
  [
    'that may',
    { kind: 'token', tokenId: 'root@pam!demo', secret },
    undefined,
    'Deployments are carried out by the service account',
  ],
  [
    'that lacks a right',
    { kind: 'password', username: 'viewer@pve', password: 'demo' },
    'The service account viewer@pve does the work, and lacks VM.Clone on /vms/9000. Have it given.',
    'The service account viewer@pve holds VM.Clone',
  ],
  [
    'whose password is wrong',
    { kind: 'password', username: 'root@pam', password: 'wrong' },
    'Proxmox refuses the service account root@pam',
    'Proxmox refuses the service account root@pam',
  ],
  [
    'whose token is wrong',
    { kind: 'token', tokenId: 'root@pam!demo', secret: `${secret}x` },
    'Proxmox refuses the service account root@pam!demo',
    'Proxmox refuses the service account root@pam!demo',
  ],
]

describe('a service account', () => {
  it.each(accounts)('%s', async (_name, config, blocker, logged) => {
    const account = createServiceAccount(connection, config)
    const caller = { username: 'mira@pve' }
    const plan = await withWorker(account, caller, emptyPlan, needing('/vms/9000', 'VM.Clone'))
    const { username } = account
    expect(plan.worker).toEqual({ username, serviceAccount: true })
    expect(plan.blockers[0]?.message.slice(0, blocker?.length)).toBe(blocker)
    const lines: string[] = []
    const line = (_what: unknown, text?: string) => lines.push(text ?? '')
    const end = announce(account, { info: line, warn: line, error: line })
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1)
    end()
    expect(lines[0]).toContain(logged)
    expect(lines[0]).not.toContain(secret)
  })

  it('signs in again by itself when its ticket has lapsed, once for many calls', async () => {
    const config = { kind: 'password', username: 'root@pam', password: 'demo' } as const
    const { api } = createServiceAccount(connection, config)
    const ask = () => Promise.all([1, 2, 3].map(() => api.call('GET /version', {})))
    const signIns = () =>
      server.simulator.requests().filter(({ path }) => path === '/access/ticket').length
    const before = signIns()
    await ask()
    expect(signIns() - before).toBe(1)
    server.simulator.addFault({ kind: 'answer', call: 'GET /version', status: 401, times: 3 })
    const versions = await ask()
    expect(z.array(z.object({ version: z.string() })).parse(versions)).toHaveLength(3)
    expect(signIns() - before).toBe(2)
  })

  it('is not asked for where there is none', async () => {
    const plan = await withWorker(null, { username: 'mira@pve' }, emptyPlan, () => emptyPlan)
    expect(plan.worker).toEqual({ username: 'mira@pve', serviceAccount: false })
  })
})
