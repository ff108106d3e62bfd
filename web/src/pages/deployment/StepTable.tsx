import type { VmView } from '@deployer/core/deployment.ts'
import { useServerNow } from '../../components/useServerNow.ts'
import { isVmActive, type Column } from './model.ts'
import { headCell, RowTable, type TableItem } from './RowTable.tsx'
import { VmRow } from './VmRow.tsx'

export type TableLayout = 'matrix' | 'compact' | 'strip'

/** Rows are VMs, columns are the steps that they share. Below 1024 px one column holds them as a strip. */
export function StepTable({
  items,
  columns,
  layout,
  opened,
  messages,
  onToggle,
}: {
  items: readonly TableItem[]
  columns: readonly Column[]
  layout: TableLayout
  opened: ReadonlySet<string>
  /** Failures show under their row without opening it. */
  messages: boolean
  onToggle: (vm: VmView) => void
}) {
  const running = items.some((item) => item.kind === 'vm' && isVmActive(item.vm))
  const now = useServerNow(running ? 1000 : null)
  const width = 6 + (layout === 'strip' ? 1 : columns.length)
  return (
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
  )
}

function Head({ columns, layout }: { columns: readonly Column[]; layout: TableLayout }) {
  const strip = layout === 'strip'
  return (
    <>
      <colgroup>
        <col className={strip ? undefined : layout === 'matrix' ? 'w-[148px]' : 'w-[124px]'} />
        <col className="w-14" />
        <col className="w-[72px]" />
        {strip ? (
          <col className="w-40" />
        ) : (
          columns.map(({ id }) => (
            <col key={id} className={layout === 'matrix' ? 'w-[54px]' : 'w-12'} />
          ))
        )}
        <col className={strip ? 'w-44' : undefined} />
        <col className={layout === 'matrix' ? 'w-[124px]' : 'w-[108px]'} />
        <col className="w-16" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={`${headCell} rounded-tl-lg pr-2 pl-9 text-left`}>
            VM
          </th>
          <th scope="col" className={`${headCell} px-2 text-left`}>
            VMID
          </th>
          <th scope="col" className={`${headCell} px-2 text-left`}>
            Node
          </th>
          {strip ? (
            <th scope="col" className={`${headCell} px-2 text-left`}>
              Steps
            </th>
          ) : (
            columns.map(({ id, name }) => (
              <th key={id} scope="col" className={`${headCell} text-center text-2xs!`}>
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
