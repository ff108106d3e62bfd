import type { VmView } from '@deployer/core/deployment.ts'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import { elapsedMs } from '../../components/deploymentWords.ts'
import { useServerNow } from '../../components/useServerNow.ts'
import { StatusWord } from '../../ui/Badge.tsx'
import { ProgressBar } from '../../ui/CapacityBar.tsx'
import { CopyButton } from '../../ui/CodeBlock.tsx'
import { formatPercent, formatStopwatch } from '../../ui/format.ts'
import { StepStrip } from '../../ui/StepCell.tsx'
import { FailureMessage, WaitMessage } from './Messages.tsx'
import { type Column, currentStep, isVmActive, stepMark, vmNow } from './model.ts'
import type { TableItem } from './RowTable.tsx'
import { VmRetryButtons } from './VmActions.tsx'
import { VmDetail } from './VmDetail.tsx'

const CARD_HEIGHT = 92

/** The VMs on a phone: one card each, what needs a person first. */
export function VmCards({
  items,
  columns,
  opened,
  messages,
  onToggle,
}: {
  items: readonly TableItem[]
  columns: readonly Column[]
  opened: ReadonlySet<string>
  /** Failures show in their card without opening it. */
  messages: boolean
  onToggle: (vm: VmView) => void
}) {
  const list = useRef<HTMLDivElement>(null)
  const vms = items.flatMap((item) => (item.kind === 'vm' ? [item.vm] : []))
  const now = useServerNow(vms.some(isVmActive) ? 1000 : null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: vms.length,
    estimateSize: () => CARD_HEIGHT,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => vms[index]?.id ?? index,
  })
  return (
    <div
      ref={list}
      role="list"
      aria-label="VMs"
      className="card relative -mx-3 rounded-none border-x-0"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, start, key }) => {
        const vm = vms[index]
        return (
          vm && (
            <div
              key={key}
              role="listitem"
              aria-setsize={vms.length}
              aria-posinset={index + 1}
              ref={virtualizer.measureElement}
              data-index={index}
              className="absolute inset-x-0 top-0 border-b border-line"
              style={{ transform: `translateY(${start - top}px)` }}
            >
              <Card
                vm={vm}
                columns={columns}
                open={opened.has(vm.id)}
                message={messages}
                now={now}
                onToggle={onToggle}
              />
            </div>
          )
        )
      })}
    </div>
  )
}

function Card({
  vm,
  columns,
  open,
  message,
  now,
  onToggle,
}: {
  vm: VmView
  columns: readonly Column[]
  open: boolean
  message: boolean
  now: number
  onToggle: (vm: VmView) => void
}) {
  const state = vmNow(vm)
  const step = currentStep(vm)
  const time = vm.startedAt === null ? null : formatStopwatch(elapsedMs(vm, now))
  const marks = columns.map((column) =>
    stepMark(
      column,
      vm.steps.find(({ id }) => id === column.id),
      now,
    ),
  )
  return (
    <div className="space-y-2 px-4 py-3 text-xs">
      <button
        type="button"
        data-row
        aria-expanded={open}
        onClick={() => onToggle(vm)}
        className="block w-full rounded-sm text-left"
      >
        <span className="flex items-center justify-between gap-3">
          <span className="max-w-[62%] flex-none truncate">
            <span className="text-md font-medium text-ink">{vm.name}</span>{' '}
            <span className="ml-1 text-muted">
              {[vm.node, vm.vmid, vm.ip === null ? time : null]
                .filter((part) => part !== null)
                .join(', ')}
            </span>
          </span>
          <StatusWord kind={state.glyph}>{state.text}</StatusWord>
        </span>
        <span className="mt-2 block">
          <StepStrip marks={marks} label={marks.map(({ label }) => label).join('; ')} />
        </span>
      </button>
      {vm.error && (open || message) && (
        <FailureMessage failure={vm.error} action={<VmRetryButtons vm={vm} />} />
      )}
      {step?.status === 'waiting' && step.error && <WaitMessage step={step} />}
      {step?.status === 'running' && step.progress !== null && (
        <div className="rounded-md border border-line bg-well px-3 py-2.5">
          <p className="mb-1.5 flex justify-between gap-3">
            <span className="min-w-0 truncate text-ink">{step.detail ?? step.title}</span>
            <span className="text-muted">{formatPercent(step.progress)}</span>
          </p>
          <ProgressBar share={step.progress} label={`${step.title} of ${vm.name}`} />
        </div>
      )}
      {vm.ip !== null && (
        <p className="flex items-center gap-1 text-muted">
          <span className="font-mono text-body">{vm.ip}</span>
          <CopyButton text={vm.ip} label={`the address of ${vm.name}`} size="xs" />
          <span className="ml-auto">{time}</span>
        </p>
      )}
      {open && <VmDetail vm={vm} now={now} />}
    </div>
  )
}
