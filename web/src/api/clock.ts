/** The server's clock, for durations that are counted here from times of the server. */

let offsetMs = 0

/** Learns from an answer's Date header, which has whole seconds; smaller differences are not worth correcting. */
export const learnServerTime = (date: string | null, now: number): void => {
  const told = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(told)) return
  const difference = told - now
  offsetMs = Math.abs(difference) < 3000 ? 0 : difference
}

/** A time of this browser as the server's clock shows it. */
export const serverTime = (now: number): number => now + offsetMs
