/** One connection of this process that LISTENs on PostgreSQL's channels, and comes back when it was lost. */
import { Client } from 'pg'
import type { Logger } from 'pino'

/**
 * `event`: a deployment has new events (payload: its id). `cancel`: VMs shall stop (payload: the deployment's id).
 * `slot`: a step was granted a slot (payload: key, blank, holder). `credential`: an owner's credentials changed
 * (payload: the owner). `follow`: somebody watches a deployment (payload: its id).
 * `audit`: the audit log has new entries. `session`: a sign-in has ended (payload: what is stored of its cookie).
 */
const channels = ['event', 'cancel', 'slot', 'credential', 'follow', 'audit', 'session'] as const
export type Channel = (typeof channels)[number]

export type Listener = {
  /** Answers a function that ends it. */
  on: (channel: Channel, handler: (payload: string) => void) => () => void
  /** After each (re)connection: what was notified in between is lost, so look into the tables. */
  onConnected: (handler: () => void) => () => void
  start: () => Promise<void>
  stop: () => Promise<void>
}

const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 2000

/** A dead host is noticed after about 11 seconds instead of two hours; no effect on a local socket. */
export const KEEPALIVE_OPTIONS =
  '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3'

const isChannel = (name: string): name is Channel => channels.some((channel) => channel === name)

const add = <T>(set: Set<T> | undefined, handler: T) => {
  set?.add(handler)
  return () => {
    set?.delete(handler)
  }
}

const close = async (client: Client) => {
  try {
    await client.end()
  } catch {
    // It was broken already.
  }
}

export const createListener = (deps: {
  databaseUrl: string
  logger: Pick<Logger, 'warn'>
}): Listener => {
  const handlers = new Map<Channel, Set<(payload: string) => void>>(
    channels.map((channel) => [channel, new Set()]),
  )
  const connectedHandlers = new Set<() => void>()
  let client: Client | undefined
  let retry: NodeJS.Timeout | undefined
  let stopped = false

  const connect = async () => {
    const next = new Client({
      connectionString: deps.databaseUrl,
      keepAlive: true,
      options: KEEPALIVE_OPTIONS,
    })
    let connected = false
    const onLost = (error?: Error) => {
      if (!connected || stopped) return
      connected = false
      if (error) deps.logger.warn({ error: error.message }, 'lost the LISTEN connection')
      void close(next)
      reconnectIn(FIRST_RETRY_MS)
    }
    next.on('error', onLost)
    next.on('end', () => onLost())
    next.on('notification', ({ channel, payload }) => {
      if (isChannel(channel))
        for (const handle of handlers.get(channel) ?? []) handle(payload ?? '')
    })
    try {
      await next.connect()
      await next.query(channels.map((channel) => `listen ${channel}`).join(';'))
    } catch (error) {
      void close(next)
      throw error
    }
    connected = true
    client = next
    for (const handle of connectedHandlers) handle()
  }

  const reconnectIn = (delayMs: number) => {
    retry = setTimeout(() => {
      connect().catch(() => {
        if (!stopped) reconnectIn(Math.min(delayMs * 2, LONGEST_RETRY_MS))
      })
    }, delayMs)
  }

  return {
    on: (channel, handler) => add(handlers.get(channel), handler),
    onConnected: (handler) => add(connectedHandlers, handler),
    start: async () => {
      stopped = false
      await connect()
    },
    stop: async () => {
      stopped = true
      clearTimeout(retry)
      if (client) await close(client)
    },
  }
}
