import { sql, type Kysely } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Tables } from './database/tables.ts'
import type { Readiness } from './rest/health.ts'

const PATIENCE_MS = 2000

export function createReadiness(deps: {
  db: Kysely<Tables>
  proxmox: () => Promise<{ ok: boolean; message: string }>
}): () => Promise<Readiness> {
  const database = async () => {
    const answers = sql`select 1`.execute(deps.db).then(
      () => true,
      () => false,
    )
    const ok = await Promise.race([answers, sleep(PATIENCE_MS, false, { ref: false })])
    return { ok, message: ok ? 'The database answers' : 'The database does not answer' }
  }
  return async () => {
    const [ours, theirs] = await Promise.all([database(), deps.proxmox()])
    return {
      ready: ours.ok && theirs.ok,
      checks: [
        { name: 'database', ...ours },
        { name: 'proxmox', ...theirs },
      ],
    }
  }
}
