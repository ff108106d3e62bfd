/** Entries of the audit log as people ask for them. */
import { type AuditEntry, auditStatuses } from '@deployer/core/audit.ts'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../database/tables.ts'

export type AuditQuery = {
  /** Only what this person or token did; null where the caller may see all. */
  visibleTo: string | null
  since?: string | undefined
  until?: string | undefined
  actor?: string | undefined
  operation?: string | undefined
  status?: string | undefined
  deployment?: string | undefined
  /** Name or VMID. */
  vm?: string | undefined
  os?: string | undefined
  /** In names, ids, addresses and tasks. */
  q?: string | undefined
}

export const auditHeadSchema = z.object({
  id: z.int().describe('Number in the chain of entries.'),
  at: z.string(),
  operation: z.string().describe('Of an intent without an outcome: what is intended.'),
  status: z.enum(auditStatuses).describe('`pending`: an intent without an outcome.'),
  reason: z
    .string()
    .nullable()
    .describe(
      'Why it failed, where it is none of the ordinary ways: `refused`, `cancelled`, `interrupted`.',
    ),
  username: z.string(),
  address: z.string().nullable().describe('From where the call came.'),
  vm: z.object({ name: z.string().nullable(), vmid: z.number().nullable() }).nullable(),
  deployment: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  vms: z.number().nullable().describe('How many VMs it is about, where it is about a deployment.'),
  error: z.string().nullable().describe('In words.'),
  durationMs: z.number().nullable().describe('From the intent to the outcome.'),
})
export type AuditHead = z.infer<typeof auditHeadSchema>

/** As it stands in the log, with its fields in their order. */
export const auditEntryViewSchema = z.looseObject({ timestamp: z.string(), operation: z.string() })

export type AuditDetail = {
  head: AuditHead
  entry: z.infer<typeof auditEntryViewSchema>
  related: AuditHead[]
}

const tally = z.array(z.object({ name: z.string(), count: z.int() }))
export const auditStatisticsSchema = z.object({
  total: z.int(),
  statuses: tally,
  operations: tally,
  actors: tally,
  osTypes: tally.describe('Of created VMs.'),
  validations: tally.describe('Outcomes of validations.'),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
})
export type AuditStatistics = z.infer<typeof auditStatisticsSchema>

const all = (conditions: RawBuilder<unknown>[]) =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)

/** `%` and `_` of what is looked for mean themselves. */
const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

const matching = (query: AuditQuery): RawBuilder<unknown> => {
  const conditions: RawBuilder<unknown>[] = []
  const { visibleTo, since, until, actor, operation, status, deployment, vm, os, q } = query
  if (visibleTo !== null)
    conditions.push(
      sql`(entry ->> 'username' = ${visibleTo} or starts_with(entry ->> 'username', ${`${visibleTo}!`}))`,
    )
  // All times are written in the same way, so they are in order as texts.
  if (since !== undefined) conditions.push(sql`entry ->> 'timestamp' >= ${since}`)
  if (until !== undefined) conditions.push(sql`entry ->> 'timestamp' <= ${until}`)
  if (actor !== undefined) conditions.push(sql`entry ->> 'username' = ${actor}`)
  if (operation !== undefined)
    conditions.push(
      sql`(entry ->> 'operation' = ${operation} or entry ->> 'intended_operation' = ${operation})`,
    )
  if (status !== undefined) conditions.push(sql`entry ->> 'status' = ${status}`)
  if (deployment !== undefined) conditions.push(sql`entry ->> 'deployment_id' = ${deployment}`)
  if (vm !== undefined)
    conditions.push(
      /^\d+$/.test(vm) ? sql`entry ->> 'vm_id' = ${vm}` : sql`entry ->> 'vm_name' = ${vm}`,
    )
  if (os !== undefined) conditions.push(sql`entry -> 'configuration' ->> 'os_type' = ${os}`)
  if (q !== undefined)
    conditions.push(
      sql`concat_ws(' ', entry ->> 'vm_name', entry ->> 'vm_id', entry ->> 'deployment_id',
            entry ->> 'deployment_name', entry ->> 'username', entry ->> 'address', entry ->> 'request_id',
            entry ->> 'upids', entry ->> 'error') ilike ${pattern(q)}`,
    )
  return all(conditions)
}

/** An intent whose outcome is there is told by its outcome. */
const notClosed = sql`not (entry ->> 'operation' = 'intent'
  and exists (select from audit_entry outcome where outcome.entry ->> 'closes' = audit_entry.id::text))`

const headColumns = sql`
  id::int as id, entry ->> 'timestamp' as at,
  coalesce(entry ->> 'intended_operation', entry ->> 'operation') as operation,
  coalesce(entry ->> 'status', 'success') as status, entry ->> 'reason' as reason,
  coalesce(entry ->> 'username', 'unknown') as username, entry ->> 'address' as address,
  case when entry ->> 'vm_id' is not null or entry ->> 'vm_name' is not null
       then json_build_object('name', entry ->> 'vm_name', 'vmid', entry -> 'vm_id') end as vm,
  case when entry ->> 'deployment_id' is not null
       then json_build_object('id', entry ->> 'deployment_id', 'name', entry ->> 'deployment_name') end as deployment,
  coalesce((entry -> 'summary' ->> 'total_requested')::int,
           case when jsonb_typeof(entry -> 'vms') = 'array' then jsonb_array_length(entry -> 'vms') end) as vms,
  entry ->> 'error' as error, (entry ->> 'duration_ms')::float8 as "durationMs"`

/** Newest first. `before`: number of the last one of the page before. */
export const listAudit = async (
  db: Kysely<Tables>,
  query: AuditQuery,
  page: { limit: number; before?: number | undefined },
): Promise<{ entries: AuditHead[]; next: number | null }> => {
  const older = page.before === undefined ? sql`true` : sql`id < ${page.before}`
  const { rows } = await sql<AuditHead>`
    select ${headColumns} from audit_entry where ${older} and ${matching(query)} and ${notClosed}
     order by audit_entry.id desc limit ${page.limit + 1}`.execute(db)
  const entries = rows.slice(0, page.limit)
  return { entries, next: rows.length > page.limit ? (entries.at(-1)?.id ?? null) : null }
}

const MOST_ACTORS = 20

export const auditStatistics = async (
  db: Kysely<Tables>,
  query: AuditQuery,
): Promise<AuditStatistics> => {
  const { rows } = await sql<{ kind: string; name: string | null; count: number }>`
    with found as materialized (
      select coalesce(entry ->> 'status', 'success') as status,
             coalesce(entry ->> 'intended_operation', entry ->> 'operation') as operation,
             coalesce(entry ->> 'username', 'unknown') as username,
             entry ->> 'timestamp' as at,
             case when entry ->> 'operation' = 'vm_creation'
                  then coalesce(entry -> 'configuration' ->> 'os_type', 'unknown') end as os,
             entry ->> 'validation_status' as validation
        from audit_entry where ${matching(query)} and ${notClosed})
    select 'status' as kind, status as name, count(*)::int from found group by status
    union all select 'operation', operation, count(*)::int from found group by operation
    union all (select 'actor', username, count(*)::int from found group by username order by 3 desc limit ${MOST_ACTORS})
    union all select 'os', os, count(*)::int from found where os is not null group by os
    union all select 'validation', validation, count(*)::int from found where validation is not null group by validation
    union all select 'first', min(at), 0 from found
    union all select 'last', max(at), 0 from found`.execute(db)
  const of = (wanted: string) =>
    rows
      .filter(({ kind }) => kind === wanted)
      .map(({ name, count }) => ({ name: name ?? 'unknown', count }))
      .toSorted((one, other) => other.count - one.count || one.name.localeCompare(other.name))
  const statuses = of('status')
  const end = (wanted: string) => rows.find(({ kind }) => kind === wanted)?.name ?? null
  return {
    total: statuses.reduce((sum, { count }) => sum + count, 0),
    statuses,
    operations: of('operation'),
    actors: of('actor'),
    osTypes: of('os'),
    validations: of('validation'),
    firstAt: end('first'),
    lastAt: end('last'),
  }
}

const MOST_RELATED = 600

/** One entry whole, with those that belong to the same intent, oldest first; null where there is none. */
export const readAuditEntry = async (
  db: Kysely<Tables>,
  id: number,
  visibleTo: string | null,
): Promise<AuditDetail | null> => {
  const seen = matching({ visibleTo })
  const { rows } = await sql<AuditHead & { line: string; entry: AuditEntry }>`
    select ${headColumns}, line, entry from audit_entry where id = ${id} and ${seen}`.execute(db)
  const [row] = rows
  if (!row) return null
  const { line, entry: fields, ...head } = row
  const entry = auditEntryViewSchema.parse(JSON.parse(line))
  const of = fields.closes ?? fields.part_of ?? (fields.operation === 'intent' ? id : null)
  if (of === null) return { head, entry, related: [] }
  const related = await sql<AuditHead>`
    select ${headColumns} from audit_entry
     where (id = ${of} or entry ->> 'closes' = ${`${of}`} or entry ->> 'part_of' = ${`${of}`})
       and id <> ${id} and ${seen}
     order by audit_entry.id limit ${MOST_RELATED}`.execute(db)
  return { head, entry, related: related.rows }
}

const PAGE = 1000

/** Oldest first, page by page; intents too. `after`: from the entry after this one on. */
export async function* readAuditLines(
  db: Kysely<Tables>,
  query: AuditQuery,
  after = 0,
): AsyncGenerator<{ id: number; line: string; entry: AuditEntry }[]> {
  for (let last = after; ;) {
    const { rows } = await sql<{ id: number; line: string; entry: AuditEntry }>`
      select id::int as id, line, entry from audit_entry where id > ${last} and ${matching(query)}
       order by audit_entry.id limit ${PAGE}`.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < PAGE) return
    last = rows.at(-1)?.id ?? last
  }
}

/** Which kinds of operation a table of these entries would have. */
export const auditOperations = async (db: Kysely<Tables>, query: AuditQuery): Promise<string[]> => {
  const { rows } = await sql<{ operation: string }>`
    select distinct entry ->> 'operation' as operation from audit_entry where ${matching(query)}`.execute(
    db,
  )
  return rows.map(({ operation }) => operation)
}
