/**
 * Validations again and again. What is due is a row in the database, taken by one server at a time: a schedule survives
 * restarts, and what was due meanwhile runs once.
 */
import { messageOf } from '@deployer/proxmox/caught.ts'
import type { Schedule, ScheduleOrder } from '@deployer/core/vm-validation/order.ts'
import { parseTags } from '@deployer/proxmox/property-string.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { sql, type Kysely, type Selectable } from 'kysely'
import { randomBytes } from 'node:crypto'
import type { Tables } from '../database/tables.ts'
import { type CredentialStore, NeedsSignIn } from '../deployments/credentials.ts'
import { dropCredentials } from '../deployments/endings.ts'
import { type Caller, owns } from '../identity/caller.ts'
import type { Logger } from '../logger.ts'
import { proxmoxProblem } from '../proxmox-problem.ts'
import type { ValidationScheduleTable } from './tables.ts'
import { readVms, scheduleView, vmidsOfDeployment } from './reading.ts'
import type { Validations } from './validations.ts'

export type Schedules = {
  /** Null where the owner has too many. */
  add: (caller: Caller, order: ScheduleOrder) => Promise<Schedule | null>
  /** The caller's own, or all. */
  list: (caller: Caller, all: boolean) => Promise<Schedule[]>
  /** Answers what it was; null where there is none that the caller may remove. */
  remove: (caller: Caller, id: string, all: boolean) => Promise<Schedule | null>
  start: () => void
  stop: () => Promise<void>
}

type Row = Selectable<ValidationScheduleTable>

export const MOST_SCHEDULES = 50
const TAKE = 5
const TIDY_EVERY_MS = 60 * 60 * 1000
const KEEP_DAYS = 90

export const createSchedules = (deps: {
  db: Kysely<Tables>
  credentials: Pick<CredentialStore, 'workerOf' | 'keep' | 'apiOf'>
  validations: Pick<Validations, 'begin'>
  logger: Pick<Logger, 'warn'>
  lookEveryMs: number
}): Schedules => {
  const { db, credentials, validations, logger, lookEveryMs } = deps
  let looker: NodeJS.Timeout | undefined
  let tidier: NodeJS.Timeout | undefined
  let looking = Promise.resolve()
  let stopped = false

  const runOne = async (row: Row): Promise<void> => {
    const problem = await begin(row).catch((error: unknown) => wordsFor(error))
    await db.updateTable('validation_schedule').set({ problem }).where('id', '=', row.id).execute()
  }

  /** Begins a validation of each of its VMs; answers why not, or null. */
  const begin = async (row: Row): Promise<string | null> => {
    const api = credentials.apiOf(row.runs_as)
    const guests = await api.call('GET /cluster/resources', { type: 'vm' })
    const wanted = await vmidsOf(db, row)
    const busy = await busyVms(db, row.id)
    const tagged = guests.filter(
      ({ tags }) => wanted.tag === null || parseTags(tags).includes(wanted.tag),
    )
    const targets = readVms(tagged).filter(({ vmid }) => wanted.vmids.includes(vmid))
    for (const target of targets.filter(({ vmid }) => !busy.has(vmid)))
      await validations.begin({
        target,
        order: row.validation_order,
        api,
        actor: {
          username: row.owner,
          kind: row.owner.includes('!') ? 'token' : 'person',
          address: null,
          requestId: null,
        },
        requestedBy: row.owner,
        scheduleId: row.id,
      })
    const gone = wanted.vmids.filter((vmid) => !targets.some((target) => target.vmid === vmid))
    if (gone.length === 0) return null
    const which = gone.length === 1 ? `VM ${gone[0]} is` : `VMs ${gone.join(', ')} are`
    return `${which} not there any more, or ${row.runs_as} may not see ${gone.length === 1 ? 'it' : 'them'}.`
  }

  const look = async () => {
    for (const row of await takeDue(db)) await runOne(row)
  }
  const safely = (work: () => Promise<unknown>, what: string) => async () => {
    if (stopped) return
    try {
      await work()
    } catch (error) {
      if (!stopped) logger.warn({ err: error }, what)
    }
  }
  /** One after the other, however long one takes; each is in line only once. */
  const next = (work: () => Promise<void>) => {
    let inLine = false
    return () => {
      if (inLine) return
      inLine = true
      looking = looking.then(work).finally(() => {
        inLine = false
      })
    }
  }
  const lookSafely = next(safely(look, 'Schedules of validations could not be looked at'))
  const tidySafely = next(safely(() => tidy(db), 'Old validations could not be removed'))

  return {
    add: (caller, { name, target, intervalMinutes, order = {} }) =>
      db.transaction().execute(async (tx) => {
        await sql`select pg_advisory_xact_lock(hashtext(${`schedules of ${caller.username}`}))`.execute(
          tx,
        )
        const known = await tx
          .selectFrom('validation_schedule')
          .select('id')
          .where('owner', '=', caller.username)
          .execute()
        if (known.length >= MOST_SCHEDULES) return null
        const row = await tx
          .insertInto('validation_schedule')
          .values({
            id: `s-${randomBytes(5).toString('hex')}`,
            name: name ?? null,
            target: JSON.stringify(target),
            interval_minutes: intervalMinutes,
            validation_order: JSON.stringify(order),
            owner: caller.username,
            runs_as: credentials.workerOf(caller),
            next_at: sql<Date>`now() + make_interval(mins => ${intervalMinutes})`,
            problem: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow()
        await credentials.keep(tx, caller)
        return scheduleView(row)
      }),
    list: async (caller, all) => {
      const rows = await db
        .selectFrom('validation_schedule')
        .selectAll()
        .orderBy('created_at', 'desc')
        .execute()
      return rows.filter(({ owner }) => all || owns(caller, owner)).map(scheduleView)
    },
    remove: (caller, id, all) =>
      db.transaction().execute(async (tx) => {
        const row = await tx
          .selectFrom('validation_schedule')
          .selectAll()
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
        if (!row || !(all || owns(caller, row.owner))) return null
        await tx.deleteFrom('validation_schedule').where('id', '=', id).execute()
        await dropCredentials(tx, row.runs_as)
        return scheduleView(row)
      }),
    start: () => {
      looker = setInterval(lookSafely, lookEveryMs)
      looker.unref()
      tidier = setInterval(tidySafely, TIDY_EVERY_MS)
      tidier.unref()
      lookSafely()
    },
    stop: async () => {
      stopped = true
      clearInterval(looker)
      clearInterval(tidier)
      await looking
    },
  }
}

/** What is due, with its next time set: no other server takes it as well. */
const takeDue = (db: Kysely<Tables>): Promise<Row[]> =>
  db.transaction().execute(async (tx) => {
    const due = await tx
      .selectFrom('validation_schedule')
      .select('id')
      .where('next_at', '<=', sql<Date>`now()`)
      .orderBy('next_at')
      .limit(TAKE)
      .forUpdate()
      .skipLocked()
      .execute()
    if (due.length === 0) return []
    return tx
      .updateTable('validation_schedule')
      .set({
        next_at: sql<Date>`now() + make_interval(mins => interval_minutes)`,
        last_run_at: sql<Date>`now()`,
      })
      .where(
        'id',
        'in',
        due.map(({ id }) => id),
      )
      .returningAll()
      .execute()
  })

/** `tag`: what a VM must carry to be one of them; an id of a VM that was destroyed may belong to another one today. */
const vmidsOf = async (
  db: Kysely<Tables>,
  { target }: Row,
): Promise<{ vmids: number[]; tag: string | null }> => {
  if ('vmids' in target) return { vmids: target.vmids, tag: null }
  const { deploymentId } = target
  const vmids = await vmidsOfDeployment(db, deploymentId)
  return { vmids, tag: deploymentId.toLowerCase() }
}

/** Those whose last validation by this schedule still runs. */
const busyVms = async (db: Kysely<Tables>, scheduleId: string): Promise<Set<number>> => {
  const rows = await db
    .selectFrom('validation')
    .select('vmid')
    .where('schedule_id', '=', scheduleId)
    .where('status', '=', 'running')
    .execute()
  return new Set(rows.map(({ vmid }) => vmid))
}

const wordsFor = (error: unknown): string => {
  if (error instanceof NeedsSignIn) return `${error.message}.`
  if (error instanceof ProxmoxError) return proxmoxProblem(error).detail
  return messageOf(error)
}

const tidy = (db: Kysely<Tables>) =>
  sql`delete from validation where started_at < now() - make_interval(days => ${KEEP_DAYS})`.execute(
    db,
  )
