/** Administrator passwords of Windows guests, encrypted: Proxmox wants them plain, and requests are stored without them. */
import { sql, type Kysely } from 'kysely'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table deployment add column passwords text`.execute(db)
}
