import type {
  DeploymentEvent,
  DeploymentHead,
  DeploymentView,
  StepView,
} from '@deployer/core/deployment.ts'
import { describe, expect, test } from 'vitest'
import { applyEvents, applyHead, type NumberedEvent } from './patch.ts'

const step = (id: StepView['kind'], status: StepView['status']): StepView => ({
  id,
  kind: id,
  title: id,
  call: null,
  status,
  attempt: 1,
  startedAt: null,
  finishedAt: null,
  upid: null,
  progress: null,
  detail: null,
  waits: [],
  log: [],
  error: null,
})

const head: DeploymentHead = {
  id: 'd-1',
  name: 'lab',
  status: 'running',
  createdBy: 'root@pam',
  createdAt: '2026-11-23T14:00:00Z',
  startedAt: null,
  finishedAt: null,
  cancelRequested: false,
  sourceLabel: 'ubuntu (9000), linked clones',
  undoOf: null,
  undoneBy: null,
  summary: { total: 2, queued: 1, running: 1, succeeded: 0, failed: 0, cancelled: 0 },
}

const vm = (id: string) => ({
  id,
  name: id,
  vmid: 100,
  node: 'pve1',
  status: 'queued' as const,
  cancelRequested: false,
  changes: null,
  ip: null,
  error: null,
  startedAt: null,
  finishedAt: null,
  validation: null,
})

const view: DeploymentView = {
  ...head,
  request: { source: { kind: 'template', vmid: 9000, clone: 'linked' }, vms: [{ name: 'a' }] },
  planHash: 'h',
  lastEventId: '10',
  vms: [
    { ...vm('a'), steps: [step('clone', 'pending'), step('start', 'pending')] },
    { ...vm('b'), steps: [step('clone', 'pending')] },
  ],
}

const numbered = (...events: DeploymentEvent[]): NumberedEvent[] =>
  events.map((event, index) => ({ id: String(11 + index), event }))

describe('applyEvents', () => {
  test('a step takes the place of its earlier state; other VMs stay the same objects', () => {
    const next = applyEvents(
      view,
      numbered({ type: 'step', deploymentId: 'd-1', vmId: 'a', step: step('clone', 'running') }),
    )
    expect(next.vms[0]?.steps.map(({ status }) => status)).toEqual(['running', 'pending'])
    expect(next.vms[1]).toBe(view.vms[1])
    expect(next.lastEventId).toBe('11')
    expect(view.vms[0]?.steps[0]?.status).toBe('pending')
  })

  test('a VM changes and keeps its steps', () => {
    const next = applyEvents(
      view,
      numbered({ type: 'vm', deploymentId: 'd-1', vm: { ...vm('b'), status: 'running', vmid: 7 } }),
    )
    expect(next.vms[1]).toMatchObject({ status: 'running', vmid: 7 })
    expect(next.vms[1]?.steps).toBe(view.vms[1]?.steps)
  })

  test('several events of one VM add up, the last state of a step counts', () => {
    const next = applyEvents(
      view,
      numbered(
        { type: 'step', deploymentId: 'd-1', vmId: 'a', step: step('clone', 'running') },
        { type: 'vm', deploymentId: 'd-1', vm: { ...vm('a'), ip: '10.0.0.5' } },
        { type: 'step', deploymentId: 'd-1', vmId: 'a', step: step('clone', 'succeeded') },
      ),
    )
    expect(next.vms[0]?.ip).toBe('10.0.0.5')
    expect(next.vms[0]?.steps[0]?.status).toBe('succeeded')
  })

  test('applying the same events twice does no harm', () => {
    const events = numbered(
      { type: 'deployment', deployment: { ...head, status: 'failed' } },
      { type: 'step', deploymentId: 'd-1', vmId: 'a', step: step('clone', 'failed') },
    )
    const once = applyEvents(view, events)
    expect(applyEvents(once, events)).toEqual(once)
    expect(once).toMatchObject({ status: 'failed', planHash: 'h' })
  })

  test('a step that was not there is added; an unknown VM and another deployment change nothing', () => {
    const next = applyEvents(
      view,
      numbered({ type: 'step', deploymentId: 'd-1', vmId: 'b', step: step('start', 'running') }),
    )
    expect(next.vms[1]?.steps.map(({ id }) => id)).toEqual(['clone', 'start'])
    const foreign = applyEvents(
      view,
      numbered(
        { type: 'step', deploymentId: 'd-1', vmId: 'zz', step: step('start', 'running') },
        { type: 'deployment', deployment: { ...head, id: 'd-2', status: 'failed' } },
      ),
    )
    expect(foreign.vms).toBe(view.vms)
    expect(foreign.status).toBe('running')
    expect(foreign.lastEventId).toBe('12')
  })

  test('no events, the same object', () => {
    expect(applyEvents(view, [])).toBe(view)
  })
})

describe('applyHead', () => {
  const older = { ...head, id: 'd-0', createdAt: '2026-11-22T14:00:00Z' }
  test('a known deployment changes in its place', () => {
    const changed = { ...older, status: 'failed' as const }
    expect(applyHead([head, older], changed)).toEqual([head, changed])
  })
  test('a new one is sorted in, newest first', () => {
    expect(applyHead([older], head).map(({ id }) => id)).toEqual(['d-1', 'd-0'])
  })
})
