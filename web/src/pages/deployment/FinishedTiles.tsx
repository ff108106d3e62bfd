import type { DeploymentView, VmView } from '@deployer/core/deployment.ts'
import type { ReactNode } from 'react'
import { elapsedMs } from '../../components/deploymentWords.ts'
import { vmidRange } from '../../components/vmidRange.ts'
import { useServerNow } from '../../components/useServerNow.ts'
import { formatDuration, formatExactTime, formatTime } from '../../ui/format.ts'
import { type GlyphKind, StatusGlyph } from '../../ui/StatusGlyph.tsx'

const names = (vms: readonly VmView[]) =>
  vms.length <= 2
    ? vms.map(({ name }) => name).join(', ')
    : `${vms[0]?.name} and ${vms.length - 1} more`

/** What came of it in four or five figures. */
export function FinishedTiles({ view }: { view: DeploymentView }) {
  const now = new Date(useServerNow(null))
  const made = view.vms.filter(({ status }) => status === 'succeeded')
  const of = (outcome: string) => made.filter(({ validation }) => validation?.outcome === outcome)
  const healthy = of('healthy')
  const unchecked = made.filter(({ validation }) => validation === null)
  const end = view.finishedAt === null ? now : new Date(view.finishedAt)
  const begin = new Date(view.startedAt ?? view.createdAt)
  const poor: readonly [VmView[], GlyphKind, string][] = [
    [of('degraded'), 'warning', 'degraded'],
    [of('unhealthy'), 'failed', 'unhealthy'],
    [view.vms.filter(({ status }) => status === 'failed'), 'failed', 'failed'],
    [view.vms.filter(({ status }) => status === 'cancelled'), 'cancelled', 'cancelled'],
  ]
  return (
    <div className="card mb-4 grid grid-cols-2 overflow-hidden sm:auto-cols-fr sm:grid-flow-col sm:grid-cols-none">
      <Tile
        figure={`${made.length} of ${view.vms.length}`}
        what={`${made.length === 1 ? 'VM' : 'VMs'} ${view.undoOf === null ? 'deployed' : 'destroyed'}`}
        note={`${made.length > 0 ? `${vmidRange(made.map(({ vmid }) => vmid))}, ` : ''}by ${view.createdBy}`}
      />
      {healthy.length > 0 && (
        <Tile figure={healthy.length} glyph="done" what="healthy" note="every check passed" />
      )}
      {view.undoOf === null && healthy.length === 0 && unchecked.length > 0 && (
        <Tile
          figure={unchecked.length}
          glyph="done"
          what="not checked"
          note="the plan had no checks"
        />
      )}
      {poor.map(
        ([vms, glyph, what]) =>
          vms.length > 0 && (
            <Tile key={what} figure={vms.length} glyph={glyph} what={what} note={names(vms)} />
          ),
      )}
      <Tile
        figure={formatDuration(elapsedMs(view, now.getTime()))}
        what={
          <time title={`${formatExactTime(begin)} to ${formatExactTime(end)}`}>
            {formatTime(begin, now)} to {formatTime(end, now)}
          </time>
        }
        note={view.undoOf === null ? view.sourceLabel : `undo of ${view.undoOf}`}
      />
    </div>
  )
}

function Tile({
  figure,
  glyph,
  what,
  note,
}: {
  figure: ReactNode
  glyph?: GlyphKind
  what: ReactNode
  note: string
}) {
  return (
    <div className="min-w-0 border-line px-4 py-3.5 not-first:border-l max-sm:odd:border-l-0 max-sm:last:odd:col-span-2 max-sm:nth-[n+3]:border-t sm:px-5">
      <p className="flex items-center gap-2 text-xl font-semibold tracking-[-0.01em] text-ink">
        {figure}
        {glyph && <StatusGlyph kind={glyph} size={16} />}
      </p>
      <p className="truncate text-sm text-body">{what}</p>
      <p className="text-xs text-balance wrap-anywhere text-muted">{note}</p>
    </div>
  )
}
