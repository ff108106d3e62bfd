/** What the audit log says of a server that ended in the middle of its work. */
import { type AuditDraft, type AuditEntry, isOperation } from '@deployer/core/audit.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { appendEntries, systemActor } from './append.ts'

export type Takeover = {
  /** Executor id of the server that has gone, and of the one that goes on. */
  dead: string
  by: string
  /** Deployments whose VMs were being worked on. */
  deploymentIds: string[]
}

/**
 * Deployments go on: each gets an entry that says so. What the dead server did directly for a caller does not: nobody
 * knows whether Proxmox still did it, and the entry says that.
 */
export const recordTakeover = async (db: Kysely<Tables>, takeover: Takeover): Promise<void> => {
  await db.transaction().execute(async (tx) => {
    const entries = [
      ...(await deploymentEntries(tx, takeover)),
      ...(await callEntries(tx, takeover)),
    ]
    if (entries.length > 0) await appendEntries(tx, entries)
  })
}

const deploymentEntries = async (
  tx: Kysely<Tables>,
  { dead, by, deploymentIds }: Takeover,
): Promise<AuditDraft[]> => {
  if (deploymentIds.length === 0) return []
  const rows = await tx
    .selectFrom('deployment')
    .select(['id', 'name'])
    .where('id', 'in', deploymentIds)
    .orderBy('id')
    .execute()
  const intents = await sql<{ deployment: string; id: string }>`
    select entry ->> 'deployment_id' as deployment, max(id) as id from audit_entry
     where entry ->> 'operation' = 'intent' and entry ->> 'deployment_id' = any(${deploymentIds})
     group by 1`.execute(tx)
  return rows.map(({ id, name }) => {
    const intent = intents.rows.find(({ deployment }) => deployment === id)
    return {
      operation: 'deployment_takeover',
      status: 'success',
      reason: 'interrupted',
      actor: systemActor,
      deployment: { id, name },
      ...(intent && { partOf: Number(intent.id) }),
      details: {
        message: `Interrupted: the server that worked on it (${dead}) has ended. Its outcome was taken over by ${by}, which goes on where it was.`,
        interrupted_server: dead,
        taken_over_by: by,
      },
    }
  })
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const callEntries = async (tx: Kysely<Tables>, { dead, by }: Takeover): Promise<AuditDraft[]> => {
  const { rows } = await sql<{ id: string; entry: AuditEntry }>`
    select id, entry from audit_entry intent
     where entry ->> 'operation' = 'intent' and entry ->> 'server' = ${dead}
       and not exists (select from audit_entry outcome where outcome.entry ->> 'closes' = intent.id::text)
     order by id`.execute(tx)
  return rows.map(({ id, entry }) => {
    const { intended_operation: intended, vm_name: name, vm_id: vmid, node } = entry
    const operation = typeof intended === 'string' && isOperation(intended) ? intended : 'change'
    const deploymentId = text(entry['deployment_id'])
    return {
      operation: operation === 'intent' ? 'change' : operation,
      status: 'failed',
      reason: 'interrupted',
      actor: {
        username: entry.username ?? 'unknown',
        kind: 'unknown',
        address: text(entry['address']),
        requestId: text(entry['request_id']),
      },
      ...((name !== undefined || vmid !== undefined) && {
        vm: { name: name ?? null, vmid: vmid ?? null, node: node ?? null },
      }),
      ...(deploymentId !== null && { deployment: { id: deploymentId, name: null } }),
      error: `Interrupted: the server (${dead}) ended before the outcome was recorded, so whether Proxmox did it is not known here. Its task list tells. Recorded by ${by}.`,
      closes: Number(id),
      details: text(entry['call']) === null ? {} : { call: text(entry['call']) },
    }
  })
}
