/** Deployments as people see them, from the rows. */
import { withMaskedRequest } from '@deployer/core/cloud-init/passwords.ts'
import type { DeploymentHead, DeploymentView } from '@deployer/core/deployment.ts'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { newestEventId } from '../events/events.ts'
import { countVms } from './journal.ts'
import { deploymentHead, headColumns, stepColumns, stepView, vmHead } from './views.ts'

const PAGE = 100

/** Newest first, of those for which `seen` holds. `before`: id of the last one of the page before. */
export const listDeployments = async (
  db: Kysely<Tables>,
  { limit = PAGE, before }: { limit?: number; before?: string } = {},
  seen: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<DeploymentHead[]> => {
  const all = db.selectFrom('deployment').select(headColumns).where(seen)
  const last = sql`(select created_at, id from deployment where id = ${before})`
  const page = before === undefined ? all : all.where(sql<boolean>`(created_at, id) < ${last}`)
  const rows = await page
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(Math.min(limit, PAGE))
    .execute()
  const counts = await countVms(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => deploymentHead(row, counts.get(row.id) ?? {}))
}

/** With its VMs and steps; null where there is none. */
export const readDeployment = async (
  db: Kysely<Tables>,
  id: string,
): Promise<DeploymentView | null> => {
  // First, so that the rows below hold at least all events up to it.
  const lastEventId = await newestEventId(db)
  const row = await db.selectFrom('deployment').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const vms = await db
    .selectFrom('vm')
    .selectAll()
    .where('deployment_id', '=', id)
    .orderBy('position')
    .execute()
  const steps = await db
    .selectFrom('step')
    .innerJoin('vm', 'vm.id', 'step.vm_id')
    .select(stepColumns.map((column) => `step.${column}` as const))
    .where('vm.deployment_id', '=', id)
    .orderBy('step.position')
    .execute()
  const stepsOf = Map.groupBy(steps, (step) => step.vm_id)
  const counts = (await countVms(db, [id])).get(id) ?? {}
  return {
    ...deploymentHead(row, counts),
    request: withMaskedRequest(row.request),
    planHash: row.plan_hash,
    lastEventId,
    vms: vms.map((vm) => ({ ...vmHead(vm), steps: (stepsOf.get(vm.id) ?? []).map(stepView) })),
  }
}

/** Id of what this caller made with this key before, or null. */
export const findByKey = async (
  db: Kysely<Tables>,
  createdBy: string,
  idempotencyKey: string,
): Promise<string | null> => {
  const row = await db
    .selectFrom('deployment')
    .select('id')
    .where('created_by', '=', createdBy)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst()
  return row?.id ?? null
}
