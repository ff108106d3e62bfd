import { capabilities, createAccess } from '../access/permissions.ts'
import { totpFits } from '../access/totp.ts'
import type { Call, Handlers } from '../call.ts'
import { ApiError, die } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { splitList } from '../schema/formats.ts'
import type { User } from '../world.ts'
import { versionInfo } from '../version.ts'

const failure = () => new ApiError(401, 'authentication failure', { raised: true })

/** `name@realm`, or the name with the realm parameter; both at once name no one. */
const userOf = ({ cluster, params }: Call): User => {
  const name = params.text('username')
  const realm = params.optional('realm')
  const userid = realm === undefined ? name : `${name}@${realm}`
  const user = cluster.world.users.find((other) => other.userid === userid)
  if (!user || !user.enable) throw failure()
  if (user.expire > 0 && user.expire <= cluster.clock.seconds()) throw failure()
  return user
}

/** A valid ticket as password renews; one of root@pam makes a ticket for anyone. */
const ticketFits = ({ cluster }: Call, user: User, password: string) => {
  const ticket = cluster.tickets.verify(password)
  return ticket?.kind === 'full' && [user.userid, 'root@pam'].includes(ticket.userid)
}

const oneTimeCodeFits = ({ cluster }: Call, user: User, response: string) => {
  const code = /^totp:(\d{6})$/.exec(response)?.[1]
  return (
    code !== undefined &&
    user.totpSecret !== undefined &&
    totpFits(user.totpSecret, code, cluster.clock.seconds())
  )
}

type Outcome = 'signed-in' | 'needs-second-factor'

/** Checks what the caller knows; 401 after which nobody can tell what was wrong. */
const authenticate = (call: Call, user: User): Outcome => {
  const { params, cluster } = call
  const password = params.text('password')
  const challenge = params.optional('tfa-challenge')
  if (challenge !== undefined) {
    if (params.has('otp') || !cluster.tickets.verifyHalf(user.userid, challenge)) throw failure()
    if (!oneTimeCodeFits(call, user, password)) throw failure()
    return 'signed-in'
  }
  if (ticketFits(call, user, password)) return 'signed-in'
  if (user.password === undefined || user.password !== password) throw failure()
  if (user.totpSecret === undefined) return 'signed-in'
  const otp = params.optional('otp')
  if (otp === undefined) return 'needs-second-factor'
  if (!oneTimeCodeFits(call, user, otp)) throw failure()
  return 'signed-in'
}

const factors = JSON.stringify({
  totp: true,
  recovery: 'unavailable',
  webauthn: null,
  u2f: null,
  yubico: false,
})

/** With `path` and `privs` the call verifies a permission and makes no ticket. */
const verifyPermission = ({ cluster, params }: Call, user: User): JsonObject => {
  const access = createAccess(cluster.world, cluster.version, user.userid)
  if (!access.has(params.text('path'), splitList(params.text('privs')))) throw failure()
  return {
    username: user.userid,
    cap: capabilities(cluster.world, cluster.version, user.userid),
  }
}

/** pve-access-control src/PVE/API2/AccessControl.pm, create_ticket. */
const createTicket = (call: Call): Json => {
  const { cluster } = call
  const user = userOf(call)
  const { userid } = user
  if (authenticate(call, user) === 'needs-second-factor')
    return {
      username: userid,
      NeedTFA: 1,
      ticket: cluster.tickets.issueHalf(userid, factors),
      CSRFPreventionToken: cluster.tickets.issueCsrf(userid),
    }
  if (call.params.has('path')) return verifyPermission(call, user)
  const { clusterName } = cluster.world
  const seesCluster = createAccess(cluster.world, cluster.version, userid).has('/', ['Sys.Audit'])
  return {
    username: userid,
    ticket: cluster.tickets.issue(userid),
    CSRFPreventionToken: cluster.tickets.issueCsrf(userid),
    cap: capabilities(cluster.world, cluster.version, userid),
    ...(clusterName !== undefined && seesCluster ? { clustername: clusterName } : {}),
  }
}

const realmRow = (realm: { realm: string; type: string; comment?: string | undefined }) => ({
  realm: realm.realm,
  type: realm.type,
  comment: realm.comment,
})

const version = ({ cluster }: Call): Json => versionInfo[cluster.version]

const realm = ({ cluster, params }: Call): Json => {
  const found = cluster.world.realms.find((other) => other.realm === params.text('realm'))
  return found ? realmRow(found) : die(`domain '${params.text('realm')}' does not exist`)
}

const changePassword = ({ cluster, params }: Call): Json => {
  const user = cluster.world.users.find(({ userid }) => userid === params.text('userid'))
  if (!user) return die(`no such user ('${params.text('userid')}')`)
  user.password = params.text('password')
  cluster.changed()
  return null
}

const subdirs = (names: string) => names.split(' ').map((subdir) => ({ subdir }))

export const signInCalls: Handlers = {
  'GET /': () => subdirs('access cluster nodes pools storage version'),
  'GET /access': () => subdirs('acl domains groups openid password roles tfa ticket users'),
  'GET /version': version,
  'GET /nodes/{node}/version': version,
  'GET /access/ticket': () => null,
  'POST /access/ticket': createTicket,
  'GET /access/domains/{realm}': realm,
  'GET /access/tfa': () => [],
  'PUT /access/password': changePassword,
  'GET /access/domains': ({ cluster }) => cluster.world.realms.map(realmRow),
}
