/** Another id for a VM, where the one that it was to have is taken. */
import type { DeploymentEvent } from '@deployer/core/deployment.ts'
import { callsOf } from '@deployer/core/steps.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { vmHead } from './views.ts'

/** Inclusive bounds of the ids that may be given out. */
export type VmidRange = { min: number; max: number }

/**
 * Reserves the next id in the range that no other VM of ours has reserved and that is not among the taken ones, and gives
 * it to the VM and to the calls of its steps. Null where none is left. Part of the caller's transaction.
 */
export const giveNextVmid = async (
  tx: Kysely<Tables>,
  vmId: string,
  range: VmidRange,
  taken: readonly number[] = [],
): Promise<{ vmid: number; event: DeploymentEvent } | null> => {
  const { vmid } = await tx
    .selectFrom('vm')
    .select('vmid')
    .where('id', '=', vmId)
    .executeTakeFirstOrThrow()
  const next = await reserveNext(tx, vmId, { from: vmid, range, taken })
  if (next === null) return null
  const vm = await tx
    .updateTable('vm')
    .set({ vmid: next })
    .where('id', '=', vmId)
    .returningAll()
    .executeTakeFirstOrThrow()
  const steps = await tx
    .selectFrom('step')
    .select(['id', 'spec'])
    .where('vm_id', '=', vmId)
    .execute()
  for (const { id, spec } of steps)
    await tx
      .updateTable('step')
      .set({ calls: JSON.stringify(callsOf(spec, { vmid: next })) })
      .where('vm_id', '=', vmId)
      .where('id', '=', id)
      .execute()
  return {
    vmid: next,
    event: { type: 'vm', deploymentId: vm.deployment_id, vm: vmHead(vm) },
  }
}

type Search = { from: number; range: VmidRange; taken: readonly number[] }

const reserveNext = async (tx: Kysely<Tables>, vmId: string, search: Search) => {
  // One at a time looks for a free id, so that two do not find the same one.
  await sql`select pg_advisory_xact_lock(7267, 0)`.execute(tx)
  for (;;) {
    const next = await nextFreeVmid(tx, search)
    if (next === null || (await reserve(tx, vmId, next))) return next
  }
}

/** False where a deployment that begins in this moment has it; waits for its commit. */
const reserve = async (tx: Kysely<Tables>, vmId: string, vmid: number): Promise<boolean> => {
  await sql`savepoint reserving`.execute(tx)
  try {
    await sql`insert into vmid_reservation (vmid, vm_id) values (${vmid}, ${vmId})
              on conflict (vm_id) do update set vmid = excluded.vmid`.execute(tx)
    return true
  } catch (error) {
    if (!isReserved(error)) throw error
    await sql`rollback to savepoint reserving`.execute(tx)
    return false
  }
}

const isReserved = (error: unknown) =>
  error instanceof Error && 'constraint' in error && error.constraint === 'vmid_reservation_pkey'

const nextFreeVmid = async (tx: Kysely<Tables>, { from, range, taken }: Search) => {
  const { min, max } = range
  const reserved = await tx.selectFrom('vmid_reservation').select('vmid').execute()
  const used = new Set([...reserved.map(({ vmid }) => vmid), ...taken])
  for (const start of [Math.max(from + 1, min), min]) {
    let candidate = start
    while (used.has(candidate)) candidate += 1
    if (candidate <= max) return candidate
  }
  return null
}

export const noVmidLeft = ({ min, max }: VmidRange) => ({
  code: 'no-vmid-left',
  title: 'No VMID is free',
  cause: `Every id from ${min} to ${max} is taken or reserved.`,
  remedy: 'Widen the range (VMID_MIN, VMID_MAX), or remove VMs, then deploy again.',
  proxmox: null,
})
