import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { type GlyphKind, StatusGlyph } from './StatusGlyph.tsx'

export type MessageTone = 'info' | 'ok' | 'warn' | 'bad'

const looks: Record<MessageTone, { glyph: GlyphKind; box: string }> = {
  info: { glyph: 'info', box: 'border-accent-line bg-accent-soft' },
  ok: { glyph: 'done', box: 'border-ok-line bg-ok-soft' },
  warn: { glyph: 'warning', box: 'border-warn-line bg-warn-soft' },
  bad: { glyph: 'failed', box: 'border-bad-line bg-bad-soft' },
}

/** What is so, why, and what to do. `proxmox` keeps Proxmox's own words, in mono below ours. */
export function Message({
  tone,
  title,
  action,
  proxmox,
  className,
  children,
  ...rest
}: {
  tone: MessageTone
  title: ReactNode
  action?: ReactNode | undefined
  proxmox?: string | null | undefined
  className?: string | undefined
  children?: ReactNode | undefined
  id?: string | undefined
  role?: 'alert' | 'status' | undefined
}) {
  return (
    <div
      {...rest}
      className={cx('flex gap-3 rounded-md border px-3 py-2.5 text-xs', looks[tone].box, className)}
    >
      <StatusGlyph kind={looks[tone].glyph} size={16} className="mt-px" />
      <div className="min-w-0 flex-1 text-body">
        <p className="font-medium text-ink">{title}</p>
        {children}
        {proxmox && <p className="mt-1 font-mono text-2xs wrap-anywhere text-muted">{proxmox}</p>}
      </div>
      {action !== undefined && <div className="flex-none">{action}</div>}
    </div>
  )
}

/** A strip over the whole page: what holds for everything below it. */
export function Banner({
  tone,
  title,
  action,
  children,
}: {
  tone: MessageTone
  title: ReactNode
  action?: ReactNode | undefined
  children?: ReactNode | undefined
}) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cx('border-b text-xs text-body', looks[tone].box)}
    >
      <div className="mx-auto flex min-h-12 max-w-(--content,1456px) flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 sm:px-7">
        <StatusGlyph kind={looks[tone].glyph} size={16} />
        <p className="min-w-0 flex-1">
          <strong>{title}</strong> {children}
        </p>
        {action}
      </div>
    </div>
  )
}
