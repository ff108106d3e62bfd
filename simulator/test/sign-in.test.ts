import { afterAll, beforeAll, expect, test } from 'vitest'
import { totpCode } from '../src/access/totp.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { demoPassword, demoTokenSecret, totpSecret } from '../src/worlds/demo.ts'
import { clientWith, send, signIn, type Form } from './client.ts'

const speed = 100
let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ speed, pvestatdSeconds: 1e6 })
})
afterAll(() => simulator.close())

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const signInWith = async (form: Form) => {
  const answer = await send(simulator, 'POST', '/access/ticket', { form })
  const { ticket, NeedTFA: needsTfa } = isRecord(answer.data) ? answer.data : {}
  return { ...answer, ticket: typeof ticket === 'string' ? ticket : '', needsTfa }
}

const withToken = (path: string, token: string) =>
  send(simulator, 'GET', path, { headers: { Authorization: `PVEAPIToken=${token}` } })

const byPassword = (username: string): Form => ({ username, password: demoPassword })

test('a wrong password is refused after three seconds of the cluster', async () => {
  const start = performance.now()
  const answer = await signInWith({ username: 'root@pam', password: 'wrong' })
  expect(answer).toMatchObject({ status: 401, reason: 'authentication failure' })
  expect(performance.now() - start).toBeGreaterThan(3000 / speed - 5)
})

test('a second factor takes a second call', async () => {
  const first = await signInWith(byPassword('totp@pve'))
  expect(first.needsTfa).toBe(1)
  const half = clientWith(simulator, first.ticket, '')
  expect((await half.call('GET', '/nodes')).status).toBe(401)

  const answer = (code: string) =>
    signInWith({
      username: 'totp@pve',
      password: `totp:${code}`,
      'tfa-challenge': first.ticket,
    })
  expect((await answer('000000')).status).toBe(401)
  const second = await answer(totpCode(totpSecret, simulator.clock.seconds()))
  expect(second.status).toBe(200)
  const whole = clientWith(simulator, second.ticket, '')
  expect((await whole.call('GET', '/nodes')).status).toBe(200)
})

test('codes are those of RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const codes = [59, 1_111_111_109, 1_234_567_890, 20_000_000_000].map((seconds) =>
    totpCode(secret, seconds),
  )
  expect(codes).toEqual(['287082', '081804', '005924', '353130'])
})

test('a ticket lives for two hours, and the next one can be had with it', async () => {
  const early = await signIn(simulator, 'operator@pve')
  await simulator.clock.skip(119 * 60_000)
  const renewed = await signInWith({ username: 'operator@pve', password: early.ticket })
  expect(renewed.status).toBe(200)
  await simulator.clock.skip(2 * 60_000)
  expect((await early.call('GET', '/nodes')).status).toBe(401)
  const late = clientWith(simulator, renewed.ticket, '')
  expect((await late.call('GET', '/nodes')).status).toBe(200)
})

test('only reading goes without the CSRF token', async () => {
  const { ticket } = await signIn(simulator, 'root@pam')
  const without = clientWith(simulator, ticket, 'wrong')
  expect((await without.call('GET', '/pools')).status).toBe(200)
  expect(await without.call('POST', '/pools', { poolid: 'x' })).toMatchObject({
    status: 401,
    reason: 'Permission denied - invalid csrf token',
  })
})

test('a token needs no ticket, and stops when it is deleted', async () => {
  const known = await withToken('/version', `root@pam!demo=${demoTokenSecret}`)
  expect(known.status).toBe(200)
  const root = await signIn(simulator, 'root@pam')
  const made = await root.call('POST', '/access/users/viewer@pve/token/ci', { privsep: 0 })
  const secret = isRecord(made.data) ? String(made.data['value']) : ''
  expect((await withToken('/nodes', `viewer@pve!ci=${secret}`)).status).toBe(200)
  await root.call('DELETE', '/access/users/viewer@pve/token/ci')
  expect((await withToken('/nodes', `viewer@pve!ci=${secret}`)).status).toBe(401)
})
