/** How VMs and deployments end: by themselves, or because somebody cancelled. */
import type { DeploymentEvent, RunStatus, Validation } from '@deployer/core/deployment.ts'
import { outcomeOf } from '@deployer/core/validation.ts'
import { sql, type Kysely } from 'kysely'
import { recordEvents } from '../events/events.ts'
import { lockDeployment, now, settleDeployment } from './journal.ts'
import type { Tables } from '../database/tables.ts'
import type { StepRow } from './tables.ts'
import { stepColumns, stepView, vmHead } from './views.ts'

type Tx = Kysely<Tables>

/** Ends the VM as its steps say, and with the last one the deployment. Nothing where it has ended before. */
export const finishVm = (db: Kysely<Tables>, vmId: string, run: number) =>
  db.transaction().execute(async (tx) => {
    const known = await tx.selectFrom('vm').selectAll().where('id', '=', vmId).executeTakeFirst()
    if (!known || known.run !== run || known.finished_at) return
    const { deployment_id: deploymentId } = known
    const deployment = await lockDeployment(tx, deploymentId)
    if (!deployment) return
    const steps = await tx
      .selectFrom('step')
      .selectAll()
      .where('vm_id', '=', vmId)
      .orderBy('position')
      .execute()
    const status = statusOfVm(steps)
    // A cancelled VM that could not be removed says so already.
    const error = steps.find((step) => step.status === 'failed')?.error ?? known.error
    const validation = status === 'cancelled' ? null : validationOf(steps)
    const vm = await tx
      .updateTable('vm')
      .set({
        status,
        finished_at: now,
        error: error && JSON.stringify(error),
        validation: validation && JSON.stringify(validation),
      })
      .where('id', '=', vmId)
      .returningAll()
      .executeTakeFirstOrThrow()
    const skipped = await skipPendingSteps(tx, deploymentId, [vmId])
    // Created or not, from here on Proxmox itself knows whether the id is taken.
    await tx.deleteFrom('vmid_reservation').where('vm_id', '=', vmId).execute()
    const head = await settleDeployment(tx, deploymentId)
    await dropCredentials(tx, deployment.runs_as)
    await recordEvents(tx, deploymentId, [
      ...skipped,
      { type: 'vm', deploymentId, vm: vmHead(vm) },
      head,
    ])
  })

const statusOfVm = (steps: StepRow[]): RunStatus => {
  if (steps.some((step) => step.status === 'cancelled')) return 'cancelled'
  return steps.some((step) => step.status === 'failed') ? 'failed' : 'succeeded'
}

const skipPendingSteps = async (
  tx: Tx,
  deploymentId: string,
  vmIds: string[],
): Promise<DeploymentEvent[]> => {
  if (vmIds.length === 0) return []
  const rows = await tx
    .updateTable('step')
    .set({ status: 'skipped' })
    .where('vm_id', 'in', vmIds)
    .where('status', '=', 'pending')
    .returning(stepColumns)
    .execute()
  return rows.map((row) => ({ type: 'step', deploymentId, vmId: row.vm_id, step: stepView(row) }))
}

/** The proof, check by check; null where nothing was checked. */
const validationOf = (steps: StepRow[]): Validation | null => {
  const checks = steps.flatMap((step) => step.result?.check ?? [])
  const outcome = outcomeOf(checks)
  return outcome && { outcome, checks, checkedAt: new Date().toISOString() }
}

/** The last of an owner's work is done: nothing needs their credentials any more. */
const dropCredentials = async (tx: Tx, owner: string) => {
  await sql`
    delete from credential where owner = ${owner}
       and not exists (select from deployment where runs_as = ${owner} and finished_at is null)`.execute(
    tx,
  )
}

/**
 * Ends the VMs that have not begun, and asks the running ones to stop: their servers hear it at once. Answers false
 * where there is no such deployment; a finished one stays as it is.
 */
export const cancelDeployment = (db: Kysely<Tables>, deploymentId: string) =>
  db.transaction().execute(async (tx) => {
    const deployment = await lockDeployment(tx, deploymentId)
    if (!deployment) return false
    if (deployment.finished_at) return true
    await tx
      .updateTable('deployment')
      .set({ cancel_requested: true })
      .where('id', '=', deploymentId)
      .execute()
    const ended = await tx
      .updateTable('vm')
      .set({ status: 'cancelled', finished_at: now })
      .where('deployment_id', '=', deploymentId)
      .where('status', '=', 'queued')
      .returningAll()
      .execute()
    await tx
      .updateTable('vm')
      .set({ cancel_requested: true })
      .where('deployment_id', '=', deploymentId)
      .where('finished_at', 'is', null)
      .execute()
    const ids = ended.map((vm) => vm.id)
    const skipped = await skipPendingSteps(tx, deploymentId, ids)
    if (ids.length > 0) await tx.deleteFrom('vmid_reservation').where('vm_id', 'in', ids).execute()
    const head = await settleDeployment(tx, deploymentId)
    await dropCredentials(tx, deployment.runs_as)
    await sql`select pg_notify('cancel', ${deploymentId})`.execute(tx)
    await recordEvents(tx, deploymentId, [
      ...skipped,
      ...ended.map((vm): DeploymentEvent => ({ type: 'vm', deploymentId, vm: vmHead(vm) })),
      head,
    ])
    return true
  })
