/** Lets at most `limit` tasks run at a time, first come first served. A task that waits can be called off by its signal. */
export const createLimit = (limit: number) => {
  const waiting = new Set<() => void>()
  let running = 0

  const turn = async (signal?: AbortSignal): Promise<void> => {
    if (running < limit) {
      running += 1
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const abort = () => {
      waiting.delete(resolve)
      reject(signal?.reason)
    }
    waiting.add(resolve)
    signal?.addEventListener('abort', abort, { once: true })
    try {
      await promise
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  /** The place goes straight to the next in line. */
  const leave = () => {
    const [next] = waiting
    if (!next) {
      running -= 1
      return
    }
    waiting.delete(next)
    next()
  }

  return async <Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> => {
    signal?.throwIfAborted()
    await turn(signal)
    try {
      return await task()
    } finally {
      leave()
    }
  }
}

/** Such a limit for each key, a node say: `limits(key)(task)`. */
export const createLimits = (limit: number) => {
  const limits = new Map<string, ReturnType<typeof createLimit>>()
  return (key: string) => {
    const found = limits.get(key) ?? createLimit(limit)
    limits.set(key, found)
    return found
  }
}
