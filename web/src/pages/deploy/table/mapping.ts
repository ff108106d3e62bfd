/** What pasted or imported lines mean for the table: which column is which, where each line goes, what is refused. */
import type { DeployForm } from '../form.ts'
import { type Cells, type ColumnId, columnIds, columns, readCell } from './columns.ts'
import { addRows, type Change, nextNames, roomFor, setCells } from './edits.ts'
import { cellProblem } from './problems.ts'
import { addressAt, type Base, nameOf, rowsOf } from './rows.ts'

/** A column of the pasted text. `unit` stands behind its bare numbers. */
export type Mapped = { column: ColumnId; unit: string } | null

/** Where lines go: over the rows from the active one on, to the rows with their names, or all to the end. */
export type PasteMode = 'from-here' | 'by-name' | 'add'

/** The column that a head names: `IP address`, `ram`, `Memory (MiB)`. */
export function columnOfHead(head: string): Mapped {
  const word = head.toLowerCase().replaceAll(/[^a-z]/g, '')
  const id = columnIds.find(
    (each) =>
      each.toLowerCase() === word ||
      columns[each].title.toLowerCase().replaceAll(/[^a-z]/g, '') === word ||
      columns[each].aliases.includes(word),
  )
  if (id !== undefined) return { column: id, unit: '' }
  const [, bare = '', unit = ''] = /^(.+?)in?(mi?b|gi?b|ti?b)$/.exec(word) ?? []
  const [, short = '', shortUnit = ''] = /^(.+?)(mi?b|gi?b|ti?b)$/.exec(word) ?? []
  const sized = ['memory', 'disk'] as const
  const found = sized.find((each) =>
    [bare, short].some((text) => text === each || columns[each].aliases.includes(text)),
  )
  return found === undefined ? null : { column: found, unit: shortUnit === '' ? unit : shortUnit }
}

/** Whether a line names columns rather than VMs: at least half of its cells do. */
export function looksLikeHead(line: readonly string[] | undefined): boolean {
  const cells = (line ?? []).filter((cell) => cell.trim() !== '')
  const known = cells.filter((cell) => columnOfHead(cell) !== null).length
  return known > 0 && known * 2 >= cells.length
}

/** A first guess: by the heads, or from a column of the table to the right. A column is taken once. */
export function guessMapping(
  lines: readonly (readonly string[])[],
  head: boolean,
  visible: readonly ColumnId[],
  from: number,
): Mapped[] {
  const width = Math.max(0, ...lines.map((line) => line.length))
  const taken = new Set<ColumnId>()
  return Array.from({ length: width }, (_, index): Mapped => {
    const here = visible[from + index]
    const guess = head
      ? columnOfHead(lines[0]?.[index] ?? '')
      : here === undefined
        ? null
        : { column: here, unit: '' }
    if (guess === null || taken.has(guess.column)) return null
    taken.add(guess.column)
    return guess
  })
}

export type Line = { number: number; cells: Cells }
export type Rejected = { number: number; text: string; reason: string }

export type Paste = {
  /** Number of the row that gets the line, counted from 0; null for a new one. */
  accepted: (Line & { row: number | null })[]
  rejected: Rejected[]
}

/** What would happen; nothing is changed yet. `start`: number of the active row. */
export function planPaste(
  form: DeployForm,
  base: Base,
  input: {
    lines: readonly (readonly string[])[]
    head: boolean
    mapping: readonly Mapped[]
    mode: PasteMode
    start: number
  },
): Paste {
  const rows = rowsOf(form)
  const byName = new Map(rows.map((row, index) => [nameOf(row).toLowerCase(), index]))
  const used = new Map<string, number>()
  const paste: Paste = { accepted: [], rejected: [] }
  let target = input.start
  let room = roomFor(form)
  for (const [index, raw] of input.lines.entries()) {
    if (index === 0 && input.head) continue
    const number = index + 1
    const refuse = (reason: string) => paste.rejected.push({ number, text: raw.join(', '), reason })
    const line = readLine(raw, input.mapping, base)
    if (!line.ok) {
      refuse(line.problem)
      continue
    }
    const name = line.cells.name?.toLowerCase()
    const before = name === undefined ? undefined : used.get(name)
    if (before !== undefined) {
      refuse(`${line.cells.name} is in line ${before} too.`)
      continue
    }
    const there = name === undefined ? undefined : byName.get(name)
    if (input.mode === 'add' && there !== undefined) {
      refuse(`${line.cells.name} is row ${there + 1} of the table already.`)
      continue
    }
    const here = input.mode === 'from-here' ? target : there
    const row = here !== undefined && here < rows.length ? here : null
    if (row === null && room === 0) {
      refuse('One deployment has at most 500 VMs.')
      continue
    }
    if (row === null) room -= 1
    if (name !== undefined) used.set(name, number)
    target += 1
    paste.accepted.push({ number, cells: line.cells, row })
  }
  return paste
}

type ReadLine = { ok: true; cells: Cells } | { ok: false; problem: string }

function readLine(raw: readonly string[], mapping: readonly Mapped[], base: Base): ReadLine {
  const cells: Cells = {}
  for (const [index, mapped] of mapping.entries()) {
    const text = (raw[index] ?? '').trim()
    if (mapped === null || text === '') continue
    const typed = mapped.unit !== '' && /^[\d.,]+$/.test(text) ? `${text} ${mapped.unit}` : text
    const problem = cellProblem(base, mapped.column, typed)
    if (problem !== null) {
      return { ok: false, problem: `${columns[mapped.column].title} ${text}: ${problem}` }
    }
    const read = readCell(mapped.column, typed, addressAt(base.ip, 0))
    if (read.ok) cells[mapped.column] = read.text
  }
  return Object.keys(cells).length === 0
    ? { ok: false, problem: 'Nothing in the columns that are taken over.' }
    : { ok: true, cells }
}

/** The form with the accepted lines in it. New rows without a name get one that goes on. */
export function applyPaste(form: DeployForm, base: Base, paste: Paste): DeployForm {
  const rows = rowsOf(form)
  const changes = paste.accepted.flatMap(({ row: index, cells }) => {
    const row = index === null ? undefined : rows[index]
    return row === undefined ? [] : changesOf(row, cells)
  })
  const changed = setCells(form, base, changes)
  const added = paste.accepted.filter(({ row }) => row === null)
  const nameless = added.filter(({ cells }) => cells.name === undefined).length
  const names = nextNames(changed, nameless)
  return addRows(
    changed,
    added.map(({ cells }) =>
      cells.name === undefined ? { ...cells, name: names.shift() } : cells,
    ),
  )
}

function changesOf(row: Change['row'], cells: Cells): Change[] {
  return columnIds.flatMap((column) => {
    const text = cells[column]
    return text === undefined ? [] : [{ row, column, text }]
  })
}
