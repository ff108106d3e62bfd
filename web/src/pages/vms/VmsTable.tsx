import { ArrowDownIcon, ArrowUpIcon } from '@heroicons/react/16/solid'
import type { VmRow } from '@deployer/core/vm.ts'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { cx } from '../../ui/cx.ts'
import { type Column, useShownColumns } from './columns.ts'
import type { Sort, VmsSearch } from './search.ts'
import { VmTableRow } from './VmTableRow.tsx'
import type { Selection } from './rows.ts'

const ROW_HEIGHT = 36
const HEAD_HEIGHT = 32
const SELECT_WIDTH = 40
const STATE_WIDTH = 104
const MENU_WIDTH = 40

/** A table of all VMs that fit; only the rows on the screen are in the page. */
export function VmsTable({
  vms,
  search,
  onSort,
  selection,
  onSelect,
  onSelectAll,
  now,
}: {
  vms: readonly VmRow[]
  search: Pick<VmsSearch, 'sort' | 'down'>
  onSort: (sort: Sort) => void
  selection: Selection
  onSelect: (vmid: number, on: boolean, shift: boolean) => void
  onSelectAll: (on: boolean) => void
  now: number
}) {
  const table = useRef<HTMLTableElement>(null)
  const shown = useShownColumns()
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () =>
      setTop((table.current?.getBoundingClientRect().top ?? 0) + window.scrollY + HEAD_HEIGHT)
    measure()
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: vms.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollMargin: top,
  })
  const visible = virtualizer.getVirtualItems()
  const before = (visible[0]?.start ?? top) - top
  const after = virtualizer.getTotalSize() - ((visible.at(-1)?.end ?? top) - top)
  const picked = vms.reduce((count, { vmid }) => count + Number(selection.has(vmid)), 0)
  const count = shown.length + 4
  return (
    <div className="card">
      <table
        ref={table}
        aria-label="VMs"
        aria-rowcount={vms.length + 1}
        className="w-full table-fixed border-separate border-spacing-0"
      >
        <colgroup>
          <col style={{ width: SELECT_WIDTH }} />
          <col style={{ width: STATE_WIDTH }} />
          <col />
          {shown.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
          <col style={{ width: MENU_WIDTH }} />
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={cx(HEAD, 'rounded-tl-lg pl-3')}>
              <Checkbox
                checked={vms.length > 0 && picked === vms.length}
                mixed={picked > 0 && picked < vms.length}
                onChange={onSelectAll}
                label={<span className="sr-only">All {vms.length} VMs of this list</span>}
              />
            </th>
            <SortHead id="state" title="State" search={search} onSort={onSort} />
            <SortHead id="name" title="Name" search={search} onSort={onSort} />
            {shown.map(({ id, title }) => (
              <SortHead key={id} id={id} title={title} search={search} onSort={onSort} />
            ))}
            <th scope="col" className={cx(HEAD, 'rounded-tr-lg')}>
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <Spacer height={before} width={count} />
          {visible.map(({ index }) => {
            const vm = vms[index]
            return (
              vm && (
                <VmTableRow
                  key={vm.vmid}
                  vm={vm}
                  rowIndex={index + 2}
                  columns={shown}
                  selected={selection.has(vm.vmid)}
                  onSelect={onSelect}
                  now={now}
                />
              )
            )
          })}
          <Spacer height={after} width={count} />
        </tbody>
      </table>
    </div>
  )
}

const HEAD =
  'sticky top-0 z-10 h-8 border-b border-line bg-raised px-2 text-left text-xs font-medium whitespace-nowrap text-muted'

function SortHead({
  id,
  title,
  search: { sort = 'name', down = false },
  onSort,
}: {
  id: Column | 'name' | 'state'
  title: string
  search: Pick<VmsSearch, 'sort' | 'down'>
  onSort: (sort: Sort) => void
}) {
  if (id === 'tags')
    return (
      <th scope="col" className={HEAD}>
        {title}
      </th>
    )
  const on = sort === id
  const Arrow = down ? ArrowDownIcon : ArrowUpIcon
  return (
    <th
      scope="col"
      aria-sort={on ? (down ? 'descending' : 'ascending') : undefined}
      className={HEAD}
    >
      <button
        type="button"
        onClick={() => onSort(id)}
        className={cx(
          'inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-ink',
          on && 'text-ink',
        )}
      >
        {title}
        {on && <Arrow className="size-3.5" aria-hidden />}
      </button>
    </th>
  )
}

function Spacer({ height, width }: { height: number; width: number }) {
  return height <= 0 ? null : (
    <tr aria-hidden>
      <td colSpan={width} style={{ height, padding: 0 }} />
    </tr>
  )
}
