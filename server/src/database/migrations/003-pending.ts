/** What a VM will take of its node and of storages, for as long as Proxmox's own figures do not show it. */
import { sql, type Kysely } from 'kysely'

const columns = sql`
  alter table vm
    add column memory_mib int not null default 0,
    add column allocations jsonb not null default '[]';
  create index vm_finished on vm (finished_at);
`

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await columns.execute(db)
}
