/** What answers on a port of a guest: its first line, the status of an HTTP request. Nothing of an answer is kept beyond that. */
import { codeOf } from '@deployer/proxmox/caught.ts'
import type { HttpTried, Tried } from '@deployer/core/vm-validation/judge.ts'
import { request as httpRequest } from 'node:http'
import type { Duplex } from 'node:stream'
import { connect as tlsConnect } from 'node:tls'
import { dial, type DialOptions, reasonOf } from './dial.ts'

/** A server that says its name does so at once; this is for slow ones. */
const BANNER_MS = 3000
const MOST_BANNER_BYTES = 512
const HTTP_MS = 10_000

/** Opens a connection, waits for the first line where `banner` asks for it, and closes it. */
export const tryPort = async (
  address: string,
  port: number,
  { banner, ...options }: DialOptions & { banner: boolean },
): Promise<Tried> => {
  const dialled = await dial(address, port, options)
  if ('reason' in dialled) return { open: false, reason: dialled.reason }
  const { socket, milliseconds } = dialled
  try {
    if (!banner) return { open: true, milliseconds }
    return { open: true, milliseconds, banner: await firstLine(socket, options.signal) }
  } finally {
    socket.destroy()
  }
}

/** Null where nothing comes in time. */
const firstLine = (socket: Duplex, signal: AbortSignal) =>
  new Promise<string | null>((resolve) => {
    let text = ''
    const settle = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', settle)
      resolve(text === '' ? null : (text.split(/\r?\n/)[0] ?? null))
    }
    const timer = setTimeout(settle, BANNER_MS)
    signal.addEventListener('abort', settle, { once: true })
    socket.once('close', settle)
    socket.once('end', settle)
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      if (text.includes('\n') || text.length > MOST_BANNER_BYTES) settle()
    })
  })

type HttpOrder = { port: number; path: string; tls: boolean; host: string | null }

/** One GET, without following where it leads. */
export const tryHttp = async (
  address: string,
  { port, path, tls, host }: HttpOrder,
  options: DialOptions,
): Promise<HttpTried> => {
  const started = performance.now()
  const dialled = await dial(address, port, options)
  if ('reason' in dialled) return { answered: false, reason: dialled.reason }
  const { socket } = dialled
  try {
    const authority = host ?? (address.includes(':') ? `[${address}]` : address)
    const stop = AbortSignal.any([options.signal, AbortSignal.timeout(HTTP_MS)])
    const status = await statusOf({ socket, path, authority, tls, host }, stop)
    options.signal.throwIfAborted()
    return { answered: true, status, milliseconds: performance.now() - started }
  } catch (error) {
    options.signal.throwIfAborted()
    return { answered: false, reason: error instanceof Error ? wordsFor(error) : String(error) }
  } finally {
    socket.destroy()
  }
}

const wordsFor = (error: Error): string =>
  error.name === 'AbortError' || error.name === 'TimeoutError'
    ? 'no answer'
    : codeOf(error).startsWith('HPE_')
      ? 'it does not speak HTTP'
      : reasonOf(error)

type Get = { socket: Duplex; path: string; authority: string; tls: boolean; host: string | null }

const statusOf = ({ socket, path, authority, tls, host }: Get, signal: AbortSignal) =>
  new Promise<number>((resolve, reject) => {
    const asked = httpRequest({
      method: 'GET',
      path,
      headers: { Host: authority, 'User-Agent': 'Proxmox VM Deployer', Connection: 'close' },
      createConnection: () => (tls ? secured(socket, host) : socket),
      signal,
    })
    asked.once('response', (answer) => {
      resolve(answer.statusCode ?? 0)
      answer.destroy()
    })
    asked.on('error', reject)
    asked.end()
  })

/** Guests have certificates of their own making, and their address is a number: what counts is whether they answer. */
const secured = (socket: Duplex, host: string | null) =>
  tlsConnect({ socket, rejectUnauthorized: false, ...(host !== null && { servername: host }) })
