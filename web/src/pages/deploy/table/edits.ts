/** What a person does to the table, as the form that comes of it. Pure; nothing is changed in place. */
import { MAX_VMS_PER_DEPLOYMENT } from '@deployer/core/limits.ts'
import type { DeployForm } from '../form.ts'
import { countInPattern, withQuantity } from '../names.ts'
import { type Cells, type ColumnId, readCell } from './columns.ts'
import { patternNames } from './plain.ts'
import { addressAt, type Base, inheritedCell, nameOf, type Row, rowsOf } from './rows.ts'
import { continuation } from './series.ts'

type Table = DeployForm['table']

/** A cell that gets a text; empty goes back to the pattern. */
export type Change = { row: Row; column: ColumnId; text: string }

/** Texts as typed: those that can be read get their normal form, others stay and are marked. */
export function setCells(form: DeployForm, base: Base, changes: readonly Change[]): DeployForm {
  const overrides: Table['overrides'] = { ...form.table.overrides }
  const rows = [...form.table.rows]
  for (const { row, column, text } of changes) {
    const { kind, index } = row.place
    const before = (kind === 'own' ? rows[index] : overrides[index]) ?? {}
    const cells = withCell(before, row, base, column, text)
    if (kind === 'own') rows[index] = cells
    else if (Object.keys(cells).length === 0) delete overrides[index]
    else overrides[index] = cells
  }
  return { ...form, table: { ...form.table, overrides, rows } }
}

function withCell(before: Cells, row: Row, base: Base, column: ColumnId, typed: string): Cells {
  const { [column]: kept, ...rest } = before
  if (typed.trim() === '') {
    // There is no pattern behind the name of a row of its own.
    return column === 'name' && row.place.kind === 'own' ? { ...rest, name: kept ?? '' } : rest
  }
  const read = readCell(column, typed, addressAt(base.ip, 0))
  const text = read.ok ? read.text : typed.trim()
  return text === inheritedCell(row, base, column) && !decidedByPlan(column, base)
    ? rest
    : { ...rest, [column]: text }
}

function decidedByPlan(column: ColumnId, base: Base): boolean {
  return column === 'vmid' || (column === 'node' && base.cells.node === '')
}

/** All cells of some rows back to the pattern; rows of their own keep their names. */
export function resetRows(form: DeployForm, rows: readonly Row[]): DeployForm {
  const overrides = { ...form.table.overrides }
  const own = [...form.table.rows]
  for (const { place, cells } of rows) {
    if (place.kind === 'pattern') delete overrides[place.index]
    else own[place.index] = { name: cells.name ?? '' }
  }
  return { ...form, table: { ...form.table, overrides, rows: own } }
}

/** Takes rows out. At the end of the pattern it gets shorter, elsewhere its VM is left out. */
export function deleteRows(form: DeployForm, rows: readonly Row[]): DeployForm {
  const out = new Set(rows.filter((row) => row.place.kind === 'own').map((row) => row.place.index))
  const gone = new Set([
    ...form.table.gone,
    ...rows.filter((row) => row.place.kind === 'pattern').map((row) => row.place.index),
  ])
  const table = {
    ...form.table,
    gone: [...gone].toSorted((a, b) => a - b),
    rows: form.table.rows.filter((_cells, index) => !out.has(index)),
  }
  return shortened({ ...form, table })
}

/** The pattern without the VMs at its end that were taken out; one stays, because a pattern makes one at least. */
function shortened(form: DeployForm): DeployForm {
  const count = patternNames(form).length
  const gone = new Set(form.table.gone)
  let quantity = count
  while (quantity > 1 && gone.has(quantity - 1)) quantity -= 1
  if (quantity === count || countInPattern(form.namePattern) === null) return form
  const overrides = Object.fromEntries(
    Object.entries(form.table.overrides).filter(([index]) => Number(index) < quantity),
  )
  return {
    ...form,
    quantity,
    namePattern: withQuantity(form.namePattern, quantity),
    table: { ...form.table, overrides, gone: form.table.gone.filter((index) => index < quantity) },
  }
}

/** Room for more rows. */
export function roomFor(form: DeployForm): number {
  return Math.max(0, MAX_VMS_PER_DEPLOYMENT - rowsOf(form).length)
}

/** Rows of their own at the end, as many as there is room for. */
export function addRows(form: DeployForm, added: readonly Cells[]): DeployForm {
  const rows = [...form.table.rows, ...added.slice(0, roomFor(form))]
  return { ...form, table: { ...form.table, rows } }
}

/** Names that go on where the last row ends, none of which is in use. */
export function nextNames(form: DeployForm, wanted: number): string[] {
  const names = rowsOf(form).map(nameOf)
  const used = new Set(names.map((name) => name.toLowerCase()))
  const [last = 'vm-00'] = names.slice(-1)
  const start = /\d/.test(last) ? last : `${last}-1`
  return continuation([start], wanted + names.length, true)
    .filter((name) => !used.has(name.toLowerCase()))
    .slice(0, wanted)
}

/** Copies with names and addresses that go on; a VMID cannot be had twice. */
export function duplicateRows(form: DeployForm, rows: readonly Row[]): DeployForm {
  const names = nextNames(form, rows.length)
  const taken = new Set(rowsOf(form).map((row) => row.cells.ip))
  const copies = rows.map(({ cells: { vmid: _vmid, ip, ...cells } }, index): Cells => {
    const name = names[index] ?? ''
    if (ip === undefined) return { ...cells, name }
    const next = /^(dhcp|template)$/.test(ip) ? ip : freeAfter(ip, taken)
    taken.add(next)
    return { ...cells, name, ip: next }
  })
  return addRows(form, copies)
}

/** The next address that nobody in the table has been given. */
function freeAfter(ip: string, taken: ReadonlySet<string | undefined>): string {
  const candidates = continuation([ip], taken.size + 1, true)
  return candidates.find((candidate) => !taken.has(candidate)) ?? ip
}
