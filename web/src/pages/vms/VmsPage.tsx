import { ArrowPathIcon, PlusIcon, ViewColumnsIcon } from '@heroicons/react/16/solid'
import { ServerStackIcon } from '@heroicons/react/24/outline'
import type { PowerAction, VmRow } from '@deployer/core/vm.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { PageHeader } from '../../components/PageHeader.tsx'
import { QueryProblem } from '../../components/QueryProblem.tsx'
import { useServerNow } from '../../components/useServerNow.ts'
import { useSettled } from '../../components/useSettled.ts'
import { useTitle } from '../../components/useTitle.ts'
import { Button, buttonClass, IconButton } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatTime } from '../../ui/format.ts'
import { PopoverButton } from '../../ui/PopoverButton.tsx'
import { Bar, SkeletonRows } from '../../ui/Skeleton.tsx'
import { usePhone } from '../../ui/useMediaQuery.ts'
import { VmsActionsContext } from './actions.ts'
import { BulkBar } from './bulk/BulkBar.tsx'
import { BulkDialog } from './bulk/BulkDialog.tsx'
import type { BulkWish } from './bulk/words.ts'
import { chooseColumn, columns, useShownColumns } from './columns.ts'
import { Filters } from './Filters.tsx'
import { vmsQuery } from './queries.ts'
import { filtered, select, type Selection, sorted } from './rows.ts'
import type { Sort, VmsSearch } from './search.ts'
import { VmCards } from './VmCards.tsx'
import { VmsTable } from './VmsTable.tsx'

const MINUTE_MS = 60_000
const NONE: readonly VmRow[] = []
const NO_KEYS: ReadonlyMap<string, string> = new Map()

/** All VMs that the person may see, kept current. */
export function VmsPage() {
  const query = useQuery(vmsQuery)
  const vms = query.data?.vms ?? NONE
  const search = useSearch({ from: '/shell/vms' })
  const navigate = useNavigate({ from: '/vms' })
  const now = useServerNow(MINUTE_MS)
  useTitle('VMs')
  const set = useCallback(
    (change: VmsSearch) =>
      void navigate({
        search: (before) => ({ ...before, ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  const made = useMemo(() => vms.filter(({ deployment }) => deployment !== null).length, [vms])
  return (
    <div data-wide>
      <PageHeader
        title="VMs"
        sub={
          query.data === undefined
            ? 'Asking Proxmox'
            : `${vms.length.toLocaleString('en')} you may see, ${made.toLocaleString('en')} made here. ` +
              `Updated ${formatTime(new Date(query.dataUpdatedAt), new Date(query.dataUpdatedAt))}`
        }
        actions={
          <>
            <IconButton
              icon={ArrowPathIcon}
              label="Look again"
              onClick={() => void query.refetch()}
              className="max-sm:hidden"
            />
            <ColumnsButton />
            <Link to="/deploy" className={buttonClass('primary')}>
              <PlusIcon className="size-4" aria-hidden />
              Deploy VMs
            </Link>
          </>
        }
      />
      <QueryProblem query={query} />
      {query.isPending && (
        <>
          {/* Where the filters will be. */}
          <div className="mb-3 flex h-28 items-center sm:h-7">
            <Bar className="w-80" />
          </div>
          <SkeletonRows label="The VMs are on their way" rows={12} />
        </>
      )}
      {query.data && vms.length === 0 && (
        <EmptyState
          icon={ServerStackIcon}
          title="No VMs that you may see"
          action={
            <Link to="/deploy" className={buttonClass('primary')}>
              Deploy VMs
            </Link>
          }
        >
          VMs show up here with VM.Audit on them; what you deploy does by itself.
        </EmptyState>
      )}
      {vms.length > 0 && (
        <Loaded
          vms={vms}
          deletion={query.data?.deletion ?? false}
          search={search}
          set={set}
          now={now}
        />
      )}
    </div>
  )
}

function Loaded({
  vms,
  deletion,
  search,
  set,
  now,
}: {
  vms: readonly VmRow[]
  deletion: boolean
  search: VmsSearch
  set: (change: VmsSearch) => void
  now: number
}) {
  const phone = usePhone()
  const [held, setHeld] = useState(false)
  const [selection, setSelection] = useState<Selection>(new Set())
  const lastPressed = useRef<number | null>(null)
  const [dialog, setDialog] = useState<{ wish: BulkWish; vms: readonly VmRow[] } | null>(null)

  const { sort, down } = search
  const order = useMemo(
    () => sorted(vms, { sort, down }).map(({ vmid }) => vmid),
    [vms, sort, down],
  )
  const asked = `${sort} ${down}`
  // Another order was asked for: that is no movement under a hand.
  const [kept, setKept] = useState(asked)
  if (kept !== asked) setKept(asked)
  const { settled } = useSettled(order, NO_KEYS, held && kept === asked)
  const shown = useMemo(() => {
    const left = new Map(filtered(vms, search).map((vm) => [vm.vmid, vm]))
    const inOrder = settled.flatMap((vmid) => {
      const vm = left.get(vmid)
      left.delete(vmid)
      return vm ?? []
    })
    // Those that have come since.
    return [...inOrder, ...left.values()]
  }, [vms, search, settled])

  const ids = useRef<number[]>([])
  useEffect(() => {
    ids.current = shown.map(({ vmid }) => vmid)
  }, [shown])
  const onSelect = useCallback((vmid: number, on: boolean, shift: boolean) => {
    const from = shift ? lastPressed.current : null
    setSelection((before) => select(before, ids.current, vmid, { on, from }))
    lastPressed.current = vmid
  }, [])
  const onSelectAll = (on: boolean) => setSelection(new Set(on ? ids.current : []))
  const onSort = (column: Sort) =>
    set({ sort: column, down: (sort ?? 'name') === column && down !== true ? true : undefined })
  const chosen = useMemo(() => vms.filter(({ vmid }) => selection.has(vmid)), [vms, selection])
  const actions = useMemo(
    () => ({
      power: (vm: VmRow, action: PowerAction) =>
        setDialog({ wish: { kind: 'power', action }, vms: [vm] }),
    }),
    [],
  )

  return (
    <VmsActionsContext value={actions}>
      <Filters vms={vms} search={search} shown={shown.length} onChange={set} />
      {shown.length === 0 ? (
        <EmptyState
          icon={ServerStackIcon}
          title="No VM fits these filters"
          action={
            <Button
              size="sm"
              onClick={() =>
                set({ q: undefined, show: undefined, node: undefined, tag: undefined })
              }
            >
              Show all {vms.length.toLocaleString('en')}
            </Button>
          }
        />
      ) : phone ? (
        <VmCards vms={shown} selection={selection} onSelect={onSelect} />
      ) : (
        <div
          onPointerEnter={(event) => setHeld(event.pointerType === 'mouse')}
          onPointerLeave={() => setHeld(false)}
        >
          <VmsTable
            vms={shown}
            search={search}
            onSort={onSort}
            selection={selection}
            onSelect={onSelect}
            onSelectAll={onSelectAll}
            now={now}
          />
        </div>
      )}
      {chosen.length > 0 && (
        <BulkBar
          vms={chosen}
          onClear={() => setSelection(new Set())}
          onWish={(wish) => setDialog({ wish, vms: chosen })}
          deletion={deletion}
        />
      )}
      {dialog && <BulkDialog {...dialog} onClose={() => setDialog(null)} />}
    </VmsActionsContext>
  )
}

function ColumnsButton() {
  const shown = useShownColumns()
  return (
    <PopoverButton
      label="Columns"
      className={buttonClass('secondary', 'md', 'max-sm:hidden')}
      button={
        <>
          <ViewColumnsIcon className="size-4 opacity-80" aria-hidden />
          Columns
        </>
      }
    >
      <div className="space-y-1 p-2">
        {columns.map((column) => (
          <Checkbox
            key={column.id}
            checked={shown.includes(column)}
            onChange={(on) => chooseColumn(column.id, on)}
            label={column.title}
          />
        ))}
      </div>
    </PopoverButton>
  )
}
