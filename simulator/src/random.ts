/** Seeded randomness: the same seed and the same calls give the same cluster life. */
export type Random = {
  /** 0 <= x < 1. */
  next: () => number
  between: (low: number, high: number) => number
  /** So many hexadecimal digits. */
  hex: (digits: number) => string
  uuid: () => string
  pick: <T>(items: readonly T[]) => T | undefined
}

/** A seed from a text (FNV-1a). */
export const seedOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

/** mulberry32, a small generator of good quality for this purpose. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join('')
  return {
    next,
    hex,
    between: (low, high) => low + next() * (high - low),
    uuid: () =>
      `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.floor(next() * 4)]}${hex(3)}-${hex(12)}`,
    pick: (items) => items[Math.floor(next() * items.length)],
  }
}
