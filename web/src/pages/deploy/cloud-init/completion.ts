/** Which keys and values of a cloud-config fit at a place in its text. */
import { cloudConfigShape } from '@deployer/core/cloud-init/generated/keys.ts'
import type { JsonType, KeyShape } from '@deployer/core/cloud-init/key-shape.ts'

export type Choice = { label: string; detail: string }

export type Choices = {
  /** Column from which on the text is replaced, counted from 0. */
  from: number
  choices: Choice[]
  /** `: ` is put after a key. */
  kind: 'key' | 'value'
}

type Line = {
  /** Columns of the dashes before it. */
  dashes: number[]
  column: number
  key: string | null
  value: string
}

function parseLine(text: string): Line | null {
  let column = text.length - text.trimStart().length
  const dashes: number[] = []
  let rest = text.slice(column)
  for (let dash = /^-(\s+|$)/.exec(rest); dash !== null; dash = /^-(\s+|$)/.exec(rest)) {
    dashes.push(column)
    column += dash[0].length
    rest = rest.slice(dash[0].length)
  }
  if (dashes.length === 0 && (rest === '' || rest.startsWith('#'))) return null
  const [, key = null, value = ''] = /^["']?([\w.@-]+)["']?\s*:(?:\s+(.*))?$/.exec(rest) ?? []
  return { dashes, column, key, value }
}

const ITEM = '[]'

/** The keys above a line, lists as `[]`: `users`, `[]`. */
function pathTo(lines: readonly string[], row: number, line: Line): string[] {
  const path: string[] = []
  let limit = line.column
  const climb = (dashes: readonly number[]) => {
    for (const dash of dashes.toReversed()) {
      if (dash >= limit) continue
      path.unshift(ITEM)
      limit = dash
    }
  }
  climb(line.dashes)
  for (let above = row - 1; above >= 0 && limit >= 0; above -= 1) {
    const parent = parseLine(lines[above] ?? '')
    if (parent === null) continue
    // A list may stand right below its key, at the same column.
    const inList = path[0] === ITEM && parent.dashes.length === 0
    if (parent.key !== null && (parent.column < limit || (inList && parent.column === limit))) {
      path.unshift(parent.key)
      limit = parent.column
      climb(parent.dashes)
    } else if (path[0] !== ITEM && parent.column <= limit) climb(parent.dashes)
    if (limit === 0 && path[0] !== ITEM) break
  }
  return path
}

function shapeAt(path: readonly string[]): KeyShape | undefined {
  return path.reduce<KeyShape | undefined>(
    (shape, part) => (part === ITEM ? shape?.items : (shape?.keys?.[part] ?? shape?.others)),
    cloudConfigShape,
  )
}

/** What can be typed at a place, `row` and `column` counted from 0; null where nothing is known. */
export function choicesAt(text: string, row: number, column: number): Choices | null {
  const lines = text.split('\n')
  const before = (lines[row] ?? '').slice(0, column)
  if (/^\s*#/.test(before)) return null
  const line = parseLine(before) ?? { dashes: [], column: before.length, key: null, value: '' }
  const path = pathTo(lines, row, line)
  if (line.key !== null) return valuesFor(shapeAt([...path, line.key]), before, line.value)
  if (/[^\w.@-]/.test(before.slice(line.column))) return null
  const shape = shapeAt(path)
  const keys = Object.entries(shape?.keys ?? {})
  if (keys.length === 0) return valuesFor(shape, before, before.slice(line.column))
  return {
    from: line.column,
    choices: keys.map(([label, { types = [] }]) => ({ label, detail: typeWords(types) })),
    kind: 'key',
  }
}

function valuesFor(shape: KeyShape | undefined, before: string, typed: string): Choices | null {
  if (!/^[\w-]*$/.test(typed)) return null
  const values = [
    ...(shape?.values ?? []),
    ...(shape?.types?.includes('boolean') === true ? ['true', 'false'] : []),
  ]
  if (values.length === 0) return null
  return {
    from: before.length - typed.length,
    choices: values.map((label) => ({ label, detail: '' })),
    kind: 'value',
  }
}

const words: Record<JsonType, string> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'true or false',
  array: 'list',
  object: 'mapping',
  null: '',
}

function typeWords(types: readonly JsonType[]): string {
  return [...new Set(types.map((type) => words[type]))].filter((word) => word !== '').join(', ')
}
