/** Where the time of all VMs together went. Pure. */
import { phases, type Phase, type Segment } from './segments.ts'

export type VmSegments = { name: string; segments: readonly Segment[] }

export type PhaseTotal = {
  phase: Phase
  /** Of all VMs together. */
  ms: number
  /** Of all VMs' time, 0 to 1. */
  share: number
  /** The VM that it took longest. */
  longest: { name: string; ms: number }
}

const sum = (segments: readonly Segment[]): number =>
  segments.reduce((total, { from, until }) => total + until - from, 0)

/** One for each phase that took any time. */
export const phaseTotals = (vms: readonly VmSegments[]): PhaseTotal[] => {
  const all = vms.reduce((total, { segments }) => total + sum(segments), 0)
  return phases.flatMap((phase) => {
    let ms = 0
    let longest = { name: '', ms: 0 }
    for (const { name, segments } of vms) {
      const own = sum(segments.filter((segment) => segment.phase === phase))
      ms += own
      if (own > longest.ms) longest = { name, ms: own }
    }
    return ms === 0 ? [] : [{ phase, ms, share: ms / all, longest }]
  })
}

export type WaitTotal = { why: string; ms: number; vms: number }

/** What was waited for, the longest first. The same reason with other seconds and counts is one. */
export const waitTotals = (vms: readonly VmSegments[]): WaitTotal[] => {
  const totals = new Map<string, { ms: number; names: Set<string> }>()
  for (const { name, segments } of vms)
    for (const { phase, what, from, until } of segments) {
      if (phase !== 'waiting') continue
      const why = what
        .replace(/, again in \d+ s.*$/, '')
        .split(' ')
        .map((word) => (word === name ? 'the VM' : word))
        .join(' ')
      const known = totals.get(why) ?? { ms: 0, names: new Set<string>() }
      totals.set(why, { ms: known.ms + until - from, names: known.names.add(name) })
    }
  return [...totals]
    .map(([why, { ms, names }]) => ({ why, ms, vms: names.size }))
    .toSorted((one, other) => other.ms - one.ms)
}
