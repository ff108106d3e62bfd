/** Signing in with a Proxmox account: tickets, second factor, renewal (pve-access-control src/PVE/API2/AccessControl.pm). */
import type { CallOptions, Connection, Credentials } from './client.ts'
import { ProxmoxError } from './errors.ts'
import type { Calls } from './generated/calls.ts'

export type TicketCredentials = Extract<Credentials, { kind: 'ticket' }>

const secondFactors = ['totp', 'recovery', 'yubico', 'webauthn', 'u2f'] as const
export type SecondFactor = (typeof secondFactors)[number]

export type SignIn =
  /** `clusterName` only for those who may see it (Sys.Audit on /), and in a cluster. */
  | { outcome: 'signed-in'; credentials: TicketCredentials; clusterName: string | null }
  /** The password is right; ask for a code and sign in again with it. */
  | { outcome: 'second-factor-needed'; factors: SecondFactor[] }

export type Person = {
  /** Without the realm. */
  username: string
  realm: string
  password: string
  /** A code of an authenticator app, or a recovery key; with or without its kind in front (`totp:123456`). */
  otp?: string | undefined
}

const ticketCall = 'POST /access/ticket'
type TicketAnswer = Calls[typeof ticketCall]['returns']

const refused = (message: string) =>
  new ProxmoxError(ticketCall, { kind: 'answered', status: 401, message, errors: {} })

const credentialsOf = (answer: TicketAnswer): TicketCredentials => {
  if (!answer.ticket || !answer.CSRFPreventionToken)
    throw refused('the answer to the sign-in holds no ticket')
  return {
    kind: 'ticket',
    username: answer.username,
    ticket: answer.ticket,
    csrfToken: answer.CSRFPreventionToken,
  }
}

const signedIn = (answer: TicketAnswer): SignIn => ({
  outcome: 'signed-in',
  credentials: credentialsOf(answer),
  clusterName: answer.clustername ?? null,
})

/** The ticket of the first step is `PVE:!tfa!<what the account has, as percent-encoded JSON>:<time>::<signature>`. */
const challengePattern = /^PVE:!tfa!([^:]*):/

/** Recovery keys may be named without there being any left. */
const isThere = (factor: unknown): boolean =>
  Boolean(factor) && factor !== 'unavailable' && !(Array.isArray(factor) && factor.length === 0)

const factorsOf = (challenge: string): SecondFactor[] => {
  try {
    const encoded = challengePattern.exec(challenge)?.[1] ?? ''
    const told: unknown = JSON.parse(decodeURIComponent(encoded))
    const present = new Map(Object.entries(typeof told === 'object' && told !== null ? told : {}))
    return secondFactors.filter((factor) => isThere(present.get(factor)))
  } catch {
    return []
  }
}

/** Only an authenticator's code is all digits; a Yubikey types 44 letters; a recovery key has dashes. */
const response = (otp: string): string => {
  const code = otp.trim()
  if (/^(totp|recovery|yubico):/.test(code)) return code
  const digits = code.replaceAll(/\s/g, '')
  if (/^\d{6,8}$/.test(digits)) return `totp:${digits}`
  if (/^[cbdefghijklnrtuv]{44}$/.test(code)) return `yubico:${code}`
  return `recovery:${code}`
}

/**
 * Signs in, with the second step where the account has a second factor. A wrong password, user, realm or code is a
 * `ProxmoxError` with status 401 after about 3 s. A code is tried once: Proxmox locks the factor after repeated wrong ones.
 */
export const signIn = async (
  connection: Connection,
  { username, realm, password, otp }: Person,
  options?: CallOptions,
): Promise<SignIn> => {
  const api = connection.api({ kind: 'none' })
  const user = `${username}@${realm}`
  // 7.1 to 7.4 know the two steps only when asked for them; later versions take the parameter and ignore it.
  const first = await api.call(
    ticketCall,
    { username: user, password, 'new-format': true },
    options,
  )
  const challenge = first.ticket ?? ''
  if (!challengePattern.test(challenge)) return signedIn(first)
  if (otp === undefined || otp.trim() === '')
    return { outcome: 'second-factor-needed', factors: factorsOf(challenge) }
  const second = await api.call(
    ticketCall,
    {
      username: user,
      password: response(otp),
      'tfa-challenge': challenge,
      'new-format': true,
    },
    options,
  )
  return signedIn(second)
}

/** Gets a new ticket for a still valid one; needs no second factor, in any realm. 401 where the old one has lapsed. */
export const renew = async (
  connection: Connection,
  credentials: TicketCredentials,
  options?: CallOptions,
): Promise<TicketCredentials> => {
  const { username, ticket } = credentials
  const answer = await connection
    .api({ kind: 'none' })
    .call(ticketCall, { username, password: ticket, 'new-format': true }, options)
  return credentialsOf(answer)
}

/** Age by the time in the ticket's text, which is the host's; null where the text is no ticket. */
export const ticketAgeSeconds = (ticket: string, nowMilliseconds: number): number | null => {
  const time = /^PVE:[^!:][^:]*:([0-9A-F]{8})::/i.exec(ticket)?.[1]
  return time === undefined ? null : Math.floor(nowMilliseconds / 1000) - Number.parseInt(time, 16)
}
