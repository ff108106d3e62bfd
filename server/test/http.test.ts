/** What holds for every call, whoever makes it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const headers = { authorization: apiToken }

describe('a problem document', () => {
  it('answers an unknown call of the API', async () => {
    const { status, body, headers: answered } = await server.call('GET', '/api/v1/vm')
    expect(status).toBe(404)
    expect(answered['content-type']).toBe('application/problem+json')
    expect(body).toEqual({
      type: '/problems/not-found',
      status: 404,
      title: 'Not found',
      detail: 'There is no GET /api/v1/vm here.',
      hint: 'The API is described at /docs.',
      requestId: answered['x-request-id'],
    })
  })

  it('answers a template that is not there, and a number that is none', async () => {
    expect(await server.call('GET', '/api/v1/templates/424242', { headers })).toMatchObject({
      status: 404,
      body: { detail: 'There is no template 424242, or your account may not see it.' },
    })
    expect(await server.call('GET', '/api/v1/templates/ubuntu', { headers })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'vmid', message: 'This must be a number.' }] },
    })
  })

  it('answers a VM that is no template as one that is not there', async () => {
    expect((await server.call('GET', '/api/v1/templates/101', { headers })).status).toBe(404)
  })

  it('answers a body that is too large', async () => {
    const body = { username: 'root@pam', password: 'x'.repeat(20_000) }
    expect(await server.call('POST', '/api/v1/session', { body })).toMatchObject({
      status: 413,
      body: { type: '/problems/too-large', title: 'The request is too large' },
    })
    const request = {
      source: { kind: 'template', vmid: 9000, clone: 'full' },
      vms: [],
      name: 'x'.repeat(5_000_000),
    }
    expect((await server.call('POST', '/api/v1/plans', { headers, body: request })).status).toBe(
      413,
    )
  })

  it('answers a body that is no JSON, and one of another type', async () => {
    expect(
      await server.call('POST', '/api/v1/plans', { headers, body: '{"source":' }),
    ).toMatchObject({
      status: 400,
      body: { type: '/problems/bad-request', title: 'The request does not fit' },
    })
    const xml = { ...headers, 'content-type': 'application/xml' }
    expect(
      await server.call('POST', '/api/v1/plans', { headers: xml, body: '<plan/>' }),
    ).toMatchObject({
      status: 415,
      body: { title: 'Only JSON is understood' },
    })
  })

  it('names each wrong field of a request, below where it stands in the body', async () => {
    const request = {
      source: { kind: 'template', vmid: 9000, clone: 'linked' },
      vms: [{ name: 'web-01', cores: 0 }],
      colour: 'red',
    }
    expect(
      await server.call('POST', '/api/v1/deployments', { headers, body: { request } }),
    ).toMatchObject({
      status: 400,
      body: {
        detail:
          'request.vms.0.cores: This must be 1 or more. request.colour: This field does not exist here.',
        errors: [
          { path: 'request.vms.0.cores', message: 'This must be 1 or more.' },
          { path: 'request.colour', message: 'This field does not exist here.' },
        ],
      },
    })
  })

  it('says that Proxmox failed, in its words, and keeps ours to the log', async () => {
    server.simulator.addFault({
      kind: 'answer',
      call: 'GET /pools',
      status: 500,
      message: 'cluster not ready - no quorum?',
    })
    const { status, body } = await server.call('GET', '/api/v1/pools', { headers })
    server.simulator.clearFaults()
    expect(status).toBe(502)
    expect(body).toMatchObject({
      type: '/problems/proxmox-error',
      proxmox: { status: 500, message: 'cluster not ready - no quorum?' },
    })
    expect(JSON.stringify(body)).not.toMatch(/\.ts|stack|node_modules/)
  })

  it('names the privilege that Proxmox asks for', async () => {
    server.simulator.addFault({
      kind: 'answer',
      call: 'GET /pools',
      status: 403,
      message: 'Permission check failed (/pool/lab, Pool.Audit)',
    })
    const answer = await server.call('GET', '/api/v1/pools', { headers })
    server.simulator.clearFaults()
    expect(answer).toMatchObject({
      status: 403,
      body: {
        type: '/problems/not-permitted',
        detail: 'Your Proxmox account may not do this. Proxmox asks for Pool.Audit on /pool/lab.',
      },
    })
  })

  it('says that the database is away, and it comes back by itself', async () => {
    await server.postgres.kill()
    const answer = await server.call('GET', '/api/v1/deployments', { headers })
    const ready = await server.call('GET', '/api/v1/ready')
    await server.postgres.start()
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/database-away' } })
    expect(ready).toMatchObject({
      status: 503,
      body: {
        ready: false,
        checks: [
          { name: 'database', ok: false, message: 'The database does not answer' },
          { name: 'proxmox', ok: true, message: 'Connected to the simulated cluster' },
        ],
      },
    })
    await expect
      .poll(async () => (await server.call('GET', '/api/v1/deployments', { headers })).status, {
        timeout: 10_000,
      })
      .toBe(200)
  })
})

describe('headers', () => {
  it('let no page run scripts or styles from elsewhere, or show ours in a frame', async () => {
    const { headers: answered } = await server.call('GET', '/')
    expect(answered['content-security-policy']).toBe(
      "default-src 'self';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';" +
        "object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'",
    )
    expect(answered['x-content-type-options']).toBe('nosniff')
    expect(answered['strict-transport-security']).toBeUndefined()
  })

  it('name each request and keep answers of the API out of caches', async () => {
    const { headers: answered } = await server.call('GET', '/api/v1/health')
    expect(answered['x-request-id']).toMatch(/^[\da-f-]{36}$/)
    expect(answered['cache-control']).toBe('no-store')
  })
})

describe('/docs', () => {
  it('needs nothing from other hosts and no inline scripts', async () => {
    const { status, body, headers: answered } = await server.call('GET', '/docs')
    expect(status).toBe(200)
    expect(answered['content-security-policy']).toContain("script-src 'self';")
    expect([...String(body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url)).toEqual([
      '/favicon.svg',
      '/docs/scalar.js',
      '/docs/start.js',
    ])
    expect(String(body)).not.toMatch(/<script>|<style/)
  })

  it('serves the scripts and the document that it loads', async () => {
    const script = await server.call('GET', '/docs/scalar.js')
    expect(script.status).toBe(200)
    expect(String(script.body)).toContain('createApiReference')
    expect(String((await server.call('GET', '/docs/start.js')).body)).toContain('/openapi.json')
    expect(await server.call('GET', '/openapi.json')).toMatchObject({
      status: 200,
      body: { openapi: '3.1.0' },
    })
  })
})
