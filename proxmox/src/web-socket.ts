/** A WebSocket to a host of the cluster, with the trust of every other call. */
import { Agent } from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocket } from 'ws'
import type { buildConnector } from 'undici'
import { encodeParams, type ReadyCall } from './encode.ts'
import { ProxmoxError, readErrorAnswer } from './errors.ts'
import type { Host } from './hosts.ts'
import { ConnectFailure } from './tls.ts'

const maxErrorBytes = 64 * 1024

export type SocketRequest = {
  call: ReadyCall
  headers: Record<string, string>
  timeoutSeconds: number
  connector: buildConnector.connector
}

/** Connects as the connector does, which judges the certificate before a byte of a request is sent. */
const agentFor = ({ name, port, label }: Host, connector: buildConnector.connector) => {
  const agent = new Agent({ keepAlive: false })
  agent.createConnection = (_, callback) => {
    const hostname = name.replace(/^\[(.*)\]$/, '$1')
    connector(
      { hostname, host: label, protocol: 'https:', port: String(port) },
      (...[error, socket]) => {
        if (socket) callback?.(null, socket)
        // Node looks at the error alone.
        else Reflect.apply(callback ?? (() => {}), undefined, [error])
      },
    )
    return undefined
  }
  return agent
}

const readAll = async (response: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of response) {
    text += String(chunk)
    if (text.length > maxErrorBytes) break
  }
  return text
}

const failureOf = (name: string, host: Host, error: Error): ProxmoxError => {
  const reason = error.message
  if (error instanceof ConnectFailure && error.fingerprint !== null) {
    const { fingerprint } = error
    return new ProxmoxError(
      name,
      { kind: 'certificate', host: host.label, fingerprint, reason },
      { cause: error },
    )
  }
  return new ProxmoxError(name, { kind: 'unreachable', host: host.label, reason }, { cause: error })
}

/**
 * Bytes in both directions, in messages of at most 128 KiB when they are written so (pve-http-server
 * src/PVE/APIServer/AnyEvent.pm, websocket_proxy: no fragments, no extensions). To end it, destroy it.
 * Rejects with `ProxmoxError` where it does not open.
 */
export const openWebSocket = (host: Host, request: SocketRequest): Promise<Duplex> => {
  const { call, headers, timeoutSeconds, connector } = request
  const name = `${call.method} ${call.path}`
  const query = encodeParams(call.params ?? {})
  const socket = new WebSocket(`wss://${host.label}/api2/json${call.path}?${query}`, 'binary', {
    agent: agentFor(host, connector),
    headers,
    handshakeTimeout: timeoutSeconds * 1000,
    perMessageDeflate: false,
    followRedirects: false,
  })
  // Before it opens: what comes at once must not be lost.
  const stream = createWebSocketStream(socket)
  stream.on('error', () => stream.destroy())
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(stream))
    const onError = (error: Error) => reject(failureOf(name, host, error))
    socket.on('error', onError)
    socket.on('unexpected-response', (_, response) => {
      // What follows is the end of a connection that is of no use any more.
      socket.off('error', onError)
      socket.on('error', () => {})
      const { statusCode = 0, statusMessage = '' } = response
      readAll(response)
        .then(
          (text) =>
            reject(new ProxmoxError(name, readErrorAnswer(statusCode, statusMessage, text))),
          (error: unknown) =>
            onError(error instanceof Error ? error : new Error('the answer broke off')),
        )
        .finally(() => socket.terminate())
    })
  })
}
