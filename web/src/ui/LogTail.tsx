import { useEffect, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import { formatAgo } from './format.ts'
import { StatusGlyph } from './StatusGlyph.tsx'
import { useNow } from './useNow.ts'

const SHORT = 5

/** The end of a task log: the last five lines, or all that is known. Follows while `live`. */
export function LogTail({
  lines,
  live,
  label,
}: {
  lines: readonly string[]
  live: boolean
  label: string
}) {
  const [full, setFull] = useState(false)
  const last = lines.at(-1)
  const [seen, setSeen] = useState(() => ({ last, at: Date.now() }))
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => {
    const element = box.current
    if (element && live && last !== undefined) element.scrollTop = element.scrollHeight
  }, [last, live])
  const now = useNow(live ? 1000 : null)
  if (seen.last !== last) setSeen({ last, at: now })
  const shown = full ? lines : lines.slice(-SHORT)
  return (
    <div className="min-w-0">
      <pre
        ref={box}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={label}
        className={cx(
          'overflow-auto rounded-md bg-surface px-3 py-2.5 font-mono text-2xs leading-[18px] text-muted',
          full && 'max-h-80',
        )}
      >
        {shown.map((line, index) => (
          <span
            key={index}
            className={cx('block', index === shown.length - 1 && live && 'text-ink')}
          >
            {line}
          </span>
        ))}
      </pre>
      <div className="mt-1.5 flex min-h-7 items-center gap-2 text-2xs text-muted">
        {live ? (
          <>
            <StatusGlyph kind="running" size={12} />
            Following, last line {formatAgo(now - seen.at)}
          </>
        ) : (
          'Ended'
        )}
        {lines.length > SHORT && (
          <Button variant="ghost" size="sm" className="ml-auto" onClick={() => setFull(!full)}>
            {full ? 'Last lines only' : `All ${lines.length} lines`}
          </Button>
        )}
      </div>
    </div>
  )
}
