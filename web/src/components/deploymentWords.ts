/** How a deployment is called and what state it is in, for the list and its own page. */
import type { DeploymentHead } from '@deployer/core/deployment.ts'
import { plural } from '../ui/format.ts'
import type { GlyphKind } from '../ui/StatusGlyph.tsx'

/** Its name; without one, `3 VMs from ubuntu-24.04`. An undo says so before it. */
export const deploymentTitle = (head: DeploymentHead): string => {
  const title = head.name ?? `${plural(head.summary.total, 'VM')} from ${sourceName(head)}`
  return head.undoOf === null ? title : `Undo of ${title}`
}

/** `ubuntu-24.04` of `ubuntu-24.04 (9000), linked clones`, and of a volume its file alone. */
const sourceName = ({ sourceLabel }: DeploymentHead): string =>
  sourceLabel
    .replace(/( \(\d+\))?, [^,]*$/, '')
    .split('/')
    .at(-1) ?? sourceLabel

/** What its VMs are when all went well: `3 of 3 ready`. */
export const doneWord = (head: Pick<DeploymentHead, 'undoOf'>): string =>
  head.undoOf === null ? 'ready' : 'destroyed'

/** Whether work is still to be done. */
export const isActive = (head: DeploymentHead): boolean =>
  head.status === 'queued' || head.status === 'running' || head.status === 'needs-sign-in'

/** Shape and words of the whole. */
export const deploymentState = (head: DeploymentHead): { glyph: GlyphKind; text: string } => {
  const { failed, succeeded, cancelled } = head.summary
  if (head.cancelRequested && isActive(head)) return { glyph: 'running', text: 'Cancelling' }
  switch (head.status) {
    case 'queued':
      return { glyph: 'queued', text: 'Queued' }
    case 'running':
      return { glyph: 'running', text: 'Running' }
    case 'needs-sign-in':
      return { glyph: 'waiting', text: 'Waits for sign-in' }
    case 'succeeded':
      return { glyph: 'done', text: 'Finished' }
    case 'failed':
      return {
        glyph: 'failed',
        text: succeeded === 0 ? 'Failed' : `Finished, ${failed} failed`,
      }
    case 'cancelled':
      if (succeeded === 0) return { glyph: 'cancelled', text: 'Cancelled' }
      // Somebody called all of it off, or some VMs of it while the others went on.
      return head.cancelRequested
        ? { glyph: 'cancelled', text: `Cancelled, ${succeeded} ${doneWord(head)}` }
        : { glyph: 'done', text: `Finished, ${cancelled} cancelled` }
  }
}

/** Milliseconds from its start (or being asked for) to its end, or to `now`. */
export const elapsedMs = (
  of: { createdAt?: string; startedAt: string | null; finishedAt: string | null },
  now: number,
): number => {
  const start = of.startedAt ?? of.createdAt
  if (start === undefined) return 0
  return (of.finishedAt === null ? now : Date.parse(of.finishedAt)) - Date.parse(start)
}
