import { describe, expect, test } from 'vitest'
import { step, vm } from '../testing.ts'
import { createScale } from './scale.ts'
import { segmentsOf, type Segment } from './segments.ts'
import { phaseTotals, waitTotals } from './totals.ts'

const BEGIN = Date.parse('2026-11-23T14:00:00Z')
const time = (seconds: number) => new Date(BEGIN + seconds * 1000).toISOString()
const deployment = { createdAt: time(0) }
/** As the tests want to read it: phase, from, until in seconds. */
const told = (segments: readonly Segment[]) =>
  segments.map(({ phase, from, until }) => [phase, (from - BEGIN) / 1000, (until - BEGIN) / 1000])

describe('segmentsOf', () => {
  const waited = step('clone', {
    title: 'Clone the template',
    status: 'succeeded',
    startedAt: time(2),
    finishedAt: time(30),
    waits: [
      { from: time(2), until: time(10), why: 'Waiting for other clones on ceph' },
      { from: time(12), until: time(15), why: 'Storage busy, again in 3 s (1 of 6)' },
    ],
  })

  test('a step is cut by its waits', () => {
    const steps = [
      waited,
      step('start', { status: 'succeeded', startedAt: time(30), finishedAt: time(33) }),
    ]
    const done = vm('a', { status: 'succeeded', startedAt: time(2), finishedAt: time(33), steps })
    expect(told(segmentsOf(done, deployment, BEGIN + 999_000))).toEqual([
      ['queued', 0, 2],
      ['waiting', 2, 10],
      ['cloning', 10, 12],
      ['waiting', 12, 15],
      ['cloning', 15, 30],
      ['booting', 30, 33],
    ])
  })

  test('what lasts goes up to now', () => {
    const waits = [{ from: time(12), until: null, why: 'Waiting for other clones on ceph' }]
    const steps = [step('clone', { status: 'waiting', startedAt: time(10), waits })]
    expect(
      told(segmentsOf(vm('a', { status: 'running', steps }), deployment, BEGIN + 20_000)),
    ).toEqual([
      ['queued', 0, 10],
      ['cloning', 10, 12],
      ['waiting', 12, 20],
    ])
    expect(told(segmentsOf(vm('b'), deployment, BEGIN + 20_000))).toEqual([['queued', 0, 20]])
  })

  test('a VM that never began was queued to its end, and a failed step says so', () => {
    const never = vm('a', { status: 'cancelled', finishedAt: time(7) })
    expect(told(segmentsOf(never, deployment, BEGIN + 20_000))).toEqual([['queued', 0, 7]])
    const steps = [step('start', { status: 'failed', startedAt: time(1), finishedAt: time(2) })]
    const failed = vm('b', { status: 'failed', finishedAt: time(2), steps })
    expect(segmentsOf(failed, deployment, BEGIN).map(({ bad }) => bad)).toEqual([null, 'failed'])
  })

  test('what failed before a retry stays', () => {
    const start = { kind: 'start' as const, title: 'Start', waits: [] }
    const again = vm('a', {
      status: 'succeeded',
      finishedAt: time(30),
      earlier: [{ ...start, status: 'failed', startedAt: time(1), finishedAt: time(2) }],
      steps: [step('start', { status: 'succeeded', startedAt: time(20), finishedAt: time(30) })],
    })
    const segments = segmentsOf(again, deployment, BEGIN)
    expect(told(segments)).toEqual([
      ['queued', 0, 1],
      ['booting', 1, 2],
      ['booting', 20, 30],
    ])
    expect(segments.map(({ bad }) => bad)).toEqual([null, 'failed', null])
  })

  test('totals say where the time went, and what was waited for', () => {
    const vms = ['a', 'b'].map((name) => ({
      name,
      segments: segmentsOf(
        vm(name, { status: 'succeeded', finishedAt: time(30), steps: [waited] }),
        deployment,
        BEGIN,
      ),
    }))
    expect(phaseTotals(vms).map(({ phase, ms }) => [phase, ms / 1000])).toEqual([
      ['queued', 4],
      ['waiting', 22],
      ['cloning', 34],
    ])
    expect(phaseTotals(vms).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
    expect(waitTotals(vms)).toEqual([
      { why: 'Waiting for other clones on ceph', ms: 16_000, vms: 2 },
      { why: 'Storage busy', ms: 6000, vms: 2 },
    ])
    expect(phaseTotals([])).toEqual([])
  })
})

const span = (from: number, until: number): Segment => ({
  phase: 'cloning',
  what: '',
  from: BEGIN + from * 1000,
  until: BEGIN + until * 1000,
  bad: null,
})

describe('createScale', () => {
  test.each([
    [4, 1, 4],
    [41, 10, 5],
    [61, 15, 5],
    [600, 120, 5],
    [7200, 1800, 4],
  ])('%i s of work: a mark every %i s', (seconds, every, marks) => {
    const { ticks } = createScale([span(0, seconds)], 5)
    expect(ticks[1]?.ms).toBe(every * 1000)
    expect(ticks).toHaveLength(marks + 1)
    expect(ticks.at(-1)?.at).toBe(1)
  })

  test('a pause of everybody is cut out, one of a single VM is not', () => {
    const scale = createScale([span(0, 20), span(10, 30), span(3630, 3650)], 5)
    expect(scale.cuts).toEqual([{ at: 0.6, ms: 3_600_000 }])
    expect(scale.at(BEGIN)).toBe(0)
    expect(scale.at(BEGIN + 25_000)).toBe(0.5)
    expect(scale.at(BEGIN + 1_000_000)).toBe(0.6)
    expect(scale.at(BEGIN + 3_640_000)).toBe(0.8)
    expect(createScale([span(0, 20), span(25, 30)], 5).cuts).toEqual([])
  })

  test('without work there is still an axis', () => {
    expect(createScale([], 5).ticks).toEqual([
      { ms: 0, at: 0 },
      { ms: 1000, at: 1 },
    ])
  })
})
