/**
 * What Proxmox lets only a few do at once: clones into a storage, starts of a node. A slot is a row that belongs to a
 * VM's step, so the limits hold over all servers and through a crash; PostgreSQL grants it and NOTIFY tells.
 */
import { slotKindSchema, type PlannedStep, type SlotKind } from '@deployer/core/plan.ts'
import { sql, type Kysely } from 'kysely'
import type { Logger } from 'pino'
import { createBell, type Bell } from '../events/bell.ts'
import type { Listener } from '../events/listener.ts'
import { Fenced } from './fenced.ts'
import type { Tables } from '../database/tables.ts'

export type Slot = PlannedStep['slots'][number]

export type Claim = {
  vmId: string
  stepId: string
  /** Who shares fairly: between deployments, the one with the fewest held slots comes first. */
  deploymentId: string
  attempt: number
  slots: Slot[]
}

export type Slots = {
  /**
   * Resolves when all slots of the claim are held, taken in their order. `onWait` is called where one is not free.
   * Rejects with the signal's reason, or with `Fenced` when a newer attempt claims them.
   */
  hold: (claim: Claim, signal: AbortSignal, onWait: (slot: Slot) => Promise<void>) => Promise<void>
  /** Gives the claim's slots back, held or waited for, unless a newer attempt has them. */
  free: (claim: Claim) => Promise<void>
  /** Gives back whatever the VM still has. */
  freeAll: (vmId: string) => Promise<void>
  start: () => void
  stop: () => void
}

const SWEEP_MS = 5000

export const createSlots = (deps: {
  db: Kysely<Tables>
  listener: Listener
  /** How many may hold a slot of the kind at once; read at each grant, so a changed setting counts from then on. */
  limit: (kind: SlotKind) => number
  logger: Pick<Logger, 'warn'>
}): Slots => {
  const { db, listener, limit, logger } = deps
  /** Bells of the waiting, by key and holder as NOTIFY names them. */
  const waiting = new Map<string, { bell: Bell; slot: Slot }>()
  const endings: (() => void)[] = []
  let sweeper: NodeJS.Timeout | undefined

  const take = async (slot: Slot, { vmId, stepId, deploymentId, attempt }: Claim) => {
    const { rows } = await sql<{ granted: boolean }>`
      select slot_take(${keyOf(slot)}, ${`${vmId}/${stepId}`}, ${deploymentId}, ${attempt}::int,
                       ${limit(slot.kind)}::int) as granted`.execute(db)
    return rows[0]?.granted === true
  }

  const release = async (key: string, holder: string, attempt: number) => {
    const most = limitOf(key)
    await sql`select slot_free(${key}, ${holder}, ${attempt}::int, ${most}::int)`.execute(db)
  }

  const limitOf = (key: string): number => {
    const kind = slotKindSchema.options.find((candidate) => key.startsWith(`${candidate}:`))
    return kind ? limit(kind) : 0
  }

  const isGranted = async (key: string, holder: string, attempt: number) => {
    const row = await db
      .selectFrom('slot')
      .select(['granted', 'attempt'])
      .where('key', '=', key)
      .where('holder', '=', holder)
      .executeTakeFirst()
    if (row?.attempt !== attempt) throw new Fenced()
    return row.granted
  }

  const waitFor = async (slot: Slot, claim: Claim, signal: AbortSignal) => {
    const key = keyOf(slot)
    const holder = `${claim.vmId}/${claim.stepId}`
    const bell = createBell()
    waiting.set(`${key} ${holder}`, { bell, slot })
    try {
      // The grant may have come between the request and here, so look before the first wait.
      while (!(await isGranted(key, holder, claim.attempt))) {
        await bell.wait(10 * SWEEP_MS, signal)
        signal.throwIfAborted()
      }
    } finally {
      waiting.delete(`${key} ${holder}`)
    }
  }

  /** For what NOTIFY did not tell (lost connection), and for slots of VMs that ended without giving them back. */
  const sweep = async () => {
    if (waiting.size === 0) return
    await sql`delete from slot using vm where vm.id = split_part(slot.holder, '/', 1)
              and vm.finished_at is not null`.execute(db)
    for (const key of new Set([...waiting.values()].map(({ slot }) => keyOf(slot))))
      await release(key, '', 0)
    const granted = await db
      .selectFrom('slot')
      .select(['key', 'holder'])
      .where('granted', '=', true)
      .execute()
    for (const { key, holder } of granted) waiting.get(`${key} ${holder}`)?.bell.ring()
  }
  const sweepSafely = () => {
    sweep().catch((error: unknown) => logger.warn({ error }, 'could not sweep the slots'))
  }

  const free = async (claim: Claim) => {
    for (const slot of claim.slots)
      await release(keyOf(slot), `${claim.vmId}/${claim.stepId}`, claim.attempt)
  }

  return {
    hold: async (claim, signal, onWait) => {
      for (const slot of claim.slots) {
        if (await take(slot, claim)) continue
        await onWait(slot)
        await waitFor(slot, claim, signal)
      }
    },
    free,
    freeAll: async (vmId) => {
      const rows = await db
        .selectFrom('slot')
        .select(['key', 'holder', 'attempt'])
        .where('holder', 'like', `${vmId}/%`)
        .execute()
      for (const { key, holder, attempt } of rows) await release(key, holder, attempt)
    },
    start: () => {
      endings.push(
        listener.on('slot', (payload) => waiting.get(payload)?.bell.ring()),
        listener.onConnected(sweepSafely),
      )
      sweeper = setInterval(sweepSafely, SWEEP_MS)
      sweeper.unref()
    },
    stop: () => {
      clearInterval(sweeper)
      for (const end of endings.splice(0)) end()
    },
  }
}

const keyOf = (slot: Slot): string => `${slot.kind}:${slot.key}`
