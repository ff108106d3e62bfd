/** Saved requests. As `json`, which keeps what was sent: `jsonb` takes no escaped zero byte, and nothing asks inside of it. */
import { sql, type Kysely } from 'kysely'

const tables = sql`
  create table blueprint (
    id text primary key,
    owner text not null,
    name text not null,
    description text,
    shared boolean not null,
    request json not null,
    outline json not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create unique index blueprint_name on blueprint (owner, lower(name));
  create index blueprint_shared on blueprint (id) where shared;
`

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await tables.execute(db)
}
