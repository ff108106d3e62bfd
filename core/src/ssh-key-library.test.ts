import { describe, expect, test } from 'vitest'
import { parseSshKey } from './cloud-init/ssh-keys.ts'
import { fingerprintOf, keyNameOf, readAuthorizedKeys } from './ssh-key-library.ts'

// Made by ssh-keygen, which also told the fingerprints.
const ed25519 =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAu4sH7Rb44Lc6W68uoRl3/1AOkJnEGRjce6t8n9UKiD mira@laptop'
const ecdsa =
  'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEE5sRI5a9IwocTnFyVfrZpvJY+bDgKUXZgPsVejeKDur6Isyz55EDpIo4ywQenXQwDK65hrRgUnfECQ4uwMTCM='
const rsa =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCmYXmLBQVQN6Z4FJ30OZo/DlydltRCsQZbnIaq5KEm6pyN35LZ2CB7IARlQ/CxVn2q7mZVi8DZ8XRNKJsGDivCgse2K3yCXd2vNFm/hsaphE2G579yxLUMG8ft1bVST3Pmp2aCSrXhwII8AzXWsyA6BJpCk7XTLTD1wubaTsvgiwvUS9v1ZC20wwc5Ucw/zjT1fodjlDJr0kAgM2JZAYasGNIWAronph2yR5IHUh6/wNu1C/76hAxzYOdz7iXKVsSU7i2BK7xHS+5D/YrQgu7qks7/8+bPjoWqGPw7F5M6HlJz9IA0ZcdBLimMzDFZuiUglyRLvn/lJx3GacZzye9L ci'

const key = (line: string) => {
  const parsed = parseSshKey(line)
  if (parsed === null) throw new Error(`no key: ${line}`)
  return parsed
}

test.each([
  [ed25519, 'SHA256:pp8NfcowMXimtlT0khJdqfjwuPMGCctBHcZrtWUwXvY'],
  [rsa, 'SHA256:J0AokMg4W9+/2eLvVdwW2I+FIZVRPcdrPXoesh21A9s'],
  [ecdsa, 'SHA256:X0R5wn9sPSKsdNU2BBGLawdzb3xuG9I547e6ZjRncVA'],
  [`from="10.0.0.0/8" ${ed25519}`, 'SHA256:pp8NfcowMXimtlT0khJdqfjwuPMGCctBHcZrtWUwXvY'],
])('%s has the fingerprint that ssh-keygen tells', (line, fingerprint) => {
  expect(fingerprintOf(key(line))).toBe(fingerprint)
})

test.each([
  [ed25519, 'mira@laptop'],
  [ecdsa, 'ecdsa-sha2-nistp256 X0R5wn9s'],
  [`${ecdsa} ${'x'.repeat(200)}`, 'x'.repeat(100)],
])('%s is called %s', (line, name) => {
  expect(keyNameOf(key(line))).toBe(name)
})

describe('pasted lines', () => {
  test('keys, comments, what comes twice and what is no key', () => {
    const text = `# mine\n\n${ed25519}\r\n${rsa}\n  ${ed25519}\nhello\n${ecdsa.slice(0, 40)}`
    const { keys, repeated, refused } = readAuthorizedKeys(text)
    expect(keys.map(({ line, publicKey }) => [line, publicKey])).toEqual([
      [3, ed25519],
      [4, rsa],
    ])
    expect(repeated).toEqual([{ line: 5, fingerprint: fingerprintOf(key(ed25519)) }])
    expect(refused.map(({ line }) => line)).toEqual([6, 7])
    expect(refused[0]?.reason).toContain('no public SSH key')
  })

  test('a private key is refused as a whole, in one sentence', () => {
    const text = `${ed25519}\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE\n-----END OPENSSH PRIVATE KEY-----`
    const { keys, refused } = readAuthorizedKeys(text)
    expect(keys).toEqual([])
    expect(refused).toEqual([{ line: 2, reason: expect.stringContaining('private key') }])
  })
})
