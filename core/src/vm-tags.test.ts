import { expect, test } from 'vitest'
import { changedTags, splitTags, vmTagSchema } from './vm-tags.ts'

test.each([
  [['web'], { add: ['prod'], remove: [] }, ['web', 'prod']],
  [['web', 'prod'], { add: ['web'], remove: ['prod'] }, ['web']],
  // Both at once: what is asked to be there is there.
  [['web'], { add: ['web'], remove: ['web'] }, ['web']],
  [[], { add: [], remove: ['gone'] }, []],
])('%j changed by %j is %j', (tags, change, expected) => {
  expect(changedTags(tags, change)).toEqual(expected)
})

test('what is typed is taken apart at blanks, commas and semicolons', () => {
  expect(splitTags(' web, prod;web  qa ')).toEqual(['web', 'prod', 'qa'])
  expect(splitTags(' ')).toEqual([])
})

test.each(['web', '9lives', 'd-7f3a', 'a+b.c_d'])('%s is a tag', (tag) => {
  expect(vmTagSchema.safeParse(tag).success).toBe(true)
})

test.each(['', '-web', 'a b', 'ä', 'x'.repeat(61)])('"%s" is none', (tag) => {
  expect(vmTagSchema.safeParse(tag).success).toBe(false)
})
