import { ClipboardDocumentIcon, PlayIcon, PowerIcon } from '@heroicons/react/16/solid'
import type { VmRow } from '@deployer/core/vm.ts'
import { Link } from '@tanstack/react-router'
import { memo, useContext } from 'react'
import { Tag, StatusWord } from '../../ui/Badge.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { CopyButton, copyText } from '../../ui/CodeBlock.tsx'
import { cx } from '../../ui/cx.ts'
import { formatDuration, formatExactTime, formatMiB, formatPercent } from '../../ui/format.ts'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { VmsActionsContext } from './actions.ts'
import type { Column, columns as allColumns } from './columns.ts'
import { formatAge, nameOf, stateShown } from './words.ts'

/** One VM of the table. */
export const VmTableRow = memo(function VmTableRow({
  vm,
  rowIndex,
  columns,
  selected,
  onSelect,
  now,
}: {
  vm: VmRow
  rowIndex: number
  columns: readonly (typeof allColumns)[number][]
  selected: boolean
  onSelect: (vmid: number, on: boolean, shift: boolean) => void
  now: number
}) {
  const state = stateShown(vm)
  const name = nameOf(vm)
  return (
    <tr
      aria-rowindex={rowIndex}
      aria-selected={selected}
      data-vm={vm.vmid}
      className={cx(
        'group h-9 text-xs [&>*]:border-t [&>*]:border-line',
        selected ? 'bg-accent-soft' : 'hover:bg-raised/40',
      )}
    >
      <td className="pl-3">
        <Checkbox
          checked={selected}
          onChange={() => {}}
          // The event of the change does not tell about shift.
          onClick={(event) => onSelect(vm.vmid, !selected, event.shiftKey)}
          label={<span className="sr-only">{name}</span>}
        />
      </td>
      <td className="truncate px-2">
        <StateWord state={state} />
      </td>
      <th scope="row" className="truncate px-2 text-left font-normal">
        <Link
          to="/vms/$vmid"
          params={{ vmid: String(vm.vmid) }}
          data-row
          title={name}
          className="rounded-xs text-sm font-medium text-ink hover:underline"
        >
          {name}
        </Link>
        {vm.lock !== null && <span className="ml-2 text-2xs text-muted">{vm.lock}</span>}
      </th>
      {columns.map(({ id }) => (
        <Cell key={id} id={id} vm={vm} now={now} />
      ))}
      <td className="pr-1 text-right">
        <RowMenu vm={vm} />
      </td>
    </tr>
  )
})

/** That a VM runs is nothing special: only its disc is green. */
const StateWord = ({
  state: { glyph, text },
  className,
}: {
  state: ReturnType<typeof stateShown>
  className?: string | undefined
}) => (
  <StatusWord kind={glyph} className={className}>
    <span className={glyph === 'done' ? 'text-body' : undefined}>{text}</span>
  </StatusWord>
)

function Cell({ id, vm, now }: { id: Column; vm: VmRow; now: number }) {
  switch (id) {
    case 'vmid':
      return <td className="px-2 font-mono text-muted">{vm.vmid}</td>
    case 'node':
      return <td className="truncate px-2">{vm.node}</td>
    case 'address':
      return <Address vm={vm} />
    case 'cpu':
      return (
        <td className="px-2">
          {vm.cpuFraction !== null && (
            <span className="flex items-center gap-2 whitespace-nowrap">
              <Meter share={vm.cpuFraction} />
              <span className="flex-1 text-right">{formatPercent(vm.cpuFraction)}</span>
            </span>
          )}
        </td>
      )
    case 'memory':
      return <Memory vm={vm} />
    case 'uptime':
      return (
        <td className="truncate px-2 text-muted">
          {vm.uptimeSeconds !== null && formatAge(vm.uptimeSeconds)}
        </td>
      )
    case 'tags':
      return (
        <td className="px-2" title={vm.tags.join(', ')}>
          {/* Those without room fade out; all are told on hover. */}
          <span className="flex gap-1 overflow-hidden mask-r-from-[calc(100%-12px)]">
            {vm.tags
              // The stamp's tag says what the deployment beside it says.
              .filter((tag) => tag !== vm.deployment?.id)
              .map((tag) => (
                <span key={tag} className="flex-none">
                  <Tag>{tag}</Tag>
                </span>
              ))}
          </span>
        </td>
      )
    case 'deployment':
      return <Deployment vm={vm} />
    case 'age':
      return (
        <td
          className="truncate px-2 text-muted"
          title={vm.createdAt === null ? undefined : formatExactTime(new Date(vm.createdAt))}
        >
          {vm.createdAt !== null && formatAge((now - Date.parse(vm.createdAt)) / 1000)}
        </td>
      )
  }
}

function Address({ vm: { address, name } }: { vm: VmRow }) {
  return (
    <td className="truncate px-2 whitespace-nowrap">
      {address === null ? (
        <span className="text-faint">not known</span>
      ) : (
        <span className="inline-flex items-center gap-0.5 font-mono text-ink">
          {address}
          <CopyButton
            text={address}
            label={`the address of ${name}`}
            size="xs"
            className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100"
          />
        </span>
      )}
    </td>
  )
}

function Memory({ vm: { memoryMiB, memoryUsedMiB } }: { vm: VmRow }) {
  if (memoryMiB === null) return <td />
  const share = memoryUsedMiB === null ? null : memoryUsedMiB / Math.max(1, memoryMiB)
  return (
    <td className="px-2">
      <span className="flex items-center gap-2 whitespace-nowrap">
        {share !== null && <Meter share={share} />}
        <span className={share === null ? 'text-muted' : undefined}>
          {share !== null && `${formatPercent(share)} of `}
          {formatMiB(memoryMiB)}
        </span>
      </span>
    </td>
  )
}

function Deployment({ vm: { deployment } }: { vm: VmRow }) {
  return (
    <td className="truncate px-2">
      {deployment === null ? (
        <span className="text-faint">not made here</span>
      ) : (
        <Link
          to="/deployments/$deploymentId"
          params={{ deploymentId: deployment.id }}
          className="rounded-xs text-accent-text hover:underline"
        >
          {deployment.name ?? deployment.id}
        </Link>
      )}
    </td>
  )
}

function RowMenu({ vm }: { vm: VmRow }) {
  const { power } = useContext(VmsActionsContext)
  const { address, state } = vm
  return (
    <MenuButton
      size="sm"
      label={`Actions for ${nameOf(vm)}`}
      items={[
        ...(state === 'stopped'
          ? [{ label: 'Start', icon: PlayIcon, onSelect: () => power(vm, 'start') }]
          : []),
        ...(state === 'paused'
          ? [{ label: 'Resume', icon: PlayIcon, onSelect: () => power(vm, 'resume') }]
          : []),
        ...(state === 'running'
          ? [{ label: 'Shut down', icon: PowerIcon, onSelect: () => power(vm, 'shutdown') }]
          : []),
        ...(address === null
          ? []
          : [
              {
                label: 'Copy address',
                icon: ClipboardDocumentIcon,
                onSelect: () => void copyText(address),
              },
            ]),
        {
          label: 'Copy VMID',
          icon: ClipboardDocumentIcon,
          onSelect: () => void copyText(String(vm.vmid)),
        },
      ]}
    />
  )
}

/** The same for narrow screens. */
export function VmCard({
  vm,
  selected,
  onSelect,
}: {
  vm: VmRow
  selected: boolean
  onSelect: (vmid: number, on: boolean, shift: boolean) => void
}) {
  const state = stateShown(vm)
  return (
    <div
      className={cx(
        'flex h-full items-center gap-2 border-b border-line px-3 text-xs',
        selected && 'bg-accent-soft',
      )}
    >
      <Checkbox
        checked={selected}
        onChange={() => {}}
        onClick={() => onSelect(vm.vmid, !selected, false)}
        label={<span className="sr-only">{nameOf(vm)}</span>}
      />
      <div className="min-w-0 flex-1 space-y-0.5">
        <div className="flex items-center justify-between gap-3">
          <Link
            to="/vms/$vmid"
            params={{ vmid: String(vm.vmid) }}
            data-row
            className="min-w-0 truncate py-1 text-md font-medium text-ink"
          >
            {nameOf(vm)}
          </Link>
          <StateWord state={state} className="flex-none" />
        </div>
        <div className="flex justify-between gap-3 text-muted">
          <span className="truncate">
            {vm.vmid}, {vm.node}
            {vm.uptimeSeconds !== null && `, up ${formatDuration(vm.uptimeSeconds * 1000)}`}
          </span>
          <span className="flex-none font-mono">{vm.address}</span>
        </div>
      </div>
    </div>
  )
}
