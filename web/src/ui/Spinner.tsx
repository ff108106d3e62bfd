import { useEffect, useState } from 'react'
import { formatElapsed } from './format.ts'
import { StatusGlyph } from './StatusGlyph.tsx'

/** Seconds since this was mounted, as text; starts to show after the first second. */
export function Elapsed({ since }: { since?: number | undefined }) {
  const [start] = useState(() => since ?? Date.now())
  const [now, setNow] = useState(start)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.floor((now - start) / 1000)
  return seconds < 1 ? null : <>, {formatElapsed(seconds * 1000)}</>
}

/** What is going on and for how long; never a ring alone. */
export function Spinner({ children, since }: { children: string; since?: number | undefined }) {
  return (
    <output className="inline-flex items-center gap-1.5 text-muted">
      <StatusGlyph kind="running" />
      <span>
        {children}
        <Elapsed since={since} />
      </span>
    </output>
  )
}
