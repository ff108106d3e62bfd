/** Validations of any VM, by button, by API and by schedule: begun, carried out, stored, audited. */
import type { AuditActor, AuditDraft } from '@deployer/core/audit.ts'
import { MAX_VMS_PER_DEPLOYMENT } from '@deployer/core/limits.ts'
import { checksForAudit, orderConfiguration } from '@deployer/core/vm-validation/audit.ts'
import type {
  CheckResult,
  Outcome,
  ValidationOrder,
  VmValidation,
} from '@deployer/core/vm-validation/order.ts'
import { isTimeout } from '@deployer/proxmox/caught.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { createLimit } from '@deployer/proxmox/limit.ts'
import { sql, type Kysely } from 'kysely'
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { appendEntries } from '../audit/append.ts'
import type { Tables } from '../database/tables.ts'
import { NeedsSignIn } from '../deployments/credentials.ts'
import type { Logger } from '../logger.ts'
import { ProblemError } from '../problem.ts'
import { proxmoxProblem } from '../proxmox-problem.ts'
import { listValidations, readValidation, viewOf } from './reading.ts'
import { type CheckParts, type CheckSettings, runChecks, type VmTarget } from './run-checks.ts'

export type Begin = {
  target: VmTarget
  order: ValidationOrder
  api: Api
  actor: AuditActor
  requestedBy: string
  scheduleId: string | null
}

export type Begun = {
  validation: VmValidation
  /** Resolves when it has ended, however; never rejects. */
  ended: Promise<void>
}

export type Validations = {
  /** Throws a problem (429) where too many wait already. */
  begin: (order: Begin) => Promise<Begun>
  read: (id: string) => Promise<VmValidation | null>
  /** Newest first, with those that deployments made. */
  list: (vmid: number, limit: number) => Promise<VmValidation[]>
  /** Ends what runs; it is told as interrupted. */
  stop: () => Promise<void>
}

const AT_ONCE = 8
/** Room for a schedule of the largest deployment, and others beside it. */
const MOST_WAITING = 2 * MAX_VMS_PER_DEPLOYMENT
const WRITE_AGAIN_MS = 2000

type Ending =
  | {
      kind: 'looked'
      name: string | null
      outcome: Outcome
      address: string | null
      checks: CheckResult[]
    }
  | { kind: 'failed'; error: string; checks: CheckResult[] }
  | { kind: 'interrupted'; checks: CheckResult[] }

export const createValidations = (deps: {
  db: Kysely<Tables>
  /** Executor id of this server. */
  server: string
  settings: CheckSettings
  askAgent: CheckParts['askAgent']
  /** Addresses that are never connected to. */
  forbidden: () => Promise<readonly string[]>
  logger: Pick<Logger, 'warn' | 'error'>
}): Validations => {
  const { db, server, settings, logger } = deps
  const limit = createLimit(AT_ONCE)
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()

  const carryOut = async (id: string, { target, order, api }: Begin): Promise<Ending> => {
    let checks: CheckResult[] = []
    const tell = async (all: CheckResult[]) => {
      checks = all
      await db
        .updateTable('validation')
        .set({ checks: JSON.stringify(all) })
        .where('id', '=', id)
        .where('status', '=', 'running')
        .execute()
    }
    try {
      const { signal } = stopping
      const forbidden = await deps.forbidden()
      const { askAgent } = deps
      const looked = await limit(
        () => runChecks(target, order, { api, askAgent, settings, forbidden, signal, tell }),
        signal,
      )
      return { kind: 'looked', ...looked }
    } catch (error) {
      if (stopping.signal.aborted) return { kind: 'interrupted', checks }
      if (!isExpected(error)) logger.error({ err: error, validation: id }, 'A validation failed')
      return { kind: 'failed', error: wordsFor(error, settings.timeoutSeconds), checks }
    }
  }

  const settle = async (id: string, begin: Begin, ending: Ending): Promise<void> => {
    for (;;) {
      try {
        await db.transaction().execute((tx) => finish(tx, id, begin, ending))
        return
      } catch (error) {
        logger.warn({ err: error, validation: id }, 'The outcome of a validation is not stored yet')
        // Whoever starts next tells that it was interrupted.
        if (stopping.signal.aborted) return
        await delay(WRITE_AGAIN_MS, undefined, { ref: false })
      }
    }
  }

  return {
    begin: async (order) => {
      if (running.size >= MOST_WAITING) throw tooMany()
      const row = await db.transaction().execute((tx) => insert(tx, server, order))
      const { id } = row
      const work = carryOut(id, order).then((ending) => settle(id, order, ending))
      running.add(work)
      void work.finally(() => running.delete(work))
      return { validation: viewOf(row), ended: work }
    },
    read: (id) => readValidation(db, id),
    list: (vmid, most) => listValidations(db, vmid, most),
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

const insert = async (tx: Kysely<Tables>, server: string, begin: Begin) => {
  const { target, order, requestedBy, scheduleId } = begin
  const intent = recordsIntent(begin)
    ? await appendEntries(tx, [{ ...draftOf(begin), status: 'success', intent: true, server }])
    : null
  return tx
    .insertInto('validation')
    .values({
      id: `v-${randomBytes(6).toString('hex')}`,
      vmid: target.vmid,
      name: target.name,
      node: target.node,
      validation_order: JSON.stringify(order),
      requested_by: requestedBy,
      schedule_id: scheduleId,
      server,
      intent,
      outcome: null,
      address: null,
      error: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

const hasCommands = ({ order }: Begin) =>
  order.checks?.some(({ kind }) => kind === 'command') === true

/** A schedule asks day and night, and only looks; what it does in guests is another matter. */
const recordsIntent = (begin: Begin) => begin.scheduleId === null || hasCommands(begin)

const draftOf = ({ target, order, actor, scheduleId }: Begin): Omit<AuditDraft, 'status'> => ({
  operation: 'validation',
  actor,
  vm: { name: target.name, vmid: target.vmid, node: target.node },
  configuration: orderConfiguration(order),
  ...(scheduleId !== null && { details: { schedule_id: scheduleId } }),
})

const auditStatus = { healthy: 'success', degraded: 'partial', unhealthy: 'failed' } as const

const finish = async (tx: Kysely<Tables>, id: string, begin: Begin, ending: Ending) => {
  const { kind, checks } = ending
  const looked = kind === 'looked' ? ending : null
  const row = await tx
    .updateTable('validation')
    .set({
      status: kind === 'interrupted' ? 'interrupted' : 'finished',
      outcome: looked?.outcome ?? null,
      address: looked?.address ?? null,
      ...(looked && looked.name !== null && { name: looked.name }),
      error: errorOf(ending),
      checks: JSON.stringify(checks),
      finished_at: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .returning(['intent', 'started_at', 'finished_at', 'name'])
    .executeTakeFirst()
  // Another server has told its end already.
  if (!row) return
  const draft = draftOf(begin)
  const isNews = row.intent !== null || (await hasChanged(tx, id, begin, looked?.outcome ?? null))
  if (!isNews) return
  await appendEntries(tx, [
    {
      ...draft,
      vm: { name: row.name, vmid: begin.target.vmid, node: begin.target.node },
      status: looked ? auditStatus[looked.outcome] : 'failed',
      ...(kind === 'interrupted' && { reason: 'interrupted' as const }),
      error: errorOf(ending),
      ...(row.intent !== null && { closes: Number(row.intent) }),
      durationMs: (row.finished_at ?? row.started_at).getTime() - row.started_at.getTime(),
      details: {
        ...draft.details,
        validation_status: looked?.outcome ?? null,
        checks: checksForAudit(checks),
      },
    },
  ])
}

const errorOf = (ending: Ending): string | null => {
  switch (ending.kind) {
    case 'looked':
      return null
    case 'failed':
      return ending.error
    case 'interrupted':
      return 'The server ended while it ran.'
  }
}

/** Whether the schedule found something else here the last time. */
const hasChanged = async (
  tx: Kysely<Tables>,
  id: string,
  { target, scheduleId }: Begin,
  outcome: Outcome | null,
): Promise<boolean> => {
  const last = await tx
    .selectFrom('validation')
    .select('outcome')
    .where('vmid', '=', target.vmid)
    .where('schedule_id', '=', scheduleId)
    .where('id', '!=', id)
    .where('status', '=', 'finished')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last === undefined || last.outcome !== outcome
}

const isExpected = (error: unknown): boolean =>
  error instanceof ProxmoxError ||
  error instanceof NeedsSignIn ||
  isTimeout(error) ||
  (error instanceof Error && error.name === 'AbortError')

const wordsFor = (error: unknown, timeoutSeconds: number): string => {
  if (error instanceof ProxmoxError) {
    const { title, detail } = proxmoxProblem(error)
    return `${title}: ${detail}`
  }
  if (error instanceof NeedsSignIn) return `${error.message}.`
  return isExpected(error)
    ? `It was not done after ${timeoutSeconds} s (VALIDATION_TIMEOUT).`
    : 'It could not be carried out. The log of the server says more.'
}

const tooMany = () =>
  new ProblemError({
    kind: 'too-many-validations',
    status: 429,
    title: 'Too many validations',
    detail: `${MOST_WAITING} validations run or wait already.`,
    hint: 'Wait until some of them have ended.',
    retryAfterSeconds: 10,
  })

/** For validations of a server that has gone. */
export const markInterrupted = (db: Kysely<Tables>, dead: string) =>
  db
    .updateTable('validation')
    .set({
      status: 'interrupted',
      error: 'The server ended while it ran.',
      finished_at: sql<Date>`now()`,
    })
    .where('server', '=', dead)
    .where('status', '=', 'running')
    .execute()
