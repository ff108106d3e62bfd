/**
 * Anybody can be refused any number of times; the log and its disk must not suffer. Of the refusals of one address, or
 * of one person, so many a minute get an entry each; what comes on top is counted, and the count gets an entry.
 */
import type { AuditDraft } from '@deployer/core/audit.ts'

const MINUTE_MS = 60_000
const SINGLE_PER_MINUTE = 30
const MOST_CALLERS = 1000

type Count = { since: number; single: number; more: number; last: AuditDraft }

export function createRefusals(deps: {
  write: (drafts: AuditDraft[]) => Promise<void>
  now: () => number
}) {
  const counts = new Map<string, Count>()

  /** Entries for those that were only counted, of the minutes that are over; of all with `all`. */
  const overdue = (all: boolean): AuditDraft[] => {
    const drafts: AuditDraft[] = []
    for (const [key, { since, more, last }] of counts) {
      if (!all && deps.now() - since < MINUTE_MS) continue
      counts.delete(key)
      if (more > 0) drafts.push({ ...last, details: { ...last.details, repeated: more } })
    }
    return drafts
  }

  return {
    record: async (draft: AuditDraft): Promise<void> => {
      const ended = overdue(counts.size >= MOST_CALLERS)
      const { actor, operation } = draft
      const who = actor.kind === 'unknown' ? actor.address : actor.username
      const key = `${operation} ${who}`
      const count = counts.get(key) ?? { since: deps.now(), single: 0, more: 0, last: draft }
      counts.set(key, count)
      const single = count.single < SINGLE_PER_MINUTE
      if (single) count.single += 1
      else count.more += 1
      count.last = draft
      const drafts = single ? [...ended, draft] : ended
      if (drafts.length > 0) await deps.write(drafts)
    },
    /** Writes what was only counted so far, of the minutes that are over; of all with `all`. */
    flush: async (all: boolean): Promise<void> => {
      const drafts = overdue(all)
      if (drafts.length > 0) await deps.write(drafts)
    },
  }
}
