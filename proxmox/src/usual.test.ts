import { expect, test } from 'vitest'
import { createUsual } from './usual.ts'

/** First looks that see the end, of the last hundred of things that take so long; a second look comes a second later. */
const hits = (milliseconds: () => number) => {
  const usual = createUsual()
  let found = 0
  for (let index = 0; index < 200; index += 1) {
    const took = milliseconds()
    const first = usual.of('copy') ?? 1000
    const looks = took <= first ? 1 : 1 + Math.ceil((took - first) / 1000)
    if (index >= 100 && looks === 1) found += 1
    usual.ended('copy', first + (looks - 1) * 1000, looks)
  }
  return { found, usual: usual.of('copy') ?? 0 }
}

test('nothing is known of a kind of which none has ended', () => {
  const usual = createUsual()
  usual.ended('copy', 8000, 3)
  expect(usual.of('copy')).toBe(8000)
  expect(usual.of('start')).toBeNull()
})

test('most first looks see the end of what always takes as long, and few come late', () => {
  const { found, usual } = hits(() => 8350)
  expect(found).toBeGreaterThan(60)
  expect(usual).toBeGreaterThan(8000)
  expect(usual).toBeLessThan(9000)
})

test('what became short is looked at sooner at once, where it is known how long it took', () => {
  const usual = createUsual()
  usual.ended('copy', 60_000, 1)
  usual.ended('copy', 2000, 1)
  expect(usual.of('copy')).toBeLessThan(2000)
})

test('of many kinds the one that was not heard of for longest is forgotten', () => {
  const usual = createUsual()
  for (let kind = 0; kind <= 500; kind += 1) usual.ended(String(kind), 1000, 1)
  expect(usual.of('0')).toBeNull()
  expect(usual.of('1')).toBe(1000)
})
