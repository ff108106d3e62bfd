import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readStamp, stampLine, withoutStamps } from './stamp.ts'

const stamp = { deployment: 'd-7f3a', vm: 'web-01' }
const line = 'vm-deployer d-7f3a web-01'

test.each([
  [line, stamp],
  [`Text\n\n${line}`, stamp],
  [`Text\n\n${line}\n`, stamp],
  [`Text\r\n${line}\r\n`, stamp],
  [`vm-deployer d-old base\n\n${line}`, stamp],
  ['', null],
  [null, null],
  [undefined, null],
  [`see ${line}`, null],
  ['vm-deployer d-7f3a', null],
  [`${line} more`, null],
])('%j', (description, expected) => {
  expect(readStamp(description)).toEqual(expected)
})

test('whatever stands above it, the stamp is read back', () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^[a-z0-9-]{1,20}$/), (text, id) => {
      expect(readStamp(`${text}\n\n${stampLine(id, 'web-01')}`)).toEqual({
        deployment: id,
        vm: 'web-01',
      })
    }),
  )
})

test('a text loses its stamps and nothing else', () => {
  expect(withoutStamps(`Golden\n\n${line}\n`)).toBe('Golden')
  expect(withoutStamps(`Golden\nimage`)).toBe('Golden\nimage')
})
