/**
 * Consoles of VMs: the browser speaks with us, we speak with Proxmox, with the caller's own rights. The browser sees no
 * ticket and no password of Proxmox's; of what passes, nothing is read or kept.
 */
import type { AuditDraft } from '@deployer/core/audit.ts'
import {
  closeReason,
  consoleClosings,
  type ConsoleClosing,
  type ConsoleKind,
} from '@deployer/core/console.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import { createWebSocketStream, type WebSocket } from 'ws'
import { actorOf } from '../audit/append.ts'
import type { Caller } from '../identity/caller.ts'
import type { WatchSession } from '../identity/session-watch.ts'
import type { Logger } from '../logger.ts'
import type { Find, Place } from '../vms/find.ts'
import { Closed, closedBy } from './closed.ts'
import { relay } from './relay.ts'
import { letIn } from './rfb.ts'
import { isRunning, openUpstream } from './upstream.ts'

/** Each takes a worker and one of a hundred ports of its node. */
const MOST_CONSOLES = 10
const OPENING_MS = 20_000
const PING_MS = 30_000
/** So long a stopping server waits for browsers to say goodbye too. */
const GOODBYE_MS = 1000

export type ConsolesDeps = {
  connection: Pick<Connection, 'api' | 'openConsole'>
  find: Pick<Find, 'at'>
  audit: { write: (drafts: AuditDraft[]) => Promise<number>; server: string }
  /** A console ends with the sign-in that opened it. */
  watchSession: WatchSession
  logger: Pick<Logger, 'error'>
  mostPerPerson?: number
  pingMs?: number
  openingMs?: number
}

export type Consoles = {
  /** Resolves when the console is closed. To be called as soon as the browser is connected. */
  serve: (browser: WebSocket, caller: Caller, vmid: number, kind: ConsoleKind) => Promise<void>
  /** Closes all, because the server stops. */
  stop: () => void
}

/** Ends a connection that has gone without a word, and keeps proxies from ending one that is merely quiet. */
const keepAlive = (browser: WebSocket, everyMs: number) => {
  let answered = true
  browser.on('pong', () => (answered = true))
  const timer = setInterval(() => {
    if (!answered) return browser.terminate()
    answered = false
    return browser.ping()
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** `open` hears by its signal that the time is over, and leaves nothing open. */
const inTime = <T>(open: (signal: AbortSignal) => Promise<T>, milliseconds: number): Promise<T> => {
  const over = new AbortController()
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    reject(new Closed('lost', 'Proxmox did not open the console in time.'))
    over.abort()
  }, milliseconds)
  return Promise.race([open(over.signal), promise]).finally(() => clearTimeout(timer))
}

const end = (browser: WebSocket, closing: ConsoleClosing, reason: string) =>
  browser.close(consoleClosings[closing], closeReason(reason))

export const createConsoles = (deps: ConsolesDeps): Consoles => {
  const { connection, find, audit, logger, openingMs = OPENING_MS } = deps
  const most = deps.mostPerPerson ?? MOST_CONSOLES
  const open = new Map<WebSocket, string>()

  const countOf = (username: string) =>
    [...open.values()].filter((other) => other === username).length

  const ended = async (caller: Caller, place: Place): Promise<Closed> => {
    try {
      if (!(await isRunning(connection, caller, place)))
        return new Closed('vm-stopped', 'The VM has stopped.')
    } catch (error) {
      const closed = closedBy(error)
      // The ticket of the beginning may be too old by now, which says nothing of the sign-in: that is watched.
      if (closed && closed.closing !== 'signed-out') return closed
    }
    return new Closed('lost', 'The connection to the console was lost.')
  }

  /** The intent before Proxmox is asked, the outcome when it is open or refused. */
  const audited = async <T>(
    caller: Caller,
    { vmid, kind }: { vmid: number; kind: ConsoleKind },
    work: (found: (place: Place) => void) => Promise<T>,
  ): Promise<T> => {
    const draft: AuditDraft = {
      operation: 'vm_console',
      status: 'success',
      actor: actorOf(caller),
      vm: { name: null, vmid, node: null },
      details: { console: kind },
    }
    const closes = await audit.write([{ ...draft, intent: true, server: audit.server }])
    const since = performance.now()
    const outcome = (fields: Partial<AuditDraft>) =>
      audit.write([{ ...draft, ...fields, closes, durationMs: performance.now() - since }])
    const found: Pick<AuditDraft, 'vm'> = {}
    try {
      const result = await work(({ name, node }) => {
        found.vm = { name, vmid, node }
      })
      await outcome(found)
      return result
    } catch (error) {
      const closed = closedBy(error)
      const refused = closed !== null && closed.closing !== 'failed' && closed.closing !== 'lost'
      await outcome({
        ...found,
        status: 'failed',
        error: closed?.message ?? 'The console could not be opened',
        ...(refused && { reason: 'refused' }),
      })
      throw error
    }
  }

  const run = async (browser: WebSocket, caller: Caller, vmid: number, kind: ConsoleKind) => {
    const stream = createWebSocketStream(browser)
    stream.on('error', () => stream.destroy())
    if (countOf(caller.username) > most)
      throw new Closed('too-many', `You have ${most} consoles open. Close one of them first.`)
    const { place, upstream } = await audited(caller, { vmid, kind }, (found) =>
      find.at(caller, vmid, async (where) => {
        found(where)
        const openIt = (signal: AbortSignal) =>
          openUpstream(connection, { caller, place: where, signal }, kind)
        return { place: where, upstream: await inTime(openIt, openingMs) }
      }),
    )
    try {
      if (kind === 'vnc') await letIn(stream)
      if ((await relay(stream, upstream)) === 'proxmox') throw await ended(caller, place)
    } finally {
      upstream.destroy()
    }
  }

  const serve: Consoles['serve'] = async (browser, caller, vmid, kind) => {
    open.set(browser, caller.username)
    const stops = [
      keepAlive(browser, deps.pingMs ?? PING_MS),
      caller.session === undefined
        ? () => {}
        : deps.watchSession(caller.session, () =>
            end(browser, 'signed-out', 'Your sign-in has ended.'),
          ),
    ]
    try {
      await run(browser, caller, vmid, kind)
      browser.close(1000)
    } catch (error) {
      const closed = closedBy(error)
      if (closed === null) logger.error({ err: error }, 'A console failed')
      const reason = closed?.message ?? 'The console failed. The log of the server says why.'
      end(browser, closed?.closing ?? 'failed', reason)
    } finally {
      for (const stop of stops) stop()
      open.delete(browser)
    }
  }

  return {
    serve,
    stop: () => {
      for (const browser of open.keys()) {
        end(browser, 'server-stops', 'The server stops. Connect again in a moment.')
        setTimeout(() => browser.terminate(), GOODBYE_MS).unref()
      }
    },
  }
}
