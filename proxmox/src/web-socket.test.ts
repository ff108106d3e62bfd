import { expect, it } from 'vitest'
import { failureOf, testServers, ticket } from '../test/fixture.ts'
import { json } from '../test/https-server.ts'

const { server, connect, deadHost } = testServers()

const place = { node: 'pve1', vmid: 104, port: 5900, vncticket: 'PVEVNC:68::a/b+c==' }

it('asks as Proxmox wants it: its own sign-in, one protocol, no extensions, everything encoded', async () => {
  const pve = await server()
  await failureOf(connect([pve.host]).openConsole(ticket, place))
  await failureOf(
    connect([pve.host]).openConsole({ kind: 'token', tokenId: 'root@pam!x', secret: 's' }, place),
  )
  const [withTicket, withToken] = pve.received
  expect(withTicket).toMatchObject({
    method: 'GET',
    url: '/api2/json/nodes/pve1/qemu/104/vncwebsocket?port=5900&vncticket=PVEVNC%3A68%3A%3Aa%2Fb%2Bc%3D%3D',
    headers: {
      cookie: 'PVEAuthCookie=PVE%3Aroot%40pam%3A6B03C8B5%3A%3Aa%2Fb%2Bc%3D%3D',
      upgrade: 'websocket',
      'sec-websocket-protocol': 'binary',
      'sec-websocket-version': '13',
    },
  })
  expect(withTicket?.headers['sec-websocket-extensions']).toBeUndefined()
  expect(withToken?.headers.authorization).toBe('PVEAPIToken=root@pam!x=s')
  expect(withToken?.headers.cookie).toBeUndefined()
})

it('keeps the words of a refusal', async () => {
  const pve = await server()
  const message = 'permission denied - invalid PVEVNC ticket'
  pve.reply(json(null, 401, message, { message: `${message}\n` }))
  expect(await failureOf(connect([pve.host]).openConsole(ticket, place))).toEqual({
    kind: 'answered',
    status: 401,
    message,
    errors: {},
  })
})

it('sends nothing to a host whose certificate is not the pinned one', async () => {
  const pve = await server()
  const fingerprints = [Array(32).fill('AB').join(':')]
  const connection = connect([pve.host], { tls: { kind: 'pinned', fingerprints } })
  expect(await failureOf(connection.openConsole(ticket, place))).toMatchObject({
    kind: 'certificate',
    host: pve.host,
    reason: 'it is none of the pinned certificates',
  })
  expect(pve.received).toEqual([])
})

it('says which host does not answer', async () => {
  const host = await deadHost()
  expect(await failureOf(connect([host]).openConsole(ticket, place))).toMatchObject({
    kind: 'unreachable',
    host,
    reason: expect.stringContaining('ECONNREFUSED'),
  })
})
