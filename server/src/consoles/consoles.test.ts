import type { AuditDraft } from '@deployer/core/audit.ts'
import { consoleClosings } from '@deployer/core/console.ts'
import { once } from 'node:events'
import { type Duplex, PassThrough } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type ConsolesDeps, createConsoles } from './consoles.ts'

const caller = {
  username: 'mira@pve',
  credentials: { kind: 'token', tokenId: 'mira@pve!x', secret: 's' } as const,
  expiresAt: null,
}

const place = {
  vmid: 100,
  node: 'pve1',
  name: 'web',
  state: 'running',
  pool: null,
  row: { id: 'qemu/100', type: 'qemu', vmid: 100, node: 'pve1' },
} as const

const servers: WebSocketServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate()
    server.close()
  }
})

/** A console that asks nothing of Proxmox; a test says what is to happen instead. */
const openConsole = async (deps: Partial<ConsolesDeps>, options = {}) => {
  const asked: string[] = []
  const notHere = (what: string) => (): never => {
    asked.push(what)
    throw new Error(what)
  }
  const consoles = createConsoles({
    connection: { api: notHere('api'), openConsole: notHere('socket') },
    find: { at: notHere('find') },
    audit: { write: async () => 1, server: 'here' },
    watchSession: () => () => {},
    logger: { error: () => {} },
    ...deps,
  })
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  servers.push(server)
  server.on('connection', (socket) => void consoles.serve(socket, caller, 100, 'vnc'))
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, options)
  socket.on('error', () => {})
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  return { closed, asked, socket }
}

const forever = <T>() => new Promise<T>(() => {})

const unwritable = async () => Promise.reject(new Error('the database is down'))

test('what cannot be recorded does not happen', async () => {
  const { closed, asked } = await openConsole({ audit: { write: unwritable, server: 'here' } })
  expect(await closed).toBe(consoleClosings.failed)
  expect(asked).toEqual([])
})

test('the intent comes before Proxmox is asked, and the outcome when it failed', async () => {
  const entries: AuditDraft[] = []
  const write = async (drafts: AuditDraft[]) => {
    entries.push(...drafts)
    return entries.length
  }
  const { closed, asked } = await openConsole({ audit: { write, server: 'here' } })
  expect(await closed).toBe(consoleClosings.failed)
  expect(asked).toEqual(['find'])
  expect(entries).toMatchObject([
    { operation: 'vm_console', intent: true, vm: { vmid: 100 } },
    { operation: 'vm_console', status: 'failed', closes: 1 },
  ])
})

test('a browser that has gone without a word is let go; one that answers stays', async () => {
  const find = { at: () => forever<never>() }
  const gone = await openConsole({ find, pingMs: 20 }, { autoPong: false })
  expect(await gone.closed).toBe(1006)

  const there = await openConsole({ find, pingMs: 20 })
  let pings = 0
  await new Promise<void>((resolve) => {
    there.socket.on('ping', () => {
      pings += 1
      if (pings === 4) resolve()
    })
  })
  expect(there.socket.readyState).toBe(WebSocket.OPEN)
})

test('a console that opens too late is given back', async () => {
  const late = Promise.withResolvers<Duplex>()
  const proxmox = {
    api: () => ({
      call: async (name: string) =>
        name.endsWith('current')
          ? { status: 'running' }
          : { port: '5900', ticket: 'PVEVNC:x', user: 'mira@pve' },
      send: () => forever<never>(),
    }),
    openConsole: () => late.promise,
  }
  const { closed } = await openConsole({
    connection: proxmox,
    find: { at: (_caller, _vmid, work) => work(place) },
    openingMs: 20,
  })
  expect(await closed).toBe(consoleClosings.lost)
  const stream = new PassThrough()
  late.resolve(stream)
  await expect.poll(() => stream.destroyed).toBe(true)
})
