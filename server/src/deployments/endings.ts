/** How VMs and deployments end: by themselves, or because somebody cancelled. */
import type { DeploymentEvent, RunStatus, Validation } from '@deployer/core/deployment.ts'
import { outcomeOf } from '@deployer/core/validation.ts'
import { sql, type Kysely } from 'kysely'
import { recordAsked, recordDeploymentEnd, recordVmEnd } from '../audit/deployments.ts'
import { recordEvents } from '../events/events.ts'
import type { Caller } from '../identity/caller.ts'
import { lockDeployment, now, settleDeployment } from './journal.ts'
import type { Tables } from '../database/tables.ts'
import type { StepRow } from './tables.ts'
import { stepColumns, stepView, vmHead } from './views.ts'

type Tx = Kysely<Tables>

/** Ends the VM as its steps say, and with the last one the deployment. Nothing where it has ended before. */
export const finishVm = (db: Kysely<Tables>, vmId: string, run: number) =>
  db.transaction().execute(async (tx) => {
    const of = await tx
      .selectFrom('vm')
      .select('deployment_id')
      .where('id', '=', vmId)
      .executeTakeFirst()
    const deploymentId = of?.deployment_id ?? ''
    const deployment = await lockDeployment(tx, deploymentId)
    // Only now: another server may have ended it while this one waited for the lock.
    const known = await tx.selectFrom('vm').selectAll().where('id', '=', vmId).executeTakeFirst()
    if (!deployment || !known || known.run !== run || known.finished_at) return
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
    await recordVmEnd(tx, vm, steps, head.deployment)
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

/** Where the last of an owner's work is done, and no schedule of theirs is left, nothing needs their credentials any more. */
export const dropCredentials = async (tx: Tx, owner: string) => {
  // One at a time: two deployments that end in the same moment would each see the other still at work.
  await sql`select pg_advisory_xact_lock(7269, hashtext(${owner}))`.execute(tx)
  await sql`
    delete from credential where owner = ${owner}
       and not exists (select from deployment where runs_as = ${owner} and finished_at is null)
       and not exists (select from validation_schedule where runs_as = ${owner})`.execute(tx)
}

/**
 * Ends the VMs that have not begun, and asks the running ones to stop: their servers hear it at once. `vmIds`: only
 * these, where null is all. What has ended stays as it is. Answers the ids among `vmIds` that are no VMs of it, and then
 * nothing has changed.
 */
export const cancelVms = (
  db: Kysely<Tables>,
  deploymentId: string,
  caller: Pick<Caller, 'username' | 'from'>,
  vmIds: string[] | null = null,
): Promise<string[]> =>
  db.transaction().execute(async (tx) => {
    const deployment = await lockDeployment(tx, deploymentId)
    if (!deployment) return vmIds ?? []
    const known = await tx
      .selectFrom('vm')
      .select('id')
      .where('deployment_id', '=', deploymentId)
      .execute()
    const unknown = (vmIds ?? []).filter((id) => known.every((vm) => vm.id !== id))
    if (unknown.length > 0 || deployment.finished_at) return unknown
    if (vmIds === null)
      await tx
        .updateTable('deployment')
        .set({ cancel_requested: true })
        .where('id', '=', deploymentId)
        .execute()
    const meant = vmIds ?? known.map(({ id }) => id)
    const vms = [...(await endUnbegun(tx, meant)), ...(await askToStop(tx, meant))]
    const ended = vms.filter((vm) => vm.finished_at).map(({ id }) => id)
    const skipped = await skipPendingSteps(tx, deploymentId, ended)
    if (ended.length > 0)
      await tx.deleteFrom('vmid_reservation').where('vm_id', 'in', ended).execute()
    const head = await settleDeployment(tx, deploymentId)
    await dropCredentials(tx, deployment.runs_as)
    await sql`select pg_notify('cancel', ${deploymentId})`.execute(tx)
    await recordAsked(tx, { operation: 'deployment_cancel', id: deploymentId, caller, vms: vmIds })
    await recordDeploymentEnd(tx, head.deployment)
    await recordEvents(tx, deploymentId, [
      ...skipped,
      ...vms.map((vm): DeploymentEvent => ({ type: 'vm', deploymentId, vm: vmHead(vm) })),
      head,
    ])
    return []
  })

/** Of one that is tried again something may be there already; its own work removes that. */
const endUnbegun = (tx: Tx, vmIds: string[]) =>
  tx
    .updateTable('vm')
    .set({ status: 'cancelled', cancel_requested: true, finished_at: now })
    .where('id', 'in', vmIds)
    .where('status', '=', 'queued')
    .where('run', '=', 1)
    .returningAll()
    .execute()

const askToStop = (tx: Tx, vmIds: string[]) =>
  tx
    .updateTable('vm')
    .set({ cancel_requested: true })
    .where('id', 'in', vmIds)
    .where('finished_at', 'is', null)
    .where('cancel_requested', '=', false)
    .returningAll()
    .execute()
