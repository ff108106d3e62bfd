import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createNetServer, type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Certificate } from './certificate.ts'
import type { Duplex } from 'node:stream'
import { writeReply, type Reply } from './reply.ts'
import { createUpgrade, wantsWebSocket } from './upgrade.ts'

/** A request whose body is still to be read. */
export type WireRequest = {
  method: string
  url: string
  headers: IncomingMessage['headers']
  readBody: () => Promise<Buffer>
}

export type WireServer = { port: number; close: () => Promise<void> }

const maxHeaderBytes = 8 * 1024
const maxHeaderLines = 64
const idleMilliseconds = 5000
const maxRequestsPerConnection = 100

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** More header lines or bytes than pveproxy takes: it then waits for more until the connection times out. */
const headersTooLarge = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.length / 2 > maxHeaderLines ||
  rawHeaders.reduce((bytes, part) => bytes + part.length + 2, 0) > maxHeaderBytes

const isKeepAlive = (request: IncomingMessage, served: number) => {
  const wish = (request.headers.connection ?? '').toLowerCase()
  const persistent = request.httpVersion === '1.1' ? wish !== 'close' : wish.includes('keep-alive')
  return persistent && served < maxRequestsPerConnection
}

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  served: number,
  handle: (request: WireRequest) => Promise<Reply>,
) => {
  if (headersTooLarge(request)) {
    setTimeout(() => request.socket.destroy(), idleMilliseconds).unref()
    return
  }
  const reply = await handle({
    method: request.method ?? '',
    url: request.url ?? '/',
    headers: request.headers,
    readBody: () => readAll(request),
  })
  if (response.destroyed) return
  writeReply(response, reply, {
    acceptEncoding: request.headers['accept-encoding'] ?? '',
    keepAlive: isKeepAlive(request, served),
  })
}

/** Methods that Node's parser refuses still get pveproxy's answer. */
const answerUnparsed = (error: Error, socket: Socket) => {
  const packet = 'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket : null
  const [method = '', , protocol = ''] = packet?.toString('latin1').split(/\s+/, 3) ?? []
  const reason = /^HTTP\/1\.[01]$/.test(protocol)
    ? `method '${method}' not available`
    : 'bad request'
  if (socket.writable)
    socket.end(`HTTP/1.1 ${protocol === '' ? 400 : 501} ${reason}\r\nConnection: close\r\n\r\n`)
  else socket.destroy()
}

type Connect = (node: string, port: number) => ((stream: Duplex) => void) | undefined

const createHttpServer = (
  handle: (request: WireRequest) => Promise<Reply>,
  connect: Connect,
): Server => {
  const served = new WeakMap<Socket, number>()
  const busy = new WeakMap<Socket, number>()
  const server = createServer({
    maxHeaderSize: 128 * 1024,
    requestTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 0,
    shouldUpgradeCallback: wantsWebSocket,
  })
  server.maxHeadersCount = 0
  server.on('connection', (socket: Socket) => {
    socket.setNoDelay(true)
    socket.setTimeout(idleMilliseconds)
  })
  // Without this listener Node closes the connection also where an answer is still being made.
  server.on('timeout', (socket: Socket) => {
    if (!busy.get(socket)) socket.destroy()
  })
  server.on('request', (request, response) => {
    const { socket } = request
    const count = (served.get(socket) ?? 0) + 1
    served.set(socket, count)
    busy.set(socket, (busy.get(socket) ?? 0) + 1)
    response.on('close', () => busy.set(socket, (busy.get(socket) ?? 1) - 1))
    answer(request, response, count, handle).catch(() => socket.destroy())
  })
  const upgrade = createUpgrade(handle, connect)
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    upgrade(request, socket, head).catch(() => socket.destroy())
  })
  server.on('clientError', answerUnparsed)
  return server
}

/** Plain HTTP on the HTTPS port is sent to https, as pveproxy does. */
const redirectToHttps = (socket: Socket, firstBytes: Buffer, port: number) => {
  const head = firstBytes.toString('latin1')
  const path = /^\w+ (\S+)/.exec(head)?.[1] ?? '/'
  const host = /\r\nhost: *([^\r:]+)/i.exec(head)?.[1] ?? '127.0.0.1'
  const location = `https://${host}:${port}${path}`
  socket.end(
    `HTTP/1.1 301 Moved Permanently\r\nLocation: ${location}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}

const tlsHandshake = 0x16

const portOf = (address: AddressInfo | string | null) =>
  typeof address === 'object' ? (address?.port ?? 0) : 0

/**
 * An HTTPS server that behaves like pveproxy: no ALPN, 5 s idle connections, 100 requests per connection, plain HTTP
 * redirected. Node's own HTTP parser does the parsing.
 */
export const listen = async (options: {
  host: string
  port: number
  certificate: Certificate
  handle: (request: WireRequest) => Promise<Reply>
  /** What waits at a console's port of a node. */
  connect: Connect
}): Promise<WireServer> => {
  const { certificate, handle } = options
  const sockets = new Set<Socket>()
  const http = createHttpServer(handle, options.connect)
  const tls = createTlsServer({ key: certificate.keyPem, cert: certificate.certPem }, (socket) =>
    http.emit('connection', socket),
  )
  tls.on('tlsClientError', (_, socket) => socket.destroy())
  const net = createNetServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setTimeout(idleMilliseconds, () => socket.destroy())
    socket.once('readable', () => {
      const firstBytes: Buffer | null = socket.read()
      if (!firstBytes) return socket.destroy()
      socket.setTimeout(0)
      if (firstBytes[0] !== tlsHandshake)
        return redirectToHttps(socket, firstBytes, portOf(net.address()))
      socket.unshift(firstBytes)
      tls.emit('connection', socket)
    })
  })
  await new Promise<void>((resolve, reject) => {
    net.once('error', reject)
    net.listen(options.port, options.host, resolve)
  })
  return {
    port: portOf(net.address()),
    close: async () => {
      const closed = new Promise((resolve) => net.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
