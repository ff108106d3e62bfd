/**
 * Patterns that make several names or addresses out of one text. A text holds one counter at most:
 *
 * - `{01..10}` counts from the first number to the second. A leading zero in either pads all of them to the same width:
 *   `web-{01..10}` makes web-01 to web-10, `web-{1..10}` makes web-1 to web-10.
 * - `{n}` counts 1, 2, 3 … as far as needed: as often as the row's `count` says, and in an address once for each VM.
 *   `{n:03}` pads to three digits (001, 002 …), `{n=20}` starts at 20, and `{n=005}` does both (005, 006 …).
 *
 * Numbers are decimal, in IPv6 addresses too: `fd00::{9..10}/64` makes fd00::9 and fd00::10.
 */
import { MAX_VMS_PER_DEPLOYMENT } from './limits.ts'

export type PatternError = {
  code:
    | 'pattern-braces'
    | 'pattern-counter'
    | 'pattern-two-counters'
    | 'pattern-range'
    | 'too-many-vms'
    | 'count-missing'
    | 'count-mismatch'
    | 'count-without-counter'
  message: string
}

export type Counter = {
  from: number
  /** Null for `{n}`: open-ended. */
  to: number | null
  /** Digits to pad to; 1 for none. */
  width: number
}

export type Pattern = { before: string; counter: Counter | null; after: string }

export type ParsedPattern = { ok: true; pattern: Pattern } | { ok: false; error: PatternError }
export type Expansion = { ok: true; values: string[] } | { ok: false; error: PatternError }

const forms = 'Write {01..10}, {n}, {n:03} or {n=20}.'

/** Reads a pattern; a text without a counter is one too. */
export function parsePattern(text: string): ParsedPattern {
  const counters = [...text.matchAll(/\{([^{}]*)\}/g)]
  if (/[{}]/.test(text.replaceAll(/\{[^{}]*\}/g, ''))) {
    return fail('pattern-braces', `A brace in ${text} has no partner. ${forms}`)
  }
  const [first, second] = counters
  if (first === undefined) return { ok: true, pattern: { before: text, counter: null, after: '' } }
  if (second !== undefined) {
    return fail(
      'pattern-two-counters',
      `${text} has more than one counter, so it is not clear which of them counts. Keep one.`,
    )
  }
  const counter = parseCounter(first[1] ?? '')
  if ('code' in counter) return { ok: false, error: counter }
  const before = text.slice(0, first.index)
  return {
    ok: true,
    pattern: { before, counter, after: text.slice(first.index + first[0].length) },
  }
}

/**
 * The names that a row makes. Without a counter that is one name; `{n}` needs `count`; with a range, `count` may be
 * left out or must agree.
 */
export function expandNames(text: string, count?: number): Expansion {
  const parsed = parsePattern(text)
  if (!parsed.ok) return parsed
  const { counter } = parsed.pattern
  if (counter === null) {
    if (count === undefined || count === 1) return { ok: true, values: [text] }
    return fail(
      'count-without-counter',
      `${text} is one name and ${count} VMs are asked for. Add a counter, such as ${text}-{n}.`,
    )
  }
  if (counter.to === null && count === undefined) {
    return fail(
      'count-missing',
      `${text} does not say how many. Give a count, or a range such as {1..3}.`,
    )
  }
  const length = lengthOf(counter) ?? count ?? 0
  if (count !== undefined && count !== length) {
    return fail(
      'count-mismatch',
      `${text} makes ${length} names and ${count} VMs are asked for. Leave the count out, or write ${render(parsed.pattern, rangeOf(counter, count))}.`,
    )
  }
  return numbersOf(parsed.pattern, length)
}

/**
 * The addresses for `wanted` VMs, one each and in their order. A text without a counter is the same for all of them
 * (`dhcp`; a plain address fits one VM only, which the planner judges).
 */
export function expandAddresses(text: string, wanted: number): Expansion {
  const parsed = parsePattern(text)
  if (!parsed.ok) return parsed
  const { counter } = parsed.pattern
  if (counter === null) return { ok: true, values: Array<string>(wanted).fill(text) }
  const length = lengthOf(counter) ?? wanted
  if (length !== wanted) {
    return fail(
      'count-mismatch',
      `${text} makes ${many(length, 'address', 'addresses')} for ${many(wanted, 'VM', 'VMs')}. Write ${render(parsed.pattern, rangeOf(counter, wanted))}, or {n=${counter.from}} for as many as there are VMs.`,
    )
  }
  return numbersOf(parsed.pattern, length)
}

function parseCounter(body: string): Counter | PatternError {
  const [, from, to] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(body) ?? []
  if (from !== undefined && to !== undefined) return rangeCounter(from, to)
  const [, start] = /^n=(\d{1,9})$/.exec(body) ?? []
  if (start !== undefined) {
    return { from: Number(start), to: null, width: start.startsWith('0') ? start.length : 1 }
  }
  const [whole, width] = /^n(?::0([1-9]))?$/.exec(body) ?? []
  if (whole !== undefined) return { from: 1, to: null, width: Number(width ?? 1) }
  const [, unclear] = /^n:(\d+)$/.exec(body) ?? []
  return {
    code: 'pattern-counter',
    message:
      unclear === undefined
        ? `{${body}} is no counter. ${forms}`
        : `{${body}} could mean two things. Write {n:03} for three digits, {n=3} to start at 3.`,
  }
}

function rangeCounter(fromText: string, toText: string): Counter | PatternError {
  const [from, to] = [Number(fromText), Number(toText)]
  if (from > to) {
    return {
      code: 'pattern-range',
      message: `{${fromText}..${toText}} counts down. Write {${toText}..${fromText}}.`,
    }
  }
  if (to - from + 1 > MAX_VMS_PER_DEPLOYMENT) {
    return {
      code: 'too-many-vms',
      message: `{${fromText}..${toText}} makes ${to - from + 1}. One deployment has at most ${MAX_VMS_PER_DEPLOYMENT} VMs.`,
    }
  }
  const padded = [fromText, toText].some((text) => text.length > 1 && text.startsWith('0'))
  return { from, to, width: padded ? Math.max(fromText.length, toText.length) : 1 }
}

function lengthOf(counter: Counter): number | null {
  return counter.to === null ? null : counter.to - counter.from + 1
}

function numbersOf(pattern: Pattern, length: number): Expansion {
  const from = pattern.counter?.from ?? 0
  const values = Array.from({ length }, (_, index) =>
    render(pattern, paddedTo(from + index, pattern.counter?.width ?? 1)),
  )
  return { ok: true, values }
}

/** The range that would fit, in the counter's own width. */
function rangeOf({ from, width }: Counter, count: number): string {
  return `{${paddedTo(from, width)}..${paddedTo(from + count - 1, width)}}`
}

function render({ before, after }: Pattern, middle: string): string {
  return `${before}${middle}${after}`
}

function paddedTo(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

function many(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`
}

function fail(code: PatternError['code'], message: string): { ok: false; error: PatternError } {
  return { ok: false, error: { code, message } }
}
