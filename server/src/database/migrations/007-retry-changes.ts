/** What retries changed for a VM, against the request of its deployment. */
import { sql, type Kysely } from 'kysely'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table vm add column changes jsonb`.execute(db)
}
