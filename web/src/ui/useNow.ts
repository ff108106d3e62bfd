import { useEffect, useState } from 'react'

/** The time in milliseconds, new every `everyMs`; null stops the clock and keeps the last value. */
export const useNow = (everyMs: number | null): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (everyMs === null) return
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
