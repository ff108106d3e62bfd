import { ChevronDownIcon, ChevronRightIcon } from '@heroicons/react/16/solid'
import type { Check, DeploymentView, VmView } from '@deployer/core/deployment.ts'
import { elapsedMs } from '../../components/deploymentWords.ts'
import { StatusWord } from '../../ui/Badge.tsx'
import { formatStopwatch } from '../../ui/format.ts'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { FailureMessage } from './Messages.tsx'
import { checkColumns, checkOf, type Column, vmNow } from './model.ts'
import { headCell, RowTable, type TableItem } from './RowTable.tsx'
import { VmDetail } from './VmDetail.tsx'

/** The proof: what each check of each VM found. */
export function ChecksTable({
  view,
  items,
  opened,
  onToggle,
}: {
  view: DeploymentView
  items: readonly TableItem[]
  opened: ReadonlySet<string>
  onToggle: (vm: VmView) => void
}) {
  const columns = checkColumns(view.vms)
  const width = columns.length + 3
  return (
    <RowTable
      items={items}
      width={width}
      onToggle={onToggle}
      head={
        <>
          <colgroup>
            <col className="w-[27%]" />
            <col className="w-[132px]" />
            {columns.map(({ id }) => (
              <col key={id} />
            ))}
            <col className="w-16" />
          </colgroup>
          <thead>
            <tr>
              <th scope="col" className={`${headCell} rounded-tl-lg pr-2 pl-9 text-left`}>
                VM
              </th>
              <th scope="col" className={`${headCell} px-2 text-left`}>
                Outcome
              </th>
              {columns.map(({ id, name }) => (
                <th key={id} scope="col" className={`${headCell} px-2 text-left`}>
                  {name}
                </th>
              ))}
              <th scope="col" className={`${headCell} rounded-tr-lg pr-5 pl-1 text-right`}>
                Total
              </th>
            </tr>
          </thead>
        </>
      }
      renderRow={(vm, rowIndex) => (
        <Row
          vm={vm}
          rowIndex={rowIndex}
          columns={columns}
          width={width}
          open={opened.has(vm.id)}
          onToggle={onToggle}
        />
      )}
    />
  )
}

function Row({
  vm,
  rowIndex,
  columns,
  width,
  open,
  onToggle,
}: {
  vm: VmView
  rowIndex: number
  columns: readonly Column[]
  width: number
  open: boolean
  onToggle: (vm: VmView) => void
}) {
  const state = vmNow(vm)
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon
  const failed = vm.validation?.checks.filter(({ passed }) => !passed) ?? []
  const below = open || vm.error !== null || failed.length > 0
  return (
    <>
      <tr
        data-vm={vm.id}
        aria-rowindex={rowIndex}
        className="group cursor-pointer text-xs hover:bg-raised/40"
      >
        <th scope="row" className="h-9 pr-2 pl-3 text-left font-normal">
          <button
            type="button"
            data-row
            aria-expanded={open}
            onClick={() => onToggle(vm)}
            title={vm.name}
            className="flex h-6 max-w-full items-center gap-1.5 rounded-sm pr-1 text-left"
          >
            <Chevron className="size-4 flex-none text-muted" aria-hidden />
            <span className="truncate text-sm font-medium text-ink">{vm.name}</span>
            <span className="flex-none text-muted">{vm.node}</span>
          </button>
        </th>
        <td className="px-2">
          <StatusWord kind={state.glyph} className="max-w-full">
            {state.text}
          </StatusWord>
        </td>
        {columns.map((column) => (
          <td key={column.id} className="px-2">
            <CheckCell check={checkOf(vm, column)} column={column} />
          </td>
        ))}
        <td className="pr-5 pl-1 text-right text-muted">
          {vm.startedAt !== null && formatStopwatch(elapsedMs(vm, 0))}
        </td>
      </tr>
      {below && (
        <tr>
          <td colSpan={width} className="px-4 pb-3">
            <div className="space-y-2">
              {vm.error && <FailureMessage failure={vm.error} />}
              {!vm.error && failed.length > 0 && <FailedChecks checks={failed} />}
              {open && <VmDetail vm={vm} now={0} />}
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

function CheckCell({ check, column }: { check: Check | undefined; column: Column }) {
  if (!check) return <StatusGlyph kind="none" size={12} label={`${column.name}: not checked`} />
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={check.evidence}>
      <StatusGlyph
        kind={check.passed ? 'done' : 'warning'}
        label={`${column.name}: ${check.passed ? 'passed' : 'not passed'}`}
      />
      <span className={`truncate ${check.passed ? '' : 'text-warn'}`}>{check.evidence}</span>
    </span>
  )
}

function FailedChecks({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className="space-y-1 rounded-md border border-warn-line bg-warn-soft px-4 py-2.5 text-xs whitespace-normal text-body">
      {checks.map((check) => (
        <li key={`${check.name} ${check.port}`} className="flex gap-2">
          <StatusGlyph kind="warning" className="mt-px" />
          {check.evidence}
        </li>
      ))}
    </ul>
  )
}
