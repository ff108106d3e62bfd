import { oneOf, text } from '../../searchParams.ts'

const times = ['hour', 'day', 'week', 'month'] as const
const results = ['success', 'partial', 'failed', 'pending'] as const

/** What stands in the address of the page. */
export type AuditSearch = {
  q?: string | undefined
  time?: (typeof times)[number] | undefined
  actor?: string | undefined
  action?: string | undefined
  result?: (typeof results)[number] | undefined
  vm?: string | undefined
  deployment?: string | undefined
  os?: string | undefined
  /** Number of the entry that is open. */
  entry?: number | undefined
}

export const readAuditSearch = (search: Record<string, unknown>): AuditSearch => ({
  q: text(search['q'], 200),
  time: oneOf(search['time'], times),
  actor: text(search['actor'], 200),
  action: text(search['action'], 200),
  result: oneOf(search['result'], results),
  vm: text(search['vm'], 200),
  deployment: text(search['deployment'], 64),
  os: text(search['os'], 40),
  entry: Number.isInteger(search['entry']) ? Number(search['entry']) : undefined,
})

const HOUR_MS = 60 * 60 * 1000
const lengths = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS, month: 720 * HOUR_MS }

export type AuditFilters = Omit<AuditSearch, 'entry'>

/** The filters as the API takes them. `now` in milliseconds. */
export const apiFilters = (
  { q, time, actor, action, result, vm, deployment, os }: AuditFilters,
  now: number,
) => ({
  ...(q !== undefined && { q }),
  ...(time !== undefined && { since: new Date(now - lengths[time]).toISOString() }),
  ...(actor !== undefined && { actor }),
  ...(action !== undefined && { operation: action }),
  ...(result !== undefined && { status: result }),
  ...(vm !== undefined && { vm }),
  ...(deployment !== undefined && { deployment }),
  ...(os !== undefined && { os }),
})

/** Address of the file with the entries that these filters leave. */
export const exportAddress = (
  filters: AuditFilters,
  format: 'csv' | 'jsonl',
  now: number,
): string => {
  const query = new URLSearchParams({ format, ...apiFilters(filters, now) })
  return `/api/v1/audit/export?${query.toString()}`
}
