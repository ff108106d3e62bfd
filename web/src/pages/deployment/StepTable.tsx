import type { VmView } from '@deployer/core/deployment.ts'
import { useRef } from 'react'
import { useServerNow } from '../../components/useServerNow.ts'
import { useWidth } from '../../components/useWidth.ts'
import { isVmActive, type Column } from './model.ts'
import { headCell, RowTable, type TableItem } from './RowTable.tsx'
import { VmRow } from './VmRow.tsx'

export type TableLayout = 'matrix' | 'compact' | 'strip'

/** What each layout needs beside its step columns: name, VMID, node, what it does now, address, time. */
const layoutFor = (width: number | null, columns: number): TableLayout =>
  width === null || width >= 464 + 190 + columns * 54
    ? 'matrix'
    : width >= 436 + 120 + columns * 48
      ? 'compact'
      : 'strip'

/** Rows are VMs, columns are the steps that they share. Where there is no room, one column holds
 * them as a strip. */
export function StepTable({
  items,
  columns,
  opened,
  messages,
  onToggle,
}: {
  items: readonly TableItem[]
  columns: readonly Column[]
  opened: ReadonlySet<string>
  /** Failures show under their row without opening it. */
  messages: boolean
  onToggle: (vm: VmView) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const layout = layoutFor(useWidth(box), columns.length)
  const running = items.some((item) => item.kind === 'vm' && isVmActive(item.vm))
  const now = useServerNow(running ? 1000 : null)
  const width = layout === 'strip' ? 5 : 6 + columns.length
  return (
    <div ref={box}>
      <RowTable
        items={items}
        width={width}
        onToggle={onToggle}
        head={<Head columns={columns} layout={layout} />}
        renderRow={(vm, rowIndex) => (
          <VmRow
            vm={vm}
            rowIndex={rowIndex}
            columns={columns}
            layout={layout}
            width={width}
            open={opened.has(vm.id)}
            message={messages}
            // A VM that is done never changes with the clock, so its row is not drawn again.
            now={isVmActive(vm) ? now : 0}
            onToggle={onToggle}
          />
        )}
      />
    </div>
  )
}

function Head({ columns, layout }: { columns: readonly Column[]; layout: TableLayout }) {
  const strip = layout === 'strip'
  return (
    <>
      <colgroup>
        <col className={strip ? undefined : layout === 'matrix' ? 'w-[148px]' : 'w-[136px]'} />
        {!strip && <col className="w-14" />}
        {!strip && <col className="w-[72px]" />}
        {strip ? (
          <col style={{ width: Math.max(152, columns.length * 17 + 16) }} />
        ) : (
          columns.map(({ id }) => (
            <col key={id} className={layout === 'matrix' ? 'w-[54px]' : 'w-12'} />
          ))
        )}
        <col className={strip ? 'w-[28%]' : undefined} />
        <col className={layout === 'matrix' ? 'w-[124px]' : 'w-[108px]'} />
        <col className="w-16" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={`${headCell} rounded-tl-lg pr-2 pl-9 text-left`}>
            VM
          </th>
          {!strip && (
            <>
              <th scope="col" className={`${headCell} px-2 text-left`}>
                VMID
              </th>
              <th scope="col" className={`${headCell} px-2 text-left`}>
                Node
              </th>
            </>
          )}
          {strip ? (
            <th scope="col" className={`${headCell} px-2 text-left`}>
              Steps
            </th>
          ) : (
            columns.map(({ id, name }) => (
              <th
                key={id}
                scope="col"
                className={`${headCell} text-center text-2xs! leading-3! whitespace-normal!`}
              >
                {name}
              </th>
            ))
          )}
          <th scope="col" className={`${headCell} pr-2 pl-5 text-left`}>
            Now
          </th>
          <th scope="col" className={`${headCell} px-2 text-left`}>
            Address
          </th>
          <th scope="col" className={`${headCell} rounded-tr-lg pr-5 pl-1 text-right`}>
            Time
          </th>
        </tr>
      </thead>
    </>
  )
}
