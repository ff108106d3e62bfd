/** From times to places on the axis. A time in which nothing at all happened, as before a retry, is cut out. */
import type { Segment } from './segments.ts'

/** A time that was cut out: where on the axis, as a share, and how long it was. */
export type Cut = { at: number; ms: number }

export type Scale = {
  /** Place of a time as a share of the axis, 0 to 1. */
  at: (time: number) => number
  /** Marks of the axis: milliseconds of work since the beginning, and their places. */
  ticks: { ms: number; at: number }[]
  /** Share of the axis from one mark to the next. */
  every: number
  cuts: Cut[]
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 6, 12, 24].map((hours) => hours * HOUR),
]

/** A pause shorter than this stays. */
const SHORTEST_CUT = 30 * SECOND

type Span = { from: number; until: number }

/** The times in which anybody was at work or waited, joined where they touch. */
const busySpans = (segments: readonly Segment[]): Span[] => {
  const spans: Span[] = []
  for (const { from, until } of segments.toSorted((one, other) => one.from - other.from)) {
    const last = spans.at(-1)
    if (last && from - last.until < SHORTEST_CUT) last.until = Math.max(last.until, until)
    else spans.push({ from, until })
  }
  return spans
}

/**
 * The axis over these segments, with at most `marks` marks. Its end is on a mark, so that an axis that grows does so in
 * steps and bars do not shrink all the time.
 */
export const createScale = (segments: readonly Segment[], marks: number): Scale => {
  const spans = busySpans(segments)
  const worked = spans.reduce((sum, { from, until }) => sum + until - from, 0)
  const step = steps.find((one) => worked <= one * marks) ?? Math.ceil(worked / marks / HOUR) * HOUR
  const total = Math.max(1, Math.ceil(worked / step)) * step

  const at = (time: number): number => {
    let before = 0
    for (const { from, until } of spans) {
      if (time <= until) return (before + Math.max(0, time - from)) / total
      before += until - from
    }
    return before / total
  }
  return {
    at,
    ticks: Array.from({ length: total / step + 1 }, (_, index) => ({
      ms: index * step,
      at: (index * step) / total,
    })),
    every: step / total,
    cuts: spans.slice(1).map(({ from }, index) => ({
      at: at(from),
      ms: from - (spans[index]?.until ?? from),
    })),
  }
}
