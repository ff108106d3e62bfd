/** Texts that count: web-01, web-02 …; 10.0.0.20/24, 10.0.0.21/24 …; 4, 8, 12 …. */

/** A text with one number in it that counts. */
export type Series = {
  before: string
  from: number
  /** Digits to pad to; 1 for none. */
  width: number
  after: string
}

/** As many digits as a pattern's range takes. */
const MAX_DIGITS = 9

/** The series that two texts begin, where exactly one number in them differs, and by one. */
export function seriesOf(first: string, second: string): Series | null {
  const found = differing(first, second)
  if (found === null || found.step !== 1) return null
  const { before, width, from, after } = found
  const series = { before, from, width, after }
  return textAt(series, 1) === second ? series : null
}

/** The text at a place of the series, counted from 0; null where it has no more digits. */
export function textAt({ before, from, width, after }: Series, index: number): string | null {
  const digits = String(from + index)
  if (digits.length > (width > 1 ? width : MAX_DIGITS)) return null
  return `${before}${digits.padStart(width, '0')}${after}`
}

/** The pattern that makes the first `length` texts of a series: `web-{01..10}`. */
export function patternOf({ before, from, width, after }: Series, length: number): string {
  const padded = (value: number) => String(value).padStart(width, '0')
  return `${before}{${padded(from)}..${padded(from + length - 1)}}${after}`
}

/**
 * What follows after some cells: the series that they begin goes on, the last number of a single name or address counts
 * by one, and anything else is repeated. `counts`: a single text counts (names, addresses, VMIDs) or stays (sizes).
 */
export function continuation(cells: readonly string[], wanted: number, counts: boolean): string[] {
  const step = stepOf(cells, counts)
  if (step === null) {
    return Array.from({ length: wanted }, (_, index) => cells[index % cells.length] ?? '')
  }
  return Array.from({ length: wanted }, (_, index) => {
    const value = step.last + step.by * (index + 1)
    return `${step.before}${String(Math.max(0, value)).padStart(step.width, '0')}${step.after}`
  })
}

type Step = { before: string; last: number; by: number; width: number; after: string }

function stepOf(cells: readonly string[], counts: boolean): Step | null {
  const [first = '', second] = cells
  if (second === undefined) return counts ? lastNumber(first) : null
  const found = differing(first, second)
  if (found === null) return null
  const { before, from, width, step, after } = found
  const fits = cells.every((cell, index) => {
    const digits = String(from + step * index).padStart(width, '0')
    return cell === `${before}${digits}${after}`
  })
  return fits ? { before, last: from + step * (cells.length - 1), by: step, width, after } : null
}

/** Counts the last number of a text, but for a prefix length: 10.0.0.20/24 goes on with 10.0.0.21/24. */
function lastNumber(text: string): Step | null {
  const match = /^(.*?)(\d{1,9})(\D*(?:\/\d+)?)$/.exec(text)
  const [, before, digits, after] = match ?? []
  if (before === undefined || digits === undefined || after === undefined) return null
  return { before, last: Number(digits), by: 1, width: widthOf(digits), after }
}

function widthOf(digits: string): number {
  return digits.length > 1 && digits.startsWith('0') ? digits.length : 1
}

/** The one number in which two texts differ. */
function differing(first: string, second: string): (Series & { step: number }) | null {
  const one = first.split(/(\d+)/)
  const other = second.split(/(\d+)/)
  const places = one.flatMap((part, index) => (part === other[index] ? [] : [index]))
  const [place] = places
  // Numbers stand at the odd places of the split.
  if (one.length !== other.length || place === undefined || places.length > 1 || place % 2 === 0) {
    return null
  }
  const digits = one[place] ?? ''
  const next = other[place] ?? ''
  if (digits.length > MAX_DIGITS || next.length > MAX_DIGITS) return null
  return {
    before: one.slice(0, place).join(''),
    from: Number(digits),
    width: widthOf(digits),
    after: one.slice(place + 1).join(''),
    step: Number(next) - Number(digits),
  }
}
