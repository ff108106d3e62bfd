import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from './hash.ts'

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('SHA-256 of %j is that of FIPS 180-4', (text, digest) => {
  expect(sha256(text)).toBe(digest)
})

test('agrees with the platform on texts of every length around a block', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
      const bytes = new Uint8Array(
        await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)),
      )
      expect(sha256(text)).toBe([...bytes].map((b) => b.toString(16).padStart(2, '0')).join(''))
    }),
  )
})
