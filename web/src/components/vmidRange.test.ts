import { expect, test } from 'vitest'
import { vmidRange } from './vmidRange.ts'

test.each([
  [[], ''],
  [[211], '211'],
  [[213, 211, 212], '211 to 213'],
  [[213, 211, 212, 400], '211 to 213, 400'],
  [[100, 102, 104, 106, 107], '100, 102, 104 and 2 more'],
])('ids %j read %j', (vmids, text) => {
  expect(vmidRange(vmids)).toBe(text)
})
