import { mayModify, normalPath } from '../access/check.ts'
import { allRoles } from '../access/roles.ts'
import type { Call, Handlers } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import type { Json } from '../json.ts'
import { splitList } from '../schema/formats.ts'
import type { World } from '../world.ts'

const findRole = ({ cluster, params }: Call) => {
  const roleid = params.text('roleid')
  const role = allRoles(cluster.world, cluster.version).find((other) => other.roleid === roleid)
  return role ?? die(`role '${roleid}' does not exist`)
}

/** pve-access-control src/PVE/API2/Role.pm. */
const createRole = (call: Call): Json => {
  const { cluster, params } = call
  const roleid = params.text('roleid')
  if (allRoles(cluster.world, cluster.version).some((role) => role.roleid === roleid))
    return die(`create role failed: role '${roleid}' already exists`)
  cluster.world.roles.push({ roleid, privs: splitList(params.optional('privs') ?? '').toSorted() })
  cluster.changed()
  return null
}

const ownRole = (call: Call) => {
  const { roleid, special } = findRole(call)
  if (special) return die(`auto-generated role '${roleid}' cannot be modified`)
  return call.cluster.world.roles.find((role) => role.roleid === roleid) ?? die('no such role')
}

const updateRole = (call: Call): Json => {
  const role = ownRole(call)
  const privs = splitList(call.params.optional('privs') ?? '')
  role.privs = [
    ...new Set(call.params.flag('append') ? [...role.privs, ...privs] : privs),
  ].toSorted()
  call.cluster.changed()
  return null
}

const deleteRole = (call: Call): Json => {
  const role = ownRole(call)
  const { world } = call.cluster
  world.roles = world.roles.filter((other) => other !== role)
  world.acl = world.acl.filter((entry) => entry.roleid !== role.roleid)
  call.cluster.changed()
  return null
}

const aclPath =
  /^\/(|access|access\/(groups|realm)(\/[\w.-]+)?|mapping(\/(notifications|dir|hwrng|pci|usb|cpu)(\/[\w.-]+)?)?|nodes(\/[\w.-]+)?|pool(\/[\w.-]+){0,3}|sdn(\/(controllers|dns|ipams|zones|fabrics)(\/[\w.-]+){0,3})?|storage(\/[\w.-]+)?|vms(\/[1-9]\d{2,8})?)$/

type AclEntry = World['acl'][number]

const subjects = ({ params }: Call): Pick<AclEntry, 'type' | 'ugid'>[] => [
  ...splitList(params.optional('users') ?? '').map((ugid) => ({ type: 'user' as const, ugid })),
  ...splitList(params.optional('groups') ?? '').map((ugid) => ({ type: 'group' as const, ugid })),
  ...splitList(params.optional('tokens') ?? '').map((ugid) => ({ type: 'token' as const, ugid })),
]

const checkSubject = (world: World, { type, ugid }: Pick<AclEntry, 'type' | 'ugid'>) => {
  const known =
    type === 'group'
      ? world.groups.some((group) => group.groupid === ugid)
      : world.users.some((user) =>
          type === 'user'
            ? user.userid === ugid
            : user.tokens.some((token) => `${user.userid}!${token.id}` === ugid),
        )
  if (known) return
  if (type === 'group') die(`ACL update failed: group '${ugid}' does not exist`)
  if (type === 'user') die(`ACL update failed: user '${ugid}' does not exist`)
  const [userid, tokenid] = ugid.split('!')
  die(`ACL update failed: no such token '${tokenid}' for user '${userid}'`)
}

/** pve-access-control src/PVE/API2/ACL.pm, update_acl. */
const updateAcl = (call: Call): Json => {
  const { cluster, params } = call
  const { world } = cluster
  const path = normalPath(params.text('path')) ?? ''
  if (!aclPath.test(path))
    throw parameterError({ path: `invalid ACL path '${params.text('path')}'` })
  const entries = subjects(call)
  if (entries.length === 0)
    throw parameterError({ path: "either 'users', 'groups' or 'tokens' is required." })
  const roles = splitList(params.text('roles'))
  const known = allRoles(world, cluster.version).map((role) => role.roleid)
  const unknown = roles.find((role) => !known.includes(role))
  if (unknown !== undefined) return die(`ACL update failed: role '${unknown}' does not exist`)
  for (const entry of entries) checkSubject(world, entry)
  for (const { type, ugid } of entries) {
    for (const roleid of roles) {
      world.acl = world.acl.filter(
        (entry) => !(entry.path === path && entry.ugid === ugid && entry.roleid === roleid),
      )
      if (!params.flag('delete'))
        world.acl.push({ path, type, ugid, roleid, propagate: params.flag('propagate') ?? true })
    }
  }
  cluster.changed()
  return null
}

const canModify = (call: Call, path: string) => {
  try {
    return mayModify({ id: call.caller, access: call.access }, path)
  } catch {
    return false
  }
}

const listAcl = (call: Call): Json => {
  const seesAll = call.access.has('/access', ['Sys.Audit', 'Permissions.Modify'], true)
  return call.cluster.world.acl
    .filter((entry) => seesAll || canModify(call, entry.path))
    .map((entry) => ({ ...entry, propagate: entry.propagate ? 1 : 0 }))
}

export const roleCalls: Handlers = {
  'GET /access/roles': ({ cluster }) =>
    allRoles(cluster.world, cluster.version).map(({ roleid, privs, special }) => ({
      roleid,
      privs: privs.join(','),
      special: special ? 1 : 0,
    })),
  'GET /access/roles/{roleid}': (call) =>
    Object.fromEntries(findRole(call).privs.map((privilege) => [privilege, 1])),
  'POST /access/roles': createRole,
  'PUT /access/roles/{roleid}': updateRole,
  'DELETE /access/roles/{roleid}': deleteRole,
  'GET /access/acl': listAcl,
  'PUT /access/acl': updateAcl,
}
