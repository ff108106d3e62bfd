/** How the quantity and the name pattern keep each other right. The patterns themselves are core's. */

const range = /\{(\d+)\.\.(\d+)\}/g
const numbered = /\{n[^}]*\}/

/** Whether a pattern leaves it to the quantity how many names it makes: `web-{n}`. */
export function takesCount(pattern: string): boolean {
  return numbered.test(pattern)
}

/** How many names a pattern with one range makes by itself: 10 for `web-{01..10}`. Null where the quantity decides. */
export function countInPattern(pattern: string): number | null {
  const ranges = [...pattern.matchAll(range)]
  if (takesCount(pattern) || ranges.length === 0) return null
  return ranges.reduce((product, [, from, to]) => product * spanOf(Number(from), Number(to)), 1)
}

function spanOf(from: number, to: number): number {
  return Math.abs(to - from) + 1
}

/**
 * The pattern that makes `quantity` names: its range grown or cut at the end, its width kept; a plain name gets a range.
 * Patterns with `{n}` or with several ranges stay as they are.
 */
export function withQuantity(pattern: string, quantity: number): string {
  if (takesCount(pattern)) return pattern
  const ranges = [...pattern.matchAll(range)]
  const [only] = ranges
  if (only === undefined) return quantity === 1 ? pattern : withRange(pattern, quantity)
  if (ranges.length > 1) return pattern
  const [whole, from = '', to = ''] = only
  const last = Number(from) + quantity - 1
  const width = from.startsWith('0') || to.startsWith('0') ? from.length : 0
  return pattern.replace(whole, `{${from}..${String(last).padStart(width, '0')}}`)
}

/** `web` becomes `web-{01..10}`, so that names sort as they count. */
function withRange(name: string, quantity: number): string {
  if (name.trim() === '' || name.includes('{')) return name
  const width = Math.max(2, String(quantity).length)
  const from = '1'.padStart(width, '0')
  const to = String(quantity).padStart(width, '0')
  return `${name}${/[-.]$/.test(name) ? '' : '-'}{${from}..${to}}`
}
