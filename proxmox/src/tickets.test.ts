import { describe, expect, it } from 'vitest'
import { failureOf, testServers, ticket } from '../test/fixture.ts'
import { json, plain } from '../test/https-server.ts'
import { renew, signIn, ticketAgeSeconds } from './tickets.ts'

const { server, connect } = testServers()

const person = { username: 'ada', realm: 'pve', password: 'p&ss=wörd;1' }
const granted = {
  username: 'ada@pve',
  ticket: 'PVE:ada@pve:6B03C8B5::c2ln',
  CSRFPreventionToken: '6B03C8B5:csrf',
  cap: { vms: {} },
}
const credentials = {
  kind: 'ticket',
  username: 'ada@pve',
  ticket: 'PVE:ada@pve:6B03C8B5::c2ln',
  csrfToken: '6B03C8B5:csrf',
}
const challengeOf = (factors: unknown) =>
  `PVE:!tfa!${encodeURIComponent(JSON.stringify(factors))}:6B03C8B5::c2ln`
const halfTicket = (factors: unknown) =>
  json({
    username: 'ada@pve',
    ticket: challengeOf(factors),
    CSRFPreventionToken: 'half',
    NeedTFA: 1,
  })
const formOf = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body))

describe('signIn', () => {
  it('with a password: one call, no credentials in its headers, the realm in the name', async () => {
    const pve = await server()
    pve.reply(json({ ...granted, clustername: 'demo' }))
    expect(await signIn(connect([pve.host]), person)).toEqual({
      outcome: 'signed-in',
      credentials,
      clusterName: 'demo',
    })
    const [request] = pve.received
    expect(request).toMatchObject({ method: 'POST', url: '/api2/json/access/ticket' })
    expect(formOf(request?.body)).toEqual({
      username: 'ada@pve',
      password: 'p&ss=wörd;1',
      'new-format': '1',
    })
    expect(request?.headers.cookie).toBeUndefined()
    expect(request?.headers.authorization).toBeUndefined()
  })

  it.each([
    [{ totp: true }, ['totp']],
    [{ totp: true, recovery: { count: 8 } }, ['totp', 'recovery']],
    [{ webauthn: { challenge: 'x' }, recovery: false, u2f: null }, ['webauthn']],
    [{ yubico: true }, ['yubico']],
    ['nonsense', []],
  ])('says which second factors %o allows', async (told, factors) => {
    const pve = await server()
    pve.reply(halfTicket(told))
    expect(await signIn(connect([pve.host]), { ...person, otp: ' ' })).toEqual({
      outcome: 'second-factor-needed',
      factors,
    })
    expect(pve.received).toHaveLength(1)
  })

  it.each([
    ['123456', 'totp:123456'],
    [' 123 456 ', 'totp:123456'],
    ['totp:1', 'totp:1'],
    ['ab12-cd34-ef56-7890', 'recovery:ab12-cd34-ef56-7890'],
    ['recovery:ab12-cd34', 'recovery:ab12-cd34'],
    [
      'cbdefghijklnrtuvcbdefghijklnrtuvcbdefghijkln',
      'yubico:cbdefghijklnrtuvcbdefghijklnrtuvcbdefghijkln',
    ],
  ])('with the code %s: a second call answers the challenge', async (otp, sent) => {
    const pve = await server()
    const factors = { totp: true, recovery: { count: 1 } }
    pve.reply(halfTicket(factors), json(granted))
    expect(await signIn(connect([pve.host]), { ...person, otp })).toMatchObject({
      outcome: 'signed-in',
      credentials,
      clusterName: null,
    })
    expect(formOf(pve.received[1]?.body)).toEqual({
      username: 'ada@pve',
      password: sent,
      'tfa-challenge': challengeOf(factors),
      'new-format': '1',
    })
  })

  it('a wrong code is tried once', async () => {
    const pve = await server()
    pve.reply(halfTicket({ totp: true }), plain(401, 'authentication failure'))
    const failure = await failureOf(signIn(connect([pve.host]), { ...person, otp: '000000' }))
    expect(failure).toMatchObject({ status: 401, message: 'authentication failure' })
    expect(pve.received).toHaveLength(2)
  })

  it('a wrong password is 401, and a code makes no second call of it', async () => {
    const pve = await server()
    pve.reply(json(null, 401, 'authentication failure', { message: 'authentication failure\n' }))
    const failure = await failureOf(signIn(connect([pve.host]), { ...person, otp: '123456' }))
    expect(failure).toMatchObject({ status: 401, message: 'authentication failure' })
    expect(pve.received).toHaveLength(1)
  })

  it('an answer without a ticket is no sign-in', async () => {
    const pve = await server()
    pve.reply(json({ username: 'ada@pve', cap: {} }))
    expect(await failureOf(signIn(connect([pve.host]), person))).toMatchObject({ status: 401 })
  })
})

it('renew: the ticket is the password', async () => {
  const pve = await server()
  pve.reply(json(granted))
  expect(await renew(connect([pve.host]), ticket)).toEqual(credentials)
  expect(formOf(pve.received[0]?.body)).toEqual({
    username: 'root@pam',
    password: ticket.ticket,
    'new-format': '1',
  })
  expect(pve.received[0]?.headers.cookie).toBeUndefined()
})

describe('the age of a ticket', () => {
  const issuedSeconds = 0x6b_03_c8_b5
  const at = (minutes: number) => (issuedSeconds + minutes * 60) * 1000

  it.each([0, 59, 121, -3])('%i minutes', (minutes) => {
    expect(ticketAgeSeconds(ticket.ticket, at(minutes))).toBe(minutes * 60)
  })

  it.each(['', 'PVE:root@pam:xyz::c2ln', challengeOf({ totp: true }), 'PVEVNC:6B03C8B5::x'])(
    '"%s" has none',
    (text) => {
      expect(ticketAgeSeconds(text, at(0))).toBeNull()
    },
  )
})
