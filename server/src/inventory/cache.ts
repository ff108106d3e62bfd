/** Remembers answers for a short while; calls for the same thing at the same time share one answer. */
const MOST_ENTRIES = 500

export type Remembered<T> = (key: string, load: () => Promise<T>, fresh?: boolean) => Promise<T>

/**
 * `load` runs where nothing younger than `seconds` is known, or `fresh` asks for it. A failure is not remembered.
 * Seconds count from the answer, so that a slow one is not old when it comes.
 */
export function remember<T>(seconds: number, now: () => number = Date.now): Remembered<T> {
  type Entry = { value: Promise<T>; until: number }
  const entries = new Map<string, Entry>()

  const prune = () => {
    if (entries.size < MOST_ENTRIES) return
    for (const [key, { until }] of entries) if (until <= now()) entries.delete(key)
  }

  return (key, load, fresh = false) => {
    const known = entries.get(key)
    if (known !== undefined && !fresh && known.until > now()) return known.value
    prune()
    const entry: Entry = { value: load(), until: Number.POSITIVE_INFINITY }
    entries.set(key, entry)
    entry.value.then(
      () => (entry.until = now() + seconds * 1000),
      () => {
        if (entries.get(key) === entry) entries.delete(key)
      },
    )
    return entry.value
  }
}
