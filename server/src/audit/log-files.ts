/** The log as files: `audit.log`, and older ones `audit.log.1` (the newest of them) to `audit.log.N`. */
import { type ChainEnd, type ChainFault, checkLink, parseJson } from '@deployer/core/audit.ts'
import { sql, type Kysely } from 'kysely'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Tables } from '../database/tables.ts'
import { sha256 } from './verify.ts'

export const logFileIn = (dataDir: string): string => join(dataDir, 'logs', 'audit.log')

/** Those that exist, oldest first. */
export function logFiles(newest: string): string[] {
  const folder = dirname(newest)
  const name = `${basename(newest)}.`
  const rotated = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((entry) => entry.startsWith(name) && /^\d+$/.test(entry.slice(name.length)))
    .map((entry) => Number(entry.slice(name.length)))
    .toSorted((one, other) => other - one)
    .map((number) => `${newest}.${number}`)
  return existsSync(newest) ? [...rotated, newest] : rotated
}

const LOCK_SPACE = 7268

/** While `work` runs, no other server of this machine writes the files, or reads them in the middle of that. */
export const withLogFiles = <T>(
  db: Kysely<Tables>,
  newest: string,
  work: (tx: Kysely<Tables>) => Promise<T>,
): Promise<T> =>
  db.transaction().execute(async (tx) => {
    const key = `${hostname()} ${newest}`
    await sql`select pg_advisory_xact_lock(${LOCK_SPACE}, hashtext(${key}))`.execute(tx)
    return work(tx)
  })

export type LogLine = { file: string; number: number; text: string }

/** Every line of all of them, oldest first, without the blank ones. */
export async function* readLogLines(files: string[]): AsyncGenerator<LogLine> {
  for (const file of files) {
    let number = 0
    for await (const text of createInterface({
      input: createReadStream(file),
      crlfDelay: Infinity,
    })) {
      number += 1
      if (text.trim() !== '') yield { file, number, text }
    }
  }
}

export type FilesVerification = {
  entries: number
  first: number | null
  last: ChainEnd | null
  /** Lines in front of the first entry, of another program: they are in no chain. */
  unchained: number
  fault: (ChainFault & { file: string; line: number }) | null
}

const idSchema = z.looseObject({ id: z.int(), hash: z.string() })
const idOf = (text: string): number | undefined => idSchema.safeParse(parseJson(text)).data?.id

/**
 * Whether what the files hold is one unbroken chain. Its beginning may be gone, because old files are. `hashOf`: what
 * the database has for an entry, or null where it has no such entry; left out where there is no database to ask.
 */
export async function verifyFiles(
  newest: string,
  hashOf?: (id: number) => Promise<string | null>,
): Promise<FilesVerification> {
  const files = logFiles(newest)
  const found: FilesVerification = {
    entries: 0,
    first: null,
    last: null,
    unchained: 0,
    fault: null,
  }
  for await (const { file, number, text } of readLogLines(files)) {
    if (found.first === null && isUnchained(text)) {
      found.unchained += 1
      continue
    }
    const check = checkLink(text, found.last, sha256)
    if (!check.ok) {
      const fault = await refined(files, check.fault, found.last)
      found.fault = { ...fault, file: basename(file), line: number }
      return found
    }
    found.first ??= check.end.id
    found.last = check.end
    found.entries += 1
  }
  const { last } = found
  const stored = last && hashOf ? await hashOf(last.id) : undefined
  if (last && stored !== undefined && stored !== last.hash)
    found.fault = {
      kind: stored === null ? 'missing' : 'changed',
      id: last.id,
      message:
        stored === null
          ? `The files are a whole chain, but the database has no entry ${last.id}.`
          : `The files are a whole chain, but not the one of the database: entry ${last.id} is another there.`,
      file: basename(newest),
      line: 0,
    }
  return found
}

const isUnchained = (text: string): boolean => {
  const parsed = parseJson(text)
  return typeof parsed === 'object' && parsed !== null && !('hash' in parsed) && !('id' in parsed)
}

/** An entry that seems to be missing may stand further below. */
const refined = async (
  files: string[],
  fault: ChainFault,
  before: ChainEnd | null,
): Promise<ChainFault> => {
  if (fault.kind !== 'missing') return fault
  for await (const { text } of readLogLines(files))
    if (idOf(text) === fault.id)
      return {
        kind: 'reordered',
        id: fault.id,
        message: `Entry ${fault.id} does not follow entry ${before?.id ?? 0}; it stands elsewhere.`,
      }
  return fault
}
