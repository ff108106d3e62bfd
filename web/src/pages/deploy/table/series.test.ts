import { expandNames } from '@deployer/core/patterns.ts'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { continuation, patternOf, seriesOf, textAt } from './series.ts'

test.each([
  ['web-01', 'web-02', 'web-{01..05}'],
  ['web-9', 'web-10', 'web-{9..13}'],
  ['10.0.0.9/24', '10.0.0.10/24', '10.0.0.{9..13}/24'],
  ['10.0.1.5/24', '10.0.2.5/24', '10.0.{1..5}.5/24'],
  ['db1.lab', 'db2.lab', 'db{1..5}.lab'],
])('%s and %s begin %s', (first, second, pattern) => {
  const series = seriesOf(first, second)
  expect(series === null ? null : patternOf(series, 5)).toBe(pattern)
})

test.each([
  ['web', 'db'],
  ['web-01', 'web-01'],
  ['web-01', 'web-03'],
  ['web-02', 'web-01'],
  ['web-1-1', 'web-2-2'],
  ['web-09', 'web-010'],
  ['web-09', 'web-9'],
  ['web', 'web-1'],
  ['x-1234567890', 'x-1234567891'],
])('%s and %s are no series', (first, second) => {
  expect(seriesOf(first, second)).toBeNull()
})

test('a padded series ends where its digits do', () => {
  const series = seriesOf('web-98', 'web-99')
  expect(series && textAt(series, 2)).toBe('web-100')
  const padded = seriesOf('web-08', 'web-09')
  expect(padded && textAt(padded, 91)).toBe('web-99')
  expect(padded && textAt(padded, 92)).toBeNull()
})

test("core's patterns make the texts of the series", () => {
  fc.assert(
    fc.property(
      fc.constantFrom('web-', 'a.b-', ''),
      fc.nat(99_999),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 2, max: 40 }),
      fc.constantFrom('', '.lab', '/24'),
      (before, from, width, length, after) => {
        const text = (n: number) => `${before}${String(n).padStart(width, '0')}${after}`
        const series = seriesOf(text(from), text(from + 1))
        if (series === null) return
        const texts = Array.from({ length }, (_, index) => textAt(series, index))
        if (texts.includes(null)) return
        expect(expandNames(patternOf(series, length))).toEqual({ ok: true, values: texts })
      },
    ),
  )
})

test.each<[string[], boolean, string[]]>([
  [['web-01'], true, ['web-02', 'web-03']],
  [['web-01', 'web-03'], true, ['web-05', 'web-07']],
  [['web-09', 'web-10'], false, ['web-11', 'web-12']],
  [['10.0.0.20/24'], true, ['10.0.0.21/24', '10.0.0.22/24']],
  [['dhcp'], true, ['dhcp', 'dhcp']],
  [['4'], false, ['4', '4']],
  [['2', '4'], false, ['6', '8']],
  [['8 GiB', '16 GiB'], false, ['24 GiB', '32 GiB']],
  [['10', '8'], false, ['6', '4']],
  [['a', 'b', 'c'], false, ['a', 'b']],
  [['1', '2', '4'], false, ['1', '2']],
  [[''], true, ['', '']],
])('after %j (counting: %j) comes %j', (cells, counts, expected) => {
  expect(continuation(cells, 2, counts)).toEqual(expected)
})
