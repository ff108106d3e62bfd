import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { type GlyphKind, StatusGlyph } from './StatusGlyph.tsx'

/** A count that filters: `Failed 1`. A toggle button; several stand in a row. */
export function FilterChip({
  on,
  onClick,
  count,
  glyph,
  children,
}: {
  on: boolean
  onClick: () => void
  count?: number | undefined
  glyph?: GlyphKind | undefined
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      className={cx(
        'inline-flex h-9 flex-none items-center gap-1.5 rounded-md border px-3 text-sm whitespace-nowrap transition-colors sm:h-7 sm:px-2.5 sm:text-xs',
        on
          ? 'border-accent-line bg-accent-soft font-medium text-accent-text'
          : 'border-edge text-body hover:border-field hover:text-ink',
      )}
    >
      {glyph && <StatusGlyph kind={glyph} size={12} />}
      {children}
      {count !== undefined && (
        <span className={on ? 'text-accent-text' : 'text-muted'}>{count.toLocaleString('en')}</span>
      )}
    </button>
  )
}
