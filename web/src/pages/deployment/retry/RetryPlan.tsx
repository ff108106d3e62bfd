import type { Call, Issue, Plan } from '@deployer/core/plan.ts'
import { plural } from '../../../ui/format.ts'
import { Message } from '../../../ui/Message.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { retrySentence } from './changes.ts'

const MOST_ISSUES = 4

/** What the retry would do, and what stands against it. `current`: it is the plan of what the fields say now. */
export function RetryPlan({ plan, current }: { plan: Plan | null; current: boolean }) {
  if (plan === null) return <SkeletonRows label="The plan is on its way" rows={3} />
  return (
    <section aria-label="Plan" className="space-y-3" aria-busy={!current}>
      <p className="flex min-h-5 items-center gap-3 font-medium text-ink">
        <span className="flex-1">{retrySentence(plan)}</span>
        {!current && <Spinner>Checking the plan</Spinner>}
      </p>
      <Issues issues={plan.blockers} tone="bad" />
      <Issues issues={plan.warnings} tone="warn" />
      <ul
        tabIndex={0}
        aria-label="What is done for each VM"
        className="max-h-56 divide-y divide-line overflow-y-auto rounded-md border border-line bg-well text-xs"
      >
        {plan.vms.map(({ name, vmid, node, steps }) => (
          <li key={name} className="px-3 py-1.5">
            <details open={plan.vms.length === 1}>
              <summary className="flex cursor-pointer items-center gap-3">
                <span className="min-w-0 flex-1 truncate font-medium text-ink">{name}</span>
                <span className="font-mono text-muted">{vmid}</span>
                <span>{node}</span>
                <span className="text-accent-text">{plural(steps.length, 'step')}</span>
              </summary>
              <ol className="mt-1.5 mb-1 space-y-1 border-l border-line pl-3">
                {steps.map(({ id, title, calls }) => (
                  <li key={id} className="flex flex-wrap gap-x-3">
                    <span className="text-body">{title}</span>
                    <span className="font-mono text-2xs wrap-anywhere text-muted">
                      {callWords(calls)}
                    </span>
                  </li>
                ))}
              </ol>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The call that changes something, else the first one. */
const callWords = (calls: readonly Call[]): string => {
  const call = calls.find(({ changes }) => changes) ?? calls[0]
  return call === undefined ? '' : `${call.method} ${call.path}`
}

function Issues({ issues, tone }: { issues: readonly Issue[]; tone: 'bad' | 'warn' }) {
  const more = issues.length - MOST_ISSUES
  return (
    <>
      {issues.slice(0, MOST_ISSUES).map(({ code, message }) => (
        <Message key={`${code} ${message}`} tone={tone} title={message} />
      ))}
      {more > 0 && <p className="text-xs text-muted">And {more} more of this kind.</p>}
    </>
  )
}
