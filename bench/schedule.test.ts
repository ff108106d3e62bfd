import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Action, runIdeally } from './schedule.ts'

const work = (seconds: number): Action<'end'> => ({ do: 'work', seconds })
const within = (resource: string, ...actions: Action<'end'>[]): Action<'end'>[] => [
  { do: 'take', resource },
  ...actions,
  { do: 'give', resource },
]
const end: Action<'end'> = { do: 'note', name: 'end' }
const endings = (jobs: Action<'end'>[][], capacity = 1) =>
  runIdeally(jobs, { capacity: () => capacity }).map((timeline) => timeline.get('end'))

test.each([
  [
    'free work runs side by side',
    [
      [work(2), end],
      [work(3), end],
    ],
    1,
    [2, 3],
  ],
  ['one at a time', Array.from({ length: 3 }, () => [...within('a', work(2)), end]), 1, [2, 4, 6]],
  ['two at a time', Array.from({ length: 3 }, () => [...within('a', work(2)), end]), 2, [2, 2, 4]],
  [
    'what needs no lock goes on beside what does',
    Array.from({ length: 2 }, () => [...within('a', work(1)), work(5), end]),
    1,
    [6, 7],
  ],
  [
    'a boot counts from its mark',
    [[work(2), { do: 'mark' }, { do: 'reach', seconds: 3 }, end]],
    1,
    [5],
  ],
  [
    'what is over is not waited for',
    [[{ do: 'mark' }, work(4), { do: 'reach', seconds: 3 }, end]],
    1,
    [4],
  ],
] satisfies [string, Action<'end'>[][], number, number[]][])(
  '%s',
  (_, jobs, capacity, expected) => {
    expect(endings(jobs, capacity)).toEqual(expected)
  },
)

test('a scarce thing is never idle while somebody wants it, nor used beyond its capacity', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      (times, capacity) => {
        const ended = endings(
          times.map((seconds) => [...within('a', work(seconds)), end]),
          capacity,
        )
        const total = times.reduce((sum, seconds) => sum + seconds, 0)
        const wall = Math.max(...ended.map((at) => at ?? Infinity))
        // Graham's bound for list scheduling, and the least that so much work takes.
        expect(wall).toBeGreaterThanOrEqual(Math.max(total / capacity, ...times) - 1e-9)
        expect(wall).toBeLessThanOrEqual(total / capacity + Math.max(...times) + 1e-9)
      },
    ),
  )
})

test('a lock without a queue is found free a while after it is', () => {
  const jobs = Array.from({ length: 3 }, () => [...within('lock', work(1.2)), end])
  const rules = { capacity: () => 1, pollSeconds: () => 1 }
  expect(runIdeally(jobs, rules).map((timeline) => timeline.get('end'))).toEqual([1.2, 3.2, 5.2])
})
