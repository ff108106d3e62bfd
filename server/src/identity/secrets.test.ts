import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, property, string } from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createSecrets, readAppSecret } from './secrets.ts'

const secrets = createSecrets('a secret of at least 16 characters')

describe('createSecrets', () => {
  it('gives back what it encrypted, whatever it is', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        expect(secrets.decrypt(secrets.encrypt(text))).toBe(text)
      }),
    )
  })

  it('does not show the text, and never the same twice', () => {
    const [one, two] = [
      secrets.encrypt('PVE:root@pam:ticket'),
      secrets.encrypt('PVE:root@pam:ticket'),
    ]
    expect(one).not.toBe(two)
    expect(Buffer.from(one.slice(2), 'base64url').toString('latin1')).not.toContain('root@pam')
  })

  it('answers null for another key, a changed text, and what it never made', () => {
    const sealed = secrets.encrypt('ticket')
    const bytes = Buffer.from(sealed.slice(2), 'base64url')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(createSecrets('another secret of some length').decrypt(sealed)).toBeNull()
    expect(secrets.decrypt(`1.${bytes.toString('base64url')}`)).toBeNull()
    expect(secrets.decrypt('1.AAAA')).toBeNull()
    expect(secrets.decrypt('ticket')).toBeNull()
  })
})

describe('readAppSecret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secret-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('takes the given one and makes no file', () => {
    expect(readAppSecret('given by the operator', '/nowhere')).toBe('given by the operator')
  })

  it('makes one for its owner only, and keeps it', () => {
    const made = readAppSecret(null, folder)
    expect(made).toHaveLength(43)
    expect(readAppSecret(null, folder)).toBe(made)
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(`${made}\n`)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
  })
})
