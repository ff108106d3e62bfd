/** Against real servers on this machine. */
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { tryHttp, tryPort } from './probes.ts'

const opened: Server[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await new Promise((resolve) => server.close(resolve))
})

const listen = async (server: Server): Promise<number> => {
  opened.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

const options = (proxy: string | null = null) => ({
  proxy,
  timeoutMs: 2000,
  signal: new AbortController().signal,
})

describe('a port', () => {
  it('is told with the first line that it says, and no more of it', async () => {
    const port = await listen(
      createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6p1\r\nmore\r\n')),
    )
    expect(await tryPort('127.0.0.1', port, { ...options(), banner: true })).toMatchObject({
      open: true,
      banner: 'SSH-2.0-OpenSSH_9.6p1',
    })
  })

  it('that closes without a word has no banner', async () => {
    const port = await listen(createServer((socket) => socket.end()))
    expect(await tryPort('127.0.0.1', port, { ...options(), banner: true })).toMatchObject({
      open: true,
      banner: null,
    })
  })

  it('through a proxy keeps what came with the proxy’s answer', async () => {
    const proxy = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nSSH-2.0-dropbear\r\n'))
    })
    const url = `http://127.0.0.1:${await listen(proxy)}`
    expect(await tryPort('192.0.2.1', 22, { ...options(url), banner: true })).toMatchObject({
      open: true,
      banner: 'SSH-2.0-dropbear',
    })
  })
})

describe('HTTP', () => {
  const order = { path: '/', tls: false, host: null }

  it('answers its status; a redirect is not followed, and the host is the one that was named', async () => {
    const seen: string[] = []
    const port = await listen(
      createHttpServer((request, response) => {
        seen.push(`${request.method} ${request.headers.host} ${request.url}`)
        response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
      }),
    )
    const named = { ...order, port, path: '/a?b=c', host: 'web.example' }
    expect(await tryHttp('127.0.0.1', named, options())).toMatchObject({
      answered: true,
      status: 302,
    })
    expect(seen).toEqual(['GET web.example /a?b=c'])
  })

  it('is told where nobody speaks it', async () => {
    const port = await listen(
      createServer((socket) => {
        socket.on('error', () => {})
        socket.end('SSH-2.0-x\r\n')
        socket.resume()
      }),
    )
    expect(await tryHttp('127.0.0.1', { ...order, port }, options())).toEqual({
      answered: false,
      reason: 'it does not speak HTTP',
    })
    const closed = { ...order, port: 1 }
    expect(await tryHttp('127.0.0.1', closed, options())).toEqual({
      answered: false,
      reason: 'connection refused',
    })
  })
})
