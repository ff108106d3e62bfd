import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { certificateAdvice, certificateReason, normalizeFingerprint } from './certificates.ts'

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

it('advice names host, reason, fingerprint, and where to compare it', () => {
  const { title, detail } = certificateAdvice({
    host: 'pve1:8006',
    fingerprint: 'AA:BB',
    reason: certificateReason('DEPTH_ZERO_SELF_SIGNED_CERT'),
  })
  expect(title).toBe('The certificate of pve1:8006 is not trusted')
  expect(detail).toContain('it is self-signed')
  expect(detail).toContain('SHA-256 fingerprint: AA:BB.')
  expect(detail).toContain('pvenode cert info')
})

it('an unknown code stays as it is', () => {
  expect(certificateReason('CERT_REVOKED')).toBe('CERT_REVOKED')
})
