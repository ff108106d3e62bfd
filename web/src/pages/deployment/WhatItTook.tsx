import type { DeploymentView } from '@deployer/core/deployment.ts'
import { Link } from '@tanstack/react-router'
import { elapsedMs } from '../../components/deploymentWords.ts'
import { formatDuration, plural } from '../../ui/format.ts'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { stepMs, stepName } from './model.ts'
import { segmentsOf } from './timeline/segments.ts'
import { phaseTotals } from './timeline/totals.ts'

/** Where time and effort went, from the journal of the steps. */
export function WhatItTook({ view }: { view: DeploymentView }) {
  const steps = view.vms.flatMap((vm) =>
    vm.steps.flatMap((step) => {
      const ms = step.finishedAt === null ? null : stepMs(step, 0)
      return ms === null ? [] : [{ vm, step, ms }]
    }),
  )
  const slowest = steps.toSorted((one, other) => other.ms - one.ms)[0]
  const retried = steps.filter(({ step }) => step.attempt > 1)
  const retries = retried.reduce((sum, { step }) => sum + step.attempt - 1, 0)
  const longest = view.vms
    .filter(({ startedAt, finishedAt }) => startedAt !== null && finishedAt !== null)
    .map((vm) => ({ vm, ms: elapsedMs(vm, 0) }))
    .toSorted((one, other) => other.ms - one.ms)
  const totals = phaseTotals(
    view.vms.map((vm) => ({ name: vm.name, segments: segmentsOf(vm, view, 0) })),
  )
  const all = totals.reduce((sum, { ms }) => sum + ms, 0)
  const waits = totals
    .filter(({ phase }) => phase === 'waiting' || phase === 'queued')
    .reduce((sum, { ms }) => sum + ms, 0)
  const first = longest[0]
  const last = longest.at(-1)
  return (
    <section aria-labelledby="took" className="card p-4">
      <h2 id="took" className="mb-2 text-md">
        What it took
      </h2>
      <KeyValue
        items={[
          ['Steps done', steps.length.toLocaleString('en')],
          [
            'Retries',
            retries === 0
              ? 'none'
              : `${retries} in ${plural(new Set(retried.map(({ vm }) => vm.id)).size, 'VM')}`,
          ],
          ['Waiting', waits === 0 ? 'none' : `${formatDuration(waits)} of ${formatDuration(all)}`],
          ...(slowest
            ? [
                [
                  'Longest step',
                  `${stepName(slowest.step).toLowerCase()} ${slowest.vm.name}, ${formatDuration(slowest.ms)}`,
                ] as const,
              ]
            : []),
          ...(first && last && first !== last
            ? [['Per VM', `${formatDuration(last.ms)} to ${formatDuration(first.ms)}`] as const]
            : []),
          ['Plan', <code key="hash">{view.planHash.slice(0, 12)}</code>],
        ]}
      />
      <p className="mt-2 text-xs">
        <Link
          from="/deployments/$deploymentId"
          search={(before) => ({ ...before, view: 'timeline' as const })}
          className="link"
        >
          Timeline
        </Link>
      </p>
    </section>
  )
}
