/**
 * Reports over entries of the audit log: what `npm run audit` prints and exports. Columns, words and their order are
 * those of the logs' former reader, so that what was built on its output goes on working.
 */
import type { AuditEntry } from './audit.ts'

export type AuditFilter = {
  status?: string | undefined
  operation?: string | undefined
  username?: string | undefined
  /** Inclusive, in milliseconds since 1970. */
  since?: number | undefined
  until?: number | undefined
}

/** Entries without a readable time are in no period. */
export function filterEntries(entries: AuditEntry[], filter: AuditFilter): AuditEntry[] {
  const { status, operation, username, since, until } = filter
  return entries.filter((entry) => {
    if (status !== undefined && entry.status !== status) return false
    if (operation !== undefined && entry.operation !== operation) return false
    if (username !== undefined && entry.username !== username) return false
    if (since === undefined && until === undefined) return true
    const at = Date.parse(entry.timestamp)
    return at >= (since ?? -Infinity) && at <= (until ?? Infinity)
  })
}

/**
 * Intents whose outcome is there too say nothing that the outcome does not; counting both would count every operation
 * twice. What is left of the intents is under way, or was interrupted.
 */
export function withoutClosedIntents(entries: AuditEntry[]): AuditEntry[] {
  const closed = new Set(entries.map(({ closes }) => closes))
  return entries.filter(({ operation, id }) => operation !== 'intent' || !closed.has(id))
}

/**
 * A moment as people type it: `2026-02-09`, `2026-02-09T14:00`, `2026-02-09 14:00:00`, with or without a zone; without
 * one it is UTC, as the entries are. A day alone means its beginning, or its end where it is the end of a period.
 * Undefined where it is none.
 */
export function parseMoment(text: string, end: 'since' | 'until'): number | undefined {
  const match =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i.exec(
      text.trim(),
    )
  const [, day, minutes, seconds = ':00', zone = 'Z'] = match ?? []
  if (day === undefined) return undefined
  const time =
    minutes === undefined ? (end === 'since' ? '00:00:00' : '23:59:59.999') : minutes + seconds
  const at = Date.parse(`${day}T${time}${zone.toUpperCase()}`)
  return Number.isNaN(at) ? undefined : at
}

type Tally = { name: string; count: number }

export type AuditStatistics = {
  total: number
  statuses: Tally[]
  operations: Tally[]
  users: Tally[]
  first: string | null
  last: string | null
  creations: number
  osTypes: Tally[]
  clones: number
  failures: AuditEntry[]
}

/** Each tally with the most frequent first, equal ones in the order in which they first appear. */
export function statisticsOf(entries: AuditEntry[]): AuditStatistics {
  const of = (operation: string) => entries.filter((entry) => entry.operation === operation)
  const times = entries.map(({ timestamp }) => timestamp).toSorted()
  const creations = of('vm_creation')
  return {
    total: entries.length,
    statuses: tally(entries.map(({ status }) => status)),
    operations: tally(entries.map(({ operation }) => operation)),
    users: tally(entries.map(({ username }) => username)),
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
    creations: creations.length,
    osTypes: tally(creations.map(({ configuration }) => plainText(configuration?.['os_type']))),
    clones: of('template_clone').length,
    failures: entries.filter(({ status }) => status === 'failed'),
  }
}

const tally = (names: (string | undefined)[]): Tally[] => {
  const counts = new Map<string, number>()
  for (const name of names) {
    const key = name ?? 'unknown'
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .toSorted((one, other) => other.count - one.count)
}

const RECENT_FAILURES = 5
const RULE = '='.repeat(60)

const counted = (list: Tally[], width: number): string[] =>
  list.map(({ name, count }) => `  ${name.padEnd(width)} ${String(count).padStart(6)}`)

/** As text for a terminal. */
export function statisticsText(entries: AuditEntry[]): string {
  const of = statisticsOf(entries)
  const lines = [
    '',
    '📊 Audit Log Statistics',
    RULE,
    `Total entries: ${of.total}`,
    '',
    'Status breakdown:',
    ...of.statuses.map(
      ({ name, count }) =>
        `  ${name.padEnd(12)} ${String(count).padStart(6)} (${((100 * count) / of.total).toFixed(1).padStart(5)}%)`,
    ),
    '',
    'Operation breakdown:',
    ...counted(of.operations, 20),
    '',
    'User activity:',
    ...counted(of.users, 30),
    '',
  ]
  if (of.first !== null)
    lines.push('Time range:', `  First entry: ${of.first}`, `  Last entry:  ${of.last}`, '')
  if (of.creations > 0) {
    lines.push(`VM Creations: ${of.creations}`, '  By OS type:')
    for (const { name, count } of of.osTypes)
      lines.push(`    ${name.padEnd(15)} ${String(count).padStart(6)}`)
    lines.push('')
  }
  if (of.clones > 0) lines.push(`Template Clones: ${of.clones}`, '')
  if (of.failures.length > 0) {
    lines.push(`⚠️  Recent failures: ${of.failures.length}`)
    for (const { timestamp, operation, error } of of.failures.slice(-RECENT_FAILURES))
      lines.push(`  • ${timestamp} - ${operation}: ${error ?? 'Unknown error'}`)
  }
  return lines.join('\n')
}

/** Entries one below the other, for a terminal. */
export function entriesText(entries: AuditEntry[]): string {
  return entries.map(entryText).join('\n')
}

const entryText = (entry: AuditEntry): string => {
  const lines = [
    '',
    RULE,
    `Timestamp:  ${entry.timestamp}`,
    `Operation:  ${entry.operation}`,
    `Username:   ${entry.username ?? 'unknown'}`,
    `Status:     ${entry.status ?? 'unknown'}`,
  ]
  if (entry.vm_name) lines.push(`VM Name:    ${entry.vm_name}`)
  if (entry.vm_id) lines.push(`VM ID:      ${entry.vm_id}`)
  if (entry.error) lines.push(`Error:      ${entry.error}`)
  const settings = Object.entries(entry.configuration ?? {})
  if (settings.length > 0) lines.push('', 'Configuration:')
  for (const [key, value] of settings)
    lines.push(`  ${key.padEnd(20)} ${plainText(value) ?? 'null'}`)
  return lines.join('\n')
}

/** A value as it stands in a report: text as it is, the rest as JSON; undefined for nothing. */
const plainText = (value: unknown): string | undefined => {
  if (value === null || value === undefined) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

// CSV

const BASE = ['timestamp', 'operation', 'operation_type', 'username', 'status'] as const
const TARGET = ['vm_name', 'vm_id', 'node', 'task_id', 'error'] as const
const CREATION = ['cores', 'memory_mb', 'disk_size_gb', 'os_type', 'iso', 'virtio_iso', 'tags']
const CLONE = ['template_id', 'template_name']

/** Columns of a table of these operations: some kinds bring columns of their own. */
export const csvColumns = (operations: Iterable<string>): string[] => {
  const present = new Set(operations)
  return [
    ...BASE,
    ...TARGET,
    ...(present.has('vm_creation') ? CREATION : []),
    ...(present.has('template_clone') ? CLONE : []),
  ]
}

/** One line of the table, with its line break. */
export function csvLine(entry: AuditEntry, columns: string[]): string {
  const { configuration, source_template: template } = entry
  const tags = configuration?.['tags']
  const cells: Record<string, unknown> = {
    ...Object.fromEntries([...BASE, ...TARGET].map((name) => [name, entry[name]])),
    ...Object.fromEntries(CREATION.map((name) => [name, configuration?.[name]])),
    tags: Array.isArray(tags) ? tags.join(',') : undefined,
    template_id: template?.template_id,
    template_name: template?.template_name,
  }
  return csvRow(columns.map((name) => plainText(cells[name]) ?? ''))
}

export const csvHeader = (columns: string[]): string => csvRow(columns)

/** RFC 4180: quotes where a comma, a quote or a line break is in a cell. */
const csvRow = (cells: string[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** What somebody typed as a user name must not become a formula in a spreadsheet. */
const csvCell = (text: string): string => {
  const cell = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
