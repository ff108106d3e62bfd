import { expect, test } from 'vitest'
import type { DeploymentHead } from '@deployer/core/deployment.ts'
import { view } from '../pages/deployment/testing.ts'
import { deploymentState, deploymentTitle } from './deploymentWords.ts'

const counts = { total: 5, queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 }

test.each<[Partial<DeploymentHead>, Partial<DeploymentHead['summary']>, string]>([
  [{ status: 'succeeded' }, { succeeded: 5 }, 'done Finished'],
  [{ status: 'failed' }, { failed: 5 }, 'failed Failed'],
  [{ status: 'failed' }, { succeeded: 4, failed: 1 }, 'failed Finished, 1 failed'],
  [{ status: 'cancelled', cancelRequested: true }, { cancelled: 5 }, 'cancelled Cancelled'],
  [
    { status: 'cancelled', cancelRequested: true },
    { succeeded: 3, cancelled: 2 },
    'cancelled Cancelled, 3 ready',
  ],
  [{ status: 'cancelled' }, { succeeded: 3, cancelled: 2 }, 'done Finished, 2 cancelled'],
  [{ status: 'running', cancelRequested: true }, { running: 5 }, 'running Cancelling'],
])('%j with %j', (head, summary, words) => {
  const { glyph, text } = deploymentState({
    ...view(),
    ...head,
    summary: { ...counts, ...summary },
  })
  expect(`${glyph} ${text}`).toBe(words)
})

test.each([
  ['ubuntu-24.04 (9000), linked clones', '3 VMs from ubuntu-24.04'],
  ['iso-nfs:iso/Win11_24H2.iso, installed', '3 VMs from Win11_24H2.iso'],
  ['local:import/noble.qcow2, made into templates', '3 VMs from noble.qcow2'],
])('without a name, %s reads %s', (sourceLabel, title) => {
  const head = { ...view(), name: null, sourceLabel, summary: { ...counts, total: 3 } }
  expect(deploymentTitle(head)).toBe(title)
})

test('a name of its own counts more, and an undo says so', () => {
  expect(deploymentTitle({ ...view(), name: 'web tier', undoOf: 'd-1' })).toBe('Undo of web tier')
})
