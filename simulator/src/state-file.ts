import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Certificate } from './wire/certificate.ts'
import { worldSchema, type World } from './world.ts'

const stateSchema = z.object({
  format: z.literal(1),
  certificate: z.object({ keyPem: z.string(), certPem: z.string(), fingerprint: z.string() }),
  world: worldSchema,
})

export type State = { certificate: Certificate; world: World }

/** undefined where there is no file yet. Error: a file that is no state of a simulator. */
export const readState = (file: string): State | undefined => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const parsed = stateSchema.safeParse(JSON.parse(text))
  if (!parsed.success)
    throw new Error(
      `${file} is not the state of a simulated cluster: ${parsed.error.issues[0]?.message ?? ''}. Remove it to start afresh.`,
    )
  return parsed.data
}

/** Whole or not at all: written beside the file, then renamed over it. */
const writeState = (file: string, state: State) => {
  const temporary = `${file}.new`
  writeFileSync(temporary, JSON.stringify({ format: 1, ...state }), { mode: 0o600 })
  renameSync(temporary, file)
}

export type StateSaver = { changed: () => void; flush: () => void }

const quietMilliseconds = 200
const pauseMilliseconds = 2000

/** Writes at most once in 200 ms, and once more on `flush`. Where the disk is full, again until there is room. */
export const createStateSaver = (file: string | undefined, current: () => State): StateSaver => {
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (file !== undefined) writeState(file, current())
  }
  const write = () => {
    try {
      flush()
    } catch {
      timer = setTimeout(write, pauseMilliseconds)
    }
  }
  return {
    flush,
    changed: () => {
      if (file !== undefined) timer ??= setTimeout(write, quietMilliseconds)
    },
  }
}
