/** Where a VM comes from: its deployment, and what of the deployment's settings no longer holds. */
import { readStamp } from '@deployer/core/stamp.ts'
import type { VmDetail } from '@deployer/core/vm.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { type ConfigText, readDifferences } from './config.ts'

/**
 * By the stamp in its description; without one, by the newest deployment that made a VM of this id and name, and then
 * it says that the stamp is missing.
 */
export const readOrigin = async (
  db: Kysely<Tables>,
  vm: { vmid: number; name: string; config: ConfigText },
): Promise<VmDetail['origin']> => {
  const stamp = readStamp(vm.config.get('description'))
  const made = db
    .selectFrom('vm')
    .innerJoin('deployment', 'deployment.id', 'vm.deployment_id')
    .select([
      'vm.id as vm_id',
      'deployment.id',
      'deployment.name',
      'deployment.created_by',
      'deployment.created_at',
      'deployment.source_label',
    ])
    .where('deployment.undo_of', 'is', null)
    .where('vm.vmid', '=', vm.vmid)
    .orderBy('deployment.created_at', 'desc')
  const row =
    (stamp &&
      (await made
        .where('deployment.id', '=', stamp.deployment)
        .where('vm.name', '=', stamp.vm)
        .executeTakeFirst())) ??
    (await made
      .where('vm.name', '=', vm.name)
      .where('vm.status', '<>', 'cancelled')
      .executeTakeFirst())
  if (!row) return null
  const steps = await db
    .selectFrom('step')
    .select('spec')
    .where('vm_id', '=', row.vm_id)
    .where('kind', '=', 'configure')
    .where('status', '=', 'succeeded')
    .execute()
  const wanted = Object.assign(
    {},
    ...steps.map(({ spec }) => (spec.kind === 'configure' ? spec.settings : {})),
  )
  return {
    deployment: { id: row.id, name: row.name },
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    source: row.source_label,
    stamp: stamp?.deployment === row.id,
    differences: readDifferences(wanted, vm.config),
  }
}
