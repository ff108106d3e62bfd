import type { VmRow } from '@deployer/core/vm.ts'
import { useMemo } from 'react'
import { ListSearch } from '../../components/ListSearch.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { Select } from '../../ui/Select.tsx'
import { choicesOf, passes } from './rows.ts'
import type { Show, VmsSearch } from './search.ts'

const labels: Record<Show, string> = {
  here: 'Made here',
  attention: 'Need attention',
  running: 'Running',
  stopped: 'Stopped',
}

const inOrder: readonly Show[] = ['here', 'attention', 'running', 'stopped']

/** All of them stand in the address. */
export function Filters({
  vms,
  search,
  shown,
  onChange,
}: {
  vms: readonly VmRow[]
  search: VmsSearch
  shown: number
  onChange: (change: VmsSearch) => void
}) {
  const { q, show, node, tag } = search
  const counts = useMemo(
    () => new Map(inOrder.map((key) => [key, vms.filter(passes[key]).length])),
    [vms],
  )
  const choices = useMemo(() => choicesOf(vms), [vms])
  return (
    <div role="search" className="mb-3 flex flex-wrap items-center gap-2">
      <div className="-mx-3 flex gap-2 overflow-x-auto px-3 py-0.5 sm:mx-0 sm:px-0">
        <FilterChip
          on={show === undefined}
          count={vms.length}
          onClick={() => onChange({ show: undefined })}
        >
          All
        </FilterChip>
        {inOrder.map((key) => {
          const count = counts.get(key) ?? 0
          if (count === 0 && show !== key) return null
          return (
            <FilterChip
              key={key}
              on={show === key}
              count={count}
              glyph={key === 'attention' ? 'warning' : undefined}
              onClick={() => onChange({ show: show === key ? undefined : key })}
            >
              {labels[key]}
            </FilterChip>
          )
        })}
      </div>
      <ListSearch
        label="Name, VMID, address, tag"
        value={q}
        onChange={(text) => onChange({ q: text })}
        className="sm:w-64 lg:w-auto lg:max-w-64 lg:min-w-40 lg:flex-1"
      />
      <Choice
        label="Node"
        all="Any node"
        value={node}
        options={choices.nodes}
        onChange={(value) => onChange({ node: value })}
      />
      <Choice
        label="Tag"
        all="Any tag"
        value={tag}
        options={choices.tags}
        onChange={(value) => onChange({ tag: value })}
      />
      <span role="status" className="ml-auto text-xs text-muted">
        {shown.toLocaleString('en')} of {vms.length.toLocaleString('en')}
      </span>
    </div>
  )
}

/** What is chosen stays among the choices, also where no VM has it any more. */
function Choice({
  label,
  all,
  value,
  options,
  onChange,
}: {
  label: string
  all: string
  value: string | undefined
  options: readonly string[]
  onChange: (value: string | undefined) => void
}) {
  const names = new Set([...options, ...(value === undefined ? [] : [value])])
  if (names.size < 2 && value === undefined) return null
  return (
    <Select
      label={label}
      size="sm"
      value={value ?? ''}
      onChange={(next) => onChange(next === '' ? undefined : next)}
      options={[
        { value: '', label: all },
        ...[...names].map((name) => ({ value: name, label: name })),
      ]}
      className="w-[calc(50%-4px)] sm:w-32"
    />
  )
}
