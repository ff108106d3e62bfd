/** TCP connections into the guests' networks, directly or through an HTTP proxy that can reach them. */
import { codeOf } from '@deployer/proxmox/caught.ts'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export type Dialled = { socket: Duplex; milliseconds: number } | { reason: string }

export type DialOptions = {
  /** `http://host:port`, or null. */
  proxy: string | null
  timeoutMs: number
  signal: AbortSignal
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ETIMEDOUT: 'no answer',
  ECONNRESET: 'connection reset',
}

export const reasonOf = (error: Error): string => reasons[codeOf(error)] ?? error.message

/**
 * Opens a connection, which the caller destroys; its errors afterwards are the caller's as well. Rejects only with the
 * signal's reason.
 */
export const dial = async (
  address: string,
  port: number,
  { proxy, timeoutMs, signal }: DialOptions,
): Promise<Dialled> => {
  signal.throwIfAborted()
  const started = performance.now()
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const opened =
    proxy === null ? await direct(address, port, stop) : await through(proxy, address, port, stop)
  if (typeof opened !== 'string' && signal.aborted) opened.destroy()
  signal.throwIfAborted()
  if (typeof opened === 'string') return { reason: stop.aborted ? 'no answer' : opened }
  return { socket: opened, milliseconds: performance.now() - started }
}

/** The socket, or why there is none. The signal ends the attempt, not the connection. */
const direct = (address: string, port: number, signal: AbortSignal) =>
  new Promise<Duplex | string>((resolve) => {
    const socket: Socket = connect({ host: address, port })
    const onAbort = () => socket.destroy(new Error('no answer'))
    const onError = (error: Error) => {
      signal.removeEventListener('abort', onAbort)
      resolve(reasonOf(error))
    }
    socket.once('error', onError)
    socket.once('connect', () => {
      signal.removeEventListener('abort', onAbort)
      socket.off('error', onError)
      socket.on('error', ignore)
      resolve(socket)
    })
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
  })

/** Who reads from it hears of its end; nobody needs to be told twice. */
const ignore = () => {}

/** RFC 9110, 9.3.6: the proxy answers 2xx when it has the connection. */
const through = (proxy: string, address: string, port: number, signal: AbortSignal) =>
  new Promise<Duplex | string>((resolve) => {
    const { hostname, port: proxyPort } = new URL(proxy)
    const authority = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
    const asked = request({
      host: hostname,
      port: proxyPort || 80,
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority },
    })
    const onAbort = () => asked.destroy(new Error('no answer'))
    const settle = (opened: Duplex | string) => {
      signal.removeEventListener('abort', onAbort)
      resolve(opened)
    }
    asked.once('connect', (answer, socket, head) => {
      const { statusCode = 0, statusMessage } = answer
      socket.on('error', ignore)
      if (statusCode >= 200 && statusCode < 300) {
        // What the guest said at once came with the proxy's answer.
        if (head.length > 0) socket.unshift(head)
        settle(socket)
        return
      }
      socket.destroy()
      settle(reasonOfProxy(statusCode, statusMessage))
    })
    asked.once('response', (answer) => {
      answer.destroy()
      settle(reasonOfProxy(answer.statusCode ?? 0, answer.statusMessage))
    })
    asked.once('error', (error) => settle(`the proxy ${hostname}: ${reasonOf(error)}`))
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    asked.end()
  })

const reasonOfProxy = (status: number, text = '') =>
  status === 502 || status === 503
    ? 'connection refused'
    : `the proxy says ${status} ${text}`.trim()
