import { ServerResponse, type IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { z } from 'zod'
import { writeReply, type Reply } from './reply.ts'
import type { WireRequest } from './server.ts'

/** The largest frame that pveproxy takes (AnyEvent.pm, websocket_proxy). */
const maxFrameBytes = 128 * 1024

/** pveproxy goes by the end of the path. */
export const wantsWebSocket = ({ method, url = '', headers }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  url.split('?')[0]?.endsWith('websocket') === true

const answer = z.object({ data: z.object({ port: z.string() }) })

/** The port that an accepted call names, and the node of its path. */
const target = (url: string, reply: Reply) => {
  const port = answer.safeParse(JSON.parse(reply.body ?? 'null')).data?.data.port
  const node = /\/nodes\/([^/]+)\//.exec(url)?.[1]
  return port === undefined || node === undefined ? undefined : { node, port: Number(port) }
}

const noBody = async () => Buffer.alloc(0)

/** Connects the client of an accepted call with what waits at its port; any other gets its answer as ever. */
export const createUpgrade = (
  handle: (request: WireRequest) => Promise<Reply>,
  connect: (node: string, port: number) => ((stream: Duplex) => void) | undefined,
) => {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    handleProtocols: (offered) => [...offered][0] ?? false,
  })
  return async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const { method = 'GET', url = '', headers } = request
    const reply = await handle({ method, url, headers, readBody: noBody })
    if (reply.status !== 200) {
      const response = new ServerResponse(request)
      if (socket instanceof Socket) response.assignSocket(socket)
      response.on('finish', () => socket.end())
      writeReply(response, reply, { acceptEncoding: '', keepAlive: false })
      return
    }
    const wanted = target(url, reply)
    const accept = wanted && connect(wanted.node, wanted.port)
    if (!accept) {
      socket.destroy()
      return
    }
    server.handleUpgrade(request, socket, head, (client) => {
      const stream = createWebSocketStream(client)
      stream.on('error', () => stream.destroy())
      accept(stream)
    })
  }
}
