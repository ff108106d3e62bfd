import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DeployForm, emptyForm, emptyTable } from './form.ts'
import { countInPattern, effectivePattern, namesOf, withQuantity } from './names.ts'

test.each([
  ['web-{01..10}', 10],
  ['web-{3..3}', 1],
  ['web-{n}', null],
  ['web-{n:03}', null],
  ['web', null],
  ['web-{01..', null],
  ['web-{3..1}', null],
])('%s makes %j names by itself', (pattern, count) => {
  expect(countInPattern(pattern)).toBe(count)
})

test.each([
  ['web', 1, 'web'],
  ['web', 3, 'web-{01..03}'],
  ['web-', 3, 'web-{01..03}'],
  ['web.lab.example', 3, 'web-{01..03}.lab.example'],
  ['web', 120, 'web-{001..120}'],
  ['web-{01..10}', 12, 'web-{01..12}'],
  ['web-{01..10}', 1, 'web-{01..01}'],
  ['web-{05..10}', 3, 'web-{05..07}'],
  ['web-{1..9}', 10, 'web-{1..10}'],
  ['web-{01..99}', 100, 'web-{001..100}'],
  ['web-{001..100}', 3, 'web-{001..003}'],
  ['web-{01..03}.lab', 4, 'web-{01..04}.lab'],
  ['web-{n}', 5, 'web-{n}'],
  ['web-{01..', 3, 'web-{01..'],
  ['', 3, ''],
])('%j for %i VMs is %j', (pattern, quantity, expected) => {
  expect(withQuantity(pattern, quantity)).toBe(expected)
})

test('a pattern with a range makes the quantity that was asked for', () => {
  const quantity = fc.integer({ min: 2, max: 500 })
  fc.assert(
    fc.property(quantity, quantity, (first, then) => {
      expect(countInPattern(withQuantity(withQuantity('web', first), then))).toBe(then)
    }),
  )
})

test.each([
  ['web', 10, 'web-{01..10}'],
  [' web ', 1, 'web'],
  ['web-{01..03}', 10, 'web-{01..03}'],
  ['web-{n}', 10, 'web-{n}'],
])('%j with a quantity of %i is meant as %s', (namePattern, quantity, expected) => {
  expect(effectivePattern({ namePattern, quantity })).toBe(expected)
})

function list(form: Partial<DeployForm>) {
  return namesOf({ ...emptyForm, ...form }, null)
}

test('names of the pattern, then of further rows', () => {
  const table = { ...emptyTable, rows: [{ name: 'db-1' }, { name: 'db-2' }] }
  expect(list({ namePattern: 'web-{n:02}', quantity: 2, table })).toEqual({
    names: ['web-01', 'web-02', 'db-1', 'db-2'],
    wrong: new Map(),
    problem: null,
  })
})

test.each<[string, Partial<DeployForm>, string]>([
  ['nothing typed', {}, 'Give a name, or a pattern such as web-{01..10}'],
  ['a broken pattern', { namePattern: 'web-{3..1}' }, '{3..1} counts down. Write {1..3}.'],
  [
    'an underscore',
    { namePattern: 'web_{1..2}' },
    'web_1 is no DNS name. Names have letters, digits and hyphens, with dots between parts; no part starts or ends with a hyphen.',
  ],
  [
    'too many over all rows',
    {
      namePattern: 'web-{001..400}',
      table: { ...emptyTable, rows: Array.from({ length: 101 }, (_, n) => ({ name: `db-${n}` })) },
    },
    '501 VMs asked for. One deployment has at most 500.',
  ],
])('%s is said', (_what, form, problem) => {
  expect(list(form).problem).toBe(problem)
})

test('the names that cannot be are known one by one', () => {
  expect([...list({ namePattern: '{1..3}-' }).wrong.keys()]).toEqual(['1-', '2-', '3-'])
})

test('names of the table stand in for those of the pattern', () => {
  const table = { overrides: { '0': { name: 'first' } }, gone: [1], rows: [{ name: 'last' }] }
  expect(list({ namePattern: 'web-{1..3}', table }).names).toEqual(['first', 'web-3', 'last'])
})
