import { ArrowUturnLeftIcon } from '@heroicons/react/16/solid'
import type { PlannedVm } from '@deployer/core/plan.ts'
import { memo, type ReactNode } from 'react'
import { cx } from '../../../ui/cx.ts'
import { StatusGlyph } from '../../../ui/StatusGlyph.tsx'
import { type ColumnId, columns } from './columns.ts'
import type { CellProblem } from './problems.ts'
import { type Base, inheritedCell, nameOf, type Row } from './rows.ts'

export const ROW_HEIGHT = 32
export const NOTE_HEIGHT = 25

export type GridRowProps = {
  index: number
  row: Row
  base: Base
  shown: readonly ColumnId[]
  planned: PlannedVm | undefined
  problems: readonly CellProblem[] | undefined
  /** What one click would do about it; null where there is nothing. */
  fix: string | null
  /** The active cell's column, where it is in this row. */
  active: number | null
  /** First and last selected column, where the range crosses this row. */
  from: number | null
  to: number | null
  /** The range ends in this row: its lower right corner has the handle. */
  handle: boolean
  /** The fill handle is being pulled over this row. */
  filling: boolean
  /** In place of the active cell's text. */
  editor: ReactNode
}

/** A VM of the table and, below it, what is wrong with it. Keys and pointers are the grid's. */
export const GridRow = memo(BareGridRow, sameRow)

function BareGridRow(props: GridRowProps) {
  const { index, row, shown, problems, active, from, to } = props
  const wrong = problems !== undefined
  const changed = Object.keys(row.cells).some((id) => id !== 'name' || row.place.kind === 'pattern')
  return (
    <div
      data-grid-row={index}
      className={cx('border-b border-line', wrong ? 'bg-bad-soft' : 'bg-surface')}
    >
      <div role="row" aria-rowindex={index + 2} className="grid h-8 grid-cols-(--grid-columns)">
        <span
          role="rowheader"
          className="flex items-center justify-center text-2xs text-faint tabular-nums"
        >
          {wrong ? <StatusGlyph kind="failed" label={`Row ${index + 1}, must fix`} /> : index + 1}
        </span>
        {shown.map((id, column) => {
          const own = row.cells[id]
          const bad = problems?.some((problem) => problem.column === id) === true
          const isActive = active === column
          const inRange = from !== null && to !== null && column >= from && column <= to
          const look = columns[id]
          return (
            <div
              key={id}
              role="gridcell"
              data-column={column}
              tabIndex={isActive ? 0 : -1}
              aria-colindex={column + 2}
              aria-selected={inRange}
              aria-invalid={bad || undefined}
              className={cx(
                'relative flex min-w-0 cursor-cell items-center border-l border-line px-2.5 text-xs outline-none select-none',
                look.align === 'right' && 'justify-end',
                look.mono && 'font-mono',
                bad
                  ? own === undefined
                    ? 'text-bad'
                    : 'font-semibold text-bad'
                  : own === undefined
                    ? 'text-faint'
                    : 'font-semibold text-ink',
                inRange && !isActive && 'bg-accent-soft',
                isActive && 'shadow-[inset_0_0_0_2px_var(--c-accent-text)]',
                props.filling && from !== null && inRange && 'bg-accent-soft',
              )}
            >
              {isActive && props.editor !== null ? (
                props.editor
              ) : (
                <span className="truncate">{own ?? inheritedText(props, id)}</span>
              )}
              {props.handle && column === to && props.editor === null && (
                <span
                  data-handle
                  aria-hidden
                  className="absolute -right-px -bottom-px z-1 size-[7px] cursor-crosshair bg-accent-text ring-1 ring-surface"
                />
              )}
            </div>
          )
        })}
        <span role="gridcell" className="flex items-center justify-center">
          {changed && (
            <button
              type="button"
              data-reset={index}
              tabIndex={-1}
              aria-label={`Row ${index + 1} back to the pattern`}
              title="Back to the pattern"
              className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-raised hover:text-ink"
            >
              <ArrowUturnLeftIcon className="size-3.5" aria-hidden />
            </button>
          )}
        </span>
      </div>
      {wrong && (
        <div role="row" className="h-[24px] border-t border-bad-line/40 pl-9 text-xs">
          <div
            role="gridcell"
            aria-colspan={shown.length + 2}
            title={problems.map((problem) => problem.message).join(' ')}
            className="flex gap-3 px-2.5 leading-[23px] text-bad"
          >
            <span className="min-w-0 truncate">
              {problems[0]?.message}
              {problems.length > 1 && ` And ${problems.length - 1} more.`}
            </span>
            {props.fix !== null && (
              // By the keyboard it is reached below the grid.
              <button type="button" data-fix={index} tabIndex={-1} className="link flex-none">
                {props.fix}
              </button>
            )}
          </div>
        </div>
      )}
    </div>
  )
}

/** VMID and node come from the plan where nobody set them. */
export function inheritedText(
  { row, base, planned }: Pick<GridRowProps, 'row' | 'base' | 'planned'>,
  id: ColumnId,
): string {
  const text = inheritedCell(row, base, id)
  if (text !== '') return text
  // The plan of an earlier name says nothing.
  if (planned === undefined || planned.name !== nameOf(row))
    return id === 'vmid' || id === 'node' ? 'auto' : ''
  if (id === 'vmid') return String(planned.vmid)
  return id === 'node' ? planned.node : ''
}

/** Rows are made anew with every change of the form; most of them say the same as before. */
function sameRow(one: GridRowProps, other: GridRowProps): boolean {
  return (
    one.index === other.index &&
    one.row.cells === other.row.cells &&
    one.row.turn === other.row.turn &&
    one.row.patternName === other.row.patternName &&
    one.base === other.base &&
    one.shown === other.shown &&
    one.planned?.vmid === other.planned?.vmid &&
    one.planned?.node === other.planned?.node &&
    one.planned?.name === other.planned?.name &&
    sameProblems(one.problems, other.problems) &&
    one.fix === other.fix &&
    one.active === other.active &&
    one.from === other.from &&
    one.to === other.to &&
    one.handle === other.handle &&
    one.filling === other.filling &&
    one.editor === other.editor
  )
}

function sameProblems(one: GridRowProps['problems'], other: GridRowProps['problems']): boolean {
  if (one === other) return true
  return (
    one?.length === other?.length &&
    one?.every(
      ({ column, message }, index) =>
        other?.[index]?.column === column && other[index].message === message,
    ) === true
  )
}
