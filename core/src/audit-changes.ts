/** What an entry of the audit log says of something that was there before: each setting as it was and as it became. */
import type { Json } from './audit.ts'

/** Null where it was not set, or is not any more. Nested settings by their path: `defaults.cores`, `vms[2].tags`. */
export type AuditChanges = { [path: string]: { from: Json; to: Json } }

/** More would make entries that nobody reads; their number is told instead. */
const MOST_CHANGES = 100

/**
 * What differs between two configurations, in the order of the keys. They come from audit-configuration.ts or from fields
 * that are named one by one, so that no secret is in them.
 */
export function changesBetween(
  before: { [key: string]: Json },
  after: { [key: string]: Json },
): AuditChanges {
  return Object.fromEntries(differences('', before, after).map(({ path, ...both }) => [path, both]))
}

/** As fields of an entry; none where nothing differs. */
export function writtenChanges(changes: AuditChanges | undefined): {
  changes?: AuditChanges
  changes_left_out?: number
} {
  const all = Object.entries(changes ?? {})
  if (all.length === 0) return {}
  return {
    changes: Object.fromEntries(all.slice(0, MOST_CHANGES)),
    ...(all.length > MOST_CHANGES && { changes_left_out: all.length - MOST_CHANGES }),
  }
}

type Difference = { path: string; from: Json; to: Json }

function differences(path: string, from: Json, to: Json): Difference[] {
  if (isRecord(from) && isRecord(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])]
    return keys.flatMap((key) =>
      differences(path === '' ? key : `${path}.${key}`, from[key] ?? null, to[key] ?? null),
    )
  }
  if (areRows(from) && areRows(to)) {
    const longest = from.length > to.length ? from : to
    return longest.flatMap((_, index) =>
      differences(`${path}[${index}]`, from[index] ?? null, to[index] ?? null),
    )
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }]
}

const isRecord = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lists of plain values (tags, packages) are one setting. */
const areRows = (value: Json): value is { [key: string]: Json }[] =>
  Array.isArray(value) && value.length > 0 && value.every(isRecord)
