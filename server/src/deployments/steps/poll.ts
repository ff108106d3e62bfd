/** Asking again until there is an answer. */
import { setTimeout as delay } from 'node:timers/promises'

export type Pauses = { firstMs: number; againMs: number; growth: number; longestMs: number }

/**
 * Calls `ask` after the first pause, then with growing pauses, until it answers something or the time is over (null).
 * Rejects with the signal's reason.
 */
export const poll = async <T>(
  ask: () => Promise<T | null>,
  { firstMs, againMs, growth, longestMs }: Pauses,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<T | null> => {
  const deadline = performance.now() + timeoutMs
  let pause = firstMs
  let next = againMs
  for (;;) {
    const left = deadline - performance.now()
    await delay(Math.max(0, Math.min(pause, left)), undefined, { signal })
    const answer = await ask()
    if (answer !== null) return answer
    if (performance.now() >= deadline) return null
    pause = next
    next = Math.min(next * growth, longestMs)
  }
}

/** `14 s`, `2 min 5 s`. */
export const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const rest = whole % 60
  return rest === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${rest} s`
}
