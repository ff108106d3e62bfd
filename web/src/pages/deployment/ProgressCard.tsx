import type { DeploymentView } from '@deployer/core/deployment.ts'
import type { Connection } from '../../api/events.ts'
import { ConnectionMark } from '../../components/ConnectionMark.tsx'
import { doneWord, elapsedMs } from '../../components/deploymentWords.ts'
import { useServerNow } from '../../components/useServerNow.ts'
import { formatElapsed, formatExactTime, formatTime } from '../../ui/format.ts'
import { ProgressSegments } from '../../ui/ProgressSegments.tsx'
import { type GlyphKind, glyphTextColour, StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { progressSentence } from './batch.ts'
import { type VmState, vmProgress, vmState } from './model.ts'

const marks: readonly [VmState, GlyphKind, string][] = [
  ['failed', 'failed', 'failed'],
  ['running', 'running', 'running'],
  ['waiting', 'waiting', 'waiting'],
  ['queued', 'queued', 'queued'],
  ['cancelled', 'cancelled', 'cancelled'],
]

/** Where the batch is: counts, one segment for each VM, who and since when, and whether this is live. */
export function ProgressCard({
  view,
  counts,
  connection,
  updatedAt,
}: {
  view: DeploymentView
  counts: Record<VmState, number>
  connection: Connection
  updatedAt: number
}) {
  const now = useServerNow(1000)
  const asked = new Date(view.createdAt)
  return (
    <section
      aria-label="Progress"
      className="card -mx-3 mb-3 rounded-none border-x-0 px-4 py-4 sm:mx-0 sm:mb-4 sm:rounded-lg sm:border-x sm:px-5"
    >
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
        <p className="text-lg font-semibold text-ink">
          {counts.done} of {view.vms.length} {doneWord(view)}
        </p>
        <ul className="order-last flex w-full flex-wrap gap-x-5 gap-y-1 text-sm sm:order-none sm:w-auto">
          {marks.map(
            ([state, glyph, word]) =>
              counts[state] > 0 && (
                <li
                  key={state}
                  className={`inline-flex items-center gap-1.5 ${glyphTextColour(glyph)}`}
                >
                  <StatusGlyph kind={glyph} />
                  {counts[state]} {word}
                </li>
              ),
          )}
        </ul>
        <p className="ml-auto text-sm text-muted">
          <span className="font-medium text-ink">{formatElapsed(elapsedMs(view, now))}</span>{' '}
          elapsed
        </p>
      </div>
      <div className="mt-2.5 mb-2.5">
        <ProgressSegments
          label={progressSentence(counts, view.vms.length, doneWord(view))}
          parts={view.vms.map((vm) => ({ state: vmState(vm), progress: vmProgress(vm) }))}
        />
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 text-xs text-muted">
        <span>
          By <span className="text-body">{view.createdBy}</span> at{' '}
          <time dateTime={view.createdAt} title={formatExactTime(asked)}>
            {formatTime(asked, new Date(now))}
          </time>
        </span>
        {view.undoOf === null && (
          <span>
            From <span className="text-body">{view.sourceLabel}</span>
          </span>
        )}
        <span className="sm:ml-auto">
          <ConnectionMark connection={connection} updatedAt={updatedAt} />
        </span>
      </div>
    </section>
  )
}
