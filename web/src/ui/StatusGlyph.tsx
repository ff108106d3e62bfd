import { cx } from './cx.ts'

export type GlyphKind =
  | 'done'
  | 'running'
  | 'queued'
  | 'waiting'
  | 'warning'
  | 'failed'
  | 'cancelled'
  | 'stopped'
  | 'paused'
  | 'info'
  | 'to-come'
  | 'none'

const colours: Record<GlyphKind, string> = {
  done: 'text-ok',
  running: 'text-accent-text',
  queued: 'text-faint',
  waiting: 'text-warn',
  warning: 'text-warn',
  failed: 'text-bad',
  cancelled: 'text-muted',
  stopped: 'text-faint',
  paused: 'text-muted',
  info: 'text-accent-text',
  'to-come': 'text-field',
  none: 'text-faint',
}

const cut = { fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round' } as const

/** Marks are cut out of the filled shapes with evenodd paths, so that they show whatever is behind them. */
function Shape({ kind }: { kind: GlyphKind }) {
  switch (kind) {
    case 'done':
      return (
        <path
          fillRule="evenodd"
          d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm3.77 4.73a.9.9 0 0 0-1.26.19L7.2 10.4 5.3 8.5a.9.9 0 1 0-1.27 1.27l2.65 2.65a.9.9 0 0 0 1.36-.1l3.93-5.33a.9.9 0 0 0-.2-1.26Z"
        />
      )
    case 'running':
      return (
        <g {...cut} strokeWidth="1.9" stroke="currentColor">
          <circle cx="8" cy="8" r="6" opacity=".35" />
          <path d="M8 2a6 6 0 0 1 6 6" />
        </g>
      )
    case 'queued':
      return (
        <circle
          {...cut}
          cx="8"
          cy="8"
          r="6"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="butt"
          strokeDasharray="2.4 2.31"
        />
      )
    case 'waiting':
      return (
        <g {...cut} stroke="currentColor" strokeWidth="1.6">
          <circle cx="8" cy="8" r="6.2" />
          <path d="M6.35 5.75v4.5M9.65 5.75v4.5" />
        </g>
      )
    case 'warning':
      return (
        <path
          fillRule="evenodd"
          d="M6.62 2.02a1.6 1.6 0 0 1 2.76 0l5.4 9.4A1.6 1.6 0 0 1 13.4 13.8H2.6a1.6 1.6 0 0 1-1.38-2.4l5.4-9.38ZM8 4.9a.85.85 0 0 0-.85.85v2.9a.85.85 0 0 0 1.7 0v-2.9A.85.85 0 0 0 8 4.9Zm0 5.3a.95.95 0 1 0 0 1.9.95.95 0 0 0 0-1.9Z"
        />
      )
    case 'failed':
      return (
        <path
          fillRule="evenodd"
          d="M5.4 1h5.2c.3 0 .6.12.8.33l3.27 3.27c.21.2.33.5.33.8v5.2c0 .3-.12.6-.33.8l-3.27 3.27c-.2.21-.5.33-.8.33H5.4c-.3 0-.6-.12-.8-.33L1.33 11.4A1.1 1.1 0 0 1 1 10.6V5.4c0-.3.12-.6.33-.8L4.6 1.33c.2-.21.5-.33.8-.33Zm.86 4.24a.72.72 0 0 0-1.02 1.02L6.98 8 5.24 9.74a.72.72 0 1 0 1.02 1.02L8 9.02l1.74 1.74a.72.72 0 1 0 1.02-1.02L9.02 8l1.74-1.74a.72.72 0 1 0-1.02-1.02L8 6.98 6.26 5.24Z"
        />
      )
    case 'cancelled':
      return (
        <g {...cut} stroke="currentColor" strokeWidth="1.6">
          <circle cx="8" cy="8" r="6.2" />
          <path d="m3.9 12.1 8.2-8.2" />
        </g>
      )
    case 'stopped':
      return (
        <rect
          {...cut}
          x="2.8"
          y="2.8"
          width="10.4"
          height="10.4"
          rx="2"
          stroke="currentColor"
          strokeWidth="1.6"
        />
      )
    case 'paused':
      return (
        <g {...cut} stroke="currentColor" strokeWidth="1.6">
          <rect x="2.2" y="2.2" width="11.6" height="11.6" rx="2" />
          <path d="M6.35 5.75v4.5M9.65 5.75v4.5" />
        </g>
      )
    case 'info':
      return (
        <path
          fillRule="evenodd"
          d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 2.9a1.05 1.05 0 1 0 0 2.1 1.05 1.05 0 0 0 0-2.1Zm-.9 3a.75.75 0 0 0 0 1.5h.1v3.05a.85.85 0 0 0 1.7 0V7.75a.85.85 0 0 0-.85-.85H7.1Z"
        />
      )
    case 'to-come':
      return <circle {...cut} cx="8" cy="8" r="1.9" stroke="currentColor" strokeWidth="1.5" />
    case 'none':
      return <path {...cut} d="M5.25 8h5.5" stroke="currentColor" strokeWidth="1.6" />
  }
}

/** The shape of a status. Without `label` it is decoration beside a word. */
export function StatusGlyph({
  kind,
  size = 14,
  label,
  className,
}: {
  kind: GlyphKind
  size?: 12 | 14 | 16 | 20
  label?: string | undefined
  className?: string | undefined
}) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="currentColor"
      // The whole picture turns: that is the compositor's work, a part of it would be painted anew for each frame.
      className={cx(colours[kind], kind === 'running' && 'animate-turn', className)}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
    >
      <Shape kind={kind} />
    </svg>
  )
}

/** Colour of the word beside the glyph. */
export const glyphTextColour = (kind: GlyphKind): string =>
  kind === 'to-come' ? 'text-faint' : colours[kind]
