/** What a retry has to go on with: the failed VMs as the journal knows them, and what there is of them on Proxmox. */
import type { PlannedStep } from '@deployer/core/plan.ts'
import type { FailedVm, FailedVms } from '@deployer/core/retry.ts'
import { noteOf } from '@deployer/core/steps.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { RetryRefused } from './retry-refused.ts'
import type { StepRow } from './tables.ts'
import { allGuests, createLook } from './undo.ts'

/** With the rights of `api`. Changes nothing. Throws `RetryRefused`. */
export const readFailedVms = async (
  db: Kysely<Tables>,
  api: Api,
  deploymentId: string,
  vmIds: string[] | null,
): Promise<FailedVms> => {
  const [deployment, rows, guests] = await Promise.all([
    db
      .selectFrom('deployment')
      .select(['request', 'plan', 'undo_of'])
      .where('id', '=', deploymentId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('vm')
      .selectAll()
      .where('deployment_id', '=', deploymentId)
      .where('status', '=', 'failed')
      .orderBy('position')
      .execute(),
    allGuests(api),
  ])
  if (deployment.undo_of !== null) throw new RetryRefused({ kind: 'is-undo' })
  const vms = rows.filter(({ id }) => vmIds === null || vmIds.includes(id))
  const others = (vmIds ?? []).filter((id) => vms.every((vm) => vm.id !== id))
  if (others.length > 0) throw new RetryRefused({ kind: 'not-failed', vmIds: others })
  if (vms.length === 0) throw new RetryRefused({ kind: 'nothing-failed' })
  const ids = vms.map(({ id }) => id)
  const steps = await db
    .selectFrom('step')
    .selectAll()
    .where('vm_id', 'in', ids)
    .orderBy('position')
    .execute()
  const look = createLook(api, guests)
  return {
    id: deploymentId,
    request: deployment.request,
    plan: deployment.plan,
    vms: await Promise.all(
      vms.map(async (vm): Promise<FailedVm> => {
        const planned = deployment.plan.vms[vm.position]
        if (!planned) throw new Error(`the plan of ${deploymentId} has no VM at ${vm.position}`)
        const own = steps.filter((step) => step.vm_id === vm.id)
        return {
          id: vm.id,
          run: vm.run,
          name: vm.name,
          vmid: vm.vmid,
          node: vm.node,
          changes: vm.changes,
          steps: own.map((row) => ({ step: plannedOf(row), done: row.status === 'succeeded' })),
          planned,
          cloned: own.some(
            ({ kind, status }) => (kind === 'clone' || kind === 'create') && status === 'succeeded',
          ),
          seen: await look(deploymentId, vm),
        }
      }),
    ),
  }
}

const plannedOf = ({ id, kind, title, spec, calls, slots }: StepRow): PlannedStep => ({
  id,
  kind,
  title,
  note: noteOf(spec),
  calls,
  slots,
  spec,
})
