/** The pool of a deployment, by which others may see it; of those that there are already as well. */
import { sql, type Kysely } from 'kysely'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table deployment add column pool text generated always as (request ->> 'pool') stored;
    create index deployment_pool on deployment (pool) where pool is not null`.execute(db)
}
