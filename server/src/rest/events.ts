/** Server-sent events. Each has the id and the type of what it carries as `id` and `event`, and one JSON object as `data`. */
import { type DeploymentEvent, deploymentEventSchema } from '@deployer/core/deployment.ts'
import sse from '@fastify/sse'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Events } from '../events/events.ts'
import type { Visibility } from '../deployments/visibility.ts'
import type { Caller } from '../identity/caller.ts'
import type { WatchSession } from '../identity/session-watch.ts'
import { refuseHidden } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'

const HEARTBEAT_MS = 15_000

const eventId = z.string().regex(/^\d{1,18}$/, 'An id of an event is a number.')

/** A browser cannot set the header for the first connection of an EventSource; when it reconnects, the header is newer. */
const resume = {
  querystring: z.strictObject({
    lastEventId: eventId
      .optional()
      .describe('The last event that the reader has; the header `Last-Event-ID` counts before it.'),
  }),
  headers: z.object({
    'last-event-id': eventId.optional().describe('The last event that the reader has.'),
  }),
}

const eventStream = {
  description:
    'Server-sent events `deployment`, `vm` and `step`, each with an id. `Last-Event-ID`, or `lastEventId` in the query, ' +
    'resumes behind that event without loss; without either the stream starts now. It ends when its caller signs out.',
  content: { 'text/event-stream': { schema: deploymentEventSchema } },
} as const

export type EventDeps = {
  events: Pick<Events, 'subscribe'>
  visible: Visibility['among']
  /** A stream ends with the sign-in that opened it. */
  watchSession: WatchSession
}

export async function eventRoutes(app: App, deps: EventDeps): Promise<void> {
  await app.register(sse.default, { heartbeatInterval: HEARTBEAT_MS })
  const open = new Set<AbortController>()
  app.addHook('preClose', async () => {
    for (const stream of open) stream.abort()
  })

  const stream = async (
    caller: Caller,
    reply: FastifyReply,
    { deploymentId, after }: { deploymentId?: string; after: string | undefined },
  ) => {
    const ended = new AbortController()
    open.add(ended)
    reply.sse.onClose(() => ended.abort())
    reply.sse.sendHeaders()
    // A comment, so that the page knows at once that it is connected: proxies hold headers back until a body begins.
    reply.raw.write(': connected\n\n')
    const { session } = caller
    const unwatch =
      session === undefined ? () => {} : deps.watchSession(session, () => ended.abort())
    const sees = createSight((id) => deps.visible(caller, [id]))
    try {
      for await (const { id, data } of deps.events.subscribe({
        deploymentId,
        after,
        signal: ended.signal,
      }))
        if (await sees(idOf(data))) await reply.sse.send({ id, event: data.type, data })
    } catch (error) {
      if (reply.sse.isConnected) throw error
    } finally {
      unwatch()
      open.delete(ended)
    }
  }

  app.get(
    '/deployments/:id/events',
    {
      sse: 'manual',
      schema: {
        summary: 'Follow one deployment',
        description:
          'Events `deployment`, `vm` and `step`, each with the whole new state of what it names. Read the ' +
          'deployment first and send its `lastEventId`: then nothing is missed in between.',
        tags: ['Events'],
        params: z.strictObject({ id: z.string().min(1).max(64) }),
        ...resume,
        response: { 200: eventStream, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const caller = callerOf(request)
      await refuseHidden(deps.visible, caller, id)
      await stream(caller, reply, { deploymentId: id, after: lastSeen(request) })
    },
  )

  app.get(
    '/events',
    {
      sse: 'manual',
      schema: {
        summary: 'Follow all deployments that you may see: their heads, without VMs and steps',
        description:
          'Events `deployment`, each with the new head: for a list that stays up to date.',
        tags: ['Events'],
        ...resume,
        response: { 200: eventStream, ...problems },
      },
    },
    (request, reply) => stream(callerOf(request), reply, { after: lastSeen(request) }),
  )
}

const lastSeen = (request: {
  headers: FastifyRequest['headers']
  query: { lastEventId?: string | undefined }
}): string | undefined => {
  const header = request.headers['last-event-id']
  return typeof header === 'string' && header !== '' ? header : request.query.lastEventId
}

const idOf = (event: DeploymentEvent): string =>
  event.type === 'deployment' ? event.deployment.id : event.deploymentId

const SIGHT_HOLDS_MS = 10_000

/** Whether the reader of a stream sees a deployment; asked again while the stream is open, for rights that have ended. */
function createSight(visible: (id: string) => Promise<ReadonlySet<string>>) {
  const known = new Map<string, { seen: boolean; until: number }>()
  return async (id: string): Promise<boolean> => {
    const now = Date.now()
    const last = known.get(id)
    if (last !== undefined && last.until > now) return last.seen
    for (const [old, { until }] of known) if (until <= now) known.delete(old)
    const seen = (await visible(id)).has(id)
    known.set(id, { seen, until: now + SIGHT_HOLDS_MS })
    return seen
  }
}
