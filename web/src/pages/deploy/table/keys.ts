/** Keys and pointers of the grid, as handlers for its element. */
import type { ClipboardEvent, KeyboardEvent, MouseEvent, PointerEvent } from 'react'
import { resetRows } from './edits.ts'
import { applyFix, fixOf } from './fixes.ts'
import { at, type Spot } from './selection.ts'
import type { GridState } from './useGrid.ts'
import type { Table } from './useTable.ts'

/** How close to its edge a drag makes the grid scroll, and by how much. */
const EDGE = 24

export function gridHandlers(table: Table, grid: GridState) {
  return {
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (!onCell(event.target)) return
      if (pressed(event, table, grid)) event.preventDefault()
    },
    onDoubleClick: (event: MouseEvent<HTMLElement>) => {
      if (spotAt(event.target) !== null && grid.editing === null) grid.startEdit()
    },
    onClick: (event: MouseEvent<HTMLElement>) => {
      const reset = closest(event.target, '[data-reset]')?.dataset['reset']
      const row = reset === undefined ? undefined : table.rows[Number(reset)]
      if (row !== undefined) table.edit(resetRows(table.form, [row]))
      const wrong = closest(event.target, '[data-fix]')?.dataset['fix']
      const fix = wrong === undefined ? null : fixOf(table, Number(wrong))
      if (fix !== null) table.edit(applyFix(table, fix))
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      if (closest(event.target, '[data-handle]') !== null) {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        grid.setFillTo(grid.box.bottom)
        return
      }
      const spot = spotAt(event.target)
      if (spot === null) return
      // What is being typed elsewhere is taken; it would be gone with its field otherwise.
      if (grid.editing !== null && document.activeElement instanceof HTMLElement) {
        document.activeElement.blur()
      }
      grid.select(event.shiftKey ? { active: grid.selection.active, far: spot } : at(spot))
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.buttons !== 1) return
      const { bottom } = event.currentTarget.getBoundingClientRect()
      if (grid.fillTo !== null && event.clientY > bottom - EDGE)
        event.currentTarget.scrollTop += EDGE
      const under = document.elementFromPoint(event.clientX, event.clientY)
      if (grid.fillTo !== null) {
        const row = closest(under, '[data-grid-row]')?.dataset['gridRow']
        if (row !== undefined) grid.setFillTo(Math.max(grid.box.bottom, Number(row)))
        return
      }
      const spot = grid.editing === null ? spotAt(under) : null
      const { active, far } = grid.selection
      if (spot !== null && (spot.row !== far.row || spot.column !== far.column)) {
        grid.select({ active, far: spot })
      }
    },
    onPointerUp: () => grid.fillHandle(),
    onCopy: (event: ClipboardEvent<HTMLElement>) => {
      if (!onCell(event.target)) return
      event.preventDefault()
      event.clipboardData.setData('text/plain', grid.copy())
    },
    onCut: (event: ClipboardEvent<HTMLElement>) => {
      if (!onCell(event.target)) return
      event.preventDefault()
      event.clipboardData.setData('text/plain', grid.copy())
      grid.clear()
    },
    onPaste: (event: ClipboardEvent<HTMLElement>) => {
      if (!onCell(event.target)) return
      event.preventDefault()
      grid.paste(event.clipboardData.getData('text/plain'))
    },
  }
}

/** Says whether the key was for the grid. */
function pressed(event: KeyboardEvent<HTMLElement>, table: Table, grid: GridState): boolean {
  const { key, shiftKey, altKey } = event
  const command = event.ctrlKey || event.metaKey
  if (key === 'Tab') return tabbed(shiftKey, grid)
  if (altKey) return false
  if (command) return commanded(key.toLowerCase(), shiftKey, table, grid)
  if (key === 'Enter' || key === 'F2') grid.startEdit()
  else if (key === 'Delete' && shiftKey) grid.deleteSelected()
  else if (key === 'Delete' || key === 'Backspace') grid.clear()
  else if (key === 'Escape') grid.select(at(grid.selection.active))
  else if (key.length === 1) grid.startEdit(key)
  else return grid.move(key, { extend: shiftKey, jump: false })
  return true
}

/** From cell to cell; at the end of a row it leaves the grid, so that nobody is caught in it. */
function tabbed(shift: boolean, grid: GridState): boolean {
  const { active } = grid.selection
  grid.move(shift ? 'ArrowLeft' : 'ArrowRight', { extend: false, jump: false })
  return shift ? active.column > 0 : active.column < grid.lastColumn
}

function commanded(key: string, shift: boolean, table: Table, grid: GridState): boolean {
  switch (key) {
    case 'd':
      grid.fillDown()
      return true
    case 'a':
      grid.selectAll()
      return true
    case 'z':
      if (shift) table.redo?.()
      else table.undo?.()
      return true
    case 'y':
      table.redo?.()
      return true
    default:
      return grid.move(jumpKeys[key] ?? '', { extend: shift, jump: true })
  }
}

/** Keys in their own spelling. */
const jumpKeys: Record<string, string> = {
  arrowup: 'ArrowUp',
  arrowdown: 'ArrowDown',
  arrowleft: 'ArrowLeft',
  arrowright: 'ArrowRight',
  home: 'Home',
  end: 'End',
}

function closest(target: EventTarget | null, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null
}

function onCell(target: EventTarget): boolean {
  return closest(target, '[data-column]') !== null && closest(target, 'input') === null
}

function spotAt(target: EventTarget | null): Spot | null {
  const cell = closest(target, '[data-column]')
  const row = closest(cell, '[data-grid-row]')
  if (cell === null || row === null) return null
  return { row: Number(row.dataset['gridRow']), column: Number(cell.dataset['column']) }
}
