import type { CheckResult, Outcome, VmValidation } from '@deployer/core/vm-validation/order.ts'
import { formatExactTime, formatTime } from '../../../ui/format.ts'
import { Spinner } from '../../../ui/Spinner.tsx'
import { type GlyphKind, StatusGlyph } from '../../../ui/StatusGlyph.tsx'
import { useNow } from '../../../ui/useNow.ts'

const stateGlyphs: Record<CheckResult['state'], GlyphKind> = {
  passed: 'done',
  failed: 'failed',
  skipped: 'none',
}
const stateWords: Record<CheckResult['state'], string> = {
  passed: 'Passed',
  failed: 'Failed',
  skipped: 'Not checked',
}

const outcomeGlyphs: Record<Outcome, GlyphKind> = {
  healthy: 'done',
  degraded: 'warning',
  unhealthy: 'failed',
}
const outcomeWords: Record<Outcome, string> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  unhealthy: 'Unhealthy',
}

/** The outcome as shape and word. */
export const outcomeShown = ({
  status,
  outcome,
}: Pick<VmValidation, 'status' | 'outcome'>): { glyph: GlyphKind; word: string } => {
  if (status === 'running') return { glyph: 'running', word: 'Checking' }
  if (status === 'interrupted') return { glyph: 'cancelled', word: 'Interrupted' }
  if (outcome === null) return { glyph: 'cancelled', word: 'Not carried out' }
  return { glyph: outcomeGlyphs[outcome], word: outcomeWords[outcome] }
}

/** Each check with its evidence; while it runs, those that are known. */
export function CheckList({ validation }: { validation: VmValidation }) {
  const { checks, error, status, startedAt } = validation
  return (
    <>
      {error !== null && <p className="px-4 py-3 text-xs text-ink sm:px-5">{error}</p>}
      {checks.length > 0 && (
        <ul className="divide-y divide-line text-xs">
          {checks.map((check, index) => (
            <CheckLine key={`${check.kind} ${check.name} ${index}`} check={check} />
          ))}
        </ul>
      )}
      {status === 'running' && (
        <p className="px-4 py-3 text-xs sm:px-5" role="status">
          <Spinner since={Date.parse(startedAt)}>
            {checks.length === 0 ? 'Asking Proxmox' : 'Checking what is left'}
          </Spinner>
        </p>
      )}
    </>
  )
}

function CheckLine({ check }: { check: CheckResult }) {
  const { name, state, evidence, tries, checkedAt } = check
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-0.5 px-4 py-2 sm:flex-nowrap sm:px-5">
      <StatusGlyph
        kind={stateGlyphs[state]}
        label={stateWords[state]}
        className="mt-px flex-none"
      />
      <span className="min-w-0 flex-1 wrap-anywhere text-ink sm:w-32 sm:flex-none">{name}</span>
      <span className="order-last w-full min-w-0 pl-[26px] wrap-anywhere text-muted sm:order-none sm:w-auto sm:flex-1 sm:pl-0">
        {evidence}
        {tries > 1 && <span className="text-faint"> ({tries} tries)</span>}
      </span>
      <span className="flex-none text-2xs text-faint">
        <When at={checkedAt} />
      </span>
    </li>
  )
}

export function When({ at }: { at: string }) {
  const date = new Date(at)
  const now = new Date(useNow(30_000))
  return (
    <time dateTime={at} title={formatExactTime(date)}>
      {formatTime(date, now)}
    </time>
  )
}
