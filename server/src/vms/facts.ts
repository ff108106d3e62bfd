/** What the database knows of VMs: which deployment made them, what was found of them. Shared by everybody's lists. */
import type { VmRow } from '@deployer/core/vm.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'

export type Fact = Pick<VmRow, 'address' | 'deployment' | 'health' | 'createdAt'> & {
  /** Another VM may have got the id since: then it has another name. */
  name: string
}

/** By VMID. */
export type Facts = Map<number, Fact>

type Made = {
  vmid: number
  name: string
  ip: string | null
  health: VmRow['health']
  made_at: Date | null
  id: string
  deployment_name: string | null
}

/**
 * The newest deployment of each id counts; one whose VM was undone, or removed by a cancel, says that there is none. An
 * undo that failed changed nothing.
 */
const madeVms = (db: Kysely<Tables>) =>
  sql<Made>`
  select vmid, name, ip, health, made_at, id, deployment_name from (
    select distinct on (vm.vmid) vm.vmid, vm.name, vm.ip, vm.validation ->> 'outcome' as health, vm.status,
           coalesce(vm.finished_at, vm.started_at) as made_at, d.id, d.name as deployment_name, d.undo_of
      from vm join deployment d on d.id = vm.deployment_id
     where d.undo_of is null or vm.status = 'succeeded'
     order by vm.vmid, d.created_at desc) newest
   where undo_of is null and status <> 'cancelled'`.execute(db)

type Validated = {
  vmid: number
  name: string | null
  address: string | null
  health: VmRow['health']
  started_at: Date
}

const validatedVms = (db: Kysely<Tables>) =>
  sql<Validated>`
  select distinct on (vmid) vmid, name, address, outcome as health, started_at
    from validation where status = 'finished' and name is not null
   order by vmid, started_at desc`.execute(db)

export const readFacts = async (db: Kysely<Tables>): Promise<Facts> => {
  const [made, validated, seen] = await Promise.all([
    madeVms(db),
    validatedVms(db),
    db.selectFrom('vm_fact').select(['vmid', 'name', 'address']).execute(),
  ])
  const facts: Facts = new Map(
    seen.map(({ vmid, name, address }) => [
      vmid,
      { name, address, createdAt: null, deployment: null, health: null },
    ]),
  )
  for (const { vmid, name, ip, health, made_at: madeAt, id, deployment_name: title } of made.rows) {
    const known = facts.get(vmid)
    const same = known?.name === name ? known : null
    facts.set(vmid, {
      name,
      address: same?.address ?? ip,
      createdAt: text(madeAt),
      deployment: { id, name: title },
      health,
    })
  }
  for (const { vmid, name, address, health, started_at: at } of validated.rows) {
    const known = facts.get(vmid)
    const same = known?.name === name ? known : null
    // One of an earlier VM with this id.
    const older = same?.deployment && same.createdAt !== null && at < new Date(same.createdAt)
    if (name === null || older || (known && !same)) continue
    facts.set(vmid, {
      name,
      deployment: same?.deployment ?? null,
      createdAt: same?.createdAt ?? null,
      address: address ?? same?.address ?? null,
      health: health ?? same?.health ?? null,
    })
  }
  return facts
}

const text = (date: Date | null): string | null => date?.toISOString() ?? null

/** What a look at a VM found. */
export const noteAddress = async (
  db: Kysely<Tables>,
  { vmid, name, address }: { vmid: number; name: string; address: string },
): Promise<void> => {
  await sql`
    insert into vm_fact (vmid, name, address) values (${vmid}, ${name}, ${address})
    on conflict (vmid) do update set name = excluded.name, address = excluded.address, seen_at = now()
    where (vm_fact.name, vm_fact.address) is distinct from (excluded.name, excluded.address)`.execute(
    db,
  )
}

export const forgetFact = async (db: Kysely<Tables>, vmid: number): Promise<void> => {
  await db.deleteFrom('vm_fact').where('vmid', '=', vmid).execute()
}

/** The deployment that is not done yet with a VM of this id; null where there is none. */
export const deploymentAtWork = async (
  db: Kysely<Tables>,
  vmid: number,
): Promise<string | null> => {
  const row = await db
    .selectFrom('vm')
    .select('deployment_id')
    .where('vmid', '=', vmid)
    .where('status', 'in', ['queued', 'running', 'needs-sign-in'])
    .executeTakeFirst()
  return row?.deployment_id ?? null
}
