import { expect, test } from 'vitest'
import { strokesFor } from './typing.ts'

const shift = [0xffe1, 'ShiftLeft']

test.each([
  ['a', [[[0x61, null]]]],
  ['A', [[shift, [0x41, null]]]],
  ['!', [[shift, [0x21, null]]]],
  ['1', [[[0x31, null]]]],
  ['\n', [[[0xff0d, 'Enter']]]],
  ['\r\n', [[[0xff0d, 'Enter']]]],
  ['\t', [[[0xff09, 'Tab']]]],
  ['ü', [[[0xfc, null]]]],
  ['€', [[[0x010020ac, null]]]],
  ['😀', [[[0x0101f600, null]]]],
])('%j is typed by its keys', (text, strokes) => {
  expect(strokesFor(text)).toEqual(strokes)
})
