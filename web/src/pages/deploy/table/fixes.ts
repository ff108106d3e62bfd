/** What one click makes of a wrong cell. Pure. */
import { parseCidr } from '@deployer/core/addresses.ts'
import type { ColumnId } from './columns.ts'
import { type Change, nextNames, setCells } from './edits.ts'
import type { CellProblem } from './problems.ts'
import { type Base, cellOf, inheritedCell, nameOf, type Row } from './rows.ts'
import type { DeployForm } from '../form.ts'
import { continuation } from './series.ts'

/** `words` for the button: `Use 10.20.0.51`. */
export type Fix = { words: string; change: Change }

type Table = {
  form: DeployForm
  rows: readonly Row[]
  base: Base
  problems: ReadonlyMap<number, readonly CellProblem[]>
}

/** The way out of a row's first problem; null where only a person knows one. */
export function fixOf({ form, rows, base, problems }: Table, index: number): Fix | null {
  const row = rows[index]
  const column = problems.get(index)?.[0]?.column
  if (row === undefined || column === undefined) return null
  const take = (text: string | undefined): Fix | null =>
    text === undefined ? null : { words: `Use ${text}`, change: { row, column, text } }
  if (column === 'name') return take(freeName(form, rows, row))
  if (column === 'ip' && parseCidr(cellOf(row, base, 'ip')) !== null)
    return take(freeAddress(rows, base, row))
  return row.cells[column] === undefined ? null : back(row, base, column)
}

/** The form after the fix. */
export const applyFix = ({ form, base }: Table, { change }: Fix): DeployForm =>
  setCells(form, base, [change])

function freeName(form: DeployForm, rows: readonly Row[], row: Row): string | undefined {
  const others = rows.filter((other) => other !== row).map((other) => nameOf(other).toLowerCase())
  const { patternName } = row
  const ownOne = row.cells.name !== undefined && row.cells.name !== patternName
  if (ownOne && patternName !== '' && !others.includes(patternName.toLowerCase()))
    return patternName
  return nextNames(form, 1)[0]
}

/** The next one that no row has; whether another VM of the cluster has it, the plan says. */
function freeAddress(rows: readonly Row[], base: Base, row: Row): string | undefined {
  const taken = new Set(rows.map((other) => cellOf(other, base, 'ip')))
  return continuation([cellOf(row, base, 'ip')], taken.size + 1, true).find(
    (candidate) => !taken.has(candidate) && parseCidr(candidate) !== null,
  )
}

function back(row: Row, base: Base, column: ColumnId): Fix {
  const inherited = inheritedCell(row, base, column)
  const words = inherited === '' ? 'Let the plan choose' : `Back to ${inherited}`
  return { words, change: { row, column, text: '' } }
}
