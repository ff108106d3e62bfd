import { ArrowPathRoundedSquareIcon } from '@heroicons/react/16/solid'
import type { DeploymentHead } from '@deployer/core/deployment.ts'
import { Link } from '@tanstack/react-router'
import {
  deploymentState,
  deploymentTitle,
  doneWord,
  elapsedMs,
  isActive,
} from '../../components/deploymentWords.ts'
import { useServerNow } from '../../components/useServerNow.ts'
import { StatusWord } from '../../ui/Badge.tsx'
import { buttonClass } from '../../ui/Button.tsx'
import { formatDuration, formatElapsed, formatExactTime, formatTime } from '../../ui/format.ts'
import { ProgressSegments, type SegmentState } from '../../ui/ProgressSegments.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'

const times = (state: SegmentState, count: number) =>
  Array.from({ length: count }, () => ({ state, progress: state === 'running' ? 0.5 : null }))

/** One segment for each VM, from the counts alone. */
const parts = ({ summary }: DeploymentHead) => {
  return [
    ...times('done', summary.succeeded),
    ...times('failed', summary.failed),
    ...times('cancelled', summary.cancelled),
    ...times('running', summary.running),
    ...times('queued', summary.queued),
  ]
}

const readyText = (head: DeploymentHead) =>
  `${head.summary.succeeded} of ${head.summary.total} ${doneWord(head)}`

export function DeploymentsTable({ heads }: { heads: readonly DeploymentHead[] }) {
  const now = useServerNow(1000)
  return (
    <div className="card overflow-x-auto">
      <table className="w-full">
        <thead className="border-b border-line bg-raised">
          <tr>
            <th scope="col" className="th pl-4 text-left">
              Deployment
            </th>
            <th scope="col" className="th">
              State
            </th>
            <th scope="col" className="th">
              VMs
            </th>
            <th scope="col" className="th hidden lg:table-cell">
              From
            </th>
            <th scope="col" className="th hidden md:table-cell">
              By
            </th>
            <th scope="col" className="th">
              Started
            </th>
            <th scope="col" className="th text-right">
              Took
            </th>
            <th scope="col" className="th">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {heads.map((head) => (
            <Row key={head.id} head={head} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ head, now }: { head: DeploymentHead; now: number }) {
  const state = deploymentState(head)
  return (
    <tr className="relative text-xs transition-colors hover:bg-raised/50">
      <td className="td h-10 max-w-72 pl-4">
        <Link
          to="/deployments/$deploymentId"
          params={{ deploymentId: head.id }}
          data-row
          // The whole row is the link; the button at its end lies above it.
          className="block truncate rounded-xs text-sm font-medium text-ink after:absolute after:inset-0 after:content-['']"
        >
          {deploymentTitle(head)}
        </Link>
      </td>
      <td className="td h-10">
        <StatusWord kind={state.glyph}>{state.text}</StatusWord>
      </td>
      <td className="td h-10">
        <span className="flex items-center gap-3">
          <span className="w-24">
            <ProgressSegments brief parts={parts(head)} label={readyText(head)} />
          </span>
          <span aria-hidden className="text-muted">
            {head.summary.succeeded} of {head.summary.total}
          </span>
        </span>
      </td>
      <td className="td hidden h-10 max-w-60 truncate text-muted lg:table-cell">
        {head.sourceLabel}
      </td>
      <td className="td hidden h-10 text-muted md:table-cell">{head.createdBy}</td>
      <td className="td h-10 text-muted" title={formatExactTime(new Date(head.createdAt))}>
        {formatTime(new Date(head.createdAt), new Date(now))}
      </td>
      <td className="td h-10 text-right">
        {(isActive(head) ? formatElapsed : formatDuration)(elapsedMs(head, now))}
      </td>
      <td className="td h-10 w-12 pr-3 text-right">
        {head.undoOf === null && <Again head={head} />}
      </td>
    </tr>
  )
}

function Again({ head }: { head: DeploymentHead }) {
  return (
    <Tooltip text="Deploy again with the same request">
      <Link
        to="/deploy"
        search={{ from: head.id }}
        aria-label={`Deploy ${deploymentTitle(head)} again`}
        className={buttonClass('ghost', 'sm', 'relative w-11 px-0! sm:w-7')}
      >
        <ArrowPathRoundedSquareIcon className="size-4" aria-hidden />
      </Link>
    </Tooltip>
  )
}

/** The same for narrow screens. */
export function DeploymentCards({ heads }: { heads: readonly DeploymentHead[] }) {
  const now = useServerNow(1000)
  return (
    <ul className="card -mx-3 divide-y divide-line rounded-none border-x-0">
      {heads.map((head) => {
        const state = deploymentState(head)
        return (
          <li key={head.id} className="relative space-y-1.5 px-4 py-3 text-xs">
            <div className="flex items-center justify-between gap-3">
              <Link
                to="/deployments/$deploymentId"
                params={{ deploymentId: head.id }}
                data-row
                className="min-w-0 truncate text-md font-medium text-ink after:absolute after:inset-0 after:content-['']"
              >
                {deploymentTitle(head)}
              </Link>
              <StatusWord kind={state.glyph} className="flex-none">
                {state.text}
              </StatusWord>
            </div>
            <ProgressSegments parts={parts(head)} label={readyText(head)} />
            <div className="flex justify-between gap-3 text-muted">
              <span>
                {readyText(head)}, by {head.createdBy}
              </span>
              <span className="flex-none">
                {formatTime(new Date(head.createdAt), new Date(now))}
              </span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
