/** A small HTTPS server that answers as a test says, and keeps what it was sent. */
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { Socket } from 'node:net'
import type { Certificate } from './certificates.ts'

export type Received = {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
  /** Which connection of the server's life it came on: 1, 2 … */
  connection: number
  tcpSocket: Socket | undefined
}

export type Reply = (response: ServerResponse, request: Received) => void

export type TestServer = {
  host: string
  received: Received[]
  connections: () => number
  /** What the next calls get; the last reply stays. */
  reply: (...replies: Reply[]) => void
  [Symbol.asyncDispose]: () => Promise<void>
}

/** As Proxmox sends it: `message` and `errors` beside `data`, the reason in the status line. */
export const json =
  (data: unknown, status = 200, reason = 'OK', rest: Record<string, unknown> = {}): Reply =>
  (response) => {
    response.writeHead(status, reason, { 'Content-Type': 'application/json;charset=UTF-8' })
    response.end(JSON.stringify({ data, ...rest }))
  }

export const plain =
  (status: number, reason: string, text = ''): Reply =>
  (response) => {
    response.writeHead(status, reason)
    response.end(text)
  }

export const drop: Reply = (response) => void response.socket?.destroy()
/** RST, as the kernel sends it for a worker that was killed. */
export const reset: Reply = (_, request) => void request.tcpSocket?.resetAndDestroy()
export const silence: Reply = () => {}

export const startServer = async (
  certificate: Certificate,
  options: ServerOptions & { port?: number } = {},
): Promise<TestServer> => {
  const received: Received[] = []
  const queue: Reply[] = [json(null)]
  let connections = 0
  const tcpSockets = new Map<number | undefined, Socket>()
  const numbers = new WeakMap<object, number>()
  const { port = 0, ...serverOptions } = options
  const server = createServer(
    { key: certificate.key, cert: certificate.cert, ...serverOptions },
    (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const one = {
          method: request.method ?? '',
          url: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          connection: numbers.get(request.socket) ?? 0,
          tcpSocket: tcpSockets.get(request.socket.remotePort),
        }
        received.push(one)
        const [reply = json(null)] = queue.length > 1 ? queue.splice(0, 1) : queue
        reply(response, one)
      })
    },
  )
  server.on('connection', (socket) => {
    if (socket instanceof Socket) tcpSockets.set(socket.remotePort, socket)
  })
  server.on('secureConnection', (socket) => {
    connections += 1
    numbers.set(socket, connections)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const listening = typeof address === 'object' && address ? address.port : 0
  return {
    host: `127.0.0.1:${listening}`,
    received,
    connections: () => connections,
    reply: (...replies) => void queue.splice(0, queue.length, ...replies),
    [Symbol.asyncDispose]: async () => {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
