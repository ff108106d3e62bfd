import { ChevronDownIcon, ChevronRightIcon } from '@heroicons/react/16/solid'
import type { VmView } from '@deployer/core/deployment.ts'
import { memo } from 'react'
import { elapsedMs } from '../../components/deploymentWords.ts'
import { StatusWord } from '../../ui/Badge.tsx'
import { CopyButton } from '../../ui/CodeBlock.tsx'
import { cx } from '../../ui/cx.ts'
import { formatStopwatch } from '../../ui/format.ts'
import { StepCell, StepStrip } from '../../ui/StepCell.tsx'
import { FailureMessage, WaitMessage } from './Messages.tsx'
import { type Column, currentStep, stepMark, vmNow } from './model.ts'
import { VmLink } from './VmLink.tsx'
import type { TableLayout } from './StepTable.tsx'
import { VmQuickAction, VmRetryButtons } from './VmActions.tsx'
import { VmDetail } from './VmDetail.tsx'

/** One VM of the table, with what is under it: its failure or wait, and opened, its steps. */
export const VmRow = memo(function VmRow({
  vm,
  rowIndex,
  columns,
  layout,
  width,
  open,
  message,
  now,
  onToggle,
}: {
  vm: VmView
  rowIndex: number
  columns: readonly Column[]
  layout: TableLayout
  width: number
  open: boolean
  message: boolean
  now: number
  onToggle: (vm: VmView) => void
}) {
  const state = vmNow(vm)
  const step = currentStep(vm)
  const waits = vm.status === 'running' && step?.status === 'waiting' && step.error !== null
  const fails = vm.error !== null && (open || message)
  const below = open || waits || fails
  const marks = columns.map((column) =>
    stepMark(
      column,
      vm.steps.find(({ id }) => id === column.id),
      now,
    ),
  )
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon
  const strip = layout === 'strip'
  const detailId = `detail-${vm.id}`
  return (
    <>
      <tr
        data-vm={vm.id}
        aria-rowindex={rowIndex}
        className="group cursor-pointer text-xs hover:bg-raised/40"
      >
        <th scope="row" className={cx('pr-2 pl-3 text-left font-normal', strip ? 'h-11' : 'h-9')}>
          <button
            type="button"
            data-row
            aria-expanded={open}
            aria-controls={open ? detailId : undefined}
            onClick={() => onToggle(vm)}
            title={vm.name}
            className="flex min-h-6 max-w-full items-center gap-1.5 rounded-sm pr-1 text-left"
          >
            <Chevron className="size-4 flex-none text-muted" aria-hidden />
            <span className="min-w-0">
              <span className="block truncate text-sm font-medium text-ink">{vm.name}</span>
              {strip && (
                <span className="block truncate text-2xs leading-[14px] text-muted">
                  {vm.node}, {vm.vmid}
                </span>
              )}
            </span>
          </button>
        </th>
        {!strip && (
          <td className="px-2 font-mono text-muted">
            <VmLink vm={vm}>{vm.vmid}</VmLink>
          </td>
        )}
        {!strip && <td className="truncate px-2">{vm.node}</td>}
        {strip ? (
          <td className="px-2">
            <StepStrip marks={marks} label={marks.map(({ label }) => label).join('; ')} />
          </td>
        ) : (
          marks.map((mark, index) => (
            <td key={columns[index]?.id} className="p-0">
              <StepCell mark={mark} compact={layout === 'compact'} />
            </td>
          ))
        )}
        <td className="pr-2 pl-5" title={state.text}>
          <span className="flex items-center gap-1">
            <StatusWord kind={state.glyph} className="min-w-0">
              {state.text}
            </StatusWord>
            <VmQuickAction vm={vm} />
          </span>
        </td>
        <td className="px-2 font-mono whitespace-nowrap text-ink">
          {vm.ip !== null && (
            <span className="inline-flex items-center gap-0.5">
              {vm.ip}
              <CopyButton
                text={vm.ip}
                label={`the address of ${vm.name}`}
                size="xs"
                className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100"
              />
            </span>
          )}
        </td>
        <td className="pr-5 pl-1 text-right text-muted">
          {vm.startedAt !== null && formatStopwatch(elapsedMs(vm, now))}
        </td>
      </tr>
      {below && (
        <tr>
          <td colSpan={width} className="px-4 pb-3">
            <div id={detailId} className="space-y-2">
              {fails && vm.error && (
                <FailureMessage failure={vm.error} action={<VmRetryButtons vm={vm} />} />
              )}
              {waits && step && <WaitMessage step={step} />}
              {open && <VmDetail vm={vm} now={now} />}
            </div>
          </td>
        </tr>
      )}
    </>
  )
})
