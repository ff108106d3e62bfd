/** Follows what happens on the server: server-sent events into the query cache. */
import { deploymentEventSchema, type DeploymentHead } from '@deployer/core/deployment.ts'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { applyEvents, applyHead, type NumberedEvent } from './patch.ts'
import { deploymentQuery, deploymentsQuery, sessionQuery, statusQuery } from './queries.ts'

/** `lost` since a time in milliseconds; what is shown then is the last that was known. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'lost'; since: number }
  | { state: 'off' }

const RETRY_MS = [1000, 2000, 3000, 5000] as const

type Follow = {
  queryClient: QueryClient
  url: string
  /** The newest event that the page has; asked again for each new connection. */
  lastEventId: () => string | undefined
  onEvents: (events: NumberedEvent[]) => void
  onConnection: (connection: Connection) => void
  /** The server refused the stream: the sign-in lapsed, or the deployment is gone. */
  onRefused: () => Promise<unknown>
}

const parse = (message: MessageEvent<unknown>): NumberedEvent | null => {
  if (typeof message.data !== 'string') return null
  const parsed = deploymentEventSchema.safeParse(JSON.parse(message.data))
  return parsed.success ? { id: message.lastEventId, event: parsed.data } : null
}

/**
 * Opens a stream and keeps it open. A dropped connection is taken up again by the browser with `Last-Event-ID`; a refused
 * one by a new EventSource after a while. Events are handed over once for each drawn frame. Returns how to stop.
 */
const follow = ({
  queryClient,
  url,
  lastEventId,
  onEvents,
  onConnection,
  onRefused,
}: Follow): (() => void) => {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let flush: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let stopped = false
  let lostSince: number | null = null
  let waiting: NumberedEvent[] = []

  const lost = () => {
    lostSince ??= Date.now()
    // Whether it is this stream alone or the whole server, the banner finds out.
    void queryClient.invalidateQueries({ queryKey: statusQuery.queryKey })
    onConnection({ state: 'lost', since: lostSince })
  }
  const hand = () => {
    flush = undefined
    const events = waiting
    waiting = []
    onEvents(events)
  }
  const open = () => {
    const after = lastEventId()
    source = new EventSource(
      after === undefined ? url : `${url}?lastEventId=${encodeURIComponent(after)}`,
    )
    source.addEventListener('open', () => {
      attempt = 0
      lostSince = null
      onConnection({ state: 'live' })
    })
    for (const type of ['deployment', 'vm', 'step'])
      source.addEventListener(type, (message: MessageEvent<unknown>) => {
        const event = parse(message)
        if (event === null) return
        waiting.push(event)
        // A timer rather than a frame: it goes on in a hidden tab, whose title counts.
        flush ??= setTimeout(hand, 50)
      })
    source.addEventListener('error', () => {
      lost()
      if (source?.readyState !== EventSource.CLOSED) return
      const wait = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]
      attempt += 1
      // The stream opens again only behind the newest answer, or that answer would undo newer events.
      void onRefused().finally(() => {
        if (!stopped) timer = setTimeout(open, wait)
      })
    })
  }
  open()
  return () => {
    stopped = true
    clearTimeout(timer)
    clearTimeout(flush)
    source?.close()
  }
}

/** Keeps one deployment current while `active`; starts where the cached answer ends. */
export const useDeploymentEvents = (id: string, active: boolean): Connection => {
  const queryClient = useQueryClient()
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' })
  useEffect(() => {
    if (!active) return
    const { queryKey } = deploymentQuery(id)
    return follow({
      queryClient,
      url: `/api/v1/deployments/${encodeURIComponent(id)}/events`,
      lastEventId: () => queryClient.getQueryData(queryKey)?.lastEventId,
      onEvents: (events) => {
        queryClient.setQueryData(queryKey, (view) => view && applyEvents(view, events))
        const heads = events.flatMap(({ event }) =>
          event.type === 'deployment' ? [event.deployment] : [],
        )
        const head = heads.at(-1)
        if (head) patchList(queryClient, head)
      },
      onConnection: setConnection,
      onRefused: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
          queryClient.invalidateQueries({ queryKey }),
        ]),
    })
  }, [queryClient, id, active])
  return active ? connection : { state: 'off' }
}

/** Keeps the list of deployments current. */
export const useDeploymentsEvents = (): Connection => {
  const queryClient = useQueryClient()
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' })
  useEffect(() => {
    let newest: string | undefined
    return follow({
      queryClient,
      url: '/api/v1/events',
      lastEventId: () => newest,
      onEvents: (events) => {
        for (const { id, event } of events) {
          newest = id
          if (event.type === 'deployment') patchList(queryClient, event.deployment)
        }
      },
      onConnection: (next) => {
        // The stream starts with what comes next; what happened before it opened is asked for once.
        if (next.state === 'live' && newest === undefined)
          void queryClient.invalidateQueries({ queryKey: deploymentsQuery.queryKey })
        setConnection(next)
      },
      onRefused: () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    })
  }, [queryClient])
  return connection
}

const patchList = (queryClient: QueryClient, head: DeploymentHead) => {
  queryClient.setQueryData(deploymentsQuery.queryKey, (heads) => heads && applyHead(heads, head))
}
