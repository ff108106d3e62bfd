import { describe, expect, it } from 'vitest'
import { algorithmOf, checksumProblem, fileOfUrl, findChecksum } from './checksums.ts'

const sha256 = '9dc7c536'.repeat(8)
const sha512 = 'AB12cd34'.repeat(16)

describe('the checksum of a file is found', () => {
  it.each<[string, string, { algorithm: string; value: string } | null]>([
    ['alone', `  ${sha256}\n`, { algorithm: 'sha256', value: sha256 }],
    ['as sha256sum writes it', `${sha256}  noble.img\n`, { algorithm: 'sha256', value: sha256 }],
    ['of a binary file', `${sha256} *noble.img\n`, { algorithm: 'sha256', value: sha256 }],
    ['with a folder', `${sha256}  ./noble.img`, { algorithm: 'sha256', value: sha256 }],
    ['in BSD form', `SHA256 (noble.img) = ${sha256}`, { algorithm: 'sha256', value: sha256 }],
    ['in capitals', `${sha512}  noble.img`, { algorithm: 'sha512', value: sha512.toLowerCase() }],
    [
      'among others',
      `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n# noble.img: 1000 bytes\n${'0'.repeat(64)}  noble.img.manifest\r\n${sha256}  noble.img\r\n`,
      { algorithm: 'sha256', value: sha256 },
    ],
    ['not of another file', `${sha256}  jammy.img`, null],
    ['not of one whose name only ends so', `${sha256}  old-noble.img`, null],
    ['not in a page', '<html>Not found</html>', null],
    ['not where the digits are too few', `${'0'.repeat(50)}  noble.img`, null],
    ['not in nothing', '', null],
  ])('%s', (_how, text, expected) => {
    expect(findChecksum(text, 'noble.img')).toEqual(expected)
  })
})

it('an algorithm is told by the length', () => {
  expect(algorithmOf('a'.repeat(32))).toBe('md5')
  expect(algorithmOf('a'.repeat(33))).toBeNull()
  expect(algorithmOf('g'.repeat(64))).toBeNull()
  expect(checksumProblem(sha256, 'sha256')).toBeNull()
  expect(checksumProblem(sha256, 'sha512')).toBe(
    'A sha512 checksum has 128 hex digits; this has 64 characters.',
  )
})

it.each([
  ['https://example.org/a/noble.img?x=1#y', 'noble.img'],
  ['https://example.org/a%20b.iso', 'a b.iso'],
  ['https://example.org/%E0%A4%A', '%E0%A4%A'],
  ['https://example.org/folder/', ''],
  ['no address', ''],
])('%s ends in the file %j', (url, file) => {
  expect(fileOfUrl(url)).toBe(file)
})
