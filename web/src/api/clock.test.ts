import { expect, test } from 'vitest'
import { learnServerTime, serverTime } from './clock.ts'

const now = Date.parse('2026-11-23T14:00:00Z')

test('a clock that is minutes wrong is corrected, seconds are not', () => {
  learnServerTime('Mon, 23 Nov 2026 14:05:00 GMT', now)
  expect(serverTime(now)).toBe(now + 300_000)
  learnServerTime(null, now)
  learnServerTime('soon', now)
  expect(serverTime(now)).toBe(now + 300_000)
  learnServerTime('Mon, 23 Nov 2026 14:00:01 GMT', now)
  expect(serverTime(now)).toBe(now)
})
