import { MapIcon } from '@heroicons/react/24/outline'
import type { DeploymentView, VmView } from '@deployer/core/deployment.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useRetryDeployment } from '../../api/actions.ts'
import { useDeploymentEvents } from '../../api/events.ts'
import { ApiError } from '../../api/problem.ts'
import { deploymentQuery } from '../../api/queries.ts'
import {
  deploymentState,
  deploymentTitle,
  doneWord,
  isActive,
} from '../../components/deploymentWords.ts'
import { BottomBar } from '../../components/BottomBar.tsx'
import { SaveAsBlueprint } from '../../components/blueprints/SaveAsBlueprint.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import { FinishedTiles } from './FinishedTiles.tsx'
import { LiveVms } from './LiveVms.tsx'
import { announcement, countStates, tabTitle } from './batch.ts'
import { ProgressCard } from './ProgressCard.tsx'
import type { Shown } from './search.ts'
import { DeploymentActions } from './Actions.tsx'
import { AsCode } from './AsCode.tsx'
import { Takeaway } from './Takeaway.tsx'
import { Toolbar } from './Toolbar.tsx'
import { UndoDialog } from './UndoDialog.tsx'
import { UndoNote } from './UndoNote.tsx'
import { type VmActions, VmActionsContext } from './VmActions.tsx'
import { MakesVmsContext } from './VmLink.tsx'
import { WhatItTook } from './WhatItTook.tsx'

const RetryDialog = lazy(() =>
  import('./retry/RetryDialog.tsx').then((module) => ({ default: module.RetryDialog })),
)

/** One deployment: live while it runs, with its proof when it is done. */
export function DeploymentPage() {
  const { deploymentId } = useParams({ from: '/shell/deployments/$deploymentId' })
  const query = useQuery(deploymentQuery(deploymentId))
  if (query.data)
    return <Loaded key={deploymentId} view={query.data} updatedAt={query.dataUpdatedAt} />
  if (query.isError) {
    const gone = query.error instanceof ApiError && query.error.status === 404
    return (
      <>
        <PageHeader
          title={gone ? 'No such deployment' : 'Deployment'}
          crumb={<Crumb id={deploymentId} />}
        />
        {gone ? (
          <EmptyState
            icon={MapIcon}
            title={`There is no deployment ${deploymentId} that you may see`}
            action={
              <Link to="/deployments" className={buttonClass()}>
                To the deployments
              </Link>
            }
          />
        ) : (
          <ProblemMessage
            error={query.error}
            action={
              <Button size="sm" onClick={() => void query.refetch()}>
                Try again
              </Button>
            }
          />
        )}
      </>
    )
  }
  return (
    <>
      <PageHeader title="Deployment" crumb={<Crumb id={deploymentId} />} />
      <SkeletonRows label="The deployment is on its way" rows={8} />
    </>
  )
}

function Crumb({ id }: { id: string }) {
  return (
    <nav aria-label="Breadcrumb">
      <Link to="/deployments" className="rounded-xs hover:text-ink">
        Deployments
      </Link>
      <span aria-hidden className="px-2 text-faint">
        ›
      </span>
      <span className="font-mono">{id}</span>
    </nav>
  )
}

/** What the rows can tell; the checks once there are any. */
const views: readonly Shown[] = ['steps', 'timeline']
const checkedViews: readonly Shown[] = ['checks', ...views]

/** The one that was chosen, where there is such a one; else the checks of what worked. */
function shownOf(view: DeploymentView, chosen: Shown | undefined) {
  const checked = !isActive(view) && view.vms.some((vm) => vm.validation !== null)
  const worked = view.vms.some((vm) => vm.status === 'succeeded')
  const choices = checked ? checkedViews : views
  const shown =
    choices.find((choice) => choice === chosen) ?? (checked && worked ? 'checks' : 'steps')
  return { choices, shown }
}

function Loaded({ view, updatedAt }: { view: DeploymentView; updatedAt: number }) {
  const active = isActive(view)
  const connection = useDeploymentEvents(view.id, active)
  const search = useSearch({ from: '/shell/deployments/$deploymentId' })
  const navigate = useNavigate({ from: '/deployments/$deploymentId' })
  const [cancelling, setCancelling] = useState<'all' | VmView | null>(null)
  const [undoing, setUndoing] = useState(false)
  const [changing, setChanging] = useState<readonly VmView[] | null>(null)
  const counts = countStates(view.vms)
  const state = finishedState(view)
  const title = deploymentTitle(view)
  useTitle(tabTitle(view, state.text))
  const said = useAnnouncement(view)
  const retry = useRetryDeployment(view.id)
  const { mutate: retryVms } = retry
  const stays = active && view.cancelRequested
  const mayRetry = view.undoneBy === null && !stays
  const mayChange = mayRetry && view.undoOf === null
  const vmActions = useMemo(
    (): VmActions => ({
      cancel: stays ? null : setCancelling,
      retry: mayRetry ? (vm) => retryVms({ vms: [vm.id] }) : null,
      change: mayChange ? (vm) => setChanging([vm]) : null,
    }),
    [stays, mayRetry, mayChange, retryVms],
  )
  const actions = (
    <DeploymentActions
      view={view}
      retrying={retry.isPending}
      onRetry={mayRetry ? () => retryVms({ vms: null }) : null}
      onChange={() => setChanging(view.vms.filter(({ status }) => status === 'failed'))}
      onUndo={() => setUndoing(true)}
      onCancel={() => setCancelling('all')}
    />
  )
  const { choices, shown } = shownOf(view, search.view)
  const showsChecks = shown === 'checks'

  return (
    <>
      <PageHeader
        title={title}
        crumb={<Crumb id={view.id} />}
        badge={<StatusBadge kind={state.glyph}>{state.text}</StatusBadge>}
        phoneSub={`${view.id}, by ${view.createdBy}`}
        actions={
          <>
            {view.undoOf === null && <SaveAsBlueprint request={view.request} brief />}
            {actions}
          </>
        }
        hideActionsOnPhone
      />
      <LiveRegion text={said} />
      {retry.error && <ProblemMessage error={retry.error} className="mb-3" />}
      <UndoNote view={view} onLook={() => setUndoing(true)} />
      {active ? (
        <ProgressCard view={view} counts={counts} connection={connection} updatedAt={updatedAt} />
      ) : null}
      {!active && <FinishedTiles view={view} />}
      <Toolbar
        vms={view.vms}
        done={doneWord(view)}
        counts={counts}
        search={search}
        choices={choices}
        shown={shown}
        onSearch={(change) =>
          void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
        }
      />
      <div
        className={
          showsChecks ? 'grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_336px]' : 'space-y-5'
        }
      >
        <div className="min-w-0">
          <MakesVmsContext value={view.undoOf === null}>
            <VmActionsContext value={vmActions}>
              <LiveVms view={view} search={search} shows={shown} />
            </VmActionsContext>
          </MakesVmsContext>
          {active && (
            <p className="mt-3 text-xs text-muted">
              Closing this page changes nothing: the work goes on in the server.
            </p>
          )}
        </div>
        {!active && <Afterwards view={view} beside={showsChecks} />}
      </div>
      {view.undoOf === null && (
        <SaveAsBlueprint request={view.request} className="mt-4 w-full sm:hidden" />
      )}
      <BottomBar>{actions}</BottomBar>
      <CancelDialog
        view={view}
        vm={cancelling === 'all' ? null : cancelling}
        open={cancelling !== null}
        onOpenChange={(open) => {
          if (!open) setCancelling(null)
        }}
      />
      {changing && (
        <Suspense>
          <RetryDialog view={view} vms={changing} onClose={() => setChanging(null)} />
        </Suspense>
      )}
      <UndoDialog
        view={view}
        open={undoing}
        onOpenChange={setUndoing}
        onUndo={(deploymentId) => {
          setUndoing(false)
          void navigate({ to: '/deployments/$deploymentId', params: { deploymentId }, search: {} })
        }}
      />
    </>
  )
}

/** What to take along from a deployment that has ended. `beside`: in a column beside the VMs, else below them. */
function Afterwards({ view, beside }: { view: DeploymentView; beside: boolean }) {
  return (
    <div className={beside ? 'min-w-0 space-y-4' : 'grid items-start gap-4 md:grid-cols-[3fr_2fr]'}>
      {view.undoOf === null && (
        <div className="min-w-0 space-y-4">
          {view.undoneBy === null && <Takeaway view={view} />}
          <AsCode view={view} />
        </div>
      )}
      <WhatItTook view={view} />
    </div>
  )
}

/** As in the list; a finished one also says how many VMs are degraded. */
const finishedState = (view: DeploymentView) => {
  const state = deploymentState(view)
  const poor = view.vms.filter(
    ({ validation }) => validation !== null && validation.outcome !== 'healthy',
  ).length
  return view.status === 'succeeded' && poor > 0
    ? ({ glyph: 'warning', text: `Finished, ${poor} degraded` } as const)
    : state
}

/** The newest sentence for the live region. */
const useAnnouncement = (view: DeploymentView): string => {
  const [last, setLast] = useState<{ view: DeploymentView; said: string }>({ view, said: '' })
  if (last.view === view) return last.said
  const said = announcement(last.view, view) || last.said
  setLast({ view, said })
  return said
}
