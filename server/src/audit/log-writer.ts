/**
 * Writes the log file behind the database: whatever is in the database and not yet in the file is appended, in order.
 * Where the file ends is read from the file itself, so that a crash, or somebody who deletes it, makes no line missing
 * or doubled. Several servers that share a data folder take turns.
 */
import { parseJson } from '@deployer/core/audit.ts'
import type { Kysely } from 'kysely'
import { existsSync, mkdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Tables } from '../database/tables.ts'
import type { Listener } from '../events/listener.ts'
import type { Logger } from '../logger.ts'
import { logFiles, withLogFiles } from './log-files.ts'
import { readAuditLines } from './reading.ts'

const SWEEP_MS = 5000
const PACE_MS = 100
const TAIL_BYTES = 4 * 1024 * 1024

export type LogWriter = { start: () => void; stop: () => Promise<void> }

type Position = { id: number; size: number; inode: number }

export const createLogWriter = (deps: {
  db: Kysely<Tables>
  listener: Listener
  file: string
  /** The file gives way to a new one before it grows beyond. */
  maxBytes: number
  /** How many old ones are kept. */
  keep: number
  logger: Pick<Logger, 'warn' | 'info'>
}): LogWriter => {
  const { db, listener, file, maxBytes, keep, logger } = deps
  let position: Position | null = null
  let writing = Promise.resolve()
  let wanted = false
  let troubled = false
  let stopped = false
  let sweeper: NodeJS.Timeout | undefined
  const endings: (() => void)[] = []

  /** Null where the file is not as this writer left it. */
  const known = (): Position | null => {
    const stat = statSync(file, { throwIfNoEntry: false })
    return stat && position && stat.size === position.size && stat.ino === position.inode
      ? position
      : null
  }

  const append = async (lines: { id: number; line: string }[]) => {
    const handle = await open(file, 'a', 0o640)
    try {
      await handle.appendFile(lines.map(({ line }) => `${line}\n`).join(''))
      await handle.datasync()
      const stat = await handle.stat()
      position = { id: lines.at(-1)?.id ?? 0, size: stat.size, inode: stat.ino }
    } finally {
      await handle.close()
    }
  }

  /** As many as fit into the file that there is, then a new one. */
  const write = async (lines: { id: number; line: string }[]) => {
    let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    let fitting: { id: number; line: string }[] = []
    for (const entry of lines) {
      const bytes = Buffer.byteLength(entry.line) + 1
      if (size > 0 && size + bytes > maxBytes) {
        if (fitting.length > 0) await append(fitting)
        fitting = []
        rotate(file, keep)
        size = 0
      }
      fitting.push(entry)
      size += bytes
    }
    if (fitting.length > 0) await append(fitting)
  }

  const flush = () =>
    withLogFiles(db, file, async (tx) => {
      mkdirSync(dirname(file), { recursive: true })
      const last = known()?.id ?? (await lastWritten(tx, file))
      for await (const page of readAuditLines(tx, { visibleTo: null }, last)) {
        await write(page)
        if (stopped) return
      }
    })

  const flushSafely = async () => {
    if (stopped) return
    try {
      await flush()
      if (troubled) logger.info({ file }, 'The audit log file is written again')
      troubled = false
    } catch (error) {
      position = null
      if (!troubled)
        logger.warn(
          { err: error, file },
          'The audit log file could not be written; the entries are in the database, and follow',
        )
      troubled = true
    }
  }

  /** One write at a time; what comes meanwhile is in the next one. */
  const wake = () => {
    if (wanted || stopped) return
    wanted = true
    writing = writing
      .then(() => new Promise<void>((resolve) => setTimeout(resolve, PACE_MS)))
      .then(() => {
        wanted = false
        return flushSafely()
      })
  }

  return {
    start: () => {
      endings.push(listener.on('audit', wake), listener.onConnected(wake))
      sweeper = setInterval(wake, SWEEP_MS)
      sweeper.unref()
      wake()
    },
    stop: async () => {
      for (const end of endings.splice(0)) end()
      clearInterval(sweeper)
      await writing
      await flushSafely()
      stopped = true
    },
  }
}

/** What is beyond `keep` goes, also where it was more before: a gap in the middle would look like tampering. */
const rotate = (file: string, keep: number): void => {
  for (const name of logFiles(file)) if (Number(name.slice(file.length + 1)) >= keep) rmSync(name)
  for (let number = keep - 1; number >= 1; number -= 1)
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`)
  if (keep > 0) renameSync(file, `${file}.1`)
}

const tailSchema = z.looseObject({ id: z.int(), hash: z.string() })

/** Number of the newest entry of the database that the files hold; 0 where they hold none. */
const lastWritten = async (tx: Kysely<Tables>, file: string): Promise<number> => {
  for (const name of logFiles(file).toReversed()) {
    const lines = await readTail(name)
    for (const line of lines.toReversed()) {
      const end = tailSchema.safeParse(parseJson(line)).data
      if (end === undefined) continue
      const row = await tx
        .selectFrom('audit_entry')
        .select('line')
        .where('id', '=', String(end.id))
        .executeTakeFirst()
      // A line that was changed by hand does not say where the file ends; the one before it does.
      if (row?.line === line) return end.id
    }
  }
  return 0
}

/** The last lines of a file. Half a line at its end, of a crash in the middle of writing, is cut off. */
const readTail = async (name: string): Promise<string[]> => {
  const handle = await open(name, 'r')
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - TAIL_BYTES)
    const buffer = Buffer.alloc(size - from)
    await handle.read(buffer, 0, buffer.length, from)
    const end = buffer.lastIndexOf('\n') + 1
    if (end < buffer.length) truncateSync(name, from + end)
    return buffer.subarray(0, end).toString('utf8').split('\n').filter(Boolean)
  } finally {
    await handle.close()
  }
}
