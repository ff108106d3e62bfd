import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { type GlyphKind, glyphTextColour, StatusGlyph } from './StatusGlyph.tsx'

export type BadgeTone = 'neutral' | 'you'

/** A small framed word: where a value comes from, a privilege, a note. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  tone?: BadgeTone | undefined
  children: ReactNode
}) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-2xs font-medium whitespace-nowrap',
        tone === 'you'
          ? 'border-accent-line bg-accent-soft text-accent-text'
          : 'border-line bg-raised text-muted',
      )}
    >
      {children}
    </span>
  )
}

/** A Proxmox tag, a VM's name in a list. `wrong` draws the octagon before it. */
export function Tag({
  mono = false,
  wrong = false,
  children,
}: {
  mono?: boolean
  wrong?: boolean
  children: ReactNode
}) {
  return (
    <span
      className={cx(
        'inline-flex h-5 max-w-full items-center gap-1 truncate rounded-sm px-1.5 text-2xs whitespace-nowrap',
        mono ? 'border font-mono' : 'font-medium',
        wrong ? 'bg-bad-soft text-bad' : 'bg-raised text-body',
        mono && (wrong ? 'border-bad-line' : 'border-line'),
      )}
    >
      {wrong && <StatusGlyph kind="failed" size={12} />}
      {children}
    </span>
  )
}

const statusGround: Record<GlyphKind, string> = {
  done: 'bg-ok-soft',
  running: 'bg-accent-soft',
  info: 'bg-accent-soft',
  queued: 'bg-raised',
  waiting: 'bg-warn-soft',
  warning: 'bg-warn-soft',
  failed: 'bg-bad-soft',
  cancelled: 'bg-raised',
  stopped: 'bg-raised',
  paused: 'bg-raised',
  'to-come': 'bg-raised',
  none: 'bg-raised',
}

/** A status beside a title: shape and word on a tinted ground. */
export function StatusBadge({ kind, children }: { kind: GlyphKind; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex h-6 items-center gap-1.5 rounded-sm px-2 text-xs font-medium whitespace-nowrap',
        statusGround[kind],
        glyphTextColour(kind),
      )}
    >
      <StatusGlyph kind={kind} />
      {children}
    </span>
  )
}

/** A status in running text or a cell: shape and coloured word. */
export function StatusWord({
  kind,
  children,
  className,
}: {
  kind: GlyphKind
  children: ReactNode
  className?: string
}) {
  return (
    <span
      className={cx(
        'inline-flex min-w-0 items-center gap-1.5 align-middle',
        glyphTextColour(kind),
        className,
      )}
    >
      <StatusGlyph kind={kind} />
      <span className="min-w-0 truncate">{children}</span>
    </span>
  )
}

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-xs border border-edge bg-raised px-1 text-2xs text-muted">
      {children}
    </kbd>
  )
}

/** The two letters that stand for an operating system. */
export function OsTile({ letters }: { letters: string }) {
  return (
    <span
      aria-hidden
      className="inline-flex size-7 flex-none items-center justify-center rounded-sm border border-line bg-raised font-mono text-2xs font-medium text-body"
    >
      {letters}
    </span>
  )
}
