/** Where the active cell is, which range belongs to it, and where the keys take it. */

export type Spot = { row: number; column: number }

/** The active cell and the far corner of the range; both the same where one cell is selected. */
export type Selection = { active: Spot; far: Spot }

export type Size = { rows: number; columns: number }

export type Box = { top: number; bottom: number; left: number; right: number }

export const firstCell: Selection = at({ row: 0, column: 0 })

export function at(spot: Spot): Selection {
  return { active: spot, far: spot }
}

export function boxOf({ active, far }: Selection): Box {
  return {
    top: Math.min(active.row, far.row),
    bottom: Math.max(active.row, far.row),
    left: Math.min(active.column, far.column),
    right: Math.max(active.column, far.column),
  }
}

/** The selection within a table that may have become smaller. */
export function clamped({ active, far }: Selection, size: Size): Selection {
  return { active: within(active, size), far: within(far, size) }
}

function within({ row, column }: Spot, { rows, columns }: Size): Spot {
  return {
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  }
}

/** Rows that Page Up and Page Down go. */
const PAGE = 12

/** Where an arrow or its like leads; null for a key that does not move. With `extend` the range grows instead. */
export function moved(
  selection: Selection,
  key: string,
  { extend, jump }: { extend: boolean; jump: boolean },
  size: Size,
): Selection | null {
  const from = extend ? selection.far : selection.active
  const to = target(from, key, jump, size)
  if (to === null) return null
  const spot = within(to, size)
  return extend ? { active: selection.active, far: spot } : at(spot)
}

function target({ row, column }: Spot, key: string, jump: boolean, size: Size): Spot | null {
  const last = { row: size.rows - 1, column: size.columns - 1 }
  switch (key) {
    case 'ArrowUp':
      return { row: jump ? 0 : row - 1, column }
    case 'ArrowDown':
      return { row: jump ? last.row : row + 1, column }
    case 'ArrowLeft':
      return { row, column: jump ? 0 : column - 1 }
    case 'ArrowRight':
      return { row, column: jump ? last.column : column + 1 }
    case 'Home':
      return { row: jump ? 0 : row, column: 0 }
    case 'End':
      return { row: jump ? last.row : row, column: last.column }
    case 'PageUp':
      return { row: row - PAGE, column }
    case 'PageDown':
      return { row: row + PAGE, column }
    default:
      return null
  }
}
