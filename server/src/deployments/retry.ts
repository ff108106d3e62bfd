/** Failed VMs go on from the step that failed: the same rows, a new workflow, in one transaction. */
import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import type { DeploymentEvent } from '@deployer/core/deployment.ts'
import { sql, type Kysely } from 'kysely'
import type { Pool } from 'pg'
import { recordAsked } from '../audit/deployments.ts'
import type { Tables } from '../database/tables.ts'
import { recordEvents } from '../events/events.ts'
import type { Caller } from '../identity/caller.ts'
import type { CredentialStore } from './credentials.ts'
import { withEarlier } from './earlier-tries.ts'
import { lockDeployment, settleDeployment } from './journal.ts'
import { type Replan, replanVms } from './replan.ts'
import { RetryRefused } from './retry-refused.ts'
import { untouched } from './start-over.ts'
import { enqueue, inTransaction } from './submit.ts'
import type { VmRow } from './tables.ts'
import { stepColumns, stepView, vmHead } from './views.ts'

export type RetryOrder = {
  deploymentId: string
  /** Null: all that failed. */
  vmIds: string[] | null
  /** Whose credentials do the work from here on. */
  caller: Caller
  /** Where something changes: what these VMs are to become. Null: they go on as they were planned. */
  replan: Replan | null
}

/** Answers when it is committed. Throws `RetryRefused`, and then nothing has changed. */
export const retryVms = (
  deps: { pool: Pool; client: DBOSClient; credentials: CredentialStore },
  { deploymentId, vmIds, caller, replan }: RetryOrder,
): Promise<void> =>
  inTransaction(deps.pool, async (db, connection) => {
    const deployment = await lockDeployment(db, deploymentId)
    if (!deployment) throw new RetryRefused({ kind: 'nothing-failed' })
    if (deployment.undone_by !== null)
      throw new RetryRefused({ kind: 'undone', by: deployment.undone_by })
    if (!deployment.finished_at && deployment.cancel_requested)
      throw new RetryRefused({ kind: 'cancelling' })
    const runsAs = deps.credentials.workerOf(caller)
    if (!deployment.finished_at && deployment.runs_as !== runsAs)
      throw new RetryRefused({ kind: 'owner-at-work', owner: deployment.runs_as })
    await db
      .updateTable('deployment')
      .set({ runs_as: runsAs, cancel_requested: false })
      .where('id', '=', deploymentId)
      .execute()
    const failed = await requeueVms(db, deploymentId, vmIds)
    const vms = replan === null ? failed : await replanVms(db, deploymentId, failed, replan)
    const stepEvents = await resetSteps(db, deploymentId, vms)
    await keepVmids(db, vms)
    await deps.credentials.keep(db, caller)
    const steps = await stepsOf(db, vms)
    for (const { id, run } of vms)
      await enqueue(deps.client, connection, {
        vmId: id,
        run,
        steps: steps
          .filter((step) => step.vm_id === id)
          .map(({ id: step, kind }) => ({ id: step, kind })),
      })
    const head = await settleDeployment(db, deploymentId)
    await recordAsked(db, {
      operation: 'deployment_retry',
      id: deploymentId,
      caller,
      vms: vmIds,
      changes: replan?.changes,
    })
    await recordEvents(db, deploymentId, [
      ...stepEvents,
      ...vms.map((vm): DeploymentEvent => ({
        type: 'vm',
        deploymentId,
        vm: {
          ...vmHead(vm),
          ...(replan !== null && {
            steps: steps.filter((step) => step.vm_id === vm.id).map(stepView),
          }),
        },
      })),
      head,
    ])
  })

const requeueVms = async (
  db: Kysely<Tables>,
  deploymentId: string,
  vmIds: string[] | null,
): Promise<VmRow[]> => {
  const failed = db
    .updateTable('vm')
    .set({
      status: 'queued',
      run: sql<number>`run + 1`,
      look_first: true,
      earlier: withEarlier(sql`step.status = 'failed'`),
      cancel_requested: false,
      error: null,
      validation: null,
      started_at: null,
      finished_at: null,
    })
    .where('deployment_id', '=', deploymentId)
    .where('status', '=', 'failed')
  const vms = await (vmIds === null ? failed : failed.where('id', 'in', vmIds))
    .returningAll()
    .execute()
  const others = (vmIds ?? []).filter((id) => vms.every((vm) => vm.id !== id))
  if (others.length > 0) throw new RetryRefused({ kind: 'not-failed', vmIds: others })
  if (vms.length === 0) throw new RetryRefused({ kind: 'nothing-failed' })
  return vms.toSorted((one, other) => one.position - other.position)
}

/** A call that was sent stays marked as sent, so that its runner looks before it sends another; its task is over. */
const resetSteps = async (
  db: Kysely<Tables>,
  deploymentId: string,
  vms: VmRow[],
): Promise<DeploymentEvent[]> => {
  const rows = await db
    .updateTable('step')
    .set(untouched)
    .where('vm_id', 'in', idsOf(vms))
    .where('status', 'in', ['failed', 'skipped'])
    .returning(stepColumns)
    .execute()
  return rows.map((row) => ({ type: 'step', deploymentId, vmId: row.vm_id, step: stepView(row) }))
}

/** Each keeps its id where no other VM of ours has it by now; the others get the next one when they have their turn. */
const keepVmids = async (db: Kysely<Tables>, vms: VmRow[]) => {
  await db
    .insertInto('vmid_reservation')
    .values(vms.map(({ id, vmid }) => ({ vmid, vm_id: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const stepsOf = (db: Kysely<Tables>, vms: VmRow[]) =>
  db
    .selectFrom('step')
    .select(stepColumns)
    .where('vm_id', 'in', idsOf(vms))
    .orderBy('position')
    .execute()

const idsOf = (vms: VmRow[]): string[] => vms.map(({ id }) => id)
