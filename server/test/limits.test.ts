/** Floods and guessing: who asks too often is told to wait, and nobody else is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ WRITES_PER_MINUTE: '5' })
})
afterAll(() => server.stop())

describe('calls that change something', () => {
  it('are limited per person or token; reading and others are not', async () => {
    const cookie = await server.signIn('viewer@pve')
    const write = () => server.call('DELETE', '/api/v1/blueprints/none', { cookie })
    for (let turn = 0; turn < 5; turn += 1) expect((await write()).status).toBe(404)
    const refused = await write()
    expect(refused).toMatchObject({ status: 429, body: { type: '/problems/too-many-calls' } })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await server.call('GET', '/api/v1/blueprints', { cookie })).status).toBe(200)
    const headers = { authorization: apiToken }
    expect((await server.call('DELETE', '/api/v1/blueprints/none', { headers })).status).toBe(404)
  })
})

const attempt = (name: string, remoteAddress: string) =>
  server.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    remoteAddress,
    payload: { username: `${name}@pve`, password: 'winter2026' },
  })

describe('sign-in', () => {
  it('is limited per address as well, whatever accounts are tried', async () => {
    const answers = await Promise.all(
      Array.from({ length: 220 }, (_, index) => attempt(`user${index}`, '10.0.0.66')),
    )
    const refused = answers.filter(({ statusCode }) => statusCode === 429)
    expect(refused).toHaveLength(20)
    expect(refused[0]?.json()).toMatchObject({ type: '/problems/too-many-sign-ins' })
    expect((await attempt('user1', '10.0.0.67')).statusCode).toBe(401)
  })
})
