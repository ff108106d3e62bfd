import { PlusIcon } from '@heroicons/react/16/solid'
import { RocketLaunchIcon } from '@heroicons/react/24/outline'
import type { DeploymentHead } from '@deployer/core/deployment.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useDeploymentsEvents } from '../../api/events.ts'
import { deploymentsQuery } from '../../api/queries.ts'
import { ConnectionMark } from '../../components/ConnectionMark.tsx'
import { deploymentTitle, isActive } from '../../components/deploymentWords.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { Kbd } from '../../ui/Badge.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { plural } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { SearchInput } from '../../ui/TextInput.tsx'
import { usePhone } from '../../ui/useMediaQuery.ts'
import { useOlder } from './useOlder.ts'
import { DeploymentCards, DeploymentsTable } from './DeploymentsTable.tsx'

type Show = 'running' | 'failed' | 'finished'

const shows: Record<Show, { label: string; has: (head: DeploymentHead) => boolean }> = {
  running: { label: 'Running', has: isActive },
  failed: { label: 'With failures', has: ({ summary }) => summary.failed > 0 },
  finished: { label: 'Finished', has: (head) => !isActive(head) },
}

const matches = (head: DeploymentHead, text: string) =>
  [deploymentTitle(head), head.id, head.createdBy, head.sourceLabel].some((part) =>
    part.toLowerCase().includes(text.toLowerCase()),
  )

/** Every deployment that the person may see, newest first, kept current. */
export function DeploymentsPage() {
  const query = useQuery(deploymentsQuery)
  const connection = useDeploymentsEvents()
  const { q = '', show } = useSearch({ from: '/shell/deployments' })
  const navigate = useNavigate({ from: '/deployments' })
  const phone = usePhone()
  const older = useOlder(query.data ?? [])
  const { heads } = older
  const running = heads.filter(isActive).length
  useTitle(running > 0 ? `${running} running, Deployments` : 'Deployments')

  const found = heads.filter((head) => (!show || shows[show].has(head)) && matches(head, q))
  const set = (search: { q?: string; show?: Show }) =>
    void navigate({ search: (before) => ({ ...before, ...search }), replace: true })

  return (
    <>
      <PageHeader
        title="Deployments"
        sub={
          heads.length > 0 &&
          `${plural(heads.length, 'deployment')}${older.more ? ' and older ones' : ''}${running > 0 ? `, ${running} running` : ''}`
        }
        actions={
          heads.length > 0 && (
            <Link to="/deploy" className={buttonClass('primary')}>
              <PlusIcon className="size-4" aria-hidden />
              Deploy VMs
            </Link>
          )
        }
      />
      {query.isError && !query.data && (
        <ProblemMessage
          error={query.error}
          className="mb-4"
          action={
            <Button size="sm" onClick={() => void query.refetch()}>
              Try again
            </Button>
          }
        />
      )}
      {query.isPending && <SkeletonRows label="Deployments are on their way" rowClass="h-10" />}
      {query.data && heads.length === 0 && (
        <EmptyState
          icon={RocketLaunchIcon}
          title="No deployments yet"
          action={
            <Link to="/deploy" className={buttonClass('primary')}>
              Deploy VMs
            </Link>
          }
        >
          Choose a template, read the plan, and each VM shows up here with every step.
        </EmptyState>
      )}
      {heads.length > 0 && (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <div className="-mx-3 flex gap-2 overflow-x-auto px-3 py-0.5 sm:mx-0 sm:px-0">
              <FilterChip on={!show} count={heads.length} onClick={() => set({ show: undefined })}>
                All
              </FilterChip>
              {(['running', 'failed', 'finished'] as const).map((key) => (
                <FilterChip
                  key={key}
                  on={show === key}
                  count={heads.filter(shows[key].has).length}
                  onClick={() => set({ show: show === key ? undefined : key })}
                >
                  {shows[key].label}
                </FilterChip>
              ))}
            </div>
            <SearchInput
              label="Name, id, person or template"
              keyHint={<Kbd>/</Kbd>}
              value={q}
              onChange={(text) => set({ q: text === '' ? undefined : text })}
              className="w-full sm:h-7! sm:w-72"
            />
            <span className="ml-auto">
              <ConnectionMark connection={connection} updatedAt={query.dataUpdatedAt} />
            </span>
          </div>
          {found.length === 0 ? (
            <EmptyState
              icon={RocketLaunchIcon}
              title="No deployment fits this filter"
              action={
                <Button size="sm" onClick={() => set({ q: undefined, show: undefined })}>
                  Show all {heads.length}
                </Button>
              }
            />
          ) : phone ? (
            <DeploymentCards heads={found} />
          ) : (
            <DeploymentsTable heads={found} />
          )}
          {older.error && <ProblemMessage error={older.error} className="mt-3" />}
          {older.more && (
            <div className="mt-3 text-center">
              <Button working={older.loading && 'Loading'} onClick={older.showOlder}>
                Show older
              </Button>
            </div>
          )}
        </>
      )}
    </>
  )
}
