import type { DeploymentHead } from '@deployer/core/deployment.ts'
import { expect, test } from 'vitest'
import { earlierRun } from './earlier.ts'
import { ubuntu } from './fixtures.ts'
import { emptyForm } from './form.ts'

const head = (id: string, total: number, more: Partial<DeploymentHead> = {}): DeploymentHead => ({
  id,
  name: null,
  status: 'succeeded',
  createdBy: 'mira@pve',
  createdAt: '2026-11-23T14:00:00Z',
  startedAt: '2026-11-23T14:00:00Z',
  finishedAt: '2026-11-23T14:00:41Z',
  cancelRequested: false,
  sourceLabel: 'ubuntu-24.04 (9000), linked clones',
  undoOf: null,
  undoneBy: null,
  summary: { total, queued: 0, running: 0, succeeded: total, failed: 0, cancelled: 0 },
  ...more,
})

const form = { ...emptyForm, template: 9000 }
const idOf = (heads: DeploymentHead[], vms: number) => earlierRun(heads, form, ubuntu, vms)?.id

test('the run that is nearest in size, the newest of several', () => {
  const later = '2026-11-23T15:00:00Z'
  const heads = [head('one', 1), head('ten', 10), head('ten again', 10, { createdAt: later })]
  expect(idOf(heads, 8)).toBe('ten again')
  expect(idOf(heads, 2)).toBe('one')
  expect(earlierRun(heads, form, ubuntu, 1)).toMatchObject({ vms: 1, tookMs: 41_000 })
})

test.each<[string, Partial<DeploymentHead>]>([
  ['another source', { sourceLabel: 'debian-13 (9001), linked clones' }],
  ['another way of cloning', { sourceLabel: 'ubuntu-24.04 (9000), full clones' }],
  ['one that failed', { status: 'failed' }],
  ['one that still runs', { status: 'running', finishedAt: null }],
  ['an undo', { undoOf: 'd-1' }],
])('%s says nothing about it', (_what, more) => {
  expect(idOf([head('x', 3, more)], 3)).toBeUndefined()
})
