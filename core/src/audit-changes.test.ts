import { assert, dictionary, jsonValue, property, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesBetween, writtenChanges } from './audit-changes.ts'
import type { Json } from './audit.ts'

describe('changes between two configurations', () => {
  it.each<[string, { [key: string]: Json }, { [key: string]: Json }, object]>([
    ['nothing', { cores: 2, tags: ['a'] }, { cores: 2, tags: ['a'] }, {}],
    [
      'one value',
      { cores: 2, memory_mb: 2048 },
      { cores: 4, memory_mb: 2048 },
      { cores: { from: 2, to: 4 } },
    ],
    [
      'a list of plain values as one',
      { tags: ['a'] },
      { tags: ['a', 'b'] },
      { tags: { from: ['a'], to: ['a', 'b'] } },
    ],
    [
      'what is new, and what is gone',
      { pool: 'lab' },
      { storage: 'ceph' },
      { pool: { from: 'lab', to: null }, storage: { from: null, to: 'ceph' } },
    ],
    [
      'nested',
      { defaults: { cores: 2, start: true } },
      { defaults: { cores: 1, start: true } },
      { 'defaults.cores': { from: 2, to: 1 } },
    ],
    [
      'rows by their places',
      { vms: [{ name: 'a' }, { name: 'b', cores: 1 }] },
      { vms: [{ name: 'a' }, { name: 'b', cores: 2 }, { name: 'c' }] },
      { 'vms[1].cores': { from: 1, to: 2 }, 'vms[2]': { from: null, to: { name: 'c' } } },
    ],
    ['null as not set', { vlan: null }, {}, {}],
  ])('%s', (_what, before, after, changes) => {
    expect(changesBetween(before, after)).toEqual(changes)
  })

  const configuration = dictionary(stringMatching(/^[a-z]{1,3}$/), jsonValue({ maxDepth: 3 })).map(
    (value): { [key: string]: Json } =>
      Object.fromEntries(Object.entries(value).map(([key, one]) => [key, jsonOf(one)])),
  )

  it('there are none exactly where both say the same, and the way back is the reverse', () => {
    assert(
      property(configuration, configuration, (one, other) => {
        expect(changesBetween(one, one)).toEqual({})
        const there = changesBetween(one, other)
        const back = changesBetween(other, one)
        expect(Object.keys(back).toSorted()).toEqual(Object.keys(there).toSorted())
        for (const [path, { from, to }] of Object.entries(there))
          expect(back[path]).toEqual({ from: to, to: from })
      }),
    )
  })

  it('are cut where there are too many, and counted', () => {
    const many = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`key${index}`, 1]))
    const { changes = {}, changes_left_out: leftOut } = writtenChanges(changesBetween({}, many))
    expect([Object.keys(changes).length, leftOut]).toEqual([100, 30])
    expect(writtenChanges({})).toEqual({})
  })
})

const jsonOf = (value: unknown): Json => {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  )
    return value
  if (Array.isArray(value)) return value.map(jsonOf)
  return Object.fromEntries(Object.entries(Object(value)).map(([key, one]) => [key, jsonOf(one)]))
}
