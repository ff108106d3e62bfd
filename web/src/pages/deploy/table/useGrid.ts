import { useState } from 'react'
import { type ColumnId, columns } from './columns.ts'
import type { Leave } from './CellEditor.tsx'
import { formatDelimited, parseDelimited } from './delimited.ts'
import { type Change, deleteRows, duplicateRows, roomFor, setCells } from './edits.ts'
import { inheritedText } from './GridRow.tsx'
import { looksLikeHead } from './mapping.ts'
import { cellProblem, isUnique } from './problems.ts'
import { cellOf, nameOf, type Row } from './rows.ts'
import {
  at,
  type Box,
  boxOf,
  clamped,
  firstCell,
  moved,
  type Selection,
  type Spot,
} from './selection.ts'
import { continuation } from './series.ts'
import type { Table } from './useTable.ts'

/** What was copied here, so that pasting it back asks nothing; automatic cells stay automatic. */
type Copied = { text: string; cells: string[][] }

/** Selection, editing, filling and the clipboard of the grid. `onPaste` gets what has to be asked about first. */
export function useGrid(table: Table, shown: readonly ColumnId[], onPaste: (text: string) => void) {
  const [kept, setKept] = useState<Selection>(firstCell)
  const [focus, setFocus] = useState(0)
  const [editing, setEditing] = useState<string | null>(null)
  const [fillTo, setFillTo] = useState<number | null>(null)
  const [copied, setCopied] = useState<Copied | null>(null)
  const { form, rows, base, edit } = table
  const size = { rows: rows.length, columns: shown.length }
  // Rows may have gone meanwhile, and a row that is just being added is not there yet.
  const selection = clamped(kept, size)
  const box = boxOf(selection)
  const activeRow = rows[selection.active.row]
  const activeColumn = shown[selection.active.column] ?? 'name'

  const select = (next: Selection) => {
    setKept(next)
    setEditing(null)
    setFocus(focus + 1)
  }
  const change = (changes: readonly Change[]) => {
    if (changes.length > 0) edit(setCells(form, base, changes))
  }
  const selectedRows = rows.slice(box.top, box.bottom + 1)

  const startEdit = (typed?: string) => {
    if (activeRow === undefined) return
    setKept(at(selection.active))
    setEditing(typed ?? cellOf(activeRow, base, activeColumn))
  }
  const commit = (text: string, leave: Leave) => {
    if (activeRow !== undefined && text !== cellOf(activeRow, base, activeColumn)) {
      change([{ row: activeRow, column: activeColumn, text }])
    }
    setEditing(null)
    if (leave !== 'stay') select(at(step(selection.active, leave, size)))
  }
  const clear = () => change(everywhere(''))
  /** Cells of the range, one line for each row. */
  const texts = (read: (row: Row, column: ColumnId) => string) =>
    selectedRows.map((row) => shown.slice(box.left, box.right + 1).map((id) => read(row, id)))

  const copy = (): string => {
    const seen = texts(
      (row, id) =>
        row.cells[id] ??
        inheritedText({ row, base, planned: table.planned.get(nameOf(row).toLowerCase()) }, id),
    )
    const text = formatDelimited(seen, '\t')
    setCopied({ text, cells: texts((row, id) => cellOf(row, base, id)) })
    return text
  }
  /** Straight in where there is nothing to ask: own cells, one value, one readable column. */
  const paste = (text: string) => {
    const own = copied !== null && copied.text === text.replaceAll(/\r?\n/g, '\r\n')
    const lines = own ? copied.cells : parseDelimited(text)
    const [first] = lines
    if (first === undefined) return
    const single = lines.length === 1 && first.length === 1
    const column = lines.map((line) => line[0] ?? '')
    const plain =
      lines.every((line) => line.length === 1) &&
      !looksLikeHead(first) &&
      column.every((cell) => cellProblem(base, activeColumn, cell) === null)
    const fits = box.top + lines.length <= rows.length && box.left + first.length <= shown.length
    if (single) change(everywhere(column[0] ?? ''))
    else if (fits && (own || plain)) change(placed(lines))
    else onPaste(text)
  }
  const everywhere = (text: string): Change[] =>
    selectedRows.flatMap((row) =>
      shown.slice(box.left, box.right + 1).map((id) => ({ row, column: id, text })),
    )
  const placed = (lines: readonly (readonly string[])[]): Change[] =>
    lines.flatMap((line, down) =>
      line.flatMap((text, across) => {
        const row = rows[box.top + down]
        const column = shown[box.left + across]
        return row === undefined || column === undefined ? [] : [{ row, column, text }]
      }),
    )

  /** Ctrl+D: the first row of the range into the others; a single row takes those of the one above. */
  const fillDown = () => {
    const top = box.top === box.bottom ? box.top - 1 : box.top
    if (top >= 0) change(fill({ ...box, top, bottom: top }, top + 1, box.bottom))
  }
  const fillHandle = () => {
    if (fillTo === null) return
    setFillTo(null)
    if (fillTo > box.bottom) {
      change(fill(box, box.bottom + 1, fillTo))
      setKept({
        active: { row: box.top, column: box.left },
        far: { row: fillTo, column: box.right },
      })
    }
  }
  const fill = (source: Box, from: number, to: number): Change[] =>
    shown.slice(source.left, source.right + 1).flatMap((column) => {
      const cells = rows
        .slice(source.top, source.bottom + 1)
        .map((row) => cellOf(row, base, column))
      const filled = continuation(cells, to - from + 1, isUnique(column))
      return rows.slice(from, to + 1).map((row, index) => {
        return { row, column, text: filled[index] ?? '' }
      })
    })

  return {
    selection,
    box,
    focus,
    editing,
    fillTo,
    selectedRows,
    activeRow,
    activeColumn,
    select,
    startEdit,
    commit,
    cancel: () => select(selection),
    clear,
    copy,
    paste,
    fillDown,
    setFillTo,
    fillHandle,
    deleteSelected: () => {
      edit(deleteRows(form, selectedRows))
      select(at({ row: box.top, column: selection.active.column }))
    },
    duplicateSelected: () => {
      if (roomFor(form) === 0) return
      edit(duplicateRows(form, selectedRows))
      select(at({ row: rows.length, column: selection.active.column }))
    },
    move: (key: string, keys: { extend: boolean; jump: boolean }) => {
      const next = moved(selection, key, keys, size)
      if (next !== null) select(next)
      return next !== null
    },
    selectAll: () =>
      setKept({
        active: { row: 0, column: 0 },
        far: { row: size.rows - 1, column: size.columns - 1 },
      }),
    lastColumn: shown.length - 1,
    goTo: (row: number, column: number) => select(at({ row, column })),
  }
}

export type GridState = ReturnType<typeof useGrid>

/** One cell on; Tab at the end of a row begins the next. */
function step({ row, column }: Spot, leave: Leave, size: { rows: number; columns: number }): Spot {
  switch (leave) {
    case 'down':
      return { row: Math.min(row + 1, size.rows - 1), column }
    case 'up':
      return { row: Math.max(row - 1, 0), column }
    case 'right':
      return column + 1 < size.columns || row + 1 >= size.rows
        ? { row, column: Math.min(column + 1, size.columns - 1) }
        : { row: row + 1, column: 0 }
    case 'left':
      return column > 0 || row === 0
        ? { row, column: Math.max(column - 1, 0) }
        : { row: row - 1, column: size.columns - 1 }
    case 'stay':
      return { row, column }
  }
}

/** `Row 7, memory`. */
export function spotWords(grid: GridState): string {
  return `Row ${grid.selection.active.row + 1}, ${columns[grid.activeColumn].word}`
}
