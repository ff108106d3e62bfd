/** Rows of a deployment as submit would write them, without workflows. */
import type { PlannedStep } from '@deployer/core/plan.ts'
import { callsOf, titleOf } from '@deployer/core/steps.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '../src/database/tables.ts'

const specs: PlannedStep['spec'][] = [
  { kind: 'reserve-id' },
  {
    kind: 'clone',
    sourceNode: 'pve1',
    sourceVmid: 9000,
    name: 'web',
    full: false,
    storage: null,
    targetNode: null,
    pool: null,
    description: 'vm-deployer {deployment} web',
  },
  { kind: 'start', node: 'pve1' },
]

/** VMs `ID-1`, `ID-2` … with the steps reserve-id, clone and start, and the VMIDs from `firstVmid` on. */
export const insertDeployment = async (
  db: Kysely<Tables>,
  id: string,
  { vms, firstVmid }: { vms: number; firstVmid: number },
) => {
  await db
    .insertInto('deployment')
    .values({
      id,
      name: null,
      request: '{"source":{"kind":"template","vmid":9000,"clone":"linked"},"vms":[]}',
      plan: '{}',
      plan_hash: '',
      source_label: '',
      created_by: 'root@pam',
      runs_as: 'root@pam',
      idempotency_key: null,
    })
    .execute()
  for (let index = 0; index < vms; index += 1) {
    const vmId = `${id}-${index + 1}`
    const vmid = firstVmid + index
    const row = { deployment_id: id, position: index, name: 'web', vmid, node: 'pve1' }
    await db
      .insertInto('vm')
      .values({ id: vmId, ...row })
      .execute()
    await db.insertInto('vmid_reservation').values({ vmid, vm_id: vmId }).execute()
    await db
      .insertInto('step')
      .values(
        specs.map((spec, position) => ({
          vm_id: vmId,
          id: spec.kind,
          position,
          kind: spec.kind,
          title: titleOf(spec),
          spec: JSON.stringify(spec),
          calls: JSON.stringify(callsOf(spec, { vmid })),
          slots: '[]',
        })),
      )
      .execute()
  }
}
