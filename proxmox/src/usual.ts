/** How long things of one kind usually take, so that the first look at one can come when it is likely to be over. */

import { keepNewest } from './newest.ts'

export type Usual = {
  /** In milliseconds; null for a kind of which none has ended yet. */
  of: (kind: string) => number | null
  /**
   * One has ended. `looks`: how many it took to see it, from the time on at which it was expected. The figure goes up
   * where the first look came too early, and down a little where it did not, so that most first looks see the end.
   */
  ended: (kind: string, milliseconds: number, looks: number) => void
}

const mostKinds = 500

/** `sooner`: what becomes of the figure where the first look saw the end, which may have come long before. */
export const createUsual = (sooner = 0.99): Usual => {
  const known = new Map<string, number>()
  const estimate = (kind: string, milliseconds: number, looks: number) => {
    const before = known.get(kind)
    if (before === undefined) return milliseconds
    if (looks <= 1) return Math.min(before, milliseconds) * sooner
    return (before + milliseconds) / 2
  }
  return {
    of: (kind) => known.get(kind) ?? null,
    ended: (kind, milliseconds, looks) => {
      keepNewest(known, kind, estimate(kind, milliseconds, looks), mostKinds)
    },
  }
}
