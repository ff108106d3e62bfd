import { expect, it } from 'vitest'
import { formatRate, roundUp } from './Charts.tsx'

it.each([
  [0, 1],
  [0.3, 0.5],
  [1, 1],
  [1.1, 2],
  [3, 5],
  [7, 10],
  [120, 200],
])('the scale of %s goes to %s', (value, top) => expect(roundUp(value)).toBeCloseTo(top))

it.each([
  [0, '0 B/s'],
  [900, '900 B/s'],
  [2048, '2 KiB/s'],
  [3.1 * 1024 ** 2, '3.1 MiB/s'],
  [25.4 * 1024 ** 2, '25 MiB/s'],
])('%s bytes a second are %s', (bytes, text) => expect(formatRate(bytes)).toBe(text))
