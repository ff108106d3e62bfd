/** For retries: which VMs must be looked at before they are touched. And what people see of a step's calls. */
import { sql, type Kysely } from 'kysely'

const columns = sql`
  alter table vm add column look_first boolean not null default false;
`

/** The first call that changes something, else the first one; it follows the calls when the VM gets another id. */
const call = sql`
  alter table step add column call text generated always as (
    coalesce(jsonb_path_query_first(calls, '$[*] ? (@.changes == true)'), calls -> 0) ->> 'method' || ' ' ||
    (coalesce(jsonb_path_query_first(calls, '$[*] ? (@.changes == true)'), calls -> 0) ->> 'path')
  ) stored;
`

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await columns.execute(db)
  await call.execute(db)
}
