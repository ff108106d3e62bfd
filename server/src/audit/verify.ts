/** Whether the chain in the database is whole: every entry as it was written, none missing, none moved. */
import { type ChainEnd, type ChainFault, chainStart, checkLink } from '@deployer/core/audit.ts'
import { sql, type Kysely } from 'kysely'
import { createHash } from 'node:crypto'
import type { Tables } from '../database/tables.ts'

export type Verification = {
  /** How many entries were found whole before the fault, or in all. */
  entries: number
  /** The last one that is whole; null where there is none. Whoever keeps it elsewhere can compare it later. */
  last: (ChainEnd & { at: string }) | null
  fault: ChainFault | null
}

/** Few enough that other calls need not wait long while their hashes are made. */
const PAGE = 250

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Reads everything, page by page. */
export const verifyDatabase = async (db: Kysely<Tables>): Promise<Verification> => {
  // Before the entries: what is written meanwhile only makes the chain longer.
  const head = await readHead(db)
  let end = chainStart
  let at: string | null = null
  const found = (fault: ChainFault | null): Verification => ({
    entries: end.id,
    last: at === null ? null : { ...end, at },
    fault,
  })
  for (;;) {
    const { rows } = await sql<{ id: string; line: string; at: string }>`
      select id, line, entry ->> 'timestamp' as at from audit_entry
       where id > ${end.id} order by audit_entry.id limit ${PAGE}`.execute(db)
    for (const row of rows) {
      const check = checkLink(row.line, end, sha256)
      if (!check.ok) return found(refined(check.fault, Number(row.id)))
      if (check.end.id !== Number(row.id)) return found(renumbered(row.id, check.end.id))
      end = check.end
      at = row.at
    }
    if (rows.length < PAGE) break
  }
  return found(faultAtEnd(end, head))
}

const readHead = async (db: Kysely<Tables>): Promise<ChainEnd | null> => {
  const row = await db.selectFrom('audit_head').select(['id', 'hash']).executeTakeFirst()
  return row ? { id: Number(row.id), hash: row.hash } : null
}

/** Where the number is there, but another entry under it, nothing is missing: somebody moved them. */
const refined = (fault: ChainFault, row: number): ChainFault =>
  fault.kind === 'missing' && row === fault.id
    ? { kind: 'reordered', id: row, message: `Under the number ${row} stands another entry.` }
    : fault

const renumbered = (id: string, own: number): ChainFault => ({
  kind: 'reordered',
  id: own,
  message: `Entry ${own} stands under the number ${id}.`,
})

/** The end of the chain is kept apart, so that cutting off the newest entries shows. */
const faultAtEnd = (end: ChainEnd, head: ChainEnd | null): ChainFault | null => {
  if (head === null)
    return { kind: 'changed', id: end.id, message: 'The record of the last entry is gone.' }
  if (end.id < head.id)
    return {
      kind: 'missing',
      id: end.id + 1,
      message:
        head.id - end.id === 1
          ? `Entry ${head.id}, the last one, is missing.`
          : `Entries ${end.id + 1} to ${head.id}, the last ones, are missing.`,
    }
  if (end.id === head.id && end.hash !== head.hash)
    return {
      kind: 'changed',
      id: end.id,
      message: `Entry ${end.id}, the last one, was written anew.`,
    }
  return null
}
