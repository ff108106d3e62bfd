import { useEffect, useRef, useState } from 'react'

const EVERY_MS = 2000

/**
 * Says sentences to a screen reader, at most one every two seconds. While one waits its turn, a newer one takes its
 * place: what is true now matters more than what was.
 */
export function LiveRegion({ text }: { text: string }) {
  const [said, setSaid] = useState('')
  const lastAt = useRef(0)
  useEffect(() => {
    if (text === '') return
    const timer = setTimeout(
      () => {
        lastAt.current = Date.now()
        setSaid(text)
      },
      Math.max(0, lastAt.current + EVERY_MS - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p className="sr-only" aria-live="polite" role="status">
      {said}
    </p>
  )
}
