import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { tricky } from './fixtures.ts'
import { toYaml } from './yaml.ts'

const text = fc.oneof(
  fc.constantFrom(...tricky),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
  fc.array(fc.constantFrom(...tricky), { maxLength: 4 }).map((parts) => parts.join('')),
)

test.each(tricky)('%j comes back as it is', (value) => {
  const document = toYaml({ key: value, list: [value], nested: { key: [value, { deep: value }] } })
  for (const version of ['1.1', '1.2'] as const) {
    expect(parse(document, { version })).toEqual({
      key: value,
      list: [value],
      nested: { key: [value, { deep: value }] },
    })
  }
})

test('any text comes back as it is, anywhere', () => {
  fc.assert(
    fc.property(text, text, (one, two) => {
      const value = { a: one, b: [two, [one, two]], c: { d: [{ e: two, f: one }] } }
      const document = toYaml(value)
      expect(parse(document, { version: '1.1' })).toEqual(value)
      expect(parse(document, { version: '1.2' })).toEqual(value)
    }),
    { numRuns: 1000 },
  )
})

test('numbers, booleans and empty lists stay what they are', () => {
  const value = { a: 1, b: true, c: [], d: {}, e: [false, 0.5] }
  expect(parse(toYaml(value), { version: '1.1' })).toEqual(value)
})

test('half a surrogate pair becomes the replacement character', () => {
  expect(parse(toYaml({ a: 'x\ud800y' }))).toEqual({ a: 'x\ufffdy' })
})
