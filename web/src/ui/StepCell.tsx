import { cx } from './cx.ts'
import { type GlyphKind, glyphTextColour, StatusGlyph } from './StatusGlyph.tsx'

export type StepMark = {
  glyph: GlyphKind
  /** Under the glyph: a duration, `63 %`, `2 of 6`. */
  text: string | null
  /** 0 to 1: drawn as a bar in place of the glyph. */
  progress: number | null
  /** All of it in words: `Clone, done, 38 s`. */
  label: string
}

/**
 * One step of one VM in the matrix, 54 by 36. `compact` leaves out how long a finished step took until the row (marked
 * `group`) is hovered or has the focus.
 */
export function StepCell({ mark, compact = false }: { mark: StepMark; compact?: boolean }) {
  const quiet = mark.glyph === 'to-come' || mark.glyph === 'none'
  return (
    <span
      role="img"
      aria-label={mark.label}
      title={mark.label}
      className="flex h-9 w-full flex-col items-center justify-center gap-px"
    >
      {mark.progress !== null ? (
        <span className="my-[3px] flex h-1.5 w-8 overflow-hidden rounded-xs bg-edge">
          <span
            className="bg-accent-text transition-[width] duration-300 ease-linear"
            style={{ width: `${Math.min(100, Math.max(0, mark.progress * 100))}%` }}
          />
        </span>
      ) : (
        <StatusGlyph kind={mark.glyph} size={12} />
      )}
      {mark.text !== null && (
        <span
          className={cx(
            'text-2xs leading-[14px] whitespace-nowrap',
            compact &&
              mark.glyph === 'done' &&
              'hidden group-focus-within:inline group-hover:inline',
            mark.glyph === 'done' || quiet ? 'text-muted' : glyphTextColour(mark.glyph),
          )}
        >
          {mark.text}
        </span>
      )}
    </span>
  )
}

/** The steps of one VM as a row of glyphs, where there is no room for columns. */
export function StepStrip({ marks, label }: { marks: readonly StepMark[]; label: string }) {
  return (
    <span
      role="img"
      aria-label={label}
      className="flex max-w-md items-center justify-between gap-1"
    >
      {marks.map((mark, index) =>
        mark.progress !== null ? (
          <span
            key={index}
            title={mark.label}
            className="flex h-1.5 w-6 flex-none overflow-hidden rounded-xs bg-edge"
          >
            <span
              className="bg-accent-text transition-[width] duration-300 ease-linear"
              style={{ width: `${mark.progress * 100}%` }}
            />
          </span>
        ) : (
          <span key={index} title={mark.label} className="inline-flex">
            <StatusGlyph kind={mark.glyph} size={12} />
          </span>
        ),
      )}
    </span>
  )
}
