/** How the quantity and the name pattern keep each other right, and which names they make. The patterns are core's. */
import { nameProblem } from '@deployer/core/names.ts'
import { expandNames, parsePattern, type Counter } from '@deployer/core/patterns.ts'
import { MAX_VMS_PER_DEPLOYMENT } from '@deployer/core/limits.ts'
import { plural } from '../../ui/format.ts'
import type { DeployForm } from './form.ts'
import { type Basis, namedSystem } from './scratch/basis.ts'

function counterOf(text: string): Counter | null {
  const parsed = parsePattern(text)
  return parsed.ok ? parsed.pattern.counter : null
}

/** Whether a pattern leaves it to the quantity how many names it makes: `web-{n}`. */
export function takesCount(pattern: string): boolean {
  return counterOf(pattern)?.to === null
}

/** How many names a pattern makes by itself: 10 for `web-{01..10}`. Null where the quantity decides. */
export function countInPattern(pattern: string): number | null {
  const counter = counterOf(pattern)
  return counter === null || counter.to === null ? null : counter.to - counter.from + 1
}

/**
 * The pattern that makes `quantity` names: its range grown or cut at the end, as wide as the last needs; a plain name gets a range. Patterns that
 * count by themselves (`{n}`) and broken ones stay as they are.
 */
export function withQuantity(text: string, quantity: number): string {
  const parsed = parsePattern(text)
  if (!parsed.ok || text.trim() === '') return text
  const { before, counter, after } = parsed.pattern
  if (counter === null) return quantity === 1 ? text : withRange(text, quantity)
  if (counter.to === null) return text
  const last = counter.from + quantity - 1
  const width = counter.width === 1 ? 1 : Math.max(counter.width, String(last).length)
  return `${before}${range(counter.from, last, width)}${after}`
}

/** `web` becomes `web-{01..10}`: padded, so that names sort as they count. A domain stays behind: `web.lab`. */
function withRange(name: string, quantity: number): string {
  const [host = '', ...domain] = name.split('.')
  const numbered = `${host.replace(/-$/, '')}-${range(1, quantity, Math.max(2, String(quantity).length))}`
  return [numbered, ...domain].join('.')
}

/**
 * The pattern counted on by so many: `web-{11..20}` after `web-{01..10}`. A plain name gets the next number: `web-2`
 * after `web`, `web-02` after `web-01`. Null where it cannot be read.
 */
export function movedOn(text: string, by: number): string | null {
  const parsed = parsePattern(text)
  if (!parsed.ok) return null
  const { before, counter, after } = parsed.pattern
  if (counter === null) return withNextNumber(text, by)
  const from = counter.from + by
  if (counter.to === null)
    return `${before}{n=${String(from).padStart(counter.width, '0')}}${after}`
  return `${before}${range(from, counter.to + by, counter.width)}${after}`
}

function withNextNumber(name: string, by: number): string {
  const [host = '', ...domain] = name.split('.')
  const [, stem = host, digits = ''] = /^(.*?)(\d*)$/.exec(host) ?? []
  const next = String(Number(digits === '' ? '1' : digits) + by).padStart(digits.length, '0')
  return [`${stem}${digits === '' ? '-' : ''}${next}`, ...domain].join('.')
}

function range(from: number, to: number, width: number): string {
  return `{${String(from).padStart(width, '0')}..${String(to).padStart(width, '0')}}`
}

/** The pattern as it is asked for: a plain name with a quantity of several is meant as a row of names. */
export function effectivePattern(form: Pick<DeployForm, 'namePattern' | 'quantity'>): string {
  return counterOf(form.namePattern) === null
    ? withQuantity(form.namePattern.trim(), form.quantity)
    : form.namePattern.trim()
}

/** What an empty pattern is told. */
export const noName = 'Give a name, or a pattern such as web-{01..10}'

export type NameList = {
  /** All names, those of further rows last; empty while the pattern cannot be read. */
  names: string[]
  /** Names that cannot be, with the reason. */
  wrong: ReadonlyMap<string, string>
  /** What is wrong first, for the field. */
  problem: string | null
}

/** The names that the form asks for. Those that come twice are the table's to mark and the plan's to block. */
export function namesOf(form: DeployForm, template: Basis | null): NameList {
  const pattern = effectivePattern(form)
  const none = { names: [], wrong: new Map<string, string>() }
  if (pattern === '') {
    return { ...none, problem: noName }
  }
  const made = expandNames(pattern, takesCount(pattern) ? form.quantity : undefined)
  if (!made.ok) return { ...none, problem: made.error.message }
  const { overrides, gone, rows } = form.table
  const out = new Set(gone)
  const wrong = wrongNames(
    made.values.filter((_name, index) => !out.has(index) && overrides[index]?.name === undefined),
    namedSystem(template),
  )
  const renamed = made.values.map((name, index) => overrides[index]?.name ?? name)
  const names = [
    ...renamed.filter((_name, index) => !out.has(index)),
    ...rows.map((cells) => cells.name ?? ''),
  ]
  const [problem = null] = wrong.values()
  return { names, wrong, problem: tooMany(names) ?? problem }
}

function tooMany(names: string[]): string | null {
  return names.length <= MAX_VMS_PER_DEPLOYMENT
    ? null
    : `${plural(names.length, 'VM')} asked for. One deployment has at most ${MAX_VMS_PER_DEPLOYMENT}.`
}

/** Names that are no DNS names. */
function wrongNames(names: string[], osType: string | null): Map<string, string> {
  const wrong = new Map<string, string>()
  for (const name of names) {
    const problem = nameProblem(name, osType)
    if (problem !== null) wrong.set(name, problem.message)
  }
  return wrong
}
