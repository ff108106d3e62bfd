import { messageOf } from '@deployer/proxmox/caught.ts'
import { readFileSync } from 'node:fs'
import ssh2 from 'ssh2'
import { ConfigError } from '../config.ts'

/** @throws {ConfigError} where the file is not there, or is no private key that can be used without a passphrase. */
export const readPrivateKey = (file: string): string => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`PROXMOX_SSH_KEY_FILE cannot be read: ${messageOf(error)}`)
  }
  // Node does not find `utils` among the names of this CommonJS package.
  const parsed = ssh2.utils.parseKey(text)
  if (parsed instanceof Error)
    throw new ConfigError(
      `PROXMOX_SSH_KEY_FILE (${file}) is no private key that can be used: ${parsed.message}. It must have no passphrase.`,
    )
  return text
}
