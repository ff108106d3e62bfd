/**
 * Sessions of signed-in people, and settings that this installation made for itself.
 *
 * Of a session's cookie only the hash is stored; its Proxmox ticket is encrypted.
 */
import { sql, type Kysely } from 'kysely'

const tables = sql`
  create table session (
    id_hash bytea primary key,
    username text not null,
    sealed text not null,
    created_at timestamptz not null default now(),
    renewed_at timestamptz not null default now(),
    expires_at timestamptz not null
  );
  create index session_expired on session (expires_at);

  create table setting (
    key text primary key,
    value text not null
  );
`

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await tables.execute(db)
}
