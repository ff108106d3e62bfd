import { auditBody, type AuditActor, type AuditDraft } from '@deployer/core/audit.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Caller } from '../identity/caller.ts'

/**
 * Writes entries, in this order, and answers the number of the first. Part of the caller's transaction: either the change
 * and its entry are both there, or neither is. Other writers wait until the transaction ends, so it comes late in it; but
 * before `recordEvents`, always, so that two transactions cannot block each other.
 */
export const appendEntries = async (db: Kysely<Tables>, drafts: AuditDraft[]): Promise<number> => {
  const { rows } = await sql<{ id: string }>`
    select audit_append(${drafts.map(auditBody)}::text[]) as id`.execute(db)
  return Number(rows[0]?.id)
}

/** The person or the token behind a call. */
export const actorOf = ({ username, from }: Pick<Caller, 'username' | 'from'>): AuditActor => ({
  username,
  kind: username.includes('!') ? 'token' : 'person',
  address: from?.address ?? null,
  requestId: from?.requestId ?? null,
})

export const systemActor: AuditActor = {
  username: 'system',
  kind: 'system',
  address: null,
  requestId: null,
}
