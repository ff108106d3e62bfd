import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { statusQuery } from '../api/queries.ts'
import { formatTime, plural } from '../ui/format.ts'
import { type GlyphKind, StatusGlyph } from '../ui/StatusGlyph.tsx'
import { useNow } from '../ui/useNow.ts'
import { Tooltip } from '../ui/Tooltip.tsx'

/** The cluster in two lines: name and version, nodes, quorum and latency; or since when it does not answer. */
export function ClusterState({ slim }: { slim: boolean }) {
  const { data: status, isError } = useQuery(statusQuery)
  const now = new Date(useNow(30_000))
  // Its name is not told while it does not answer.
  const [known, setKnown] = useState<string | null>(null)
  if (status && status.clusterName !== null && status.clusterName !== known)
    setKnown(status.clusterName)
  if (!status) return <div className="h-11" />
  const name = status.clusterName ?? known ?? status.host.replace(/:\d+$/, '')
  const connected = status.connected && !isError
  const glyph: GlyphKind = !connected
    ? 'failed'
    : status.quorate === false || (status.nodesOnline ?? 0) < (status.nodes ?? 0)
      ? 'warning'
      : 'done'
  const line = isError ? 'the server does not answer' : lineOf(status, now)
  if (slim)
    return (
      <Tooltip text={`${name}: ${line}`} side="right">
        <button
          type="button"
          aria-label={`Cluster ${name}: ${line}`}
          className="flex h-8 w-full items-center justify-center rounded-md"
        >
          <StatusGlyph kind={glyph} />
        </button>
      </Tooltip>
    )
  return (
    <div className="flex gap-2 px-2 py-1" title={isError ? undefined : status.message}>
      <StatusGlyph
        kind={glyph}
        className="mt-[3px]"
        label={connected ? 'Connected' : 'Not connected'}
      />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium text-ink">{name}</span>
          {status.version !== null && <span className="text-xs text-muted">{status.version}</span>}
        </div>
        <div className="truncate text-2xs text-muted">{line}</div>
      </div>
    </div>
  )
}

const lineOf = (
  status: {
    connected: boolean
    failingSince: string | null
    nodes: number | null
    nodesOnline: number | null
    quorate: boolean | null
    latencyMs: number | null
  },
  now: Date,
): string => {
  if (status.connected)
    return [nodesText(status), quorumText(status.quorate), latencyText(status.latencyMs)]
      .filter((part) => part !== null)
      .join(', ')
  return status.failingSince === null
    ? 'no answer'
    : `no answer since ${formatTime(new Date(status.failingSince), now)}`
}

const nodesText = ({ nodes, nodesOnline }: { nodes: number | null; nodesOnline: number | null }) =>
  nodes === null
    ? null
    : nodesOnline !== null && nodesOnline < nodes
      ? `${nodesOnline} of ${plural(nodes, 'node')}`
      : plural(nodes, 'node')

const quorumText = (quorate: boolean | null) =>
  quorate === null ? null : quorate ? 'quorate' : 'no quorum'

const latencyText = (latencyMs: number | null) =>
  latencyMs === null ? null : `${Math.max(1, Math.round(latencyMs))} ms`
