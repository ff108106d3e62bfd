import { StatusWord } from '../../ui/Badge.tsx'
import { type GlyphKind, StatusGlyph } from '../../ui/StatusGlyph.tsx'

const STEPS = 8

const rows: readonly { name: string; done: number; now: GlyphKind; text: string }[] = [
  { name: 'cp-01', done: 8, now: 'done', text: 'Healthy' },
  { name: 'cp-02', done: 8, now: 'done', text: 'Healthy' },
  { name: 'worker-01', done: 6, now: 'running', text: 'Checking port 22' },
  { name: 'worker-02', done: 1, now: 'running', text: 'Cloning, 63 %' },
  { name: 'worker-03', done: 1, now: 'waiting', text: 'Lock busy, again in 8 s' },
]

/** A picture of what a deployment looks like, drawn with the product's own shapes. Tells nothing about this cluster. */
export function Illustration() {
  return (
    <div aria-hidden className="card mt-10 text-xs select-none">
      <div className="flex h-9 items-center justify-between border-b border-line px-4">
        <span className="text-sm font-medium text-ink">kubernetes lab</span>
        <span className="text-muted">2 of 5 ready, 2 min 06 s so far</span>
      </div>
      {rows.map((row) => (
        <div
          key={row.name}
          className="flex h-10 items-center border-b border-line px-4 last:border-b-0"
        >
          <span className="w-[118px] font-mono text-body">{row.name}</span>
          <span className="flex flex-1 gap-2.5">
            {Array.from({ length: STEPS }, (_, index) => (
              <StatusGlyph
                key={index}
                size={12}
                kind={index < row.done ? 'done' : index === row.done ? row.now : 'to-come'}
              />
            ))}
          </span>
          <StatusWord kind={row.now}>{row.text}</StatusWord>
        </div>
      ))}
    </div>
  )
}
