import type { DeploymentView, VmView } from '@deployer/core/deployment.ts'
import { FunnelIcon } from '@heroicons/react/24/outline'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useSettled } from '../../components/useSettled.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { usePhone } from '../../ui/useMediaQuery.ts'
import { ChecksTable } from './ChecksTable.tsx'
import { FailureSummary } from './FailureSummary.tsx'
import { byNeed, found, groupVms, passes } from './batch.ts'
import { stepColumns, vmState } from './model.ts'
import { readRows, toggleRow } from './rows.ts'
import type { PageSearch, Shown } from './search.ts'
import type { TableItem } from './RowTable.tsx'
import { StepTable } from './StepTable.tsx'
import { VmCards } from './VmCards.tsx'

const Timeline = lazy(() =>
  import('./timeline/Timeline.tsx').then((module) => ({ default: module.Timeline })),
)

/** Up to this many failures show under their rows; more are told once for each cause, above the table. */
const MAX_MESSAGES = 3

/**
 * The VMs with their steps, their checks or their times: a table, or cards on a phone. Filtered, grouped, with rows that
 * stay where they are while somebody is at them.
 */
export function LiveVms({
  view,
  search,
  shows,
}: {
  view: DeploymentView
  search: PageSearch
  shows: Shown
}) {
  const phone = usePhone()
  const navigate = useNavigate({ from: '/deployments/$deploymentId' })
  const [held, setHeld] = useState(false)

  const shown = useMemo(
    () => view.vms.filter((vm) => passes(vm, search.show) && found(vm, search.q ?? '')),
    [view.vms, search.show, search.q],
  )
  const needFirst = phone || search.order === 'need'
  const order = useMemo(
    () =>
      groupVms(needFirst ? byNeed(shown) : shown, phone ? undefined : search.group).map(
        (group) => ({ name: group.name, ids: group.vms.map(({ id }) => id) }),
      ),
    [shown, needFirst, phone, search.group],
  )
  const moves = needFirst || search.group === 'state' || search.show !== undefined
  const keys = useMemo(
    () => new Map(moves ? view.vms.map((vm) => [vm.id, vmState(vm)] as const) : []),
    [view.vms, moves],
  )
  const { settled, changed, settle } = useSettled(order, keys, held && moves)

  const items = useMemo((): TableItem[] => {
    const byId = new Map(view.vms.map((vm) => [vm.id, vm]))
    return settled.flatMap(({ name, ids }): TableItem[] => {
      const vms = ids.flatMap((id) => byId.get(id) ?? [])
      const rows = vms.map((vm): TableItem => ({ kind: 'vm', vm }))
      return name === '' ? rows : [{ kind: 'group', name, count: vms.length }, ...rows]
    })
  }, [settled, view.vms])
  const columns = useMemo(() => stepColumns(view.vms), [view.vms])
  const opened = readRows(search.rows)
  const toggle = useCallback(
    (vm: VmView) =>
      void navigate({
        search: (before) => ({ ...before, rows: toggleRow(before.rows, vm.id) }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  const messages = view.vms.filter(({ error }) => error !== null).length <= MAX_MESSAGES

  if (items.length === 0)
    return (
      <EmptyState
        icon={FunnelIcon}
        title="No VM fits this filter"
        action={
          <Button
            size="sm"
            onClick={() =>
              void navigate({
                search: (before) => ({ ...before, q: undefined, show: undefined }),
                replace: true,
              })
            }
          >
            Show all {view.vms.length}
          </Button>
        }
      />
    )
  return (
    <div
      onPointerEnter={(event) => setHeld(event.pointerType === 'mouse')}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {!messages && <FailureSummary vms={view.vms} />}
      {changed > 0 && (
        <p className="mb-2 text-xs text-muted">
          {changed} changed,{' '}
          <button type="button" className="link" onClick={settle}>
            sort again
          </button>
        </p>
      )}
      {shows === 'timeline' ? (
        <Suspense fallback={<SkeletonRows label="The timeline is on its way" rows={8} />}>
          <Timeline
            view={view}
            items={items}
            opened={opened}
            messages={messages}
            onToggle={toggle}
          />
        </Suspense>
      ) : phone ? (
        <VmCards
          items={items}
          columns={columns}
          opened={opened}
          messages={messages}
          onToggle={toggle}
        />
      ) : shows === 'checks' ? (
        <ChecksTable
          view={view}
          items={items}
          opened={opened}
          messages={messages}
          onToggle={toggle}
        />
      ) : (
        <StepTable
          items={items}
          columns={columns}
          opened={opened}
          messages={messages}
          onToggle={toggle}
        />
      )}
    </div>
  )
}
