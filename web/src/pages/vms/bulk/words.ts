/** What can be done with several VMs, in words. */
import {
  type BulkItem,
  powerApplies,
  type PowerAction,
  type VmRow,
  type VmState,
} from '@deployer/core/vm.ts'
import type { GlyphKind } from '../../../ui/StatusGlyph.tsx'
import { powerWords } from '../words.ts'

/** What was asked for with the chosen VMs. */
export type BulkWish =
  | { kind: 'power'; action: PowerAction }
  | { kind: 'snapshot' | 'tag' | 'validate' | 'delete' }

type Words = {
  verb: string
  doing: string
  /** `7 started`, `2 could not` */
  done: string
  failed: string
  consequence: string
}

const powerConsequences: Record<PowerAction, string> = {
  start: 'A few at a time on each node.',
  shutdown: 'Their systems are asked to shut down, a few at a time on each node.',
  stop: 'Their power is cut at once: what they had not saved is lost.',
  reboot: 'Their systems are asked to restart, a few at a time on each node.',
  reset: 'They are reset at once: what they had not saved is lost.',
  suspend: 'They stand still until they are resumed.',
  resume: 'They go on where they stood still.',
}

const words: Record<Exclude<BulkWish['kind'], 'power'>, Words> = {
  snapshot: {
    verb: 'Make a snapshot of',
    doing: 'Making snapshots of',
    done: 'done',
    failed: 'could not',
    consequence: 'Each keeps its disks and settings as they are now, to come back to.',
  },
  tag: {
    verb: 'Tag',
    doing: 'Tagging',
    done: 'tagged',
    failed: 'could not',
    consequence: 'Tags that are not named here stay as they are.',
  },
  validate: {
    verb: 'Validate',
    doing: 'Validating',
    done: 'healthy',
    failed: 'not healthy',
    consequence:
      'Whether each runs, its agent answers, it has its address, and port 22 (Windows: 3389) is open. Nothing is changed.',
  },
  delete: {
    verb: 'Delete',
    doing: 'Deleting',
    done: 'deleted',
    failed: 'could not',
    consequence:
      'They are destroyed with their disks, snapshots and entries in backup jobs. There is no way back but a backup. Protected ones stay.',
  },
}

export const wordsOf = (wish: BulkWish): Words =>
  wish.kind === 'power'
    ? {
        ...powerWords[wish.action],
        failed: 'could not',
        consequence: powerConsequences[wish.action],
      }
    : words[wish.kind]

/** Those of a choice with which it would do something. */
export const applies = (wish: BulkWish, state: VmState): boolean => {
  if (wish.kind === 'power') return powerApplies(wish.action, state)
  return wish.kind !== 'validate' || state === 'running' || state === 'unknown'
}

/** Takes something away that does not come back. */
export const isHard = (wish: BulkWish): boolean =>
  wish.kind === 'delete' ||
  (wish.kind === 'power' && (wish.action === 'stop' || wish.action === 'reset'))

/** `7 started, 2 could not, 3 under way` */
export const sentence = (items: readonly BulkItem[], { done, failed }: Words): string => {
  const of = (...wanted: BulkItem['status'][]) =>
    items.filter(({ status }) => wanted.includes(status)).length
  const parts = [
    [of('ok'), done],
    [of('failed'), failed],
    [of('skipped'), 'left as they are'],
    [of('queued', 'running'), 'under way'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')
}

const results: Record<BulkItem['status'], { glyph: GlyphKind; word: string }> = {
  queued: { glyph: 'queued', word: 'Queued' },
  running: { glyph: 'running', word: 'Under way' },
  ok: { glyph: 'done', word: 'Done' },
  failed: { glyph: 'failed', word: 'Failed' },
  skipped: { glyph: 'none', word: 'Left as it is' },
}

export const resultOf = (wish: BulkWish, status: BulkItem['status']) => {
  if (wish.kind !== 'validate') return results[status]
  if (status === 'ok') return { ...results.ok, word: 'Healthy' }
  return status === 'failed' ? { ...results.failed, word: 'Not healthy' } : results[status]
}

/** What needs a look first. */
const rank: Record<BulkItem['status'], number> = {
  failed: 0,
  running: 1,
  queued: 2,
  skipped: 3,
  ok: 4,
}

export const inOrderOfNeed = (items: readonly BulkItem[]): BulkItem[] =>
  items.toSorted((a, b) => rank[a.status] - rank[b.status])

/** How many of them have each tag, the most frequent first; tags that tell the deployment are left out. */
export const tagsOf = (vms: readonly VmRow[]): (readonly [tag: string, count: number])[] => {
  const counts = new Map<string, number>()
  for (const { tags, deployment } of vms)
    for (const tag of tags) if (tag !== deployment?.id) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].toSorted(([a, countA], [b, countB]) => countB - countA || a.localeCompare(b))
}
