import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expandAddresses, expandNames, parsePattern } from './patterns.ts'

describe('names', () => {
  test.each([
    ['web', undefined, ['web']],
    ['web', 1, ['web']],
    ['web-{01..03}', undefined, ['web-01', 'web-02', 'web-03']],
    ['web-{1..3}', 3, ['web-1', 'web-2', 'web-3']],
    ['web-{9..11}', undefined, ['web-9', 'web-10', 'web-11']],
    ['web-{09..11}', undefined, ['web-09', 'web-10', 'web-11']],
    ['web-{0..2}', undefined, ['web-0', 'web-1', 'web-2']],
    ['web-{8..010}', undefined, ['web-008', 'web-009', 'web-010']],
    ['{1..2}.web.example', undefined, ['1.web.example', '2.web.example']],
    ['web-{n}', 3, ['web-1', 'web-2', 'web-3']],
    ['web-{n:03}', 2, ['web-001', 'web-002']],
    ['web-{n=9}', 2, ['web-9', 'web-10']],
    ['web-{n=005}', 2, ['web-005', 'web-006']],
    ['web-{7..7}', undefined, ['web-7']],
  ])('%s with count %s', (text, count, values) => {
    expect(expandNames(text, count)).toEqual({ ok: true, values })
  })

  test.each([
    ['web-{01..03', undefined, 'pattern-braces'],
    ['web-01..03}', undefined, 'pattern-braces'],
    ['web-{{1..2}}', undefined, 'pattern-braces'],
    ['web-{}', undefined, 'pattern-counter'],
    ['web-{x}', undefined, 'pattern-counter'],
    ['web-{1..}', undefined, 'pattern-counter'],
    ['web-{1...3}', undefined, 'pattern-counter'],
    ['web-{n:3}', 2, 'pattern-counter'],
    ['web-{-1..3}', undefined, 'pattern-counter'],
    ['web-{1..2}-{1..2}', undefined, 'pattern-two-counters'],
    ['web-{n}-{1..2}', 2, 'pattern-two-counters'],
    ['web-{3..1}', undefined, 'pattern-range'],
    ['web-{1..501}', undefined, 'too-many-vms'],
    ['web-{1..999999999}', undefined, 'too-many-vms'],
    ['web-{n}', undefined, 'count-missing'],
    ['web-{1..3}', 4, 'count-mismatch'],
    ['web', 2, 'count-without-counter'],
  ])('%s with count %s is refused', (text, count, code) => {
    expect(expandNames(text, count)).toMatchObject({ ok: false, error: { code } })
  })

  test('500 names are allowed', () => {
    const made = expandNames('web-{001..500}')
    expect(made.ok && made.values.length).toBe(500)
  })

  test('a count that disagrees comes with the range that would fit', () => {
    expect(expandNames('web-{01..03}', 12)).toMatchObject({
      error: { message: expect.stringContaining('web-{01..12}') },
    })
  })
})

describe('addresses', () => {
  test.each([
    ['dhcp', 2, ['dhcp', 'dhcp']],
    ['10.0.0.5/24', 1, ['10.0.0.5/24']],
    ['10.0.0.{20..21}/24', 2, ['10.0.0.20/24', '10.0.0.21/24']],
    ['10.0.0.{n=20}/24', 2, ['10.0.0.20/24', '10.0.0.21/24']],
    ['10.0.{0..1}.5/16', 2, ['10.0.0.5/16', '10.0.1.5/16']],
    ['fd00::{9..10}/64', 2, ['fd00::9/64', 'fd00::10/64']],
  ])('%s for %s VMs', (text, wanted, values) => {
    expect(expandAddresses(text, wanted)).toEqual({ ok: true, values })
  })

  test('too many or too few come with what would fit', () => {
    expect(expandAddresses('10.0.0.{20..29}/24', 3)).toEqual({
      ok: false,
      error: {
        code: 'count-mismatch',
        message:
          '10.0.0.{20..29}/24 makes 10 addresses for 3 VMs. Write 10.0.0.{20..22}/24, or {n=20} for as many as there are VMs.',
      },
    })
  })
})

describe('properties', () => {
  const label = fc.stringMatching(/^[a-z]{0,8}$/)
  const range = fc.record({
    from: fc.integer({ min: 0, max: 5000 }),
    length: fc.integer({ min: 1, max: 500 }),
    width: fc.integer({ min: 1, max: 6 }),
  })

  test('a range makes as many different values as it spans, and padded ones sort as they count', () => {
    fc.assert(
      fc.property(label, range, label, (before, { from, length, width }, after) => {
        const last = from + length - 1
        const digits = width === 1 ? 1 : Math.max(width, String(last).length)
        const pad = (n: number) => String(n).padStart(digits, '0')
        const made = expandNames(`${before}{${pad(from)}..${pad(last)}}${after}`)
        if (!made.ok) throw new Error(made.error.message)
        expect(new Set(made.values).size).toBe(length)
        expect(made.values[0]).toBe(`${before}${pad(from)}${after}`)
        expect(width === 1 ? [] : made.values.toSorted()).toEqual(width === 1 ? [] : made.values)
      }),
    )
  })

  test('{n=A} with a count makes the same as the range from A', () => {
    fc.assert(
      fc.property(range, ({ from, length }) => {
        expect(expandNames(`x{n=${from}}`, length)).toEqual(
          expandNames(`x{${from}..${from + length - 1}}`),
        )
      }),
    )
  })

  test('whatever is typed is answered with values or a sentence, and no value has a brace left', () => {
    const typed = fc.array(
      fc.constantFrom('web', '-', '{', '}', '..', '1', '05', 'n', '=', ':', '0', '{1..3}', '{n}'),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(
        typed,
        fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
        (parts, count) => {
          const text = parts.join('')
          const made = expandNames(text, count)
          expect(parsePattern(text).ok || !made.ok).toBe(true)
          const answer = made.ok ? made.values.join(' ') : made.error.message
          expect(answer).toMatch(made.ok ? /^[^{}]*$/ : /^.+\.$/)
        },
      ),
    )
  })
})
