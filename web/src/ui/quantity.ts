/** Sizes as people type them: `8g`, `8192 MiB`, `1.5T`, `20`. */

export type SizeUnit = 'MiB' | 'GiB'

const factors: Record<string, number> = { k: 1 / 1024, m: 1, g: 1024, t: 1024 * 1024 }

/**
 * Reads a size. A bare number is in `unit`; the result is in `unit` too, rounded up to a whole number so that nobody
 * gets less than they asked for. Null where it is no size.
 */
export const parseSize = (text: string, unit: SizeUnit): number | null => {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(?:([kmgt])(?:i?b)?)?\s*$/i.exec(text)
  const amount = match?.[1]
  if (amount === undefined) return null
  const value = Number(amount.replace(',', '.'))
  const letter = (match?.[2] ?? unit[0] ?? 'm').toLowerCase()
  const mebibytes = value * (factors[letter] ?? 1)
  const result = unit === 'GiB' ? mebibytes / 1024 : mebibytes
  // Floating point: 1.1 * 1024 must not become one more than it is.
  return Math.ceil(Number(result.toFixed(6)))
}

/** Reads a whole number with an optional unit word behind it (`4`, `4 cores`, `30 s`). Null where it is none. */
export const parseWhole = (text: string): number | null => {
  const match = /^\s*(\d{1,15})\s*[a-z]*\s*$/i.exec(text)
  return match?.[1] === undefined ? null : Number(match[1])
}
