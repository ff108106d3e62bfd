import { totpSecret } from '@deployer/simulator/worlds/demo.ts'
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ TRUST_PROXY: '127.0.0.1' })
})
afterAll(() => server.stop())

const signIn = (body: object) => server.call('POST', '/api/v1/session', { body })

/** RFC 6238, as an authenticator app computes it. */
const totp = (secret: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = secret
    .split('')
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const code = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7f_ff_ff_ff
  return String(code % 1_000_000).padStart(6, '0')
}

describe('signing in', () => {
  it('lists the realms to anybody', async () => {
    const { status, body } = await server.call('GET', '/api/v1/realms')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      realms: [
        {
          realm: 'pam',
          type: 'pam',
          comment: 'Linux PAM standard authentication',
          default: false,
          secondFactor: null,
        },
        {
          realm: 'pve',
          type: 'pve',
          comment: 'Proxmox VE authentication server',
          default: false,
          secondFactor: null,
        },
      ],
    })
  })

  it.each([
    ['name and realm', { username: 'root', realm: 'pam' }],
    ['the name with its realm', { username: 'root@pam' }],
    ['both', { username: 'root@pam', realm: 'pam' }],
  ])('works with %s', async (_name, account) => {
    const { status, body, headers } = await signIn({ ...account, password: 'demo' })
    expect(status).toBe(200)
    expect(body).toEqual({ username: 'root@pam', method: 'session', expiresAt: expect.any(String) })
    expect(headers['set-cookie']).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(headers['cache-control']).toBe('no-store')
  })

  it('marks the cookie as secure behind a trusted proxy that speaks https', async () => {
    const { headers } = await server.call('POST', '/api/v1/session', {
      headers: { 'x-forwarded-proto': 'https' },
      body: { username: 'root@pam', password: 'demo' },
    })
    expect(headers['set-cookie']).toMatch(/; HttpOnly; Secure; SameSite=Strict$/)
  })

  it('refuses a wrong password, and an account that does not exist, in the same words', async () => {
    for (const username of ['root@pam', 'nobody@pve', 'root@nowhere']) {
      const { status, body, headers } = await signIn({ username, password: 'wrong' })
      expect(status).toBe(401)
      expect(headers['content-type']).toBe('application/problem+json')
      expect(headers['set-cookie']).toBeUndefined()
      expect(body).toEqual({
        type: '/problems/sign-in-refused',
        status: 401,
        title: 'Sign-in refused',
        detail: 'Proxmox refused the name or the password.',
        hint: 'Check the realm as well: the same name may exist in several.',
        requestId: headers['x-request-id'],
      })
    }
  })

  it.each([
    [
      'no password',
      { username: 'root@pam' },
      [{ path: 'password', message: 'This field is missing.' }],
    ],
    [
      'an empty name',
      { username: ' ', password: 'x' },
      [{ path: 'username', message: 'This is empty.' }],
    ],
    [
      'no realm',
      { username: 'root', password: 'demo' },
      [{ path: 'realm', message: 'This field is missing.' }],
    ],
    [
      'an unknown field',
      { username: 'root@pam', password: 'x', admin: true },
      [{ path: 'admin', message: 'This field does not exist here.' }],
    ],
  ])('points at the field with %s', async (_name, body, errors) => {
    expect(await signIn(body)).toMatchObject({
      status: 400,
      body: { title: 'The request does not fit', errors },
    })
  })

  it('asks for the second factor of an account that has one, and takes it once', async () => {
    const account = { username: 'totp', realm: 'pve', password: 'demo' }
    const first = await signIn(account)
    expect(first).toMatchObject({
      status: 401,
      body: {
        type: '/problems/second-factor-required',
        title: 'Second factor required',
        factors: ['totp'],
      },
    })
    expect(first.headers['set-cookie']).toBeUndefined()
    expect(await signIn({ ...account, otp: '000000' })).toMatchObject({
      status: 401,
      body: {
        type: '/problems/sign-in-refused',
        detail: 'Proxmox refused the name, the password or the code.',
      },
    })
    const second = await signIn({ ...account, otp: totp(totpSecret) })
    expect(second).toMatchObject({ status: 200, body: { username: 'totp@pve' } })
  })

  it('stops guessing after twenty tries a minute, for that account only', async () => {
    const tries: number[] = []
    for (let turn = 0; turn < 21; turn += 1)
      tries.push((await signIn({ username: 'viewer@pve', password: `guess ${turn}` })).status)
    expect(tries).toEqual([...Array.from({ length: 20 }, () => 401), 429])
    const { status, body, headers } = await signIn({ username: 'viewer@pve', password: 'demo' })
    expect(status).toBe(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(body).toMatchObject({
      type: '/problems/too-many-sign-ins',
      title: 'Too many sign-ins',
      detail: 'This account was tried 20 times within a minute.',
    })
    expect((await signIn({ username: 'operator@pve', password: 'demo' })).status).toBe(200)
  })
})

describe('a session', () => {
  it('says who is signed in, until they sign out', async () => {
    const cookie = await server.signIn('root@pam')
    expect(await server.call('GET', '/api/v1/session', { cookie })).toMatchObject({
      status: 200,
      body: { username: 'root@pam', method: 'session' },
    })
    const out = await server.call('DELETE', '/api/v1/session', { cookie })
    expect(out.status).toBe(204)
    expect(out.headers['set-cookie']).toMatch(/^session=; Max-Age=0; Path=\//)
    expect(await server.call('GET', '/api/v1/session', { cookie })).toMatchObject({
      status: 401,
      body: {
        type: '/problems/not-signed-in',
        detail: 'Your sign-in has ended: it was not used for two hours, or you signed out.',
      },
    })
    expect((await server.call('DELETE', '/api/v1/session', { cookie })).status).toBe(204)
  })

  it('ends where Proxmox no longer takes its ticket', async () => {
    const cookie = await server.signIn('operator@pve')
    const user = server.simulator.world.users.find(({ userid }) => userid === 'operator@pve')
    if (user) user.enable = false
    const answer = await server.call('GET', '/api/v1/pools', { cookie })
    if (user) user.enable = true
    expect(answer).toMatchObject({
      status: 401,
      body: { type: '/problems/not-signed-in', hint: 'Sign in again, or check the API token.' },
    })
  })
})

describe('a page of another site', () => {
  it.each([
    ['Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister of our site', { 'sec-fetch-site': 'same-site' }],
    ['Origin', { origin: 'https://evil.example' }],
    ['an opaque Origin', { origin: 'null' }],
  ])('cannot change anything with the sign-in of its visitor: %s', async (_name, headers) => {
    const cookie = await server.signIn('root@pam')
    expect(await server.call('DELETE', '/api/v1/session', { cookie, headers })).toMatchObject({
      status: 403,
      body: { type: '/problems/foreign-page', title: 'Refused: asked by a page of another site' },
    })
    expect((await server.call('GET', '/api/v1/session', { cookie })).status).toBe(200)
  })

  it.each([
    ['our own page', { 'sec-fetch-site': 'same-origin' }],
    [
      'our own page in an older browser',
      { host: 'deployer.example', origin: 'http://deployer.example' },
    ],
    ['a program', {}],
  ])('is not %s', async (_name, headers) => {
    const body = { username: 'totp@pve', password: 'demo' }
    const { body: answer } = await server.call('POST', '/api/v1/session', { headers, body })
    expect(answer).toMatchObject({ type: '/problems/second-factor-required' })
  })
})
