import '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import { notSignedIn } from '../problem.ts'
import type { Caller } from './caller.ts'
import type { Sessions } from './sessions.ts'
import { parseToken, type Token } from './tokens.ts'

export const SESSION_COOKIE = 'session'

/**
 * Who makes a request. A token comes before a cookie: a script that sends both means the token.
 * The answer throws a problem (401) where nobody is signed in.
 */
export function createAuthenticate(deps: {
  sessions: Sessions
  /** Rejects where Proxmox refuses the token. */
  checkToken: (token: Token) => Promise<void>
}): (request: FastifyRequest) => Promise<Caller> {
  return async (request) => {
    const from = { address: request.ip, requestId: request.id }
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const token = parseToken(authorization)
      if (token === null)
        throw notSignedIn(
          'The Authorization header holds no API token of Proxmox.',
          'Send `Authorization: PVEAPIToken=USER@REALM!ID=SECRET`.',
        )
      await deps.checkToken(token)
      return { username: token.tokenId, credentials: token, expiresAt: null, from }
    }
    const cookie = request.cookies[SESSION_COOKIE]
    if (cookie === undefined) throw notSignedIn('This call needs a sign-in.')
    const caller = await deps.sessions.find(cookie)
    if (caller === null)
      throw notSignedIn('Your sign-in has ended: it was not used for two hours, or you signed out.')
    return { ...caller, from }
  }
}
