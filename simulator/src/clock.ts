/**
 * The one notion of time. `now` is wall-clock time (so tickets, task times and `since` filters mean what a client
 * expects); durations of the simulated cluster are divided by `speed`.
 */
export type Clock = {
  /** Milliseconds since 1970. */
  now: () => number
  /** Seconds since 1970. */
  seconds: () => number
  /** Simulated seconds, waited for in real time divided by the speed. Rejects when the signal aborts. */
  sleep: (seconds: number, signal?: AbortSignal) => Promise<void>
  /** When something that takes that many simulated seconds is done, in milliseconds since 1970. */
  after: (seconds: number) => number
  /** Simulated seconds between two points of time in milliseconds. */
  elapsed: (from: number, to: number) => number
  /** For tests: makes it later, and ends the sleeps that end until then, in their order. */
  skip: (milliseconds: number) => Promise<void>
  /** Ends all sleeps at once and lets no new one wait: what runs, runs to its end. */
  finish: () => void
  close: () => void
}

const interrupted = () => new Error('interrupted by signal')

type Sleeper = { dueAt: number; wake: () => void }

export const createClock = (speed: number): Clock => {
  let offset = 0
  let finishing = false
  let timer: NodeJS.Timeout | undefined
  const sleepers = new Set<Sleeper>()
  const now = () => Date.now() + offset

  const wakeDue = () => {
    const due = [...sleepers]
      .filter((sleeper) => sleeper.dueAt <= now())
      .toSorted((a, b) => a.dueAt - b.dueAt)
    for (const sleeper of due) {
      sleepers.delete(sleeper)
      sleeper.wake()
    }
    arm()
  }

  const arm = () => {
    clearTimeout(timer)
    timer = undefined
    if (sleepers.size === 0) return
    const next = Math.min(...[...sleepers].map((sleeper) => sleeper.dueAt))
    timer = setTimeout(wakeDue, Math.max(0, next - now()))
  }

  const sleep = (seconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(interrupted())
      if (finishing) return setImmediate(resolve)
      const dueAt = now() + (seconds * 1000) / speed
      const stop = () => {
        sleepers.delete(sleeper)
        reject(interrupted())
      }
      const sleeper: Sleeper = {
        dueAt,
        wake: () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        },
      }
      signal?.addEventListener('abort', stop, { once: true })
      const soonest = [...sleepers].every((other) => dueAt < other.dueAt)
      sleepers.add(sleeper)
      if (soonest) arm()
    })

  return {
    now,
    seconds: () => Math.floor(now() / 1000),
    sleep,
    after: (seconds) => now() + (seconds * 1000) / speed,
    elapsed: (from, to) => ((to - from) * speed) / 1000,
    skip: async (milliseconds) => {
      const until = now() + milliseconds
      for (;;) {
        const next = Math.min(...[...sleepers].map((sleeper) => sleeper.dueAt), Infinity)
        if (next > until) break
        offset += Math.max(0, next - now())
        wakeDue()
        await new Promise((resolve) => setImmediate(resolve))
      }
      offset += Math.max(0, until - now())
      arm()
    },
    finish: () => {
      finishing = true
      for (const sleeper of [...sleepers].toSorted((a, b) => a.dueAt - b.dueAt)) {
        sleepers.delete(sleeper)
        sleeper.wake()
      }
      arm()
    },
    close: () => {
      clearTimeout(timer)
      sleepers.clear()
    },
  }
}
