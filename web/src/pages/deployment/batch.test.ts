import { describe, expect, test } from 'vitest'
import {
  announcement,
  byNeed,
  countStates,
  found,
  groupVms,
  passes,
  progressSentence,
  tabTitle,
} from './batch.ts'
import { vmState } from './model.ts'
import { step, view, vm } from './testing.ts'

const healthy = { outcome: 'healthy' as const, checks: [], checkedAt: '2026-11-23T14:00:00Z' }

describe('counts, filters and order', () => {
  const vms = [
    vm('ready', { status: 'succeeded', node: 'pve2' }),
    vm('busy', { status: 'running', steps: [step('clone', { status: 'running' })] }),
    vm('locked', {
      status: 'running',
      steps: [step('clone', { status: 'waiting', detail: 'Lock busy, again in 8 s' })],
    }),
    vm('broken', { status: 'failed', ip: '10.0.0.9' }),
    vm('later'),
  ]
  test('states', () => {
    expect(vms.map(vmState)).toEqual(['done', 'running', 'waiting', 'failed', 'queued'])
    expect(countStates(vms)).toEqual({
      done: 1,
      running: 1,
      waiting: 1,
      failed: 1,
      queued: 1,
      cancelled: 0,
    })
    expect(progressSentence(countStates(vms), 5)).toBe(
      '1 of 5 ready, 1 failed, 1 running, 1 waiting, 1 queued',
    )
  })
  test('waiting counts as running in the filter', () => {
    expect(vms.filter((one) => passes(one, 'running')).map(({ name }) => name)).toEqual([
      'busy',
      'locked',
    ])
    expect(vms.filter((one) => passes(one, undefined))).toHaveLength(5)
  })
  test('by name, address, VMID, node', () => {
    expect(vms.filter((one) => found(one, '10.0.0')).map(({ name }) => name)).toEqual(['broken'])
    expect(vms.filter((one) => found(one, ' PVE2 ')).map(({ name }) => name)).toEqual(['ready'])
    expect(vms.filter((one) => found(one, ''))).toHaveLength(5)
  })
  test('what needs a person comes first', () => {
    expect(byNeed(vms).map(({ name }) => name)).toEqual([
      'broken',
      'locked',
      'busy',
      'ready',
      'later',
    ])
  })
  test('groups', () => {
    expect(groupVms(vms, 'node').map(({ name, vms: rows }) => [name, rows.length])).toEqual([
      ['pve1', 4],
      ['pve2', 1],
    ])
    expect(groupVms(vms, 'state')[0]?.name).toBe('Failed')
    expect(groupVms(vms, undefined)).toEqual([{ name: '', vms }])
  })
})

describe('announcement', () => {
  const before = view(vm('a', { status: 'running' }), vm('b', { status: 'running' }))
  test('one VM that is ready is named', () => {
    const after = view(
      vm('a', { status: 'succeeded', validation: healthy }),
      vm('b', { status: 'running' }),
    )
    expect(announcement(before, after)).toBe('a ready, healthy. 1 of 2 ready, 1 running')
  })
  test('several at once are counted', () => {
    const after = view(vm('a', { status: 'succeeded' }), vm('b', { status: 'failed' }))
    expect(announcement(before, after)).toBe('1 of 2 ready, 1 failed')
  })
  test('no end, no news', () => {
    expect(announcement(before, before)).toBe('')
    expect(announcement(null, before)).toBe('')
  })
})

const named = (...statuses: ('succeeded' | 'failed' | 'running')[]) => ({
  ...view(...statuses.map((status, index) => vm(`web-${index}`, { status }))),
  name: 'web lab',
})

describe('tabTitle', () => {
  test('how far it is comes first, then what needs a person', () => {
    expect(tabTitle(named('succeeded', 'running', 'running'))).toBe('1/3 - web lab')
    expect(tabTitle(named('succeeded', 'failed', 'running'))).toBe('1/3 · 1 failed - web lab')
  })
  test('at the end how it ended', () => {
    const ended = named('succeeded', 'succeeded')
    expect(tabTitle({ ...ended, status: 'succeeded' })).toBe('Finished - web lab')
    expect(tabTitle({ ...ended, status: 'succeeded' }, 'Finished, 1 degraded')).toBe(
      'Finished, 1 degraded - web lab',
    )
  })
})
