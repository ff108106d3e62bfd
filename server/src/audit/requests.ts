/**
 * Every call that may change something leaves its entries: an intent before it acts and its outcome before it answers,
 * or, where it records its work itself, only that it was refused. What cannot be recorded does not happen.
 */
import type { AuditActor, AuditDraft } from '@deployer/core/audit.ts'
import type { AuditChanges } from '@deployer/core/audit-changes.ts'
import { parseJson } from '@deployer/core/audit.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../identity/caller.ts'
import type { Logger } from '../logger.ts'
import type { App } from '../rest/http.ts'
import { actorOf } from './append.ts'
import { createRefusals } from './refusals.ts'
import { auditedRoute, type AuditedRoute, type Described } from './routes.ts'

export type RequestAudit = {
  /** Answers the number of the first one. Rejects where they cannot be written. */
  write: (drafts: AuditDraft[]) => Promise<number>
  /** Id of this server process, for who takes over what it leaves behind. */
  server: string
}

type Trail = {
  route: AuditedRoute
  described: Described
  intent?: number
  startedAt?: number
  found: Found
}

/** What a handler learns while it works. */
type Found = {
  vm?: Described['vm']
  upids?: string[]
  configuration?: Described['configuration']
  /** Where it was done. */
  changes?: AuditChanges | undefined
  details?: Described['details']
  /** Of work that goes on after the answer: the entry of the outcome waits for it. It must not reject. */
  outcome?: Promise<Pick<AuditDraft, 'status' | 'error'>>
}

type Close = (outcome?: Pick<AuditDraft, 'status' | 'reason' | 'error'>) => Promise<void>

const trails = new WeakMap<FastifyRequest, Trail>()
const PREFIX = /^\/api\/v1/
const LATER_MS = 1000

/** Adds to the entry of the outcome of this call: the VM's name and node, the tasks that it started. */
export function noteAudit(request: FastifyRequest, found: Found): void {
  const trail = trails.get(request)
  if (trail) trail.found = { ...trail.found, ...found }
}

/** Number of the intent of this call, for entries that are a part of it; null where it has none. */
export const auditIntent = (request: FastifyRequest): number | null =>
  trails.get(request)?.intent ?? null

/** For the part of the app that holds the API. */
export function auditRequests(
  app: App,
  { write, server }: RequestAudit,
  logger: Pick<Logger, 'error'>,
): void {
  const later = createLater(write, logger)
  const refusals = createRefusals({
    write: async (drafts) => {
      await write(drafts)
    },
    now: () => Date.now(),
  })
  /** Answered, and still waiting for their outcome. */
  const unfinished = new Map<FastifyRequest, Close>()
  const flush = (all: boolean) =>
    refusals
      .flush(all)
      .catch((error: unknown) => logger.error({ err: error }, 'Refused calls could not be counted'))
  const flusher = setInterval(() => void flush(false), LATER_MS * 10)
  flusher.unref()
  app.addHook('onClose', async () => {
    clearInterval(flusher)
    await flush(true)
    const left = [...unfinished.values()]
    unfinished.clear()
    await Promise.all(left.map((close) => close(leftBehind)))
    later.stop()
  })

  const closeLater = async (
    request: FastifyRequest,
    outcome: NonNullable<Found['outcome']>,
    close: Close,
  ) => {
    const ended = await outcome
    if (unfinished.delete(request)) await close(ended)
  }

  // The body is read and the caller known; the handler comes next.
  app.addHook('preHandler', async (request) => {
    const trail = trailOf(request)
    if (!trail || trail.route.own) return
    trail.startedAt = performance.now()
    trail.intent = await write([{ ...draftOf(request, trail), intent: true, server }])
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (request.routeOptions.url === undefined) return
    const trail = trailOf(request)
    if (!trail) return
    const result = endingOf(reply, payload)
    if (trail.intent !== undefined) {
      const since = trail.startedAt ?? performance.now()
      const closes = trail.intent
      const close: Close = (outcome) => {
        const ended = { ...result, ...outcome }
        return later.write({
          ...draftOf(request, trail),
          ...ended,
          ...(ended.status !== 'failed' && { changes: trail.found.changes }),
          closes,
          durationMs: performance.now() - since,
          upids: trail.found.upids,
        })
      }
      const { outcome } = trail.found
      if (outcome === undefined || reply.statusCode >= 400) await close()
      else {
        unfinished.set(request, close)
        void closeLater(request, outcome, close)
      }
    } else if (isRefusal(reply.statusCode) && !asksForMore(payload)) {
      await refusals
        .record({ ...draftOf(request, trail), ...result })
        .catch((error: unknown) =>
          logger.error({ err: error }, 'A refused call could not be recorded'),
        )
    }
  })
}

const leftBehind = {
  status: 'failed',
  reason: 'interrupted',
  error:
    'Interrupted: the server was stopped before the task ended. What became of it, the task list of Proxmox tells.',
} as const

/** The call was made, so its outcome must be recorded, at once or as soon as the database is back. */
const createLater = (write: RequestAudit['write'], logger: Pick<Logger, 'error'>) => {
  const waiting: AuditDraft[] = []
  let timer: NodeJS.Timeout | undefined
  const retry = async () => {
    const drafts = waiting.splice(0)
    try {
      await write(drafts)
    } catch {
      waiting.unshift(...drafts)
      schedule()
    }
  }
  const schedule = () => {
    timer = setTimeout(() => void retry(), LATER_MS)
    timer.unref()
  }
  return {
    write: async (draft: AuditDraft) => {
      try {
        await write([draft])
      } catch (error) {
        logger.error({ err: error }, 'The outcome of a call could not be recorded yet')
        waiting.push(draft)
        if (waiting.length === 1) schedule()
      }
    },
    stop: () => clearTimeout(timer),
  }
}

const trailOf = (request: FastifyRequest): Trail | null => {
  const known = trails.get(request)
  if (known) return known
  const route = auditedRoute(request.method, pathOf(request))
  if (route === null) return null
  const { params, query, body } = request
  const trail = { route, described: route.describe?.({ params, query, body }) ?? {}, found: {} }
  trails.set(request, trail)
  return trail
}

const pathOf = (request: FastifyRequest): string =>
  (request.routeOptions.url ?? '').replace(PREFIX, '')

const draftOf = (request: FastifyRequest, { route, described, found }: Trail): AuditDraft => {
  const configuration = found.configuration ?? described.configuration
  return {
    operation: described.operation ?? route.operation,
    status: 'success',
    actor: actorBehind(request, described),
    ...((found.vm ?? described.vm) && { vm: found.vm ?? described.vm }),
    ...(described.deployment && { deployment: described.deployment }),
    ...(configuration && { configuration }),
    ...(described.planHash !== undefined && { planHash: described.planHash }),
    ...((found.details ?? described.details) && {
      details: { ...described.details, ...found.details },
    }),
  }
}

const actorBehind = (request: FastifyRequest, { username }: Described): AuditActor => {
  const caller = request.getDecorator<Caller | undefined | null>('caller')
  if (caller) return actorOf(caller)
  return {
    username: username ?? 'anonymous',
    kind: 'unknown',
    address: request.ip,
    requestId: request.id,
  }
}

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  detail: z.string().optional(),
})
const problemIn = (payload: unknown) =>
  typeof payload === 'string' ? problemSchema.safeParse(parseJson(payload)).data : undefined

const endingOf = (
  { statusCode }: FastifyReply,
  payload: unknown,
): Pick<AuditDraft, 'status' | 'reason' | 'error'> => {
  if (statusCode < 400) return { status: 'success' }
  const problem = problemIn(payload)
  return {
    status: 'failed',
    reason: statusCode < 500 ? 'refused' : undefined,
    error: problem ? `${problem.title}: ${problem.detail ?? ''}` : `Answered ${statusCode}`,
  }
}

/** Not those that were merely typed wrong (400, 404, 413, 415): those asked for nothing that could be done. */
const isRefusal = (status: number): boolean =>
  [401, 403, 409, 422, 423, 429].includes(status) || status >= 500

/** The password was right and the code comes next: nothing was refused. */
const asksForMore = (payload: unknown): boolean =>
  problemIn(payload)?.type === '/problems/second-factor-required'
