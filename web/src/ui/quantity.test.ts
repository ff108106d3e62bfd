import { assert, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { parseSize, parseWhole } from './quantity.ts'

test.each([
  ['4096', 'MiB', 4096],
  ['8g', 'MiB', 8192],
  ['8 GiB', 'MiB', 8192],
  ['8GB', 'MiB', 8192],
  ['8192 MiB', 'GiB', 8],
  ['1.5g', 'MiB', 1536],
  ['1,5 g', 'MiB', 1536],
  ['20', 'GiB', 20],
  ['2t', 'GiB', 2048],
  ['1.1 t', 'GiB', 1127],
  ['1 k', 'MiB', 1],
  ['', 'GiB', null],
  ['g', 'GiB', null],
  ['-3', 'GiB', null],
  ['8 x', 'GiB', null],
  ['8 g b', 'GiB', null],
] as const)('parseSize(%j, %s) is %s', (text, unit, value) => {
  expect(parseSize(text, unit)).toBe(value)
})

test('a whole number in the asked unit is read as it is', () => {
  assert(
    property(nat(1_000_000), (value) => {
      expect(parseSize(`${value} MiB`, 'MiB')).toBe(value)
      expect(parseSize(`${value} GiB`, 'MiB')).toBe(value * 1024)
    }),
  )
})

test.each([
  ['4', 4],
  [' 30 s', 30],
  ['4 cores', 4],
  ['4.5', null],
  ['', null],
  ['four', null],
])('parseWhole(%j) is %s', (text, value) => {
  expect(parseWhole(text)).toBe(value)
})
