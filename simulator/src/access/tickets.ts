import { createHmac, timingSafeEqual } from 'node:crypto'

const lifeSeconds = 2 * 60 * 60
const skewSeconds = 5 * 60
/** pve-access-control src/PVE/AccessControl.pm, verify_vnc_ticket. */
const vncLifeSeconds = 40
const vncSkewSeconds = 20

export type Ticket =
  | { kind: 'full'; userid: string }
  /** Password was right, the second factor is still missing: good for nothing but the second call. */
  | { kind: 'half' }

export type Tickets = {
  issue: (userid: string) => string
  /** `PVE:!tfa!<JSON>:<time>::<signature>`, bound to the user. */
  issueHalf: (userid: string, challenge: string) => string
  /** undefined when forged, malformed, expired or of another kind. */
  verify: (ticket: string) => Ticket | undefined
  verifyHalf: (userid: string, ticket: string) => boolean
  issueCsrf: (userid: string) => string
  verifyCsrf: (userid: string, token: string) => boolean
  /** `PVEVNC:<time>::<signature>`, for a console: bound to the user, the path, and the port where one is given. */
  issueVnc: (userid: string, path: string, port: number | undefined) => string
  verifyVnc: (userid: string, path: string, port: number | undefined, ticket: string) => boolean
}

const same = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Tickets as pve-access-control makes them, but signed with a key of the world's own (src/PVE/Ticket.pm in pve-common). */
export const createTickets = (key: string, seconds: () => number): Tickets => {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64')
  const hexTime = () => seconds().toString(16).toUpperCase().padStart(8, '0')
  const isFresh = (hex: string) => {
    const age = seconds() - Number.parseInt(hex, 16)
    return age > -skewSeconds && age < lifeSeconds
  }
  const assemble = (data: string, secret = '') => {
    const plain = `PVE:${data}:${hexTime()}`
    return `${plain}::${sign(`${plain}:${secret}`)}`
  }
  const open = (ticket: string, secret = '') => {
    const [, plain = '', signature = ''] = /^(PVE:.+)::([^:]+)$/.exec(ticket) ?? []
    const [, data, time = ''] = /^PVE:(.+):([0-9A-F]{8})$/.exec(plain) ?? []
    if (data === undefined || !same(signature, sign(`${plain}:${secret}`))) return undefined
    return isFresh(time) ? data : undefined
  }
  const csrf = (time: string, userid: string) => `${time}:${sign(`csrf:${time}:${userid}`)}`
  const vnc = (time: string, userid: string, path: string, port: number | undefined) =>
    `PVEVNC:${time}::${sign(`PVEVNC:${time}:${userid}:${path}:${port ?? ''}`)}`
  return {
    issueVnc: (userid, path, port) => vnc(hexTime(), userid, path, port),
    verifyVnc: (userid, path, port, ticket) => {
      const [, time = ''] = /^PVEVNC:([0-9A-F]{8})::/.exec(ticket) ?? []
      const age = seconds() - Number.parseInt(time, 16)
      return (
        age > -vncSkewSeconds && age < vncLifeSeconds && same(ticket, vnc(time, userid, path, port))
      )
    },
    issue: (userid) => assemble(userid),
    issueHalf: (userid, challenge) => assemble(`!tfa!${encodeURIComponent(challenge)}`, userid),
    verify: (ticket) => {
      if (ticket.startsWith('PVE:!tfa!')) return { kind: 'half' }
      const userid = open(ticket)
      return userid === undefined ? undefined : { kind: 'full', userid }
    },
    verifyHalf: (userid, ticket) => open(ticket, userid)?.startsWith('!tfa!') === true,
    issueCsrf: (userid) => csrf(hexTime(), userid),
    verifyCsrf: (userid, token) => {
      const time = token.split(':')[0] ?? ''
      return same(token, csrf(time, userid)) && isFresh(time)
    },
  }
}
