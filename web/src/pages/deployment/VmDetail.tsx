import type { StepView, VmView } from '@deployer/core/deployment.ts'
import { useState } from 'react'
import { ProgressBar } from '../../ui/CapacityBar.tsx'
import { CopyButton } from '../../ui/CodeBlock.tsx'
import { cx } from '../../ui/cx.ts'
import {
  formatDuration,
  formatElapsed,
  formatExactTime,
  formatPercent,
  formatTime,
} from '../../ui/format.ts'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { LogTail } from '../../ui/LogTail.tsx'
import { useNow } from '../../ui/useNow.ts'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { FailureMessage } from './Messages.tsx'
import { currentStep, stepMark, stepMs, stepName } from './model.ts'
import { ValidateAgain } from './ValidateAgain.tsx'
import { VmCancelButton } from './VmActions.tsx'
import { OpenVm } from './VmLink.tsx'

/** Every step of one VM at the left, the chosen one's task, progress and log at the right. */
export function VmDetail({ vm, now }: { vm: VmView; now: number }) {
  const [chosenId, setChosenId] = useState<string | null>(null)
  const present =
    currentStep(vm) ?? vm.steps.findLast(({ status }) => status === 'succeeded') ?? vm.steps[0]
  const step = vm.steps.find(({ id }) => id === chosenId) ?? present
  // What a cancelled VM left out was not done.
  const left = vm.status === 'cancelled'
  const done = vm.steps.filter(
    ({ status }) => status === 'succeeded' || (status === 'skipped' && !left),
  ).length
  return (
    <div className="grid overflow-hidden rounded-md border border-line bg-well text-xs whitespace-normal lg:grid-cols-2">
      <div className="min-w-0 px-2 pt-2.5 pb-3">
        <div className="mb-1 flex min-h-7 items-center gap-3 px-2">
          <p className="flex-1 font-medium text-ink">
            Steps{' '}
            <span className="ml-1 font-normal text-muted">
              {done} of {vm.steps.length} done
            </span>
          </p>
          <OpenVm vm={vm} />
          <VmCancelButton vm={vm} />
        </div>
        <ol>
          {vm.steps.map((one) => (
            <li key={one.id}>
              <StepLine
                step={one}
                now={now}
                chosen={one.id === step?.id}
                onChoose={() => setChosenId(one.id)}
              />
            </li>
          ))}
        </ol>
      </div>
      {step && (
        <div className="min-w-0 border-t border-line px-4 py-3 lg:border-t-0 lg:border-l">
          <StepDetail step={step} vm={vm} now={now} />
        </div>
      )}
      <ValidateAgain vm={vm} />
    </div>
  )
}

function StepLine({
  step,
  now,
  chosen,
  onChoose,
}: {
  step: StepView
  now: number
  chosen: boolean
  onChoose: () => void
}) {
  const mark = stepMark({ id: step.id, name: stepName(step) }, step, now)
  const ms = stepMs(step, now)
  const quiet = step.status === 'pending' || step.status === 'skipped'
  // Why it waits is more than what it calls; a step that calls nothing says what came of it.
  const shown = step.status === 'waiting' ? step.detail : (step.call ?? step.detail)
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={cx(
        'flex min-h-11 w-full items-center gap-2.5 rounded-sm px-2 text-left sm:min-h-[26px]',
        chosen ? 'bg-accent-soft' : 'hover:bg-raised/60',
      )}
    >
      <StatusGlyph kind={mark.glyph} label={mark.label.split(', ')[1]} />
      <span
        className={cx(
          'w-[38%] flex-none truncate',
          quiet ? 'text-muted' : chosen ? 'font-medium text-ink' : 'text-body',
        )}
      >
        {step.title}
      </span>
      <span
        className={cx(
          'min-w-0 flex-1 truncate text-muted',
          shown === step.call && 'font-mono text-2xs',
        )}
      >
        {shown}
      </span>
      {step.attempt > 1 && <span className="text-2xs text-warn">try {step.attempt}</span>}
      {ms !== null && <span className="text-2xs text-muted">{formatDuration(ms)}</span>}
    </button>
  )
}

function StepDetail({ step, vm, now }: { step: StepView; vm: VmView; now: number }) {
  const running = step.status === 'running'
  const today = useNow(null)
  const ms = stepMs(step, now)
  const started = step.startedAt === null ? null : new Date(step.startedAt)
  const own = step.error !== null && step.error.title !== vm.error?.title
  return (
    <div className="space-y-2.5">
      <p className="font-medium text-ink">{step.title}</p>
      {step.call !== null && (
        <p className="flex items-center gap-2">
          <span className="text-2xs text-muted">Call</span>
          <span className="min-w-0 font-mono text-2xs wrap-anywhere text-ink">{step.call}</span>
        </p>
      )}
      {step.upid !== null && (
        <p className="flex items-center gap-2">
          <span className="text-2xs text-muted">UPID</span>
          <span className="min-w-0 truncate font-mono text-2xs text-ink" title={step.upid}>
            {step.upid}
          </span>
          <CopyButton text={step.upid} label="the UPID" size="xs" />
        </p>
      )}
      {step.waits.map((wait) => (
        <p key={wait.from} className="flex items-baseline gap-2">
          <span className="flex-none text-2xs text-muted">Waited</span>
          <span className="min-w-0 flex-1 text-body">{wait.why}</span>
          <span className="flex-none text-2xs text-muted">
            {formatDuration(
              (wait.until === null ? now : Date.parse(wait.until)) - Date.parse(wait.from),
            )}
          </span>
        </p>
      ))}
      {running && step.progress !== null && (
        <div>
          <p className="mb-1 flex justify-between gap-3">
            <span className="min-w-0 truncate text-ink">{step.detail ?? step.title}</span>
            <span className="text-muted">{formatPercent(step.progress)}</span>
          </p>
          <ProgressBar share={step.progress} label={`${step.title} of ${vm.name}`} />
        </div>
      )}
      {own && step.error && <FailureMessage failure={step.error} />}
      {step.kind === 'read-cloud-init' && step.log.length > 0 && (
        <p className="text-2xs text-muted">
          End of <code>/var/log/cloud-init-output.log</code> in the guest
        </p>
      )}
      {step.log.length > 0 && (
        <LogTail
          // Another step has another log to follow.
          key={step.id}
          lines={step.log}
          live={running}
          label={`${step.kind === 'read-cloud-init' ? 'Output of cloud-init' : `Task log of ${step.title}`}, ${vm.name}`}
        />
      )}
      <KeyValue
        align="left"
        items={[
          ...(started === null
            ? []
            : ([
                [
                  'Started',
                  <time
                    key="started"
                    dateTime={started.toISOString()}
                    title={formatExactTime(started)}
                  >
                    {formatTime(started, new Date(today))}
                  </time>,
                ],
              ] as const)),
          ...(ms === null
            ? []
            : [
                step.finishedAt === null
                  ? (['So far', formatElapsed(ms)] as const)
                  : (['Took', formatDuration(ms)] as const),
              ]),
          ...(step.attempt > 1 ? [['Tries', String(step.attempt)] as const] : []),
          ...(step.detail !== null && !running && step.status !== 'failed'
            ? [[step.status === 'waiting' ? 'Now' : 'Result', step.detail] as const]
            : []),
        ]}
      />
      {step.status === 'pending' && <p className="text-muted">Not begun yet.</p>}
      {step.status === 'skipped' && <p className="text-muted">Not needed any more.</p>}
    </div>
  )
}
