import { expect, test } from 'vitest'
import { oneOf, ownPath, text } from './searchParams.ts'

test.each([
  ['web', 'web'],
  [10, '10'],
  ['', undefined],
  ['x'.repeat(11), undefined],
  [null, undefined],
  [['a'], undefined],
])('text(%j) is %j', (value, read) => {
  expect(text(value, 10)).toBe(read)
})

test('oneOf knows only its words', () => {
  expect(oneOf('node', ['node', 'state'])).toBe('node')
  expect(oneOf('nodes', ['node', 'state'])).toBeUndefined()
  expect(oneOf(undefined, ['node'])).toBeUndefined()
})

test.each([
  ['/deployments/d-1?q=a', '/deployments/d-1?q=a'],
  ['/', '/'],
  ['/sign-in?to=/deploy', undefined],
  ['/sign-ins', '/sign-ins'],
  ['//evil.example', undefined],
  ['/\\evil.example', undefined],
  ['https://evil.example', undefined],
  ['javascript:alert(1)', undefined],
  [7, undefined],
])('ownPath(%j) is %j', (value, path) => {
  expect(ownPath(value)).toBe(path)
})
