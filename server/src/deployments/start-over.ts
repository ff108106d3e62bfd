/** What the journal knows for a VM that is tried again, and how all its steps become to be done once more. */
import type { DeploymentEvent } from '@deployer/core/deployment.ts'
import type { StepKind } from '@deployer/core/plan.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { recordEvents } from '../events/events.ts'
import { withEarlier } from './earlier-tries.ts'
import { StepFailed } from './failures.ts'
import { Fenced } from './fenced.ts'
import type { StepRef } from './journal.ts'
import { stepColumns, stepView } from './views.ts'
import { giveNextVmid, noVmidLeft, type VmidRange } from './vmids.ts'

/** What the journal knows of the making of a VM; null where its deployment does not make any. */
export type Made = {
  /** The node of its template, where a clone for another node is until it is done. */
  sourceNode: string | null
  /** `maybe`: the call went out, and what became of it is for the clone's runner to find out. */
  cloned: 'no' | 'maybe' | 'yes'
  /** Its id is still kept for it. */
  reserved: boolean
  started: boolean
}

/** For a step that shall run as if it never had; its attempts go on counting. */
export const untouched = {
  status: 'pending',
  retries: 0,
  retry_at: null,
  upid: null,
  progress: null,
  detail: null,
  log: '[]',
  error: null,
  result: null,
  started_at: null,
  finished_at: null,
} as const

export const createRetryJournal = (db: Kysely<Tables>) => ({
  whatWasMade: async (vmId: string): Promise<Made | null> => {
    const clone = await db
      .selectFrom('step')
      .leftJoin('vmid_reservation', 'vmid_reservation.vm_id', 'step.vm_id')
      .select([
        'status',
        'spec',
        'sent_at',
        sql<boolean>`vmid_reservation.vmid is not null`.as('reserved'),
        sql<boolean>`exists (select from step start
                              where start.vm_id = step.vm_id and start.kind = 'start' and start.status = 'succeeded')`.as(
          'started',
        ),
      ])
      .where('step.vm_id', '=', vmId)
      .where('kind', 'in', ['clone', 'create'])
      .executeTakeFirst()
    if (!clone) return null
    const { spec, status, sent_at: sentAt, reserved, started } = clone
    return {
      sourceNode: spec.kind === 'clone' ? spec.sourceNode : null,
      cloned: status === 'succeeded' ? 'yes' : sentAt === null ? 'no' : 'maybe',
      reserved,
      started,
    }
  },

  looked: async (vmId: string) => {
    await db.updateTable('vm').set({ look_first: false }).where('id', '=', vmId).execute()
  },

  /**
   * All steps of the VM are to be done again, under its id or, where another VM of ours has that one now, under the next.
   * Throws `StepFailed` where no id is left, and `Fenced` where a newer attempt of the step exists.
   */
  startOver: (ref: StepRef, range: VmidRange): Promise<void> =>
    db.transaction().execute(async (tx) => {
      const vm = await tx
        .updateTable('vm')
        .set({ look_first: false, ip: null, earlier: withEarlier(sql`true`) })
        .where('id', '=', ref.vmId)
        .returning('vmid')
        .executeTakeFirstOrThrow()
      await tx
        .insertInto('vmid_reservation')
        .values({ vmid: vm.vmid, vm_id: ref.vmId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const kept = await tx
        .selectFrom('vmid_reservation')
        .select('vmid')
        .where('vm_id', '=', ref.vmId)
        .executeTakeFirst()
      const given = kept ? null : await giveNextVmid(tx, ref.vmId, range)
      if (!kept && !given) throw new StepFailed(noVmidLeft(range))
      const events = await resetSteps(tx, ref, 'reserve-id')
      await recordEvents(tx, ref.deploymentId, [...(given ? [given.event] : []), ...events])
    }),

  /** The VM is there, but off: its steps from the start on are to be done again. Throws `Fenced` as `startOver` does. */
  startAgain: (ref: StepRef): Promise<void> =>
    db.transaction().execute(async (tx) => {
      const later = sql<boolean>`step.position >= (
        select min(position) from step first where first.vm_id = vm.id and first.kind = 'start')`
      await tx
        .updateTable('vm')
        .set({ look_first: false, earlier: withEarlier(later) })
        .where('id', '=', ref.vmId)
        .execute()
      await recordEvents(tx, ref.deploymentId, await resetSteps(tx, ref, 'start'))
    }),
})

/** The steps from the first of this kind on. */
const resetSteps = async (
  tx: Kysely<Tables>,
  { deploymentId, vmId, stepId, attempt }: StepRef,
  from: StepKind,
): Promise<DeploymentEvent[]> => {
  const first = tx
    .selectFrom('step')
    .select(({ fn }) => fn.min('position').as('position'))
    .where('vm_id', '=', vmId)
    .where('kind', '=', from)
  const steps = await tx
    .updateTable('step')
    .set({ ...untouched, sent_at: null })
    .where('vm_id', '=', vmId)
    .where('position', '>=', first)
    .returning(stepColumns)
    .execute()
  const mine = steps.find((step) => step.id === stepId)
  if (mine?.attempt !== attempt) throw new Fenced()
  return steps.map((step) => ({ type: 'step', deploymentId, vmId, step: stepView(step) }))
}
