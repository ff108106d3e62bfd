/** A deployment for export, from its rows: retries and other VMIDs are in it. */
import { withMaskedRequest } from '@deployer/core/cloud-init/passwords.ts'
import type { ExportedDeployment } from '@deployer/core/export/deployment.ts'
import { maskedSpec } from '@deployer/core/masked-plan.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** Null where there is none. */
export const readExport = async (
  db: Kysely<Tables>,
  id: string,
): Promise<ExportedDeployment | null> => {
  const row = await db
    .selectFrom('deployment')
    .select(['id', 'name', 'created_at', 'undo_of', 'request'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const vms = await db
    .selectFrom('vm')
    .select(['id', 'name', 'vmid', 'node'])
    .where('deployment_id', '=', id)
    .orderBy('position')
    .execute()
  const steps = await db
    .selectFrom('step')
    .innerJoin('vm', 'vm.id', 'step.vm_id')
    .select(['step.vm_id', 'step.spec'])
    .where('vm.deployment_id', '=', id)
    .orderBy('step.position')
    .execute()
  const stepsOf = Map.groupBy(steps, (step) => step.vm_id)
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    isUndo: row.undo_of !== null,
    request: withMaskedRequest(row.request),
    vms: vms.map((vm) => ({
      name: vm.name,
      vmid: vm.vmid,
      node: vm.node,
      steps: (stepsOf.get(vm.id) ?? []).map(({ spec }) => maskedSpec(spec)),
    })),
  }
}
