/**
 * What happened to each step of each VM. These rows are the truth; the workflow's own checkpoints only say where it
 * stands. Every write of a step carries the attempt that it belongs to, so an execution that was taken over cannot
 * write any more.
 *
 * Transactions lock in one order, so that they cannot block each other: deployment, vm, step, then the event lock.
 */
import type { DeploymentEvent, Failure, StepStatus } from '@deployer/core/deployment.ts'
import type { StepKind } from '@deployer/core/plan.ts'
import { sql, type Kysely, type UpdateObject } from 'kysely'
import { recordEvents } from '../events/events.ts'
import { Fenced } from './fenced.ts'
import type { Tables } from '../database/tables.ts'
import { createRetryJournal } from './start-over.ts'
import type { StepResult, StepRow, VmRow } from './tables.ts'
import {
  deploymentHead,
  headColumns,
  statusOf,
  stepColumns,
  stepView,
  vmHead,
  type Counts,
  type ShownStep,
} from './views.ts'
import { giveNextVmid, type VmidRange } from './vmids.ts'

type Db = Kysely<Tables>

/** One execution of one step. */
export type StepRef = { deploymentId: string; vmId: string; stepId: string; attempt: number }

export type Outcome = { ok: true } | { ok: false; reason: 'failed' | 'cancelled' }

export type Begun =
  /** The VM has ended, or a newer run of it exists: nothing is left to do here. */
  | { kind: 'over' }
  /** A step before it is still to be done: go on from there. */
  | { kind: 'start-over' }
  /** The step has ended before. */
  | { kind: 'ended'; outcome: Outcome; ref: StepRef; step: StepRow }
  | {
      kind: 'go'
      ref: StepRef
      vm: VmRow
      owner: string
      source: string
      step: StepRow
      elapsedSeconds: number
    }

export type StepPatch = {
  status?: StepStatus
  detail?: string | null
  progress?: number | null
  upid?: string | null
  log?: string[]
  error?: Failure
  result?: StepResult
  retries?: number
  /** Seconds from now, or null for: no longer waiting. */
  retryInSeconds?: number | null
  /** A changing call goes out now (true), or its answer is known (false). */
  sent?: boolean
  ended?: boolean
}

export type Progress = { ref: StepRef; progress: number | null; detail: string; log: string[] }

export const now = sql<Date>`now()`

const columnsOf = (patch: StepPatch): UpdateObject<Tables, 'step'> => ({
  ...(patch.status && { status: patch.status }),
  ...(patch.detail !== undefined && { detail: patch.detail }),
  ...(patch.progress !== undefined && { progress: patch.progress }),
  ...(patch.upid !== undefined && { upid: patch.upid }),
  ...(patch.log && { log: JSON.stringify(patch.log) }),
  ...(patch.error && { error: JSON.stringify(patch.error) }),
  ...(patch.result !== undefined && { result: JSON.stringify(patch.result) }),
  ...(patch.retries !== undefined && { retries: patch.retries }),
  ...(patch.retryInSeconds === null && { retry_at: null }),
  ...(typeof patch.retryInSeconds === 'number' && {
    retry_at: sql<Date>`now() + make_interval(secs => ${patch.retryInSeconds})`,
  }),
  ...(patch.sent !== undefined && { sent_at: patch.sent ? now : null }),
  ...(patch.ended && { finished_at: now }),
})

const stepEvent = (deploymentId: string, row: ShownStep): DeploymentEvent => ({
  type: 'step',
  deploymentId,
  vmId: row.vm_id,
  step: stepView(row),
})

/** How many VMs of each deployment are in each state. */
export const countVms = async (db: Db, deploymentIds: string[]): Promise<Map<string, Counts>> => {
  if (deploymentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('vm')
    .select(['deployment_id', 'status', sql<number>`count(*)::int`.as('count')])
    .where('deployment_id', 'in', deploymentIds)
    .groupBy(['deployment_id', 'status'])
    .execute()
  const counts = new Map<string, Counts>()
  for (const { deployment_id: id, status, count } of rows)
    counts.set(id, { ...counts.get(id), [status]: count })
  return counts
}

/**
 * Serialises all changes of VM states of one deployment, so that its summary is right in every event. Not `for update`:
 * writing an event only needs to know that the deployment stays there, and must not wait for us.
 */
export const lockDeployment = (tx: Db, deploymentId: string) =>
  tx
    .selectFrom('deployment')
    .select(['runs_as', 'finished_at', 'cancel_requested', 'undo_of', 'undone_by'])
    .where('id', '=', deploymentId)
    .forNoKeyUpdate()
    .executeTakeFirst()

type HeadEvent = Extract<DeploymentEvent, { type: 'deployment' }>

/** Brings the deployment's own row in line with its VMs and answers the event that tells it. */
export const settleDeployment = async (tx: Db, deploymentId: string): Promise<HeadEvent> => {
  const counts = (await countVms(tx, [deploymentId])).get(deploymentId) ?? {}
  const status = statusOf(counts)
  const ended = status === 'succeeded' || status === 'failed' || status === 'cancelled'
  const row = await tx
    .updateTable('deployment')
    .set({
      status,
      ...(status !== 'queued' && { started_at: sql<Date>`coalesce(started_at, now())` }),
      finished_at: ended ? sql<Date>`coalesce(finished_at, now())` : null,
    })
    .where('id', '=', deploymentId)
    .returning(headColumns)
    .executeTakeFirstOrThrow()
  return { type: 'deployment', deployment: deploymentHead(row, counts) }
}

/** So it is where a retried VM starts over while a later step of it had its turn. */
const hasEarlierToDo = async (tx: Db, { vm_id: vmId, position }: StepRow): Promise<boolean> => {
  const earlier = await tx
    .selectFrom('step')
    .select('id')
    .where('vm_id', '=', vmId)
    .where('position', '<', position)
    .where('status', '=', 'pending')
    .limit(1)
    .executeTakeFirst()
  return earlier !== undefined
}

export type Journal = ReturnType<typeof createJournal>

export const createJournal = (db: Db) => {
  /** Sets the VM's status, and with it the deployment's. Nothing where it has that status, or has ended. */
  const setVmStatus = (deploymentId: string, vmId: string, status: 'running' | 'needs-sign-in') =>
    db.transaction().execute(async (tx) => {
      await lockDeployment(tx, deploymentId)
      const vm = await tx
        .updateTable('vm')
        .set({ status, started_at: sql<Date>`coalesce(started_at, now())` })
        .where('id', '=', vmId)
        .where('status', '!=', status)
        .where('finished_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
      if (!vm) return
      const head = await settleDeployment(tx, deploymentId)
      await recordEvents(tx, deploymentId, [{ type: 'vm', deploymentId, vm: vmHead(vm) }, head])
    })

  /** Whether the VM has not ended, and this is its newest run. */
  const isCurrent = async (vmId: string, run: number): Promise<boolean> => {
    const vm = await db
      .selectFrom('vm')
      .select('id')
      .where('id', '=', vmId)
      .where('run', '=', run)
      .where('finished_at', 'is', null)
      .executeTakeFirst()
    return vm !== undefined
  }

  /** Starts an execution of the step, unless it has ended already: a new attempt, which fences all earlier ones. */
  const begin = async (vmId: string, run: number, stepId: string): Promise<Begun> => {
    const vm = await db
      .selectFrom('vm')
      .innerJoin('deployment', 'deployment.id', 'vm.deployment_id')
      .selectAll('vm')
      .select(['deployment.runs_as', 'deployment.source_label'])
      .where('vm.id', '=', vmId)
      .executeTakeFirst()
    if (!vm || vm.run !== run || vm.finished_at) return { kind: 'over' }
    if (vm.status !== 'running') await setVmStatus(vm.deployment_id, vmId, 'running')
    return db.transaction().execute(async (tx) => {
      const step = await tx
        .selectFrom('step')
        .selectAll()
        .where('vm_id', '=', vmId)
        .where('id', '=', stepId)
        .forUpdate()
        .executeTakeFirstOrThrow()
      if (run > 1 && (await hasEarlierToDo(tx, step))) return { kind: 'start-over' }
      const ref = { deploymentId: vm.deployment_id, vmId, stepId, attempt: step.attempt }
      if (step.status === 'succeeded' || step.status === 'skipped')
        return { kind: 'ended', outcome: { ok: true }, ref, step }
      if (step.status === 'failed' || step.status === 'cancelled')
        return { kind: 'ended', outcome: { ok: false, reason: step.status }, ref, step }
      const begun = await tx
        .updateTable('step')
        .set({
          attempt: sql<number>`attempt + 1`,
          // A pause between two tries goes on where it was.
          status: sql<StepStatus>`case when retry_at > now() then 'waiting' else 'running' end`,
          detail: sql<string>`case when retry_at > now() then detail end`,
          started_at: sql<Date>`coalesce(started_at, now())`,
        })
        .where('vm_id', '=', vmId)
        .where('id', '=', stepId)
        .returningAll()
        .returning(sql<number>`extract(epoch from now() - started_at)::float8`.as('elapsed'))
        .executeTakeFirstOrThrow()
      await recordEvents(tx, vm.deployment_id, [stepEvent(vm.deployment_id, begun)])
      return {
        kind: 'go',
        ref: { ...ref, attempt: begun.attempt },
        vm,
        owner: vm.runs_as,
        source: vm.source_label,
        step: begun,
        elapsedSeconds: begun.elapsed,
      }
    })
  }

  /** Throws `Fenced` where a newer attempt of the step exists. */
  const write = (ref: StepRef, patch: StepPatch, vmPatch?: { ip: string }) =>
    db.transaction().execute(async (tx) => {
      const events: DeploymentEvent[] = []
      if (vmPatch) {
        const vm = await tx
          .updateTable('vm')
          .set(vmPatch)
          .where('id', '=', ref.vmId)
          .returningAll()
          .executeTakeFirstOrThrow()
        events.push({ type: 'vm', deploymentId: ref.deploymentId, vm: vmHead(vm) })
      }
      const step = await tx
        .updateTable('step')
        .set(columnsOf(patch))
        .where('vm_id', '=', ref.vmId)
        .where('id', '=', ref.stepId)
        .where('attempt', '=', ref.attempt)
        .returning(stepColumns)
        .executeTakeFirst()
      if (!step) throw new Fenced()
      await recordEvents(tx, ref.deploymentId, [...events, stepEvent(ref.deploymentId, step)])
    })

  /** For a mistake of ours: ends the step as failed whoever has it, so that the VM ends as well. */
  const abandon = (vmId: string, stepId: string, failure: Failure) =>
    db.transaction().execute(async (tx) => {
      const { deployment_id: deploymentId } = await tx
        .selectFrom('vm')
        .select('deployment_id')
        .where('id', '=', vmId)
        .executeTakeFirstOrThrow()
      const step = await tx
        .updateTable('step')
        .set({ status: 'failed', error: JSON.stringify(failure), finished_at: now })
        .where('vm_id', '=', vmId)
        .where('id', '=', stepId)
        .returning(stepColumns)
        .executeTakeFirstOrThrow()
      await recordEvents(tx, deploymentId, [stepEvent(deploymentId, step)])
    })

  /** A changing call goes out now; nothing to see for people. Throws `Fenced` where a newer attempt exists. */
  const markSent = async (ref: StepRef) => {
    const { numUpdatedRows } = await db
      .updateTable('step')
      .set({ sent_at: now, upid: null })
      .where('vm_id', '=', ref.vmId)
      .where('id', '=', ref.stepId)
      .where('attempt', '=', ref.attempt)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Fenced()
  }

  /** Once a second for all running tasks: one update, one notification for each deployment. Fenced ones are left out. */
  const writeProgress = async (entries: Progress[]) => {
    if (entries.length === 0) return
    const values = entries.map(({ ref, ...rest }) => ({
      vm_id: ref.vmId,
      id: ref.stepId,
      attempt: ref.attempt,
      ...rest,
    }))
    await db.transaction().execute(async (tx) => {
      const rows = await sql<StepRow>`
        update step set progress = told.progress, detail = told.detail, log = told.log
          from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
               as told(vm_id text, id text, attempt int, progress double precision, detail text, log jsonb)
         where step.vm_id = told.vm_id and step.id = told.id and step.attempt = told.attempt
           and step.status = 'running'
        returning step.*`.execute(tx)
      const deploymentOf = new Map(entries.map(({ ref }) => [ref.vmId, ref.deploymentId]))
      for (const id of new Set(deploymentOf.values()))
        await recordEvents(
          tx,
          id,
          rows.rows
            .filter((row) => deploymentOf.get(row.vm_id) === id)
            .map((row) => stepEvent(id, row)),
        )
    })
  }

  /**
   * Gives the VM another id, because Proxmox said that this one is taken: the next one in the range that no other VM of
   * ours has reserved and that is not among the taken ones, or null. The calls of its steps follow.
   */
  const moveToNextVmid = (
    ref: StepRef,
    range: VmidRange,
    taken: readonly number[] = [],
  ): Promise<number | null> =>
    db.transaction().execute(async (tx) => {
      const given = await giveNextVmid(tx, ref.vmId, range, taken)
      if (given === null) return null
      const { numUpdatedRows } = await tx
        .updateTable('step')
        .set({ upid: null, sent_at: null })
        .where('vm_id', '=', ref.vmId)
        .where('id', '=', ref.stepId)
        .where('attempt', '=', ref.attempt)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) throw new Fenced()
      await recordEvents(tx, ref.deploymentId, [given.event])
      return given.vmid
    })

  /** What an earlier step of the VM found out, and how long ago it ended; null where it has not ended well. */
  const earlier = (vmId: string, kind: StepKind) =>
    db
      .selectFrom('step')
      .select([
        'result',
        sql<number>`extract(epoch from now() - finished_at)::float8`.as('secondsAgo'),
      ])
      .where('vm_id', '=', vmId)
      .where('kind', '=', kind)
      .where('status', '=', 'succeeded')
      .executeTakeFirst()

  /** Which of these tasks no step of ours started, as far as the journal knows. */
  const unclaimed = async (upids: string[]): Promise<string[]> => {
    if (upids.length === 0) return []
    const rows = await db.selectFrom('step').select('upid').where('upid', 'in', upids).execute()
    return upids.filter((upid) => rows.every((row) => row.upid !== upid))
  }

  return {
    isCurrent,
    begin,
    write,
    abandon,
    markSent,
    writeProgress,
    setVmStatus,
    moveToNextVmid,
    earlier,
    unclaimed,
    ...createRetryJournal(db),
  }
}
