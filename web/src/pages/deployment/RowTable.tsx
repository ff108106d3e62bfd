import type { VmView } from '@deployer/core/deployment.ts'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'

export type TableItem = { kind: 'vm'; vm: VmView } | { kind: 'group'; name: string; count: number }

/** From this many rows on, only what is on the screen is in the page. */
const VIRTUAL_FROM = 100
const ROW_HEIGHT = 37
const HEAD_HEIGHT = 32

/** Looks of a column's head; it stays at the top while the rows scroll under it. */
export const headCell =
  'sticky top-0 z-10 h-8 border-b border-line bg-raised text-xs font-medium whitespace-nowrap text-muted'

/** A table of VMs whose rows open; each VM is a `tbody` of its own, with its detail row. */
export function RowTable({
  items,
  width,
  head,
  title,
  renderRow,
  onToggle,
}: {
  items: readonly TableItem[]
  /** Number of columns. */
  width: number
  /** `colgroup` and `thead`. */
  head: ReactNode
  /** Above the columns, within the card. */
  title?: ReactNode | undefined
  renderRow: (vm: VmView, rowIndex: number) => ReactNode
  onToggle: (vm: VmView) => void
}) {
  const table = useRef<HTMLTableElement>(null)
  useRowClicks(table, items, onToggle)
  const virtual = items.length >= VIRTUAL_FROM
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () =>
      setTop((table.current?.getBoundingClientRect().top ?? 0) + window.scrollY + HEAD_HEIGHT)
    measure()
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: virtual ? items.length : 0,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : item.kind === 'vm' ? item.vm.id : item.name
    },
  })
  const visible = virtualizer.getVirtualItems()
  const before = (visible[0]?.start ?? top) - top
  const after = virtualizer.getTotalSize() - ((visible.at(-1)?.end ?? top) - top)

  const body = (item: TableItem, index: number) => (
    <tbody
      key={item.kind === 'vm' ? item.vm.id : `group ${item.name}`}
      ref={virtual ? virtualizer.measureElement : undefined}
      data-index={index}
      className="not-last:[&>tr:last-child>*]:border-b [&>tr>*]:border-line"
    >
      {item.kind === 'group' ? (
        <tr>
          <th
            scope="rowgroup"
            colSpan={width}
            className="h-8 border-line bg-raised/60 px-4 text-left text-xs font-medium text-ink"
          >
            {item.name} <span className="font-normal text-muted">{item.count}</span>
          </th>
        </tr>
      ) : (
        renderRow(item.vm, index + 2)
      )}
    </tbody>
  )

  return (
    <div className="card">
      {title}
      <table
        ref={table}
        className="w-full table-fixed border-separate border-spacing-0"
        aria-rowcount={virtual ? items.length + 1 : undefined}
      >
        {head}
        {virtual ? (
          <>
            <Spacer height={before} width={width} />
            {visible.map(({ index }) => {
              const item = items[index]
              return item && body(item, index)
            })}
            <Spacer height={after} width={width} />
          </>
        ) : (
          items.map(body)
        )}
      </table>
    </div>
  )
}

function Spacer({ height, width }: { height: number; width: number }) {
  return height <= 0 ? null : (
    <tbody aria-hidden>
      <tr>
        <td colSpan={width} style={{ height }} />
      </tr>
    </tbody>
  )
}

/**
 * A click anywhere in a row opens it, as its button does; not one on something else that can be pressed, and not the end
 * of marking text.
 */
function useRowClicks(
  table: React.RefObject<HTMLTableElement | null>,
  items: readonly TableItem[],
  onToggle: (vm: VmView) => void,
) {
  useEffect(() => {
    const element = table.current
    const click = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.target.closest('button, a')) return
      if (window.getSelection()?.isCollapsed === false) return
      const id = event.target.closest('tr[data-vm]')?.getAttribute('data-vm')
      const item = items.find((one) => one.kind === 'vm' && one.vm.id === id)
      if (item?.kind === 'vm') onToggle(item.vm)
    }
    element?.addEventListener('click', click)
    return () => element?.removeEventListener('click', click)
  }, [table, items, onToggle])
}
