import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { certificateReason, normalizeFingerprint } from './certificates.ts'

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('normalizeFingerprint', () => {
  it('reads every spelling of a SHA-256 fingerprint', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const hex = hexOf(bytes)
        const shown = (hex.match(/../g) ?? []).join(':').toUpperCase()
        for (const spelling of [
          hex,
          shown,
          shown.toLowerCase(),
          ` sha256:${hex}\n`,
          `SHA-256=${shown}`,
        ])
          expect(normalizeFingerprint(spelling)).toBe(shown)
      }),
    )
  })

  it('takes no other length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        fc.pre(bytes.length !== 32)
        expect(normalizeFingerprint(hexOf(bytes))).toBeNull()
      }),
    )
  })
})

it('an unknown code stays as it is', () => {
  expect(certificateReason('CERT_REVOKED')).toBe('CERT_REVOKED')
})
