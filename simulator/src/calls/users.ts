import { effectivePermissions, privilegesAt, splitTokenId } from '../access/permissions.ts'
import type { Call, Handlers } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { atLeast } from '../version.ts'
import type { Token, User } from '../world.ts'

const findUser = ({ cluster, params }: Call): User =>
  cluster.world.users.find((user) => user.userid === params.text('userid')) ??
  die(`no such user ('${params.text('userid')}')`)

const tokenInfo = (token: Token): JsonObject => ({
  ...(token.comment === undefined ? {} : { comment: token.comment }),
  expire: token.expire,
  privsep: token.privsep ? 1 : 0,
})

const findToken = (call: Call): { user: User; token: Token } => {
  const user = findUser(call)
  const id = call.params.text('tokenid')
  const token = user.tokens.find((other) => other.id === id)
  return { user, token: token ?? die(`no such token '${id}' for user '${user.userid}'`) }
}

/** What was sent comes back as text: `"privsep": "1"` (AccessControl.pm answers its own parameters). */
const sentInfo = ({ params }: Call): JsonObject => ({
  ...(params.has('comment') ? { comment: params.text('comment') } : {}),
  ...(params.has('expire') ? { expire: params.text('expire') } : {}),
  ...(params.has('privsep') ? { privsep: params.text('privsep') } : {}),
})

const applyTokenParams = (token: Token, { params }: Call) => {
  if (params.has('comment')) token.comment = params.text('comment')
  token.expire = params.integer('expire') ?? token.expire
  token.privsep = params.flag('privsep') ?? token.privsep
}

/** pve-access-control src/PVE/API2/User.pm, generate_token: the only time that the secret is told. */
const createToken = (call: Call): Json => {
  const { cluster, params } = call
  const user = findUser(call)
  const id = params.text('tokenid')
  if (user.tokens.some((token) => token.id === id))
    throw parameterError({ tokenid: 'Token already exists.' })
  const token: Token = { id, secret: cluster.random.uuid(), privsep: true, expire: 0 }
  applyTokenParams(token, call)
  user.tokens.push(token)
  cluster.changed()
  const info = sentInfo(call)
  return {
    'full-tokenid': `${user.userid}!${id}`,
    info: { ...info, privsep: info['privsep'] ?? 1 },
    value: token.secret,
  }
}

const updateToken = (call: Call): Json => {
  const { cluster, params } = call
  const { user, token } = findToken(call)
  applyTokenParams(token, call)
  const answer = { ...tokenInfo(token), ...sentInfo(call) }
  if (params.flag('regenerate')) {
    token.secret = cluster.random.uuid()
    cluster.changed()
    return { ...answer, 'full-tokenid': `${user.userid}!${token.id}`, value: token.secret }
  }
  cluster.changed()
  return answer
}

const deleteToken = (call: Call): Json => {
  const { user, token } = findToken(call)
  user.tokens = user.tokens.filter((other) => other !== token)
  const id = `${user.userid}!${token.id}`
  call.cluster.world.acl = call.cluster.world.acl.filter((entry) => entry.ugid !== id)
  call.cluster.changed()
  return null
}

const userRow = (user: User): JsonObject => ({
  userid: user.userid,
  enable: user.enable ? 1 : 0,
  expire: user.expire,
  ...(user.comment === undefined ? {} : { comment: user.comment }),
  ...(user.email === undefined ? {} : { email: user.email }),
  ...(user.firstname === undefined ? {} : { firstname: user.firstname }),
  ...(user.lastname === undefined ? {} : { lastname: user.lastname }),
  'realm-type': user.userid.split('@').at(-1) ?? '',
})

const listUsers = ({ cluster, params, caller, access }: Call): Json => {
  const seesAll = access.has('/access/groups', ['User.Modify', 'Sys.Audit'], true)
  const enabled = params.flag('enabled')
  return cluster.world.users
    .filter((user) => seesAll || user.userid === caller)
    .filter((user) => enabled === undefined || user.enable === enabled)
    .map((user) => ({
      ...userRow(user),
      ...(params.flag('full')
        ? {
            groups: user.groups.join(','),
            tokens: user.tokens.map((token) => ({ tokenid: token.id, ...tokenInfo(token) })),
          }
        : {}),
    }))
}

const createUser = ({ cluster, params }: Call): Json => {
  const userid = params.text('userid')
  const { world } = cluster
  const realm = userid.split('@').at(-1)
  if (!world.realms.some((other) => other.realm === realm))
    return die(`create user failed: domain '${realm}' does not exist`)
  if (world.users.some((user) => user.userid === userid))
    return die(`create user failed: user '${userid}' already exists`)
  world.users.push({
    userid,
    enable: params.flag('enable') ?? true,
    expire: params.integer('expire') ?? 0,
    password: params.optional('password'),
    comment: params.optional('comment'),
    email: params.optional('email'),
    groups: (params.optional('groups') ?? '').split(/[,;\s]+/).filter((group) => group !== ''),
    tokens: [],
  })
  cluster.changed()
  return null
}

const deleteUser = (call: Call): Json => {
  const user = findUser(call)
  const { world } = call.cluster
  world.users = world.users.filter((other) => other !== user)
  world.acl = world.acl.filter((entry) => entry.ugid.split('!')[0] !== user.userid)
  call.cluster.changed()
  return null
}

/** pve-access-control src/PVE/API2/AccessControl.pm, permissions. */
const listPermissions = ({ cluster, params, caller, access }: Call): Json => {
  const { world, version } = cluster
  const asked = params.optional('userid') ?? caller
  const isOwn = asked === caller || splitTokenId(asked)?.userid === caller
  if (!isOwn || (!atLeast(version, 8.3) && params.has('userid')))
    access.check('/access', ['Sys.Audit'])
  const path = params.optional('path')
  const found =
    path === undefined
      ? effectivePermissions(world, version, asked)
      : new Map([[path, privilegesAt(world, version, asked, path)]])
  return Object.fromEntries(
    [...found].map(([name, privileges]) => [
      name,
      Object.fromEntries([...privileges].map(([key, propagates]) => [key, propagates ? 1 : 0])),
    ]),
  )
}

export const userCalls: Handlers = {
  'GET /access/permissions': listPermissions,
  'GET /access/users': listUsers,
  'POST /access/users': createUser,
  'DELETE /access/users/{userid}': deleteUser,
  'GET /access/users/{userid}/token': (call) =>
    findUser(call).tokens.map((token) => ({ tokenid: token.id, ...tokenInfo(token) })),
  'GET /access/users/{userid}/token/{tokenid}': (call) => tokenInfo(findToken(call).token),
  'POST /access/users/{userid}/token/{tokenid}': createToken,
  'PUT /access/users/{userid}/token/{tokenid}': updateToken,
  'DELETE /access/users/{userid}/token/{tokenid}': deleteToken,
}
