/** Consoles: from a WebSocket of ours, through the relay, to the simulated guests. */
import { consoleClosings, serialFrames } from '@deployer/core/console.ts'
import { screenText } from '@deployer/simulator/calls/console.ts'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWebSocketStream, WebSocket } from 'ws'
import { z } from 'zod'
import { readerOf } from '../src/consoles/bytes.ts'
import { createLogger } from '../src/logger.ts'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

/** A running one with a serial port, one without, one that is off, and none. */
const [monitoring, sandbox, stopped, missing] = [104, 210, 111, 999_999]

let server: TestServer
let address: string
let cookie: string
const logged: string[] = []

beforeAll(async () => {
  const logger = createLogger('debug', { write: (line: string) => void logged.push(line) })
  server = await startTestServer({}, 100, logger)
  address = await server.listen()
  cookie = await server.signIn('root@pam')
})
afterAll(() => server.stop())

type Options = {
  type?: string
  cookie?: string | undefined
  origin?: string | undefined
  authorization?: string
}

const open = (vmid: number, options: Options = {}): WebSocket => {
  const { type = 'vnc', authorization } = options
  const session = 'cookie' in options ? options.cookie : cookie
  const origin = 'origin' in options ? options.origin : address
  return new WebSocket(`${address.replace('http', 'ws')}/api/v1/vms/${vmid}/console?type=${type}`, {
    headers: {
      ...(session !== undefined && { cookie: `session=${session}` }),
      ...(origin !== undefined && { origin }),
      ...(authorization !== undefined && { authorization }),
    },
  })
}

const closed = (socket: WebSocket) =>
  new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )

/** The status of a connection that was refused, or `open`. */
const refusal = (socket: WebSocket) =>
  new Promise<number | 'open'>((resolve) => {
    socket.on('open', () => resolve('open'))
    socket.on('unexpected-response', (_, { statusCode = 0 }) => {
      resolve(statusCode)
      socket.terminate()
    })
    socket.on('error', () => {})
  })

const textOf = (socket: WebSocket) => {
  let text = ''
  socket.on('message', (data: Buffer) => (text += data.toString()))
  return () => text
}

/** A screen as a browser opens it: no password is asked for. Answers its name and all bytes up to there. */
const openScreen = async (stream: Duplex): Promise<string> => {
  const { take, release } = readerOf(stream)
  expect((await take(12)).toString()).toBe('RFB 003.008\n')
  stream.write('RFB 003.008\n')
  expect([...(await take(2))]).toEqual([1, 1])
  stream.write(Buffer.from([1]))
  expect([...(await take(4))]).toEqual([0, 0, 0, 0])
  stream.write(Buffer.from([1]))
  const name = await take((await take(24)).readUInt32BE(20))
  release()
  return name.toString()
}

const press = (text: string) =>
  Buffer.concat(
    Array.from(text, (character) => {
      const message = Buffer.from([4, 1, 0, 0, 0, 0, 0, 0])
      message.writeUInt32BE(character === '\n' ? 0xff0d : (character.codePointAt(0) ?? 0), 4)
      return message
    }),
  )

const streamOf = (socket: WebSocket) => {
  const stream = createWebSocketStream(socket)
  stream.on('error', () => {})
  return stream
}

const entries = z.object({ entries: z.array(z.looseObject({})) })
const auditOf = async (operation: string) => {
  const { body } = await server.call('GET', `/api/v1/audit?operation=${operation}&limit=5`, {
    cookie,
  })
  return entries.parse(body).entries
}

test('a screen opens without a password, shows the guest and takes keys', async () => {
  const socket = open(monitoring)
  const stream = streamOf(socket)
  expect(await openScreen(stream)).toBe('QEMU (monitoring)')
  stream.write(press('mira\nsecret\nhostname\n'))
  await expect
    .poll(() => screenText(server.simulator.cluster, monitoring))
    .toContain('mira@monitoring:~$ hostname\nmonitoring')
  stream.destroy()
  expect(await auditOf('vm_console')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        status: 'success',
        vm: { name: 'monitoring', vmid: monitoring },
        username: 'root@pam',
      }),
    ]),
  )
})

test('a serial port takes what is typed and gives what comes', async () => {
  const socket = open(monitoring, { type: 'serial' })
  const text = textOf(socket)
  await expect.poll(text).toContain('starting serial terminal on interface serial0')
  socket.send(serialFrames.resize(120, 40))
  socket.send(serialFrames.input('ü\rx\rhostname\r'))
  socket.send(serialFrames.alive)
  await expect.poll(text).toContain('ü@monitoring:~$ hostname\r\nmonitoring\r\n')
  // What termproxy asks for first stays on the server.
  expect(text()).not.toMatch(/^OK/)
  socket.close()
})

test('no ticket and no password of Proxmox reaches the browser or the log', async () => {
  const earlier = server.simulator.requests().length
  const bytes: Buffer[] = []
  const listen = (socket: WebSocket) => {
    socket.on('message', (data: Buffer) => bytes.push(data))
    return socket
  }
  const screen = streamOf(listen(open(monitoring)))
  await openScreen(screen)
  const serial = listen(open(monitoring, { type: 'serial' }))
  await expect.poll(() => Buffer.concat(bytes).toString()).toContain('serial terminal')
  screen.destroy()
  serial.close()

  const calls = server.simulator.requests().slice(earlier)
  const tickets = calls.flatMap(({ params }) => params['vncticket'] ?? []).map(String)
  expect(tickets).toHaveLength(2)
  const seen = Buffer.concat(bytes).toString('latin1') + logged.join('')
  for (const ticket of ['PVEVNC', ...tickets, ...tickets.map(encodeURIComponent)])
    expect(seen).not.toContain(ticket)
  // The relay came as the person, not as somebody else.
  const sockets = calls.filter(({ path }) => path.endsWith('vncwebsocket'))
  expect(sockets.map(({ user }) => user)).toEqual(['root@pam', 'root@pam'])
})

const asked = () => server.simulator.requests().filter(({ path }) => path.endsWith('proxy')).length

test.each([
  ['nobody', { cookie: undefined }, 401],
  ['a wrong cookie', { cookie: 'x' }, 401],
  ['a page of another site', { origin: 'http://evil.example' }, 403],
  ['a page of another port', { origin: 'http://127.0.0.1:1' }, 403],
  ['a page that does not say', { origin: undefined }, 403],
  ['a page without an origin', { origin: 'null' }, 403],
  ['a wrong token', { authorization: 'PVEAPIToken=root@pam!demo=wrong', cookie: undefined }, 401],
  ['another type', { type: 'spice' }, 400],
])('%s is refused before anything is asked of Proxmox', async (_, options, status) => {
  const before = asked()
  expect(await refusal(open(monitoring, options))).toBe(status)
  expect(asked()).toBe(before)
})

const connections = () =>
  new Promise<number>((resolve, reject) =>
    server.app.server.getConnections((error, number) => (error ? reject(error) : resolve(number))),
  )

test('what is refused leaves no connection behind', async () => {
  const outside = new WebSocket(`${address.replace('http', 'ws')}/`, {
    headers: { origin: address },
  })
  expect(await refusal(outside)).toBe('open')
  expect((await closed(outside)).code).toBe(1005)
  await expect.poll(connections).toBe(0)
})

test('a token opens a console from anywhere', async () => {
  const stream = streamOf(
    open(monitoring, { authorization: apiToken, cookie: undefined, origin: undefined }),
  )
  expect(await openScreen(stream)).toBe('QEMU (monitoring)')
  stream.destroy()
})

test('an ordinary call says that this is a WebSocket', async () => {
  const path = `/api/v1/vms/${monitoring}/console`
  expect(await server.call('GET', path, { cookie })).toMatchObject({
    status: 426,
    body: { title: 'A console is a WebSocket' },
  })
})

test.each([
  [
    'a VM that is off',
    stopped,
    'vnc',
    'not-running',
    'The VM does not run. Start it to see its console.',
  ],
  [
    'a VM without a serial port',
    sandbox,
    'serial',
    'no-serial-port',
    'This VM has no serial port. Add one: serial0 = socket.',
  ],
  ['no VM', missing, 'vnc', 'no-such-vm', expect.stringContaining('999999')],
] as const)('%s is told so when the console closes', async (_, vmid, type, closing, reason) => {
  expect(await closed(open(vmid, { type }))).toEqual({ code: consoleClosings[closing], reason })
})

test('who may not see the console is told the privilege, and it is in the audit log', async () => {
  const viewer = await server.signIn('viewer@pve')
  expect(await closed(open(monitoring, { cookie: viewer }))).toEqual({
    code: consoleClosings['not-permitted'],
    reason: 'Your Proxmox account may not do this. Proxmox asks for VM.Console on /vms/104.',
  })
  expect(await auditOf('vm_console')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        status: 'failed',
        reason: 'refused',
        username: 'viewer@pve',
        vm: { name: 'monitoring', vmid: monitoring },
      }),
    ]),
  )
})

test('one person has so many consoles open and no more', async () => {
  const sockets = Array.from({ length: 10 }, () => open(monitoring))
  await Promise.all(sockets.map((socket) => openScreen(streamOf(socket))))
  expect(await closed(open(monitoring))).toMatchObject({ code: consoleClosings['too-many'] })
  const other = open(sandbox, { cookie: await server.signIn('operator@pve') })
  expect(await openScreen(streamOf(other))).toBe('QEMU (sandbox)')
  for (const socket of [...sockets, other]) socket.terminate()
})

test('a browser that reads late gets every picture', async () => {
  const socket = open(monitoring)
  const stream = streamOf(socket)
  await openScreen(stream)
  const pictures = 20
  const { take, release } = readerOf(stream)
  for (let picture = 0; picture < pictures; picture += 1)
    stream.write(Buffer.from([3, 0, 0, 0, 0, 0, 3, 192, 1, 244]))
  for (let picture = 0; picture < pictures; picture += 1) {
    const rows = (await take(4)).readUInt16BE(2)
    expect(rows).toBe(25)
    for (let row = 0; row < rows; row += 1) {
      const head = await take(12)
      expect([head.readUInt16BE(2), head.readUInt16BE(4)]).toEqual([row * 20, 960])
      await take(960 * 20 * 4)
    }
  }
  release()
  stream.destroy()
})

test('a console ends with the connection, the sign-in and the VM, and says which', async () => {
  const { simulator } = server
  const session = await server.signIn('root@pam')
  const openOne = async () => {
    const socket = open(sandbox, { cookie: session })
    const end = closed(socket)
    await openScreen(streamOf(socket))
    return { end }
  }
  const lost = await openOne()
  const running = simulator.world.tasks.filter(
    ({ type, id, endtime }) => type === 'vncproxy' && id === '210' && endtime === undefined,
  )
  expect(running).toHaveLength(1)
  for (const { upid } of running) await simulator.tasks.stop(upid)
  expect(await lost.end).toEqual({
    code: consoleClosings.lost,
    reason: 'The connection to the console was lost.',
  })

  const signedOut = await openOne()
  await server.call('DELETE', '/api/v1/session', { cookie: session })
  expect(await signedOut.end).toMatchObject({ code: consoleClosings['signed-out'] })

  const socket = open(sandbox)
  const end = closed(socket)
  await openScreen(streamOf(socket))
  const power = { cookie, body: { action: 'stop' } }
  expect(await server.call('POST', `/api/v1/vms/${sandbox}/power`, power)).toMatchObject({
    status: 202,
  })
  expect(await end).toEqual({ code: consoleClosings['vm-stopped'], reason: 'The VM has stopped.' })
})

test('a server that stops says so', async () => {
  const socket = open(monitoring)
  const end = closed(socket)
  await openScreen(streamOf(socket))
  await server.app.close()
  expect(await end).toMatchObject({ code: consoleClosings['server-stops'] })
})
