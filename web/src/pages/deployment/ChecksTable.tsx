import { ChevronDownIcon, ChevronRightIcon } from '@heroicons/react/16/solid'
import type { Check, DeploymentView, VmView } from '@deployer/core/deployment.ts'
import { useRef } from 'react'
import { useWidth } from '../../components/useWidth.ts'
import { elapsedMs } from '../../components/deploymentWords.ts'
import { StatusWord } from '../../ui/Badge.tsx'
import { formatStopwatch, formatTime } from '../../ui/format.ts'
import { useNow } from '../../ui/useNow.ts'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { FailureMessage } from './Messages.tsx'
import { checkColumns, checkOf, type Column, lowerFirst, shortEvidence, vmNow } from './model.ts'
import { headCell, RowTable, type TableItem } from './RowTable.tsx'
import { VmRetryButtons } from './VmActions.tsx'
import { VmDetail } from './VmDetail.tsx'

const NAME_WIDTH = 144
const TOTAL_WIDTH = 64
/** A column without room for words: the shape alone. */
const BARE_WIDTH = 68
/** What goes without words first: what a healthy VM implies. */
const bareFirst = ['proxmox', 'agent']

const columnWidths: Record<string, number> = { proxmox: 84, agent: 104 }

/** Wide enough for the longest address. */
const addressWidth = (vms: readonly VmView[]) =>
  44 + 7.3 * Math.max(...vms.map(({ ip }) => ip?.length ?? 0), 9)

/** Of the columns, those that tell their evidence in words, as many as there is room for. */
function inWords(columns: readonly Column[], widthOf: (column: Column) => number, room: number) {
  const words = new Set(columns)
  const needed = () =>
    columns.reduce((sum, column) => sum + (words.has(column) ? widthOf(column) : BARE_WIDTH), 0)
  for (const id of bareFirst) {
    if (needed() <= room) return words
    const column = columns.find((one) => one.id === id)
    if (column) words.delete(column)
  }
  return needed() <= room ? words : new Set<Column>()
}

/** The proof: what each check of each VM found. */
export function ChecksTable({
  view,
  items,
  opened,
  messages,
  onToggle,
}: {
  view: DeploymentView
  items: readonly TableItem[]
  opened: ReadonlySet<string>
  /** Failures show under their row without opening it. */
  messages: boolean
  onToggle: (vm: VmView) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const room = useWidth(box)
  const columns = checkColumns(view.vms)
  const outcomeWidth = view.vms.some(({ status }) => status === 'failed') ? 136 : 108
  const widthOf = ({ id }: Column) =>
    id === 'address' ? addressWidth(view.vms) : (columnWidths[id] ?? 108)
  const forColumns = (room ?? Infinity) - NAME_WIDTH - outcomeWidth - TOTAL_WIDTH
  const words = inWords(columns, widthOf, forColumns)
  const width = columns.length + 3
  return (
    <div ref={box}>
      <RowTable
        items={items}
        width={width}
        onToggle={onToggle}
        title={<Title view={view} />}
        head={
          <>
            <colgroup>
              <col />
              <col style={{ width: outcomeWidth }} />
              {columns.map((column) => (
                <col
                  key={column.id}
                  style={{ width: words.has(column) ? widthOf(column) : BARE_WIDTH }}
                />
              ))}
              <col style={{ width: TOTAL_WIDTH }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col" className={`${headCell} border-t pr-2 pl-9 text-left`}>
                  VM
                </th>
                <th scope="col" className={`${headCell} border-t px-2 text-left`}>
                  Outcome
                </th>
                {columns.map(({ id, name }) => (
                  <th key={id} scope="col" className={`${headCell} border-t px-2 text-left`}>
                    {name}
                  </th>
                ))}
                <th scope="col" className={`${headCell} border-t pr-5 pl-1 text-right`}>
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
            message={messages}
            words={words}
            onToggle={onToggle}
          />
        )}
      />
    </div>
  )
}

function Row({
  vm,
  rowIndex,
  columns,
  width,
  open,
  message,
  words,
  onToggle,
}: {
  vm: VmView
  rowIndex: number
  columns: readonly Column[]
  width: number
  open: boolean
  message: boolean
  /** The columns that tell their evidence. */
  words: ReadonlySet<Column>
  onToggle: (vm: VmView) => void
}) {
  const state = vmNow(vm)
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon
  const failed = vm.validation?.checks.filter(({ passed }) => !passed) ?? []
  const fails = vm.error !== null && (open || message)
  const below = open || fails || (vm.error === null && failed.length > 0)
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
            <CheckCell
              check={checkOf(vm, column)}
              column={column}
              ip={vm.ip}
              bare={!words.has(column)}
            />
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
              {fails && vm.error && (
                <FailureMessage failure={vm.error} action={<VmRetryButtons vm={vm} />} />
              )}
              {!vm.error && failed.length > 0 && <FailedChecks checks={failed} />}
              {open && <VmDetail vm={vm} now={0} />}
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

function Title({ view }: { view: DeploymentView }) {
  const today = new Date(useNow(null))
  const times = view.vms.flatMap(({ validation }) => validation?.checkedAt ?? []).toSorted()
  const last = times.at(-1)
  return (
    <div className="flex h-11 items-center gap-3 px-5">
      <h2 className="text-md">Validation</h2>
      <p className="min-w-0 flex-1 truncate text-xs text-muted">Evidence from each VM</p>
      {last !== undefined && (
        <p className="text-xs text-muted">Last check at {formatTime(new Date(last), today)}</p>
      )}
    </div>
  )
}

function CheckCell({
  check,
  column,
  ip,
  bare,
}: {
  check: Check | undefined
  column: Column
  ip: string | null
  bare: boolean
}) {
  if (!check) return <StatusGlyph kind="none" size={12} label={`${column.name}: not checked`} />
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={check.evidence}>
      <StatusGlyph
        kind={check.passed ? 'done' : 'warning'}
        label={`${column.name}: ${check.passed ? 'passed' : 'not passed'}`}
      />
      {bare ? null : check.name === 'address' && check.passed && ip !== null ? (
        <span className="truncate font-mono text-ink">{ip}</span>
      ) : (
        <span className={`truncate ${check.passed ? '' : 'text-warn'}`}>
          {check.passed ? lowerFirst(shortEvidence(check.evidence, column)) : 'failed'}
        </span>
      )}
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
