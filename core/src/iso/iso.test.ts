import { describe, expect, test } from 'vitest'
import { buildIso } from './iso.ts'

const createdAt = new Date('2026-11-23T10:00:00Z')
const empty = new Uint8Array(0)
const image = (...names: string[]) =>
  buildIso({ label: 'cidata', createdAt, files: names.map((name) => ({ name, content: empty })) })

test('the same input gives the same bytes', () => {
  expect(image('user-data', 'a/b')).toEqual(image('user-data', 'a/b'))
})

test('the size that the volume states is the size of the image', () => {
  const bytes = image('user-data', 'meta-data')
  expect(bytes.length % 2048).toBe(0)
  expect(new DataView(bytes.buffer).getUint32(16 * 2048 + 80, true)).toBe(bytes.length / 2048)
})

describe('names that cannot be written', () => {
  test.each([
    [['a', 'a'], 'a is on the image twice'],
    [['a', 'A'], 'A is on the image twice'],
    [['a', 'a/b'], 'a/b and another file of the image cannot be there together'],
    [['a/b', 'A/c'], 'A/c and another file of the image cannot be there together'],
    [['a/b', 'a'], 'a is on the image twice'],
    [['/a'], '"" is no name'],
    [['..'], '".." is no name'],
    [['a:b'], 'Joliet forbids'],
    [['a\nb'], 'Joliet forbids'],
    [['a'.repeat(65)], 'more than 64 characters'],
    [['1/2/3/4/5/6/7/8/9'], 'more than 8 levels'],
  ])('%j', (names, message) => {
    expect(() => image(...names)).toThrow(message)
  })

  test.each(['', 'a b', 'x'.repeat(17), 'ü'])('the label %j', (label) => {
    expect(() => buildIso({ label, files: [], createdAt })).toThrow('is no label')
  })
})
