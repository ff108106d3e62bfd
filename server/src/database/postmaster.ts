/** A PostgreSQL that an earlier process of ours left behind in the data folder. */
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../logger.ts'

const IN_USE_AFTER_MS = 1500
const PATIENCE_MS = 15_000

/** What `postmaster.pid` says (lines 1 and 8: PostgreSQL's `src/include/utils/pidfile.h`), or null without one. */
export function postmasterState(folder: string): { pid: number; status: string } | null {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number.parseInt(lines[0] ?? '', 10)
    return Number.isInteger(pid) ? { pid, status: (lines[7] ?? '').trim() } : null
  } catch {
    return null
  }
}

/**
 * Waits until an earlier server is gone (the kernel told it to end when its parent died), ends it where the system has
 * no such means, and takes away its stale pid files, that of the socket as well: their number may belong to another
 * program by now, or to a process that is dead and that nobody has waited for yet, and PostgreSQL would refuse to start.
 * @throws {Error} where another running deployer uses the folder
 */
export async function endPrevious(
  folder: string,
  socketFolder: string,
  logger: Logger,
): Promise<void> {
  const began = Date.now()
  let asked = false
  for (;;) {
    const state = postmasterState(folder)
    if (state === null || !runsIn(state.pid, folder)) {
      rmSync(join(folder, 'postmaster.pid'), { force: true })
      rmSync(join(socketFolder, '.s.PGSQL.5432.lock'), { force: true })
      return
    }
    const waited = Date.now() - began
    if (state.status !== 'stopping' && waited > IN_USE_AFTER_MS && !asked) {
      if (parentOf(state.pid) !== 1)
        throw new Error(
          `Another server uses ${folder}: its PostgreSQL is process ${state.pid}. Stop that server (./stop.sh), or ` +
            'choose another DATA_DIR.',
        )
      logger.warn({ pid: state.pid }, 'Ending the PostgreSQL that an earlier server left behind')
      process.kill(state.pid, 'SIGINT')
      asked = true
    }
    if (waited > PATIENCE_MS)
      throw new Error(`The PostgreSQL of an earlier server (process ${state.pid}) does not end.`)
    await sleep(20)
  }
}

/** PostgreSQL's main process stays in its data folder as its working directory. */
export function runsIn(pid: number, folder: string): boolean {
  if (process.platform !== 'linux') return ps(pid, 'command').includes(folder)
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
  } catch {
    return false
  }
}

const parentOf = (pid: number): number => Number.parseInt(ps(pid, 'ppid'), 10)

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
