/** Validations over HTTP against the simulated cluster: what is found, who may ask, what is recorded, schedules. */
import { scheduleSchema, vmValidationSchema } from '@deployer/core/vm-validation/order.ts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { z } from 'zod'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let viewer: string
let operator: string
let database: Client
const root = { authorization: apiToken }

beforeAll(async () => {
  server = await startTestServer({ VALIDATION_RETRY_INTERVAL: '1', VALIDATION_MAX_RETRIES: '1' })
  viewer = await server.signIn('viewer@pve')
  operator = await server.signIn('operator@pve')
  database = new Client(server.databaseUrl)
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await server.stop()
})

const validate = async (vmid: number, body: object = {}, cookie?: string) => {
  const answer = await server.call('POST', `/api/v1/vms/${vmid}/validate`, {
    body,
    ...(cookie === undefined ? { headers: root } : { cookie }),
  })
  expect(answer).toMatchObject({ status: 200 })
  return vmValidationSchema.parse(answer.body)
}

const states = ({ checks }: z.infer<typeof vmValidationSchema>) =>
  Object.fromEntries(checks.map(({ name, state }) => [name, state]))

const auditOf = async (vmid: number) => {
  const { rows } = await database.query<{ entry: unknown }>(
    `select entry from audit_entry where entry ->> 'vm_id' = $1 order by id`,
    [String(vmid)],
  )
  return rows.map(({ entry }) => entry)
}

describe('a VM', () => {
  it('that works is healthy, with evidence for each check', async () => {
    const found = await validate(101, { checks: [{ kind: 'command', command: ['true'] }] })
    expect(found).toMatchObject({ outcome: 'healthy', status: 'finished', error: null })
    expect(states(found)).toEqual({
      Proxmox: 'passed',
      Agent: 'passed',
      Address: 'passed',
      'Port 22': 'passed',
      true: 'passed',
    })
    expect(found.address).toMatch(/^10\./)
    expect(found.checks.map(({ evidence }) => evidence).join('\n')).toMatch(/OpenSSH .* answered/)
    const { body } = await server.call('GET', '/api/v1/vms/101/validations', { headers: root })
    expect(body).toMatchObject({ validations: [found] })
    expect(await auditOf(101)).toMatchObject([
      { operation: 'intent', intended_operation: 'validation', vm_name: 'gitlab' },
      {
        operation: 'validation',
        operation_type: 'validate',
        username: 'root@pam!demo',
        status: 'success',
        vm_name: 'gitlab',
        node: 'pve1',
        validation_status: 'healthy',
        checks: {
          proxmox_status: { passed: true },
          ip_address: { passed: true },
          ssh_port: { passed: true },
          command: { passed: true, message: 'Ended with 0' },
        },
      },
    ])
  })

  it('of which a part does not work is degraded, after it was tried again', async () => {
    const found = await validate(101, {
      ports: [22, 5432],
      checks: [{ kind: 'http', path: '/health' }],
    })
    expect(found.outcome).toBe('degraded')
    expect(states(found)).toMatchObject({ 'Port 22': 'passed', 'Port 5432': 'failed' })
    expect(found.checks.find(({ name }) => name === 'Port 5432')).toMatchObject({
      tries: 2,
      evidence: 'Does not answer: connection refused',
    })
    expect(states(found)['HTTP :80/health']).toBe('failed')
  })

  it('that is switched off is unhealthy at once', async () => {
    const vms = server.simulator.cluster.world.guests
    const stopped = vms.find(({ running, config }) => !running && config['template'] === undefined)
    const found = await validate(stopped?.vmid ?? 0)
    expect(found).toMatchObject({ outcome: 'unhealthy', address: null })
    expect(states(found)).toEqual({ Proxmox: 'failed' })
  })

  it('is looked at with the rights of the caller: what they may not do is left out', async () => {
    const found = await validate(101, { checks: [{ kind: 'command', command: ['true'] }] }, viewer)
    expect(found.outcome).toBe('healthy')
    expect(states(found)['true']).toBe('skipped')
    expect(found.requestedBy).toBe('viewer@pve')
  })

  it('that the caller may not see is not there', async () => {
    const path = '/api/v1/vms/101/validate'
    expect(await server.call('POST', path, { cookie: operator, body: {} })).toMatchObject({
      status: 404,
    })
    const { id } = await validate(101)
    const read = `/api/v1/validations/${id}`
    expect((await server.call('GET', read, { cookie: operator })).status).toBe(404)
    expect((await server.call('GET', read, { cookie: viewer })).status).toBe(200)
    expect((await server.call('GET', read)).status).toBe(401)
  })

  it.each([
    { ports: [0] },
    { checks: [{ kind: 'http', path: 'http://169.254.169.254/' }] },
    { checks: [{ kind: 'tcp', port: 22, address: '10.0.0.1' }] },
    { address: '10.0.0.1' },
    { waitSeconds: 60 },
  ])('an order that is none is refused: %j', async (body) => {
    const answer = await server.call('POST', '/api/v1/vms/101/validate', { headers: root, body })
    expect(answer.status).toBe(400)
  })

  it('is answered before the outcome is known, where one does not wait', async () => {
    const answer = await server.call('POST', '/api/v1/vms/101/validate', {
      headers: root,
      body: { ports: [5432], waitSeconds: 0 },
    })
    expect(answer).toMatchObject({ status: 202, body: { status: 'running', outcome: null } })
    await vi.waitFor(async () => {
      const now = await server.call('GET', String(answer.headers['location']), { headers: root })
      expect(now.body).toMatchObject({ status: 'finished', outcome: 'degraded' })
    }, 8000)
  })
})

it('what a server left behind when it ended is told as interrupted', async () => {
  await database.query(`
    insert into validation (id, vmid, node, validation_order, requested_by, server)
    values ('v-left', 101, 'pve1', '{}', 'viewer@pve', 'server-dead')`)
  await database.query(`insert into server (executor, host) values ('server-dead', 'elsewhere')`)
  await vi.waitFor(async () => {
    const { body } = await server.call('GET', '/api/v1/validations/v-left', { headers: root })
    expect(body).toMatchObject({ status: 'interrupted', outcome: null })
  }, 10_000)
})

const schedule = (body: object, cookie?: string) =>
  server.call('POST', '/api/v1/validations/schedules', {
    body,
    ...(cookie === undefined ? { headers: root } : { cookie }),
  })
const makeDue = (id: string) =>
  database.query(`update validation_schedule set next_at = now() where id = $1`, [id])
const credentials = async () =>
  (await database.query<{ owner: string }>('select owner from credential order by 1')).rows.map(
    ({ owner }) => owner,
  )
const historyOf = async (id: string) =>
  (await database.query('select outcome from validation where schedule_id = $1', [id])).rows

describe('a schedule', () => {
  it('asks again and again, with the account of its owner, and ends with it', async () => {
    const answer = await schedule(
      { target: { vmids: [101, 102] }, intervalMinutes: 60, name: 'web' },
      viewer,
    )
    expect(answer.status).toBe(201)
    const { id, owner, nextAt } = scheduleSchema.parse(answer.body)
    expect(owner).toBe('viewer@pve')
    expect(Date.parse(nextAt)).toBeGreaterThan(Date.now() + 50 * 60_000)
    expect(await credentials()).toEqual(['viewer@pve'])
    const list = (cookie: string) => server.call('GET', '/api/v1/validations/schedules', { cookie })
    expect((await list(viewer)).body).toMatchObject({ schedules: [{ id, problem: null }] })
    expect((await list(operator)).body).toEqual({ schedules: [] })

    await makeDue(id)
    await vi.waitFor(async () => {
      const found = await historyOf(id)
      expect(found.map(({ outcome }) => String(outcome))).toEqual(['healthy', 'healthy'])
    }, 20_000)
    const after = await list(viewer)
    expect(after.body).toMatchObject({ schedules: [{ id, lastRunAt: expect.any(String) }] })
    const path = `/api/v1/validations/schedules/${id}`
    expect((await server.call('DELETE', path, { cookie: operator })).status).toBe(404)
    expect((await server.call('DELETE', path, { cookie: viewer })).status).toBe(204)
    expect(await credentials()).toEqual([])
    expect(await historyOf(id)).toEqual([])
    const kept = await server.call('GET', '/api/v1/vms/102/validations', { headers: root })
    expect(kept.body).toMatchObject({ validations: [{ requestedBy: 'viewer@pve' }] })
  }, 30_000)

  it('takes no VM that its owner cannot see, and no interval that is none', async () => {
    const vms = { target: { vmids: [101] }, intervalMinutes: 60 }
    expect((await schedule(vms, operator)).status).toBe(404)
    expect((await schedule({ ...vms, intervalMinutes: 1 })).status).toBe(400)
    expect((await schedule({ ...vms, target: { deploymentId: 'd-none' } })).status).toBe(404)
    expect((await schedule({ ...vms, target: { vmids: [] } })).status).toBe(400)
  })

  it('tells what keeps it from running', async () => {
    const { body } = await schedule({ target: { vmids: [101] }, intervalMinutes: 60 }, viewer)
    const { id } = scheduleSchema.parse(body)
    await database.query(
      'update validation_schedule set target = $2, next_at = now() where id = $1',
      [id, JSON.stringify({ vmids: [101, 7777] })],
    )
    await vi.waitFor(async () => {
      const now = await server.call('GET', '/api/v1/validations/schedules', { cookie: viewer })
      expect(now.body).toMatchObject({
        schedules: [{ problem: expect.stringContaining('VM 7777 is not there any more') }],
      })
    }, 20_000)
    await server.call('DELETE', `/api/v1/validations/schedules/${id}`, { cookie: viewer })
  }, 30_000)
})
