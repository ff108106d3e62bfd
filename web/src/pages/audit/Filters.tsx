import { XMarkIcon } from '@heroicons/react/16/solid'
import { operationTitle } from '@deployer/core/audit.ts'
import { useEffect, useState } from 'react'
import { Kbd } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { plural } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'
import { SearchInput } from '../../ui/TextInput.tsx'
import type { AuditStatistics } from './queries.ts'
import type { AuditFilters, AuditSearch } from './search.ts'

const times = [
  { value: 'all', label: 'Any time' },
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Last 24 hours' },
  { value: 'week', label: 'Last 7 days' },
  { value: 'month', label: 'Last 30 days' },
] as const

const results = [
  { value: 'all', label: 'Any result' },
  { value: 'success', label: 'Success' },
  { value: 'partial', label: 'Partial' },
  { value: 'failed', label: 'Failed or refused' },
  { value: 'pending', label: 'Under way' },
] as const

const SETTLE_MS = 250

/** What is chosen stays among the choices, whatever else the filters leave. */
const choices = (
  all: string,
  found: readonly { name: string }[] | undefined,
  chosen: string | undefined,
  labelOf: (name: string) => string = (name) => name,
) => {
  const names = new Set([...(found ?? []).map(({ name }) => name), ...(chosen ? [chosen] : [])])
  return [
    { value: '', label: all },
    ...[...names].map((name) => ({ value: name, label: labelOf(name) })),
  ]
}

/** All of them stand in the address. */
export function Filters({
  filters,
  statistics,
  onChange,
  onClear,
}: {
  filters: AuditFilters
  statistics: AuditStatistics | undefined
  onChange: (changed: AuditSearch) => void
  onClear: (() => void) | undefined
}) {
  const { actor, action, time, result, vm, deployment, os } = filters
  const only = [vm && `VM ${vm}`, deployment && `Deployment ${deployment}`, os].filter(Boolean)
  return (
    <div role="search" className="mb-3 flex flex-wrap items-center gap-2">
      <Search q={filters.q ?? ''} onChange={(q) => onChange({ q: q === '' ? undefined : q })} />
      <Select
        label="Time"
        value={time ?? 'all'}
        onChange={(value) => onChange({ time: value === 'all' ? undefined : value })}
        options={times}
        className={SELECT}
      />
      <Select
        label="Actor"
        value={actor ?? ''}
        onChange={(value) => onChange({ actor: value === '' ? undefined : value })}
        options={choices('Anyone', statistics?.actors, actor)}
        className={SELECT}
      />
      <Select
        label="Action"
        value={action ?? ''}
        onChange={(value) => onChange({ action: value === '' ? undefined : value })}
        options={choices('Any action', statistics?.operations, action, operationTitle)}
        className={SELECT}
      />
      <Select
        label="Result"
        value={result ?? 'all'}
        onChange={(value) => onChange({ result: value === 'all' ? undefined : value })}
        options={results}
        className={SELECT}
      />
      {only.length > 0 && (
        <span className="rounded-md border border-accent-line bg-accent-soft px-2 py-1 text-xs text-accent-text">
          {only.join(', ')}
        </span>
      )}
      {onClear && (
        <Button variant="ghost" size="sm" icon={XMarkIcon} onClick={onClear}>
          Clear filters
        </Button>
      )}
      <span role="status" className="ml-auto text-xs text-muted">
        {statistics && plural(statistics.total, 'entry', 'entries')}
      </span>
    </div>
  )
}

const SELECT = 'w-[calc(50%-4px)] sm:w-36'

/** Asks when the typing pauses, not with each letter. */
function Search({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [typed, setTyped] = useState(q)
  const [known, setKnown] = useState(q)
  if (known !== q) {
    setKnown(q)
    setTyped(q)
  }
  useEffect(() => {
    if (typed === q) return
    const timer = setTimeout(() => onChange(typed), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [typed, q, onChange])
  return (
    <SearchInput
      label="VM, deployment, UPID"
      value={typed}
      onChange={setTyped}
      keyHint={<Kbd>/</Kbd>}
      className="w-full sm:w-60"
    />
  )
}
