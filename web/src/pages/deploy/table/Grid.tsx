import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type ComponentProps, type ReactNode, useLayoutEffect, useRef } from 'react'
import { cx } from '../../../ui/cx.ts'
import { type ColumnId, columns } from './columns.ts'
import { fixOf } from './fixes.ts'
import { GridRow, NOTE_HEIGHT, ROW_HEIGHT } from './GridRow.tsx'
import { nameOf } from './rows.ts'
import { boxOf, type Selection } from './selection.ts'
import type { Table } from './useTable.ts'

declare module 'react' {
  interface CSSProperties {
    '--grid-columns'?: string
    '--grid-least'?: string
  }
}

/** Rows that are kept beyond the edge, so that scrolling shows no gap. */
const OVERSCAN = 8

/** The cells: column heads, the pattern's row, and the rows that are in view. */
export function Grid({
  table,
  shown,
  selection,
  fillTo,
  editor,
  patternRow,
  focus,
  handlers,
}: {
  table: Table
  shown: readonly ColumnId[]
  selection: Selection
  /** The row down (or up) to which the fill handle is pulled; null where it rests. */
  fillTo: number | null
  editor: ReactNode
  patternRow: ReactNode
  /** Grows with each move that the focus shall follow. */
  focus: number
  handlers: ComponentProps<'div'>
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const { rows, problems } = table
  const active = selection.active
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW_HEIGHT + 1 + (problems.has(index) ? NOTE_HEIGHT - 1 : 0),
    overscan: OVERSCAN,
    // The active row stays, wherever one scrolls to: it has the focus.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), active.row])]
        .filter((index) => index < rows.length)
        .toSorted((a, b) => a - b),
  })
  useLayoutEffect(() => virtual.measure(), [virtual, problems])
  useLayoutEffect(() => {
    if (focus === 0) return
    virtual.scrollToIndex(active.row, { align: 'auto' })
    const place = `[data-grid-row="${active.row}"] [data-column="${active.column}"]`
    const cell = scroller.current?.querySelector<HTMLElement>(place)
    if (cell?.contains(document.activeElement) !== true) cell?.focus({ preventScroll: true })
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [virtual, active.row, active.column, focus])

  const box = boxOf(selection)
  const top = fillTo === null ? box.top : Math.min(box.top, fillTo)
  const bottom = fillTo === null ? box.bottom : Math.max(box.bottom, fillTo)
  const layout = ['36px', ...shown.map(trackOf), '32px'].join(' ')
  const least = 68 + shown.reduce((sum, id) => sum + columns[id].width, 0)
  return (
    <div
      {...handlers}
      ref={scroller}
      role="grid"
      aria-label="VMs"
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-colcount={shown.length + 2}
      style={{ '--grid-columns': layout, '--grid-least': `${least}px` }}
      className="max-h-[max(320px,calc(100dvh-300px))] overflow-auto outline-none [scroll-padding:36px_0_8px_36px]"
    >
      <div className="min-w-(--grid-least)">
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-2 grid grid-cols-(--grid-columns) border-b border-line bg-raised"
        >
          <span role="columnheader" className="sr-only">
            Row
          </span>
          <span aria-hidden />
          {shown.map((id) => (
            <span
              key={id}
              role="columnheader"
              className={cx(
                'th flex items-center border-l border-line px-2.5! first:border-l-0',
                columns[id].align === 'right' && 'justify-end',
              )}
            >
              {columns[id].title}
            </span>
          ))}
          <span role="columnheader" className="sr-only">
            Back to the pattern
          </span>
        </div>
        {patternRow}
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            const inRange = item.index >= top && item.index <= bottom
            const isActive = item.index === active.row
            return (
              <div
                key={item.key}
                role="presentation"
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <GridRow
                  index={item.index}
                  row={row}
                  base={table.base}
                  shown={shown}
                  planned={table.planned.get(nameOf(row).toLowerCase())}
                  problems={problems.get(item.index)}
                  fix={fixOf(table, item.index)?.words ?? null}
                  active={isActive ? active.column : null}
                  from={inRange ? box.left : null}
                  to={inRange ? box.right : null}
                  handle={item.index === box.bottom}
                  filling={fillTo !== null && inRange}
                  editor={isActive ? editor : null}
                />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function trackOf(id: ColumnId): string {
  const { width, grow } = columns[id]
  return grow === 0 ? `${width}px` : `minmax(${width}px, ${grow}fr)`
}
