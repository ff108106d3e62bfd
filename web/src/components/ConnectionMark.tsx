import type { Connection } from '../api/events.ts'
import { formatAgo, formatElapsed, formatTime } from '../ui/format.ts'
import { StatusGlyph } from '../ui/StatusGlyph.tsx'
import { useNow } from '../ui/useNow.ts'

/** Whether what is shown is current: live, or since when not and from when it is. */
export function ConnectionMark({
  connection,
  updatedAt,
}: {
  connection: Connection
  /** When the newest data came, in milliseconds. */
  updatedAt: number
}) {
  const now = useNow(1000)
  switch (connection.state) {
    case 'off':
      return null
    case 'connecting':
      return (
        <Mark glyph="running">
          <span className="text-muted">Connecting</span>
        </Mark>
      )
    case 'live':
      return (
        <Mark glyph="done">
          <span className="text-muted">Live, last event {formatAgo(now - updatedAt)}</span>
        </Mark>
      )
    case 'lost':
      return (
        <Mark glyph="waiting">
          <span className="text-warn">
            No connection for {formatElapsed(now - connection.since)}, as of{' '}
            {formatTime(new Date(updatedAt), new Date(now))}
          </span>
        </Mark>
      )
  }
}

function Mark({
  glyph,
  children,
}: {
  glyph: 'running' | 'done' | 'waiting'
  children: React.ReactNode
}) {
  return (
    <span className="inline-flex items-center gap-1.5 text-xs">
      <StatusGlyph kind={glyph} size={12} />
      {children}
    </span>
  )
}
