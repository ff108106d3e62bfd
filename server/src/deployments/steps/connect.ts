/** Whether a TCP port answers, directly or through an HTTP proxy that can reach the guests. */
import { request } from 'node:http'
import { connect } from 'node:net'

export type Tried = { open: true; milliseconds: number } | { open: false; reason: string }

type Options = { proxy: string | null; timeoutMs: number; signal: AbortSignal }

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ETIMEDOUT: 'no answer',
  ECONNRESET: 'connection reset',
}

const reasonOf = (error: Error): string =>
  ('code' in error && typeof error.code === 'string' && reasons[error.code]) || error.message

/** Opens a connection and closes it at once. Rejects only with the signal's reason. */
export const connectTo = async (
  address: string,
  port: number,
  { proxy, timeoutMs, signal }: Options,
): Promise<Tried> => {
  signal.throwIfAborted()
  const started = performance.now()
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const failure =
    proxy === null ? await direct(address, port, stop) : await through(proxy, address, port, stop)
  signal.throwIfAborted()
  if (failure === null) return { open: true, milliseconds: performance.now() - started }
  return { open: false, reason: stop.aborted ? 'no answer' : failure }
}

/** Null when it opened, else why not. */
const direct = (address: string, port: number, signal: AbortSignal) =>
  new Promise<string | null>((resolve) => {
    const socket = connect({ host: address, port, signal })
    socket.once('connect', () => {
      resolve(null)
      socket.destroy()
    })
    socket.once('error', (error) => resolve(reasonOf(error)))
  })

/** RFC 9110, 9.3.6: the proxy answers 2xx when it has the connection. */
const through = (proxy: string, address: string, port: number, signal: AbortSignal) =>
  new Promise<string | null>((resolve) => {
    const { hostname, port: proxyPort } = new URL(proxy)
    const authority = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
    const asked = request({
      host: hostname,
      port: proxyPort || 80,
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority },
      signal,
    })
    asked.once('connect', (answer, socket) => {
      socket.destroy()
      const { statusCode = 0, statusMessage } = answer
      resolve(
        statusCode >= 200 && statusCode < 300 ? null : reasonOfProxy(statusCode, statusMessage),
      )
    })
    asked.once('response', (answer) => {
      answer.destroy()
      resolve(reasonOfProxy(answer.statusCode ?? 0, answer.statusMessage))
    })
    asked.once('error', (error) => resolve(`the proxy ${hostname}: ${reasonOf(error)}`))
    asked.end()
  })

const reasonOfProxy = (status: number, text = '') =>
  status === 502 || status === 503
    ? 'connection refused'
    : `the proxy says ${status} ${text}`.trim()
