import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { connect, createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectTo } from './connect.ts'

let guest: Server
let proxy: HttpServer
const asked: string[] = []

const portOf = (server: Server): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

beforeAll(async () => {
  guest = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
  await once(guest, 'listening')
  proxy = createHttpServer()
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    const target = connect(portOf(guest), '127.0.0.1')
    target.once('connect', () => socket.end('HTTP/1.1 200 Connection established\r\n\r\n'))
    if (request.url?.startsWith('10.9.9.9')) {
      target.destroy()
      socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')
    }
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
})
afterAll(() => {
  guest.close()
  proxy.close()
})

const options = (proxyUrl: string | null = null) => ({
  proxy: proxyUrl,
  timeoutMs: 2000,
  signal: new AbortController().signal,
})
const proxyUrl = () => `http://127.0.0.1:${portOf(proxy)}`

describe('a port', () => {
  test('that answers is open', async () => {
    expect(await connectTo('127.0.0.1', portOf(guest), options())).toMatchObject({ open: true })
  })

  test('on which nothing listens is refused', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const port = portOf(closed)
    closed.close()
    await once(closed, 'close')
    expect(await connectTo('127.0.0.1', port, options())).toEqual({
      open: false,
      reason: 'connection refused',
    })
  })

  test('is asked for through the proxy, an IPv6 address in brackets', async () => {
    expect(await connectTo('10.0.0.5', 22, options(proxyUrl()))).toMatchObject({ open: true })
    expect(await connectTo('fd00::5', 443, options(proxyUrl()))).toMatchObject({ open: true })
    expect(asked).toEqual(['10.0.0.5:22', '[fd00::5]:443'])
  })

  test('that the proxy cannot reach is closed', async () => {
    expect(await connectTo('10.9.9.9', 22, options(proxyUrl()))).toEqual({
      open: false,
      reason: 'connection refused',
    })
  })

  test('a cancel ends the try', async () => {
    const stop = new AbortController()
    stop.abort(new Error('cancelled'))
    await expect(
      connectTo('127.0.0.1', portOf(guest), { ...options(), signal: stop.signal }),
    ).rejects.toThrow('cancelled')
  })
})
