import type { VmView } from '@deployer/core/deployment.ts'
import { Kbd } from '../../ui/Badge.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { SearchInput } from '../../ui/TextInput.tsx'
import type { Filter } from './batch.ts'
import type { VmState } from './model.ts'
import type { PageSearch, Shown } from './search.ts'

const chips: readonly [Filter, string, readonly VmState[]][] = [
  ['ready', 'Ready', ['done']],
  ['running', 'Running', ['running', 'waiting']],
  ['failed', 'Failed', ['failed']],
  ['queued', 'Queued', ['queued']],
  ['cancelled', 'Cancelled', ['cancelled']],
]

const capitalised = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`

/** Counts that filter, search, order and grouping, and what the rows tell. */
export function Toolbar({
  vms,
  done,
  counts,
  search,
  choices,
  shown,
  onSearch,
}: {
  vms: readonly VmView[]
  /** What VMs are that are done: `ready`. */
  done: string
  counts: Record<VmState, number>
  search: PageSearch
  /** What the rows can tell. */
  choices: readonly Shown[]
  shown: Shown
  onSearch: (change: PageSearch) => void
}) {
  const present = chips
    .map(([filter, label, states]) => ({
      filter,
      label: filter === 'ready' ? capitalised(done) : label,
      count: states.reduce((sum, state) => sum + counts[state], 0),
    }))
    .filter(({ filter, count }) => count > 0 || search.show === filter)
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <div className="-mx-3 flex gap-2 overflow-x-auto px-3 py-0.5 sm:mx-0 sm:flex-wrap sm:overflow-visible sm:px-0">
        <FilterChip
          on={search.show === undefined}
          count={vms.length}
          onClick={() => onSearch({ show: undefined })}
        >
          All
        </FilterChip>
        {present.map(({ filter, label, count }) => (
          <FilterChip
            key={filter}
            on={search.show === filter}
            count={count}
            onClick={() => onSearch({ show: search.show === filter ? undefined : filter })}
          >
            {label}
          </FilterChip>
        ))}
      </div>
      {vms.length > 1 && (
        <SearchInput
          label="Filter by name or IP"
          keyHint={<Kbd>/</Kbd>}
          value={search.q ?? ''}
          onChange={(q) => onSearch({ q: q === '' ? undefined : q })}
          className="w-full sm:h-7! sm:w-52"
        />
      )}
      <div className="ml-auto hidden items-center gap-2 sm:flex">
        {vms.length > 1 && (
          <>
            {(counts.failed > 0 || search.order === 'need') && (
              <FilterChip
                on={search.order === 'need'}
                onClick={() => onSearch({ order: search.order === 'need' ? undefined : 'need' })}
              >
                Failed first
              </FilterChip>
            )}
            <Select
              size="sm"
              label="Group by"
              className="w-32!"
              value={search.group ?? 'nothing'}
              onChange={(group) => onSearch({ group: group === 'nothing' ? undefined : group })}
              options={[
                { value: 'nothing', label: 'Not grouped' },
                { value: 'node', label: 'By node' },
                { value: 'state', label: 'By state' },
              ]}
            />
          </>
        )}
      </div>
      <SegmentedControl
        label="Show"
        className="sm:h-7!"
        value={shown}
        onChange={(view) => onSearch({ view })}
        options={choices.map((value) => ({ value, label: capitalised(value) }))}
      />
    </div>
  )
}
