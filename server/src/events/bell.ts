/** Wakes one waiting reader; a ring while nobody waits is kept for the next wait. */
export type Bell = {
  ring: () => void
  /** Resolves at a ring, after the time, or when the signal fires; whichever is first. Never rejects. */
  wait: (longestMs: number, signal: AbortSignal) => Promise<void>
}

export const createBell = (): Bell => {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring: () => {
      rung = true
      wake?.()
    },
    wait: (longestMs, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          rung = false
          wake = undefined
          resolve()
        }
        const timer = setTimeout(done, longestMs)
        wake = done
        signal.addEventListener('abort', done)
        if (rung || signal.aborted) done()
      }),
  }
}
