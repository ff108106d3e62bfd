import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { countInPattern, withQuantity } from './names.ts'

test.each([
  ['web-{01..10}', 10],
  ['web-{3..3}', 1],
  ['r{1..2}-n{1..3}', 6],
  ['web-{n}', null],
  ['web-{n:03}', null],
  ['web', null],
  ['web-{01..', null],
])('%s makes %j names by itself', (pattern, count) => {
  expect(countInPattern(pattern)).toBe(count)
})

test.each([
  ['web', 1, 'web'],
  ['web', 3, 'web-{01..03}'],
  ['web-', 3, 'web-{01..03}'],
  ['web', 120, 'web-{001..120}'],
  ['web-{01..10}', 12, 'web-{01..12}'],
  ['web-{01..10}', 1, 'web-{01..01}'],
  ['web-{05..10}', 3, 'web-{05..07}'],
  ['web-{1..9}', 10, 'web-{1..10}'],
  ['web-{01..99}', 100, 'web-{01..100}'],
  ['web-{n}', 5, 'web-{n}'],
  ['r{1..2}-n{1..3}', 7, 'r{1..2}-n{1..3}'],
  ['web-{01..', 3, 'web-{01..'],
  ['', 3, ''],
])('%j for %i VMs is %j', (pattern, quantity, expected) => {
  expect(withQuantity(pattern, quantity)).toBe(expected)
})

test('a pattern with one range makes the quantity that was asked for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 500 }),
      fc.integer({ min: 1, max: 500 }),
      (first, then) => {
        expect(countInPattern(withQuantity(withQuantity('web', first), then))).toBe(then)
      },
    ),
  )
})
