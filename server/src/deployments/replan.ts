/** The rows of a VM that is tried again with changes: what it is to become, and its steps from now on. */
import { vmConfiguration } from '@deployer/core/audit-configuration.ts'
import type { PlannedStep } from '@deployer/core/plan.ts'
import { hashOf } from '@deployer/core/planner.ts'
import type { DeploymentRequest, RetryChanges } from '@deployer/core/request.ts'
import type { RetriedVm, RetryPlan } from '@deployer/core/retry.ts'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { withEarlier } from './earlier-tries.ts'
import { insertSteps } from './insert-steps.ts'
import { RetryRefused } from './retry-refused.ts'
import type { VmRow } from './tables.ts'

/** `changes`: what this retry asks for. */
export type Replan = Pick<RetryPlan, 'request' | 'vms'> & { changes: RetryChanges }

/** Part of the transaction that began the new run of `vms`. Throws `RetryRefused` where the plan is not of them. */
export const replanVms = async (
  db: Kysely<Tables>,
  deploymentId: string,
  vms: VmRow[],
  { request, vms: plan }: Replan,
): Promise<VmRow[]> => {
  const pairs = vms.map((vm) => {
    const retried = plan.find((each) => each.id === vm.id && each.run === vm.run - 1)
    if (!retried) throw new RetryRefused({ kind: 'outdated' })
    return { vm, retried }
  })
  const rows: VmRow[] = []
  for (const { vm, retried } of pairs) {
    rows.push(await replanVm(db, request, vm, retried))
    await replaceSteps(db, vm.id, retried)
  }
  await keepPlan(db, deploymentId, pairs)
  return rows
}

type Pair = { vm: VmRow; retried: RetriedVm }

const replanVm = (
  db: Kysely<Tables>,
  request: DeploymentRequest,
  vm: VmRow,
  { anew, planned, changes, kept }: RetriedVm,
) =>
  db
    .updateTable('vm')
    .set({
      changes: JSON.stringify(changes),
      // What failed is there already.
      earlier: withEarlier(sql`step.status = 'succeeded' and not step.id = any(${kept})`),
      configuration: JSON.stringify(vmConfiguration(request, planned)),
      ...(anew && {
        vmid: planned.vmid,
        node: planned.node,
        memory_mib: planned.memoryMiB,
        allocations: JSON.stringify(planned.allocations),
        ip: null,
        // Its first steps look themselves.
        look_first: false,
      }),
    })
    .where('id', '=', vm.id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** New steps begin above all attempts that were made before, so that a late execution of an old one stays fenced. */
const replaceSteps = async (db: Kysely<Tables>, vmId: string, { anew, steps, kept }: RetriedVm) => {
  const old = await db
    .selectFrom('step')
    .select(['id', 'attempt'])
    .where('vm_id', '=', vmId)
    .execute()
  const stays = (id: string) => !anew && kept.includes(id)
  const gone = old.filter(({ id }) => !stays(id)).map(({ id }) => id)
  if (gone.length > 0)
    await db.deleteFrom('step').where('vm_id', '=', vmId).where('id', 'in', gone).execute()
  const attempt = Math.max(0, ...old.map((step) => step.attempt))
  const placed = steps.map((step: PlannedStep, position) => ({ vmId, step, position, attempt }))
  await insertSteps(
    db,
    placed.filter(({ step }) => !stays(step.id)),
  )
  for (const { step, position } of placed.filter((each) => stays(each.step.id)))
    await db
      .updateTable('step')
      .set({ position })
      .where('vm_id', '=', vmId)
      .where('id', '=', step.id)
      .execute()
}

/** What an undo and the exports read. */
const keepPlan = async (db: Kysely<Tables>, deploymentId: string, pairs: Pair[]) => {
  const { plan } = await db
    .selectFrom('deployment')
    .select('plan')
    .where('id', '=', deploymentId)
    .executeTakeFirstOrThrow()
  const vms = plan.vms.map((planned, position) => {
    const pair = pairs.find(({ vm }) => vm.position === position)
    // Rows of the plan are those of the deployment's own request.
    return pair?.retried.anew === true ? { ...pair.retried.planned, row: planned.row } : planned
  })
  await db
    .updateTable('deployment')
    .set({ plan: JSON.stringify({ ...plan, vms }), plan_hash: hashOf(vms) })
    .where('id', '=', deploymentId)
    .execute()
}
