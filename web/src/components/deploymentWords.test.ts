import { expect, test } from 'vitest'
import type { DeploymentHead } from '@deployer/core/deployment.ts'
import { view } from '../pages/deployment/testing.ts'
import { deploymentState } from './deploymentWords.ts'

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
