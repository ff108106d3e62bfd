import { ApiError } from './errors.ts'
import type { Cluster } from './cluster.ts'
import { atLeast } from './version.ts'
import { isUploadPath } from './wire/upload.ts'

/** What a request says about who sends it. */
export type Credentials = {
  ticket: string | undefined
  apiToken: string | undefined
  csrfToken: string | undefined
}

/** Calls that need no sign-in (pve-manager PVE/HTTPServer.pm, auth_handler). */
const publicCalls = [
  'GET /access/domains',
  'GET /access/ticket',
  'POST /access/ticket',
  'POST /access/openid/auth-url',
  'POST /access/openid/login',
]

const unescaped = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Cookie first, then the Authorization header; a token only counts where there is no ticket (AnyEvent.pm, Formatter.pm). */
export const readCredentials = (headers: {
  cookie?: string | undefined
  authorization?: string | undefined
  csrf?: string | undefined
}): Credentials => {
  const inCookie = /(?:^|\s)PVEAuthCookie=([^;]*)/.exec(headers.cookie ?? '')?.[1]
  const inHeader = /^PVEAuthCookie=(.*)$/.exec(headers.authorization ?? '')?.[1]
  const ticket = unescaped(inCookie || inHeader || '')
  const apiToken = /^PVEAPIToken[= ](.+)$/.exec(headers.authorization ?? '')?.[1]
  return {
    ticket: ticket === '' ? undefined : ticket,
    apiToken: ticket === '' && apiToken !== undefined ? unescaped(apiToken) : undefined,
    csrfToken: headers.csrf,
  }
}

const isUpload = (method: string, path: string) => method === 'POST' && isUploadPath(path)

const denied = (text: string) => new ApiError(401, text)

/** The user or token that sends the request, '' on public calls. Errors: 401, before any routing. */
export const authenticate = (
  cluster: Cluster,
  method: string,
  path: string,
  credentials: Credentials,
): string => {
  if (publicCalls.includes(`${method} ${path}`)) return ''
  const { ticket, apiToken, csrfToken } = credentials
  if (apiToken !== undefined) return verifyToken(cluster, apiToken)
  if (ticket === undefined) throw denied('No ticket')
  const opened = cluster.tickets.verify(ticket)
  if (!opened) throw refused(cluster, 'permission denied - invalid PVE ticket')
  if (opened.kind === 'half') throw denied('No ticket')
  const user = cluster.world.users.find(({ userid }) => userid === opened.userid)
  if (!user || !user.enable) throw refused(cluster, `no such user ('${opened.userid}')`)
  if (method !== 'GET' && !isUpload(method, path)) {
    if (csrfToken === undefined || !cluster.tickets.verifyCsrf(opened.userid, csrfToken))
      throw denied('Permission denied - invalid csrf token')
  }
  return opened.userid
}

/** 9.x says the same whatever is wrong; before, the Perl text went out. */
const refused = (cluster: Cluster, detail: string) =>
  new ApiError(401, atLeast(cluster.version, 9) ? 'Authentication failed!' : detail)

const verifyToken = (cluster: Cluster, text: string): string => {
  const [, id, secret] = /^([^=]+)=(.*)$/.exec(text) ?? []
  if (id === undefined || secret === undefined) throw refused(cluster, 'no tokenid specified')
  const [, userid, tokenid] = /^([^!]+)!([^!]+)$/.exec(id) ?? []
  if (userid === undefined)
    throw refused(
      cluster,
      `'${id}' is not a valid token ID - not able to split into user and token parts`,
    )
  const user = cluster.world.users.find((other) => other.userid === userid)
  if (!user || !user.enable) throw refused(cluster, `no such user ('${userid}')`)
  const token = user.tokens.find((other) => other.id === tokenid)
  if (!token) throw refused(cluster, `no such token '${tokenid}' for user '${userid}'`)
  if (token.expire > 0 && token.expire <= cluster.clock.seconds())
    throw refused(cluster, `token '${tokenid}' access expired`)
  if (token.secret !== secret) throw refused(cluster, 'invalid token value!')
  return id
}
