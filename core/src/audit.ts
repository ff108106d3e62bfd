/**
 * The audit log: what an entry is, and the chain that holds entries together. The names of fields and operations are
 * those of JSON Lines logs that other programs already read (`vm_creation`, `memory_mb`, `task_id`), so they are in
 * snake case; new ones stand beside them.
 */
import { z } from 'zod'
import { type AuditChanges, writtenChanges } from './audit-changes.ts'
import { sha256 as ownSha256 } from './hash.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** `type`: the field `operation_type`. `title`: for people. */
export const operations = {
  vm_creation: { type: 'create', title: 'Create' },
  template_clone: { type: 'clone', title: 'Clone' },
  batch_clone: { type: 'batch', title: 'Batch clone' },
  batch_create: { type: 'batch', title: 'Batch create' },
  validation: { type: 'validate', title: 'Validate' },
  vm_delete: { type: 'delete', title: 'Delete' },
  vm_power: { type: 'power', title: 'Power' },
  vm_snapshot: { type: 'snapshot', title: 'Snapshot' },
  vm_resize: { type: 'change', title: 'Resize' },
  vm_console: { type: 'console', title: 'Console' },
  deployment_cancel: { type: 'deployment', title: 'Cancel' },
  deployment_retry: { type: 'deployment', title: 'Retry' },
  deployment_undo: { type: 'deployment', title: 'Undo' },
  /** A server ended in the middle of it; another one, or its next start, goes on. */
  deployment_takeover: { type: 'deployment', title: 'Take over' },
  sign_in: { type: 'session', title: 'Sign in' },
  sign_out: { type: 'session', title: 'Sign out' },
  blueprint_save: { type: 'blueprint', title: 'Save blueprint' },
  blueprint_delete: { type: 'blueprint', title: 'Delete blueprint' },
  ssh_key_save: { type: 'ssh_key', title: 'Save SSH key' },
  ssh_key_delete: { type: 'ssh_key', title: 'Delete SSH key' },
  image_upload: { type: 'image', title: 'Upload image' },
  image_download: { type: 'image', title: 'Download image' },
  image_delete: { type: 'image', title: 'Delete image' },
  template_convert: { type: 'change', title: 'Convert to template' },
  /** Any other call that changes something; its field `call` says which. */
  change: { type: 'change', title: 'Change' },
  /** What is about to be done; `intended_operation` says what. What came of it is an entry of its own. */
  intent: { type: 'intent', title: 'Intent' },
} as const satisfies Record<string, { type: string; title: string }>

export type Operation = keyof typeof operations

export const isOperation = (text: string): text is Operation => Object.hasOwn(operations, text)

/** `Batch clone`; an operation of another version as it is written. */
export const operationTitle = (operation: string): string =>
  isOperation(operation) ? operations[operation].title : operation.replaceAll('_', ' ')

/** `pending`: only of an intent. `partial`: of several, some failed. */
export const auditStatuses = ['success', 'partial', 'failed', 'pending'] as const
export type AuditStatus = (typeof auditStatuses)[number]

/** Why it failed, where it is none of the ordinary ways. `interrupted`: whether it was done is not known. */
const auditReasons = ['refused', 'cancelled', 'interrupted'] as const
export type AuditReason = (typeof auditReasons)[number]

export type AuditActor = {
  /** `name@realm`, or a token `name@realm!token`; what was typed where a sign-in failed. */
  username: string
  kind: 'person' | 'token' | 'system' | 'unknown'
  address: string | null
  requestId: string | null
}

/** What is to be recorded. Its time, number and place in the chain are given where it is written. */
export type AuditDraft = {
  operation: Exclude<Operation, 'intent'>
  status: Exclude<AuditStatus, 'pending'>
  /** An intent has no outcome yet, whatever `status` says. */
  intent?: boolean
  reason?: AuditReason | undefined
  actor: AuditActor
  vm?: { name: string | null; vmid: number | null; node: string | null } | undefined
  deployment?: { id: string; name: string | null } | undefined
  /** Built from known fields, never copied from a request; see audit-configuration.ts. */
  configuration?: { [key: string]: Json } | undefined
  /** Of something that was there before: what became another. */
  changes?: AuditChanges | undefined
  planHash?: string | undefined
  /** Tasks of Proxmox, in the order of their start. The one that counts (`task_id`) comes first. */
  upids?: string[] | undefined
  error?: string | null | undefined
  durationMs?: number | undefined
  /** Number of the intent that this entry ends. */
  closes?: number | undefined
  /** Number of the intent that this entry is a part of. */
  partOf?: number | undefined
  /** Server process that works on it. */
  server?: string | undefined
  /** Whose rights do the work, where it is not the actor. */
  runsAs?: string | undefined
  /** Fields of one kind of operation: `summary`, `operations`, `source_template`, `checks`, `call`. */
  details?: { [key: string]: Json } | undefined
}

/**
 * An entry as one reads it, from a line of the log or of the database. Entries of other programs, without number and
 * hash, are read as well.
 */
export const auditEntrySchema = z.looseObject({
  timestamp: z.string(),
  operation: z.string(),
  operation_type: z.string().optional(),
  username: z.string().optional(),
  status: z.string().optional(),
  vm_name: z.string().nullish(),
  vm_id: z.number().nullish(),
  node: z.string().nullish(),
  task_id: z.string().nullish(),
  error: z.string().nullish(),
  configuration: z.record(z.string(), z.unknown()).nullish(),
  source_template: z
    .looseObject({ template_id: z.number().nullish(), template_name: z.string().nullish() })
    .nullish(),
  closes: z.int().optional(),
  part_of: z.int().optional(),
  id: z.int().optional(),
  previous_hash: z.string().optional(),
  hash: z.string().optional(),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

/** The entry without time, number and hash, as JSON; `seal` and the database add those. */
export function auditBody(draft: AuditDraft): string {
  const { operation, actor, vm, deployment } = draft
  const intent = draft.intent === true
  const written = {
    operation: intent ? 'intent' : operation,
    operation_type: operations[intent ? 'intent' : operation].type,
    username: actor.username,
    status: intent ? 'pending' : draft.status,
    ...(intent && { intended_operation: operation }),
    ...(vm && { vm_name: vm.name, vm_id: vm.vmid, node: vm.node }),
    configuration: draft.configuration,
    ...writtenChanges(draft.changes),
    ...draft.details,
    task_id: vm ? (draft.upids?.[0] ?? null) : draft.upids?.[0],
    error: draft.error ?? null,
    reason: draft.reason,
    actor_kind: actor.kind,
    address: actor.address,
    request_id: actor.requestId,
    runs_as: draft.runsAs,
    deployment_id: deployment?.id,
    deployment_name: deployment?.name ?? undefined,
    plan_hash: draft.planHash,
    upids: draft.upids,
    duration_ms: draft.durationMs === undefined ? undefined : Math.round(draft.durationMs),
    closes: draft.closes,
    part_of: draft.partOf,
    server: draft.server,
  }
  return JSON.stringify(written, (_key, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  )
}

/** PostgreSQL's JSON takes neither NUL nor half of a surrogate pair, and anybody can type them as a user name. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed()

// The chain

/** What stands before the first entry. */
const GENESIS = '0'.repeat(64)

export type ChainEnd = { id: number; hash: string }

export const chainStart: ChainEnd = { id: 0, hash: GENESIS }

const HASH_FIELD = /^(.*),"hash":"([0-9a-f]{64})"\}$/s

/**
 * The line of an entry: `body` with its time in front, its number and the hash of the entry before it at the end, and
 * last the SHA-256 of all of that. The database does the same in `audit_append`, under a lock.
 */
export function seal(body: string, timestamp: string, before: ChainEnd): string {
  const opened =
    `{"timestamp":"${timestamp}",${body.slice(1, -1)}` +
    `,"id":${before.id + 1},"previous_hash":"${before.hash}"`
  return `${opened},"hash":"${ownSha256(`${opened}}`)}"}`
}

/**
 * `changed`: the entry is not what was written. `missing`: entries before this one are gone. `reordered`: an entry that
 * belongs elsewhere, or is there twice. `foreign`: nothing that was ever written by the audit log.
 */
export type ChainFault = {
  kind: 'changed' | 'missing' | 'reordered' | 'foreign'
  /** Number of the first entry that is not as it must be; for `missing` the first that is gone. */
  id: number
  message: string
}

export type LinkCheck = { ok: true; end: ChainEnd } | { ok: false; fault: ChainFault }

const linkSchema = z.object({ id: z.int(), previous_hash: z.string(), hash: z.string() })

/**
 * Whether `line` is the entry that follows `before`. `before` null: the first line there is, of a log whose older part
 * is no longer kept.
 */
export function checkLink(
  line: string,
  before: ChainEnd | null,
  sha256: (text: string) => string = ownSha256,
): LinkCheck {
  const expected = (before?.id ?? 0) + 1
  const [, opened, hash] = HASH_FIELD.exec(line) ?? []
  const link = linkSchema.safeParse(parseJson(line)).data
  if (opened === undefined || hash === undefined || link === undefined)
    return fault('foreign', expected, `Where entry ${expected} belongs stands something else.`)
  const { id } = link
  const intact = sha256(`${opened}}`) === hash
  if (before !== null && id !== expected) {
    if (!intact)
      return fault('changed', expected, `Entry ${expected} was changed: it calls itself ${id}.`)
    return id > expected
      ? fault('missing', expected, missingSentence(expected, id))
      : fault('reordered', id, `Entry ${id} stands after entry ${before.id}.`)
  }
  if (!intact) return fault('changed', id, `Entry ${id} was changed after it was written.`)
  if (before !== null && link.previous_hash !== before.hash)
    return fault(
      'changed',
      id,
      `Entry ${id} does not follow the entry before it: one of the two was written anew.`,
    )
  return { ok: true, end: { id, hash } }
}

const fault = (kind: ChainFault['kind'], id: number, message: string): LinkCheck => ({
  ok: false,
  fault: { kind, id, message },
})

/** `Entry 7 is missing.`, `Entries 7 to 9 are missing.` */
const missingSentence = (first: number, next: number): string =>
  next - first === 1
    ? `Entry ${first} is missing.`
    : `Entries ${first} to ${next - 1} are missing, or stand elsewhere.`

/** What a line holds as JSON; undefined where it holds none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
