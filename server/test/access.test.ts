/** Who may call what: nobody, a token, a viewer, an operator. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ security: z.array(z.unknown()).optional() })),
  ),
})

const PUBLIC = [
  'DELETE /api/v1/session',
  'GET /api/v1/doctor/connection',
  'GET /api/v1/health',
  // For callers on the same machine, as the test is.
  'GET /api/v1/metrics',
  'GET /api/v1/ready',
  'GET /api/v1/realms',
  'POST /api/v1/session',
]

describe('without a sign-in', () => {
  it('every described call but the public ones answers 401', async () => {
    const { paths } = documentSchema.parse((await server.call('GET', '/openapi.json')).body)
    const answers = await Promise.all(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map(async (method) => {
          const name = `${method.toUpperCase()} ${path}`
          const url = path.replace('{vmid}', '9000').replace('{id}', 'd-1')
          const verb = z.enum(['GET', 'POST', 'PATCH', 'DELETE']).parse(method.toUpperCase())
          const { status, body } = await server.call(
            verb,
            url,
            verb === 'POST' || verb === 'PATCH' ? { body: {} } : {},
          )
          return { name, status, body }
        }),
      ),
    )
    const refused = answers.filter(({ status }) => status === 401)
    expect(
      answers
        .filter((answer) => !refused.includes(answer))
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(PUBLIC)
    for (const { body } of refused)
      expect(body).toMatchObject({
        type: '/problems/not-signed-in',
        title: 'Not signed in',
        detail: 'This call needs a sign-in.',
        hint: 'Sign in, or send an API token.',
      })
  })

  it('the state of the connection is told, but nothing of the cluster', async () => {
    const { status, body } = await server.call('GET', '/api/v1/realms')
    expect(status).toBe(200)
    const { connection } = z.object({ connection: z.unknown() }).parse(body)
    expect(connection).toEqual({
      connected: true,
      demo: true,
      host: server.simulator.host,
      message: 'Connected to the simulated cluster',
      tls: 'fingerprint',
      tlsVerified: true,
      hint: null,
      untrustedCertificate: null,
      failingSince: null,
      latencyMs: expect.any(Number),
      checkedAt: expect.any(String),
    })
  })
})

describe('an API token', () => {
  it('is all that a script needs, on each call', async () => {
    const headers = { authorization: apiToken }
    expect(await server.call('GET', '/api/v1/session', { headers })).toMatchObject({
      status: 200,
      body: { username: 'root@pam!demo', method: 'token', expiresAt: null },
    })
    expect(await server.call('GET', '/api/v1/pools', { headers })).toMatchObject({
      status: 200,
      body: {
        pools: [
          { id: 'lab', comment: 'experiments' },
          { id: 'prod', comment: 'what people rely on' },
        ],
      },
    })
  })

  it('is asked about before calls that never reach Proxmox', async () => {
    const headers = { authorization: `${apiToken}x` }
    expect(await server.call('GET', '/api/v1/deployments', { headers })).toMatchObject({
      status: 401,
      body: { type: '/problems/not-signed-in', hint: 'Sign in again, or check the API token.' },
    })
  })

  it.each(['Bearer abc', 'PVEAPIToken=root@pam=secret'])('is not: %s', async (authorization) => {
    expect(await server.call('GET', '/api/v1/nodes', { headers: { authorization } })).toMatchObject(
      {
        status: 401,
        body: {
          detail: 'The Authorization header holds no API token of Proxmox.',
          hint: 'Send `Authorization: PVEAPIToken=USER@REALM!ID=SECRET`.',
        },
      },
    )
  })

  it('counts before a cookie', async () => {
    const cookie = await server.signIn('viewer@pve')
    const { body } = await server.call('GET', '/api/v1/session', {
      cookie,
      headers: { authorization: apiToken },
    })
    expect(body).toMatchObject({ username: 'root@pam!demo' })
  })
})

const request = (pool?: string) => ({
  source: { kind: 'template', vmid: 9000, clone: 'full' },
  vms: [{ name: 'web-01', node: 'pve1' }],
  ...(pool !== undefined && { pool }),
})
const planSchema = z.object({
  blockers: z.array(z.object({ code: z.string(), message: z.string() })),
  privileges: z.array(z.object({ path: z.string(), privilege: z.string(), granted: z.boolean() })),
})

const seen = async (username: string, path: string) => {
  const { body } = await server.call('GET', `/api/v1/${path}`, {
    cookie: await server.signIn(username),
  })
  return JSON.stringify(body)
}
describe('a person', () => {
  it('who may only look sees all and is told what is missing to deploy', async () => {
    const cookie = await server.signIn('viewer@pve')
    const templates = z
      .object({ templates: z.array(z.object({ vmid: z.number() })) })
      .parse((await server.call('GET', '/api/v1/templates', { cookie })).body)
    expect(templates.templates.map(({ vmid }) => vmid).toSorted((a, b) => a - b)).toEqual([
      9000, 9001, 9002, 9003, 9010, 9020, 9040,
    ])

    const answer = await server.call('POST', '/api/v1/plans', { cookie, body: request() })
    const plan = planSchema.parse(answer.body)
    expect(plan.privileges).toContainEqual({
      path: '/vms/9000',
      privilege: 'VM.Clone',
      granted: false,
    })
    expect(plan.blockers.map(({ message }) => message).join(' ')).toContain('VM.Clone')

    const deploy = await server.call('POST', '/api/v1/deployments', {
      cookie,
      body: { request: request() },
    })
    expect(deploy).toMatchObject({ status: 422, body: { type: '/problems/plan-blocked' } })
  })

  it('with rights on one pool deploys there and nowhere else', async () => {
    const cookie = await server.signIn('operator@pve')
    const inPool = planSchema.parse(
      (await server.call('POST', '/api/v1/plans', { cookie, body: request('lab') })).body,
    )
    expect(inPool.blockers).toEqual([])
    expect(inPool.privileges.every(({ granted }) => granted)).toBe(true)
    const outside = planSchema.parse(
      (await server.call('POST', '/api/v1/plans', { cookie, body: request() })).body,
    )
    expect(outside.blockers).not.toEqual([])
  })

  it('sees only what their Proxmox account may see', async () => {
    expect(await seen('root@pam', 'storages')).toContain('"name":"local"')
    expect(await seen('operator@pve', 'storages')).not.toContain('"name":"local"')
    expect(await seen('operator@pve', 'storages')).toContain('"name":"local-lvm"')
    expect(await seen('operator@pve', 'pools')).not.toContain('prod')
  })
})
