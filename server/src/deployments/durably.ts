import { codeOf } from '@deployer/proxmox/caught.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { isDatabaseAway } from '../database/database.ts'
import { Fenced } from './fenced.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2000

/** For an execution that must not go on: whoever took the VM over does, or this server's next start. */
const park = () => new Promise<never>(() => {})

/** Two transactions that block each other: PostgreSQL ended one of them, and it has not happened. */
const isDeadlock = (error: unknown) => ['40P01', '40001'].includes(codeOf(error))

/** Whether the work failed only because of the database, and may be run again. */
export const mayRunAgain = (error: unknown): boolean => isDatabaseAway(error) || isDeadlock(error)

/**
 * Runs work that may be run again, until the database answers. An execution that was taken over, or fails only because
 * the process is ending, has no outcome at all: it must not be recorded as a failure.
 */
export const durably = async <T>(
  { isStopping }: { isStopping: () => boolean },
  work: () => Promise<T>,
): Promise<T> => {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work()
    } catch (error) {
      if (isStopping() || error instanceof Fenced) return park()
      if (!mayRunAgain(error)) throw error
      await delay(pauseMs)
    }
  }
}
