import { Buffer } from 'node:buffer'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWebSocketStream, WebSocket } from 'ws'
import { screenText } from '../src/calls/console.ts'
import { readBytes } from '../src/consoles/bytes.ts'
import { drawRow, ownFormat, width } from '../src/consoles/framebuffer.ts'
import { createKeyboard } from '../src/consoles/keys.ts'
import { createTerminal } from '../src/consoles/terminal.ts'
import { createTty } from '../src/consoles/tty.ts'
import { vncResponse } from '../src/consoles/vnc-auth.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { signIn, type Client } from './client.ts'

/** A running Ubuntu with a serial port, and one that is off. */
const [running, stopped] = ['pve1/qemu/104', 'pve2/qemu/111']

let simulator: Simulator
let root: Client

beforeAll(async () => {
  simulator = await startSimulator({ speed: 200 })
  root = await signIn(simulator, 'root@pam')
})
afterAll(() => simulator.close())

type Proxy = { port: string; ticket: string; user: string; upid: string; password: string }

const proxy = async (guest: string, kind: string, client = root): Promise<Proxy> => {
  const answer = await client.call('POST', `/nodes/${guest}/${kind}`)
  expect(answer.reason).toBe('OK')
  const data: unknown = answer.data
  const fields = new Map(Object.entries(data ?? {}).map(([key, value]) => [key, String(value)]))
  const text = (name: string) => fields.get(name) ?? ''
  return {
    port: text('port'),
    ticket: text('ticket'),
    user: text('user'),
    upid: text('upid'),
    password: text('password'),
  }
}

const socketTo = (guest: string, { port, ticket }: Proxy, client = root) =>
  new WebSocket(
    `${simulator.url.replace('https', 'wss')}/api2/json/nodes/${guest}/vncwebsocket?port=${port}&vncticket=${encodeURIComponent(ticket)}`,
    'binary',
    {
      ca: simulator.caPem,
      perMessageDeflate: false,
      headers: { Cookie: `PVEAuthCookie=${encodeURIComponent(client.ticket)}` },
    },
  )

const streamTo = (guest: string, made: Proxy): Duplex => {
  const stream = createWebSocketStream(socketTo(guest, made))
  stream.on('error', () => {})
  return stream
}

/** As far as the name of the screen. */
const openRfb = async (stream: Duplex, password: string): Promise<string> => {
  expect((await readBytes(stream, 12)).toString()).toBe('RFB 003.008\n')
  stream.write('RFB 003.008\n')
  expect([...(await readBytes(stream, 2))]).toEqual([1, 2])
  stream.write(Buffer.from([2]))
  stream.write(vncResponse(password, await readBytes(stream, 16)))
  if ((await readBytes(stream, 4)).readUInt32BE() !== 0) {
    const length = (await readBytes(stream, 4)).readUInt32BE()
    return `refused: ${(await readBytes(stream, length)).toString()}`
  }
  stream.write(Buffer.from([1]))
  const init = await readBytes(stream, 24)
  expect([init.readUInt16BE(0), init.readUInt16BE(2)]).toEqual([960, 500])
  return (await readBytes(stream, init.readUInt32BE(20))).toString()
}

const updateRequest = (incremental: number) =>
  Buffer.from([3, incremental, 0, 0, 0, 0, 3, 192, 1, 244])
const key = (keysym: number, down: boolean) => {
  const message = Buffer.from([4, down ? 1 : 0, 0, 0, 0, 0, 0, 0])
  message.writeUInt32BE(keysym, 4)
  return message
}
const typed = (text: string) =>
  Buffer.concat(
    Array.from(text, (character) => {
      const keysym = character === '\n' ? 0xff0d : (character.codePointAt(0) ?? 0)
      return Buffer.concat([key(keysym, true), key(keysym, false)])
    }),
  )

/** The rectangles of one update: their rows on the screen, and whether a dot in them is lit. */
const readUpdate = async (stream: Duplex) => {
  const count = (await readBytes(stream, 4)).readUInt16BE(2)
  const rows: { y: number; isLit: boolean }[] = []
  for (let index = 0; index < count; index += 1) {
    const head = await readBytes(stream, 12)
    expect(head.readInt32BE(8)).toBe(0)
    const pixels = await readBytes(stream, head.readUInt16BE(4) * head.readUInt16BE(6) * 4)
    rows.push({ y: head.readUInt16BE(2), isLit: pixels.some((byte) => byte !== 0) })
  }
  return rows
}

test('the screen of a guest comes as pixels, and what is typed is on it', async () => {
  const made = await proxy(running, 'vncproxy')
  expect(made.ticket).toMatch(/^[!-~]{8}:PVEVNC:/)
  const stream = streamTo(running, made)
  expect(await openRfb(stream, made.password)).toBe('QEMU (monitoring)')
  stream.write(updateRequest(0))
  const whole = await readUpdate(stream)
  expect(whole).toHaveLength(25)
  expect(whole[0]?.isLit).toBe(true)
  expect(whole.at(-1)?.isLit).toBe(false)

  stream.write(Buffer.concat([updateRequest(1), typed('mira\n')]))
  const changed = await readUpdate(stream)
  expect(changed.length).toBeLessThan(25)
  stream.write(typed('secret\nhostname\n'))
  await expect
    .poll(() => screenText(simulator.cluster, 104))
    .toContain('mira@monitoring:~$ hostname\nmonitoring\nmira@monitoring:~$')
  expect(screenText(simulator.cluster, 104)).not.toContain('secret')
  stream.destroy()
  await expect.poll(() => simulator.tasks.isRunning(made.upid)).toBe(false)
  expect(simulator.tasks.find(made.upid)?.exitstatus).toBe('OK')
})

test('a wrong password, a stopped guest and a guest that stops end the connection', async () => {
  const first = await proxy(running, 'vncproxy')
  expect(await openRfb(streamTo(running, first), 'wrong')).toBe('refused: Authentication failed')

  const off = await proxy(stopped, 'vncproxy')
  await expect(readBytes(streamTo(stopped, off), 12)).rejects.toThrow('closed')
  expect(simulator.tasks.find(off.upid)?.exitstatus).toBe('Failed to run vncproxy.')

  await root.run('POST', `/nodes/${stopped}/status/start`)
  const last = await proxy(stopped, 'vncproxy')
  const stream = streamTo(stopped, last)
  await openRfb(stream, last.password)
  await root.run('POST', `/nodes/${stopped}/status/stop`)
  await expect(readBytes(stream, 1)).rejects.toThrow('closed')
})

/** Why no connection came about. */
const refused = (socket: WebSocket) =>
  new Promise((resolve) => {
    socket.on('error', (error) => resolve(error.message))
    socket.on('open', () => resolve('open'))
  })

test('a ticket is good for its user, guest and port; the upgrade needs a sign-in too', async () => {
  const made = await proxy(running, 'vncproxy')
  const viewer = await signIn(simulator, 'viewer@pve')
  const operator = await signIn(simulator, 'operator@pve')
  const lab = 'pve2/qemu/210'
  const another = await proxy(lab, 'vncproxy')
  expect((await viewer.call('POST', `/nodes/${running}/vncproxy`)).reason).toBe(
    'Permission check failed (/vms/104, VM.Console)',
  )
  const answers = await Promise.all(
    [
      socketTo(running, made, viewer),
      socketTo(lab, another, operator),
      socketTo(running, { ...made, port: '5999' }),
      socketTo(stopped, made),
      socketTo(running, made, { ...root, ticket: 'PVE:nobody' }),
    ].map(refused),
  )
  expect(answers).toEqual([
    'Unexpected server response: 403',
    'Unexpected server response: 401',
    'Unexpected server response: 401',
    'Unexpected server response: 401',
    'Unexpected server response: 401',
  ])
  const stream = streamTo(running, made)
  await openRfb(stream, made.password)
  // The worker takes one connection.
  expect(await refused(socketTo(running, made))).toBe('socket hang up')
  stream.destroy()
})

test('a serial port speaks as termproxy does', async () => {
  const made = await proxy(running, 'termproxy')
  const stream = streamTo(running, made)
  stream.write(`${made.user}:${made.ticket}\n`)
  expect((await readBytes(stream, 2)).toString()).toBe('OK')
  let output = ''
  stream.removeAllListeners('readable')
  stream.on('data', (bytes: Buffer) => (output += bytes.toString()))
  await expect.poll(() => output).toBe('starting serial terminal on interface serial0\r\n')
  stream.write('1:120:40:0:1:\r2')
  await expect.poll(() => output).toContain('monitoring login: ')
  // In pieces, and a letter of two bytes.
  stream.write('0:3:\u00fc')
  stream.write('\r')
  await expect.poll(() => output).toContain('\u00fc\r\nPassword: ')
  stream.write('0:2:x\r0:7:whoami\r')
  await expect.poll(() => output).toContain('\u00fc@monitoring:~$ whoami\r\n\u00fc\r\n')
  stream.destroy()
})

test.each([
  ['another ticket', 'root@pam:PVEVNC:00000000::x\n'],
  ['no line', 'x'.repeat(2000)],
])('a serial port closes on %s', async (_, line) => {
  const stream = streamTo(running, await proxy(running, 'termproxy'))
  stream.write(line)
  await expect(readBytes(stream, 2)).rejects.toThrow('closed')
})

test('before 9.2 there is a password only where one is asked for', async () => {
  const older = await startSimulator({ version: '8.4', speed: 200 })
  try {
    const admin = await signIn(older, 'root@pam')
    const plain = await admin.call('POST', `/nodes/${running}/vncproxy`)
    expect(plain.data).toMatchObject({ ticket: expect.stringMatching(/^PVEVNC:/) })
    expect(plain.data).not.toHaveProperty('password')
    const form = { 'generate-password': '1' }
    const asked = await admin.call('POST', `/nodes/${running}/vncproxy`, form)
    expect(asked.data).toHaveProperty('password', expect.stringMatching(/^[!-~]{8}$/))
  } finally {
    await older.close()
  }
})

test.each([
  ['ab\r\ncd', ['ab', 'cd']],
  ['abc\b\b_', ['a_c']],
  ['old\u001B[H\u001B[2Jnew', ['new']],
  ['x'.repeat(81), ['x'.repeat(80), 'x']],
])('a terminal shows %j', (text, lines) => {
  const terminal = createTerminal()
  terminal.write(text)
  expect(terminal.screen().lines).toEqual(lines)
})

test('a terminal keeps its last 25 lines', () => {
  const terminal = createTerminal()
  for (let line = 1; line <= 40; line += 1) terminal.write(`${line}\r\n`)
  expect(terminal.screen().lines[0]).toBe('17')
})

test.each([
  ['erases', 'me\u007F\u007Fyou\r', 'login: you'],
  ['cannot erase the prompt', '\u007F\u007Fa\r', 'login: a'],
  ['starts over', 'mi\u0003', '^C'],
  ['has no use for arrows', '\u001B[A\u001BOPx\r', 'login: x'],
  ['knows no such command', 'a\rb\rnope\r', '-bash: nope: command not found'],
])('a shell %s', (_, input, shown) => {
  const tty = createTty({ hostname: 'h', greeting: 'hello', run: () => undefined })
  tty.input(input)
  expect(tty.terminal.screen().lines.join('\n')).toContain(shown)
})

test('keys become characters; with control held, control characters', () => {
  const press = createKeyboard()
  expect(press(0x61, true)).toEqual({ kind: 'text', text: 'a' })
  expect(press(0x010020ac, true)).toEqual({ kind: 'text', text: '\u20AC' })
  press(0xffe3, true)
  expect(press(0x63, true)).toEqual({ kind: 'text', text: '\u0003' })
  press(0xffe9, true)
  expect(press(0xffff, true)).toEqual({ kind: 'ctrl-alt-del' })
  press(0xffe3, false)
  expect(press(0xffff, true)).toEqual({ kind: 'none' })
})

test('letters have dots, each its own, in every size of a pixel', () => {
  const drawn = Array.from({ length: 95 }, (_, index) => {
    const text = String.fromCodePoint(32 + index).padEnd(80)
    return drawRow(text, ownFormat).toString('latin1')
  })
  expect(new Set(drawn).size).toBe(95)
  for (const bytes of [1, 2, 4] as const) {
    const format = { bytes, bigEndian: true, max: [3, 3, 3], shift: [4, 2, 0] } as const
    expect(drawRow('A'.padEnd(80), format)).toHaveLength(width * 20 * bytes)
  }
})
