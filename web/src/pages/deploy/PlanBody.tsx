import { ClockIcon } from '@heroicons/react/24/outline'
import type { Plan } from '@deployer/core/plan.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { deploymentsQuery } from '../../api/queries.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { CapacityBar, CapacityLegend } from '../../ui/CapacityBar.tsx'
import { formatDuration, formatExactTime, formatTime, plural } from '../../ui/format.ts'
import { useNow } from '../../ui/useNow.ts'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { nodeBars, storageBars, totalsOf } from './capacity.ts'
import { useDeploy } from './deploy-context.ts'
import { earlierRun } from './earlier.ts'
import { deliveriesOf } from './cloud-init/deliveries.ts'
import { Issues } from './Issues.tsx'
import { privilegeLines } from './privileges.ts'

/** What the plan comes to: totals, room, what stands against it. */
export function PlanBody({ onShowCalls }: { onShowCalls: () => void }) {
  const { plan: state } = useDeploy()
  const { plan, error } = state
  return (
    <>
      {error !== null && (
        <div className="border-b border-line p-4 sm:px-5">
          <ProblemMessage
            error={error}
            action={
              <Button size="sm" onClick={state.retry}>
                Check again
              </Button>
            }
          />
        </div>
      )}
      {plan === null ? (
        error === null && <NoPlanYet />
      ) : (
        <>
          <Totals plan={plan} />
          <Capacity plan={plan} />
          <Earlier vms={plan.totals.vms} />
          <FirstBoot plan={plan} />
          <Issues plan={plan} />
          <CallsAndPrivileges plan={plan} onShowCalls={onShowCalls} />
        </>
      )}
    </>
  )
}

function NoPlanYet() {
  return (
    <p className="px-4 pt-4 text-xs text-muted sm:px-5">
      Every call that Deploy would make, and the room it takes, is worked out here as you type. It
      needs something to make VMs from, and a name.
    </p>
  )
}

function Totals({ plan }: { plan: Plan }) {
  return (
    <dl className="grid grid-cols-4 gap-2 border-b border-line p-4 sm:px-5">
      {totalsOf(plan).map(({ value, unit, label }) => (
        <div key={label} className="flex flex-col-reverse">
          <dt className="text-2xs text-muted">{label}</dt>
          <dd className="text-lg font-semibold text-ink">
            {value}
            {unit !== '' && <span className="text-xs font-normal text-muted"> {unit}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Capacity({ plan }: { plan: Plan }) {
  const nodes = nodeBars(plan)
  const storages = storageBars(plan)
  if (nodes.length === 0 && storages.length === 0) return null
  return (
    <div className="flex flex-col gap-2.5 border-b border-line p-4 sm:px-5">
      {nodes.length > 0 && (
        <>
          <div className="flex items-center justify-between gap-2">
            <h3 className="text-xs font-normal text-muted!">Memory by node</h3>
            <CapacityLegend pending={[...nodes, ...storages].some((bar) => bar.pending > 0)} />
          </div>
          {nodes.map((bar) => (
            <CapacityBar key={bar.name} {...bar} />
          ))}
        </>
      )}
      {storages.length > 0 && (
        <>
          <h3 className="border-t border-line pt-2.5 text-xs font-normal text-muted!">Storage</h3>
          {storages.map((bar) => (
            <CapacityBar key={bar.caption} {...bar} />
          ))}
        </>
      )}
    </div>
  )
}

/** What the like of it took before, which is the best guess there is. */
function Earlier({ vms }: { vms: number }) {
  const { form, template } = useDeploy()
  const { data: heads = [] } = useQuery(deploymentsQuery)
  const now = useNow(60_000)
  const run = earlierRun(heads, form, template, vms)
  if (run === null) return null
  const finished = new Date(run.finishedAt)
  return (
    <div className="flex gap-3 border-b border-line p-4 text-xs sm:px-5">
      <ClockIcon className="size-5 text-muted" aria-hidden />
      <p className="min-w-0 flex-1 text-muted">
        <span className="block text-sm text-body">
          {plural(run.vms, 'VM')} took <strong>{formatDuration(run.tookMs)}</strong>
        </span>
        <Link to="/deployments/$deploymentId" params={{ deploymentId: run.id }} className="link">
          Earlier from the same source
        </Link>
        , <time title={formatExactTime(finished)}>{formatTime(finished, new Date(now))}</time>
      </p>
    </div>
  )
}

/** How the guests get what they set up at first boot, and why so. */
function FirstBoot({ plan }: { plan: Plan }) {
  const ways = deliveriesOf(plan)
  if (ways.length === 0) return null
  return (
    <div className="border-b border-line p-4 text-xs sm:px-5">
      <h3 className="mb-1 text-xs font-normal text-muted!">First boot</h3>
      {ways.map(({ title, reason, vms }) => (
        <p key={`${title} ${reason}`}>
          <span className="font-medium text-ink">{title}</span>
          {ways.length > 1 && ` for ${plural(vms, 'VM')}`}. {reason}
        </p>
      ))}
    </div>
  )
}

function CallsAndPrivileges({ plan, onShowCalls }: { plan: Plan; onShowCalls: () => void }) {
  const lines = privilegeLines(plan.privileges)
  const missing = lines.filter((line) => !line.granted).length
  return (
    <div className="px-4 pt-4 text-xs sm:px-5">
      <div className="flex items-center justify-between gap-2">
        <span className="text-body">{plural(plan.totals.calls, 'API call')}</span>
        <button type="button" className="link" onClick={onShowCalls}>
          Show calls
        </button>
      </div>
      {lines.length > 0 && (
        <details className="mt-1">
          <summary className={missing > 0 ? 'text-bad' : 'text-body'}>
            {missing === 0
              ? `${plural(lines.length, 'privilege')} held`
              : `${plural(missing, 'privilege')} missing`}
          </summary>
          <ul className="mt-1.5 flex flex-col gap-1 border-l border-line pl-3">
            {lines.map((line) => (
              <li key={`${line.granted} ${line.privilege}`} className="flex items-start gap-1.5">
                <StatusGlyph kind={line.granted ? 'done' : 'failed'} size={12} className="mt-0.5" />
                <span className="min-w-0 wrap-anywhere">
                  {line.privilege} <span className="text-muted">on {line.paths}</span>
                  <span className="sr-only">{line.granted ? ', held' : ', missing'}</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
