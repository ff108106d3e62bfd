/** API tokens of Proxmox, as scripts send them on each call. Nothing of them is stored. */
import type { Credentials } from '@deployer/proxmox/client.ts'
import { createHash } from 'node:crypto'

const TRUSTED_FOR_MS = 60_000
const MAX_REMEMBERED = 1000

export type Token = Extract<Credentials, { kind: 'token' }>

/** Reads `PVEAPIToken=USER@REALM!ID=SECRET`; null where it is something else. */
export function parseToken(header: string): Token | null {
  const match = /^PVEAPIToken[= ]([^\s!=]+@[^\s!=]+![A-Za-z][\w.-]+)=(\S+)$/.exec(header.trim())
  const [, tokenId, secret] = match ?? []
  return tokenId === undefined || secret === undefined ? null : { kind: 'token', tokenId, secret }
}

/**
 * Asks Proxmox whether a token is good and remembers a yes for a minute, by a hash: some of our calls never reach
 * Proxmox and would otherwise answer to anyone.
 */
export function createTokenCheck(
  ask: (token: Token) => Promise<void>,
): (token: Token) => Promise<void> {
  const trustedUntil = new Map<string, number>()
  return async (token) => {
    const key = createHash('sha256').update(`${token.tokenId}=${token.secret}`).digest('base64')
    if ((trustedUntil.get(key) ?? 0) > Date.now()) return
    await ask(token)
    if (trustedUntil.size >= MAX_REMEMBERED) trustedUntil.clear()
    trustedUntil.set(key, Date.now() + TRUSTED_FOR_MS)
  }
}
