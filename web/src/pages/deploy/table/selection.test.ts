import { expect, test } from 'vitest'
import { at, boxOf, clamped, moved } from './selection.ts'

const size = { rows: 20, columns: 8 }
const middle = at({ row: 10, column: 4 })

test.each([
  ['ArrowUp', false, 9, 4],
  ['ArrowDown', false, 11, 4],
  ['ArrowLeft', false, 10, 3],
  ['ArrowRight', false, 10, 5],
  ['ArrowUp', true, 0, 4],
  ['ArrowDown', true, 19, 4],
  ['ArrowLeft', true, 10, 0],
  ['ArrowRight', true, 10, 7],
  ['Home', false, 10, 0],
  ['End', false, 10, 7],
  ['Home', true, 0, 0],
  ['End', true, 19, 7],
  ['PageUp', false, 0, 4],
  ['PageDown', false, 19, 4],
])('%s (with Ctrl: %j) leads to row %i, column %i', (key, jump, row, column) => {
  expect(moved(middle, key, { extend: false, jump }, size)).toEqual(at({ row, column }))
  expect(moved(middle, key, { extend: true, jump }, size)).toEqual({
    active: middle.active,
    far: { row, column },
  })
})

test('other keys do not move', () => {
  expect(moved(middle, 'a', { extend: false, jump: false }, size)).toBeNull()
})

test('a range has its corners in order, and stays inside of a smaller table', () => {
  const range = { active: { row: 10, column: 4 }, far: { row: 2, column: 6 } }
  expect(boxOf(range)).toEqual({ top: 2, bottom: 10, left: 4, right: 6 })
  expect(clamped(range, { rows: 5, columns: 5 })).toEqual({
    active: { row: 4, column: 4 },
    far: { row: 2, column: 4 },
  })
})
