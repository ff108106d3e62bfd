import type { Failure, StepView } from '@deployer/core/deployment.ts'
import type { ReactNode } from 'react'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'

/** What broke, why, and what to do; Proxmox's own words below. */
export function FailureMessage({
  failure,
  action,
}: {
  failure: Failure
  /** What can be done about it here. */
  action?: ReactNode
}) {
  return (
    <div className="grid gap-x-8 gap-y-2 rounded-md border border-bad-line bg-bad-soft px-4 py-3 text-xs whitespace-normal text-body sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p className="text-sm font-medium text-ink">{failure.title}</p>
        {failure.cause !== null && <p className="mt-0.5">{failure.cause}</p>}
        {failure.proxmox !== null && (
          <p className="mt-2 font-mono text-2xs wrap-anywhere text-muted">{failure.proxmox}</p>
        )}
      </div>
      {failure.remedy !== null && (
        <div className="min-w-0">
          <p className="text-sm font-medium text-ink">What to do</p>
          <p className="mt-0.5">{failure.remedy}</p>
        </div>
      )}
      {action}
    </div>
  )
}

/** Why a step waits for its next try. */
export function WaitMessage({ step }: { step: StepView }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-warn-line bg-warn-soft px-4 py-2.5 text-xs whitespace-normal">
      <StatusGlyph kind="waiting" size={16} />
      <p className="min-w-0 flex-1">
        <strong className="font-medium">{step.error?.title ?? 'Waiting'}</strong>
        {step.error?.cause && <> {step.error.cause}</>}
        {step.error?.proxmox && (
          <span className="ml-1 font-mono text-2xs wrap-anywhere text-muted">
            {step.error.proxmox}
          </span>
        )}
      </p>
      <span className="text-muted">
        Try {step.attempt}
        {step.detail === null ? '' : `, ${step.detail}`}
      </span>
    </div>
  )
}
