/** What earlier tries of a VM did, before its steps were reset or replaced: for the timeline. */
import { sql, type Kysely } from 'kysely'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table vm add column earlier jsonb not null default '[]'`.execute(db)
}
