/** Encryption of what must not lie readable on disk: tickets and tokens. AES-256-GCM, a fresh nonce for each text. */
import { codeOf } from '@deployer/proxmox/caught.ts'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NONCE_BYTES = 12
const TAG_BYTES = 16

export type Secrets = {
  /** Printable; a leading `1.` names the way of encryption, for the day when another comes. */
  encrypt: (plain: string) => string
  /** Null where it was encrypted with another key or was changed. */
  decrypt: (sealed: string) => string | null
}

export function createSecrets(appSecret: string): Secrets {
  const key = Buffer.from(hkdfSync('sha256', appSecret, '', 'credentials at rest', 32))
  return {
    encrypt: (plain) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return `1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    decrypt: (sealed) => {
      if (!sealed.startsWith('1.')) return null
      const bytes = Buffer.from(sealed.slice(2), 'base64url')
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const body = bytes.subarray(NONCE_BYTES + TAG_BYTES)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}

/** APP_SECRET where it is set; else the content of `DATA_DIR/secret`, which is made at the first start. */
export function readAppSecret(given: string | null, dataDir: string): string {
  if (given !== null) return given
  const file = join(dataDir, 'secret')
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}
