/** Public SSH keys that a person keeps, to give them to guests without pasting them again. */
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { parseSshKey, type SshKey, sshKeyProblem } from './cloud-init/ssh-keys.ts'

export const MAX_SSH_KEYS = 100

export const keptKeySchema = z.object({
  id: z.string(),
  name: z.string().describe("The key's comment, unless the person gave another name."),
  type: z.string().describe('`ssh-ed25519`, `ssh-rsa` …'),
  fingerprint: z.string().describe('As `ssh-keygen -l` prints it: `SHA256:…`.'),
  publicKey: z.string().describe('The whole line, as it goes into the guest.'),
  createdAt: z.string(),
})

/** What came of pasted lines, each counted from 1. Empty lines and comments are left out. */
export const keyImportSchema = z.object({
  added: z.array(keptKeySchema),
  known: z
    .array(z.object({ line: z.int(), key: keptKeySchema }))
    .describe('Keys that were there already, by their fingerprint.'),
  refused: z.array(z.object({ line: z.int(), reason: z.string() })),
})

export const keyNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'A name is one line of text')

export type KeptKey = z.infer<typeof keptKeySchema>
export type KeyImport = z.infer<typeof keyImportSchema>

/** The SHA-256 fingerprint of a public key, as `ssh-keygen -l` prints it (RFC 4648 Base64 without padding). */
export function fingerprintOf({ data }: Pick<SshKey, 'data'>): string {
  const blob = Uint8Array.from(atob(data), (character) => character.codePointAt(0) ?? 0)
  const digest = btoa(String.fromCodePoint(...sha256(blob)))
  return `SHA256:${digest.replace(/=+$/, '')}`
}

/** `ops@lab`, else the type and the first digits of the fingerprint. */
export function keyNameOf(key: SshKey): string {
  const comment = keyNameSchema.safeParse(key.comment.slice(0, 100))
  return comment.success ? comment.data : `${key.type} ${fingerprintOf(key).slice(7, 15)}`
}

export type ReadKey = { line: number; publicKey: string; key: SshKey; fingerprint: string }

export type ReadKeys = {
  keys: ReadKey[]
  /** The same key in a line above. */
  repeated: { line: number; fingerprint: string }[]
  refused: { line: number; reason: string }[]
}

/** Reads pasted lines, as they stand in an authorized_keys file. */
export function readAuthorizedKeys(text: string): ReadKeys {
  const read: ReadKeys = { keys: [], repeated: [], refused: [] }
  const privateKey = sshKeyProblem(text)
  if (privateKey !== null && /PRIVATE KEY/.test(text)) {
    const line = text.split(/\r?\n/).findIndex((each) => each.includes('PRIVATE KEY')) + 1
    return { ...read, refused: [{ line, reason: privateKey }] }
  }
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const publicKey = raw.trim()
    if (publicKey === '' || publicKey.startsWith('#')) continue
    const line = index + 1
    const key = parseSshKey(publicKey)
    if (key === null) {
      read.refused.push({ line, reason: sshKeyProblem(publicKey) ?? 'This is no public SSH key.' })
      continue
    }
    const fingerprint = fingerprintOf(key)
    const twice = read.keys.some((other) => other.fingerprint === fingerprint)
    if (twice) read.repeated.push({ line, fingerprint })
    else read.keys.push({ line, publicKey, key, fingerprint })
  }
  return read
}
