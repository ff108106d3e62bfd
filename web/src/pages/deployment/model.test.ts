import type { VmView } from '@deployer/core/deployment.ts'
import { describe, expect, test } from 'vitest'
import { shortEvidence, stepColumns, stepMark, vmNow, vmProgress } from './model.ts'
import { step, vm } from './testing.ts'

const healthy = { outcome: 'healthy' as const, checks: [], checkedAt: '2026-11-23T14:00:00Z' }

describe('stepColumns', () => {
  test('ports are columns of their own, in the order of the plan', () => {
    const steps = [step('clone'), step('check-port', { id: 'check-port-22' })]
    expect(stepColumns([vm('a', { steps })])).toEqual([
      { id: 'clone', name: 'Clone' },
      { id: 'check-port-22', name: 'Port 22' },
    ])
  })
  test('a step that only the second VM has stands between its neighbours', () => {
    const columns = stepColumns([
      vm('a', { steps: [step('clone'), step('start')] }),
      vm('b', { steps: [step('clone'), step('resize-disk'), step('start')] }),
    ])
    expect(columns.map(({ name }) => name)).toEqual(['Clone', 'Disk', 'Start'])
  })
})

test.each<[string, Partial<VmView>, string, string]>([
  ['queued', { status: 'queued' }, 'queued', 'Queued'],
  [
    'queued for a slot',
    { status: 'queued', steps: [step('clone', { status: 'waiting', detail: '1st for ceph-vm' })] },
    'queued',
    '1st for ceph-vm',
  ],
  [
    'cloning',
    { status: 'running', steps: [step('clone', { status: 'running', progress: 0.631 })] },
    'running',
    'Cloning, 63 %',
  ],
  [
    'waiting for a lock',
    {
      status: 'running',
      steps: [step('clone', { status: 'waiting', detail: 'Lock busy, again in 8 s' })],
    },
    'waiting',
    'Lock busy, again in 8 s',
  ],
  [
    'waiting for its turn',
    {
      status: 'running',
      steps: [step('clone', { status: 'waiting', detail: 'Waiting for other clones on ceph-vm' })],
    },
    'queued',
    'Waiting for other clones on ceph-vm',
  ],
  [
    'checking a port',
    {
      status: 'running',
      steps: [step('check-port', { id: 'check-port-22', status: 'running' })],
    },
    'running',
    'Checking port 22',
  ],
  [
    'failed',
    { status: 'failed', steps: [step('start', { status: 'failed' })] },
    'failed',
    'Failed at start',
  ],
  [
    'failed at the first step',
    { status: 'failed', steps: [step('reserve-id', { status: 'failed' })] },
    'failed',
    'Failed at the VMID',
  ],
  ['healthy', { status: 'succeeded', validation: healthy }, 'done', 'Healthy'],
  [
    'degraded',
    { status: 'succeeded', validation: { ...healthy, outcome: 'degraded' } },
    'warning',
    'Degraded',
  ],
  ['not checked', { status: 'succeeded' }, 'done', 'Done'],
  ['cancelled', { status: 'cancelled' }, 'cancelled', 'Cancelled'],
  ['lapsed', { status: 'needs-sign-in' }, 'waiting', 'Waits for sign-in'],
])('a VM that is %s', (_what, more, glyph, text) => {
  expect(vmNow(vm('web-01', more))).toEqual({ glyph, text })
})

describe('stepMark', () => {
  const column = { id: 'clone', name: 'Clone' }
  const now = Date.parse('2026-11-23T14:01:00Z')
  const startedAt = '2026-11-23T14:00:22Z'
  test.each([
    [undefined, 'none', null, "Clone, not part of this VM's plan"],
    [step('clone'), 'to-come', null, 'Clone, to come'],
    [
      step('clone', { status: 'succeeded', startedAt, finishedAt: '2026-11-23T14:01:00Z' }),
      'done',
      '38 s',
      'Clone, done, 38 s',
    ],
    [
      step('clone', { status: 'running', startedAt, progress: 0.63 }),
      'running',
      '63%',
      'Clone, 63 %',
    ],
    [step('clone', { status: 'running', startedAt }), 'running', '38 s', 'Clone, running, 38 s'],
    [
      step('clone', { status: 'waiting', detail: 'Lock busy, again in 8 s (2 of 6)' }),
      'waiting',
      '2 of 6',
      'Clone, Lock busy, again in 8 s (2 of 6)',
    ],
    [
      step('clone', { status: 'failed', startedAt, finishedAt: '2026-11-23T14:02:22Z' }),
      'failed',
      '2:00',
      'Clone, failed, 2 min 00 s',
    ],
    [step('clone', { status: 'skipped' }), 'none', null, 'Clone, not needed'],
  ])('%#', (given, glyph, text, label) => {
    expect(stepMark(column, given, now)).toMatchObject({ glyph, text, label })
  })
})

test('progress counts whole steps and the share of the present one', () => {
  const steps = [
    step('reserve-id', { status: 'succeeded' }),
    step('clone', { status: 'running', progress: 0.5 }),
    step('start'),
    step('resize-disk', { status: 'skipped' }),
  ]
  expect(vmProgress(vm('a', { steps }))).toBe(0.625)
  expect(vmProgress(vm('a'))).toBe(0)
})

test.each([
  ['Port 22 open, 4 ms (10.0.0.5)', 'Port 22', 'open, 4 ms'],
  ['Agent answered after 15 s', 'Agent', 'after 15 s'],
  ['10.0.0.5 on eth0', 'Address', '10.0.0.5 on eth0'],
  ['No answer within 5 min', 'Agent', 'No answer within 5 min'],
])('shortEvidence(%j, %s)', (evidence, name, text) => {
  expect(shortEvidence(evidence, { id: '', name })).toBe(text)
})
