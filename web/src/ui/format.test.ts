import { describe, expect, test } from 'vitest'
import {
  formatAgo,
  formatDuration,
  formatElapsed,
  formatExactTime,
  formatGiB,
  formatMiB,
  formatPercent,
  formatStopwatch,
  formatTime,
  plural,
} from './format.ts'

test.each([
  [0, '0 ms'],
  [4, '4 ms'],
  [94, '94 ms'],
  [95, '0.1 s'],
  [900, '0.9 s'],
  [9949, '9.9 s'],
  [9950, '10 s'],
  [41_200, '41 s'],
  [59_600, '1 min 00 s'],
  [90_000, '1 min 30 s'],
  [3_599_400, '59 min 59 s'],
  [3_599_600, '1 h 00 min'],
  [7_680_000, '2 h 08 min'],
  [86_400_000 * 3 + 3_600_000 * 4, '3 d 4 h'],
  [86_400_000 * 33, '33 d'],
  [-5, '0 ms'],
])('formatDuration(%d) is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})

test.each([
  [0, '1 s'],
  [2_999, '2 s'],
  [9_990, '9 s'],
  [41_900, '41 s'],
  [90_000, '1 min 30 s'],
])('formatElapsed(%d) is %s', (milliseconds, text) => {
  expect(formatElapsed(milliseconds)).toBe(text)
})

test.each([
  [0, '0:00'],
  [47_900, '0:47'],
  [82_000, '1:22'],
  [3_723_000, '1:02:03'],
])('formatStopwatch(%d) is %s', (milliseconds, text) => {
  expect(formatStopwatch(milliseconds)).toBe(text)
})

describe('formatTime', () => {
  const now = new Date(2026, 10, 23, 16, 0, 0)
  test.each([
    [new Date(2026, 10, 23, 14, 2, 9), '14:02:09'],
    [new Date(2026, 10, 22, 18, 20, 1), 'Yesterday 18:20'],
    [new Date(2026, 10, 3, 9, 12, 0), '3 Nov 09:12'],
    [new Date(2025, 0, 3, 9, 12, 0), '3 Jan 2025'],
  ])('%s is %s', (when, text) => {
    expect(formatTime(when, now)).toBe(text)
  })

  test('the exact time names its zone', () => {
    expect(formatExactTime(new Date(2026, 10, 3, 9, 12, 5))).toMatch(
      /^2026-11-03 09:12:05 UTC[+-]\d\d:\d\d$/,
    )
  })
})

test.each([
  [0, 'just now'],
  [1_999, 'just now'],
  [3_400, '3 s ago'],
  [250_000, '4 min ago'],
  [7_300_000, '2 h ago'],
  [6 * 86_400_000, '6 d ago'],
])('formatAgo(%d) is %s', (milliseconds, text) => {
  expect(formatAgo(milliseconds)).toBe(text)
})

test.each([
  [512, '512 MiB'],
  [1024, '1 GiB'],
  [1536, '1.5 GiB'],
  [0, '0 GiB'],
  [131_072, '128 GiB'],
])('formatMiB(%d) is %s', (mebibytes, text) => {
  expect(formatMiB(mebibytes)).toBe(text)
})

test.each([
  [7.6, '7.6 GiB'],
  [12, '12 GiB'],
  [610.4, '610 GiB'],
  [1945.6, '1.9 TiB'],
])('formatGiB(%d) is %s', (gibibytes, text) => {
  expect(formatGiB(gibibytes)).toBe(text)
})

test.each([
  [0, '0 %'],
  [0.631, '63 %'],
  [0.9999, '99 %'],
  [1, '100 %'],
  [1.2, '100 %'],
  [-1, '0 %'],
])('formatPercent(%d) is %s', (share, text) => {
  expect(formatPercent(share)).toBe(text)
})

test.each([
  [1, '1 VM'],
  [0, '0 VMs'],
  [1500, '1,500 VMs'],
])('plural(%d)', (count, text) => {
  expect(plural(count, 'VM')).toBe(text)
})
