/**
 * One action on several VMs: a few at a time on each node, each to its end, so that a hundred starts do not choke it.
 * What came of each is a row in the database, where every server can read it.
 */
import type { Bulk, BulkItem } from '@deployer/core/vm.ts'
import { createLimits } from '@deployer/proxmox/limit.ts'
import { sql, type Kysely } from 'kysely'
import { randomBytes } from 'node:crypto'
import type { Tables } from '../database/tables.ts'
import type { Logger } from '../logger.ts'
import type { Place } from './find.ts'
import { failureOf, type Follow } from './tasks.ts'

export const MOST_VMS = 500
/** Results are written together: five hundred single writes would be five hundred copies of the list. */
const WRITE_EVERY_MS = 300
/** A server that ended in the middle writes nothing more. */
const DEAD_AFTER_SECONDS = 45
const BEAT_MS = 10_000

/** `refused`: why nothing is done with it. */
export type BulkTarget = { vmid: number; place: Place | null; refused: string | null }

export type BulkDeps = {
  db: Kysely<Tables>
  perNode: number
  /** When the server stops: nothing more is begun. */
  signal: AbortSignal
  logger: Pick<Logger, 'warn'>
}

export type BulkRun = {
  bulk: Bulk
  /** Each item when it ended, for the audit log. */
  ended: Promise<BulkItem[]>
}

/** The database's clock, so that several servers agree. */
const now = sql<Date>`now()`

const notSeen = 'It is not there, or your account may not see it.'

const firstItem = ({ vmid, place, refused }: BulkTarget): BulkItem => {
  const item = { vmid, name: place?.name ?? null, node: place?.node ?? null, upid: null }
  if (place === null) return { ...item, status: 'failed', message: notSeen }
  if (refused !== null) return { ...item, status: 'skipped', message: refused }
  return { ...item, status: 'queued', message: null }
}

/** @param work `send` begins the action and answers the UPID */
export const runBulk = async (
  { db, perNode, signal, logger }: BulkDeps,
  order: { action: string; createdBy: string; targets: BulkTarget[] },
  work: {
    send: (place: Place) => Promise<string | null>
    follow: Follow
    explain: (error: unknown) => string
    /** Hears of each; what it throws changes nothing. */
    onEnd: (item: BulkItem) => Promise<void>
  },
): Promise<BulkRun> => {
  const items = order.targets.map(firstItem)
  const id = `b-${randomBytes(5).toString('hex')}`
  const createdAt = new Date().toISOString()
  await sql`delete from bulk_action where created_at < now() - interval '7 days'`.execute(db)
  await db
    .insertInto('bulk_action')
    .values({
      id,
      action: order.action,
      created_by: order.createdBy,
      items: JSON.stringify(items),
    })
    .execute()
  const write = createWriter(db, id, items)
  const limitOf = createLimits(perNode)

  const one = async (place: Place, index: number): Promise<void> => {
    const set = (change: Partial<BulkItem>) => {
      const before = items[index]
      if (before) items[index] = { ...before, ...change }
      write.soon()
    }
    try {
      signal.throwIfAborted()
      set({ status: 'running' })
      const upid = await work.send(place)
      set({ upid })
      const failure = failureOf(await work.follow(upid))
      set(failure === null ? { status: 'ok' } : { status: 'failed', message: failure })
    } catch (error) {
      set({ status: 'failed', message: work.explain(error) })
    }
  }

  const all = async (): Promise<BulkItem[]> => {
    await Promise.all(
      order.targets.map(async ({ place }, index) => {
        if (place !== null && items[index]?.status === 'queued')
          await limitOf(place.node)(() => one(place, index))
        const item = items[index]
        if (item)
          await work.onEnd(item).catch((error: unknown) => {
            const { vmid } = item
            logger.warn({ err: error, bulk: id, vmid }, 'What came of a VM could not be noted')
          })
      }),
    )
    await write.last()
    return items
  }
  const ended = all()
  return {
    bulk: {
      id,
      action: order.action,
      createdBy: order.createdBy,
      createdAt,
      finishedAt: null,
      items: [...items],
    },
    ended,
  }
}

const createWriter = (db: Kysely<Tables>, id: string, items: BulkItem[]) => {
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()
  let finished = false
  const writeNow = async () => {
    const isLast = finished
    await db
      .updateTable('bulk_action')
      .set({
        items: JSON.stringify(items),
        updated_at: now,
        ...(isLast && { finished_at: now }),
      })
      .where('id', '=', id)
      .execute()
    if (isLast) clearInterval(beat)
  }
  const write = () => {
    // The database is away: the next write has it all.
    writing = writing.then(writeNow).catch(() => {})
    return writing
  }
  const beat = setInterval(() => void write(), BEAT_MS)
  beat.unref()
  return {
    soon: () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void write()
      }, WRITE_EVERY_MS)
    },
    last: async () => {
      clearTimeout(timer)
      finished = true
      await write()
    },
  }
}

const interrupted = (item: BulkItem): BulkItem =>
  item.status === 'queued' || item.status === 'running'
    ? {
        ...item,
        status: 'failed',
        message:
          'The server that was at it has ended. Whether Proxmox did it, the VM itself tells.',
      }
    : item

/** Null where there is none, or it is somebody else's. */
export const readBulk = async (
  db: Kysely<Tables>,
  id: string,
  createdBy: string,
): Promise<Bulk | null> => {
  const row = await db
    .selectFrom('bulk_action')
    .selectAll()
    .select(
      sql<boolean>`finished_at is null and updated_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS})`.as(
        'dead',
      ),
    )
    .where('id', '=', id)
    .where('created_by', '=', createdBy)
    .executeTakeFirst()
  if (!row) return null
  const { dead } = row
  return {
    id: row.id,
    action: row.action,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    finishedAt: (row.finished_at ?? (dead ? row.updated_at : null))?.toISOString() ?? null,
    items: row.items.map((item) => (dead ? interrupted(item) : item)),
  }
}
