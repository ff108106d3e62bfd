import { permissionError } from '../errors.ts'
import type { Version } from '../version.ts'
import type { World } from '../world.ts'
import { privilegesOf } from '../schema/words.ts'
import { allRoles } from './roles.ts'

/** Privilege -> whether it propagates; that the key is there means that it is granted. */
export type Privileges = Map<string, boolean>

/** `user@realm!token` taken apart; undefined for a user. */
export const splitTokenId = (id: string): { userid: string; tokenid: string } | undefined => {
  const [, userid, tokenid] = /^([^!]+)!([^!]+)$/.exec(id) ?? []
  return userid !== undefined && tokenid !== undefined ? { userid, tokenid } : undefined
}

const tokenOf = (world: World, id: string) => {
  const parts = splitTokenId(id)
  if (!parts) return undefined
  const owner = world.users.find((user) => user.userid === parts.userid)
  return owner?.tokens.find((token) => token.id === parts.tokenid)
}

/** The paths from `/` to the path itself. */
const ancestors = (path: string): string[] => {
  const segments = path.split('/').filter((segment) => segment !== '')
  return ['/', ...segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`)]
}

type Roles = Map<string, boolean>

/**
 * Roles by the ACL alone: an entry on a deeper path replaces what was inherited, user entries beat group entries,
 * NoAccess beats all (AccessControl.pm, roles).
 */
const rolesAt = (world: World, id: string, path: string): Roles => {
  const token = splitTokenId(id)
  if (token) {
    const info = tokenOf(world, id)
    if (!info) return new Map()
    if (!info.privsep) return rolesAt(world, token.userid, path)
  }
  if (id === 'root@pam') return new Map([['Administrator', true]])
  const groups = world.users.find((user) => user.userid === id)?.groups ?? []
  let roles: Roles = new Map()
  for (const step of path.startsWith('/') ? ancestors(path) : []) {
    const here = world.acl.filter(
      (entry) => entry.path === step && (entry.propagate || step === path),
    )
    const own = here.filter(
      (entry) => entry.type === (token ? 'token' : 'user') && entry.ugid === id,
    )
    const byGroup = here.filter((entry) => entry.type === 'group' && groups.includes(entry.ugid))
    const winning = own.length > 0 || token ? own : byGroup
    if (winning.length > 0)
      roles = new Map(winning.map(({ roleid, propagate }) => [roleid, propagate]))
  }
  const noAccess = roles.get('NoAccess')
  return noAccess === undefined ? roles : new Map([['NoAccess', noAccess]])
}

/** Roles on `/pool/x` count for its members, not inherited further (RPCEnvironment.pm, compile_acl_path). */
const poolRolesAt = (world: World, id: string, path: string): Roles => {
  const [, kind, name = ''] = /^\/(vms|storage)\/([^/]+)$/.exec(path) ?? []
  const pools = world.pools.filter((pool) =>
    kind === 'vms' ? pool.vms.includes(Number(name)) : pool.storages.includes(name),
  )
  const names = pools.flatMap(({ poolid }) => [...rolesAt(world, id, `/pool/${poolid}`).keys()])
  return new Map(names.map((role) => [role, false]))
}

/** The privileges of a user or token on a path (RPCEnvironment.pm, permissions). */
export const privilegesAt = (
  world: World,
  version: Version,
  id: string,
  path: string,
): Privileges => {
  if (id === 'root@pam') return new Map(privilegesOf(version).map((name) => [name, true]))
  if (path === '') return new Map()
  const token = splitTokenId(id)
  if (token) {
    const info = tokenOf(world, id)
    if (!info) return new Map()
    const ofOwner = privilegesAt(world, version, token.userid, path)
    if (!info.privsep) return ofOwner
    const own = ownPrivileges(world, version, id, path)
    const both = [...own].filter(([privilege]) => ofOwner.has(privilege))
    return new Map(
      both.map(([name, propagates]) => [name, propagates && ofOwner.get(name) === true]),
    )
  }
  return ownPrivileges(world, version, id, path)
}

const ownPrivileges = (world: World, version: Version, id: string, path: string): Privileges => {
  let roles = rolesAt(world, id, path)
  const poolRoles = poolRolesAt(world, id, path)
  if (!roles.has('NoAccess'))
    roles = poolRoles.has('NoAccess') ? poolRoles : new Map([...poolRoles, ...roles])
  const known = allRoles(world, version)
  const privileges: Privileges = new Map()
  for (const [roleid, propagates] of roles) {
    for (const privilege of known.find((role) => role.roleid === roleid)?.privs ?? [])
      privileges.set(privilege, propagates || privileges.get(privilege) === true)
  }
  return privileges
}

const topPaths = ['/', '/access', '/access/groups', '/nodes', '/pool', '/sdn', '/storage', '/vms']

/** `GET /access/permissions` without a path (RPCEnvironment.pm, get_effective_permissions). */
export const effectivePermissions = (
  world: World,
  version: Version,
  id: string,
): Map<string, Privileges> => {
  const ofPools = world.pools.flatMap((pool) => [
    ...pool.vms.map((vmid) => `/vms/${vmid}`),
    ...pool.storages.map((storage) => `/storage/${storage}`),
  ])
  const inAcl = world.acl.flatMap(({ path }) => ancestors(path))
  const paths = new Set([...topPaths, ...inAcl, ...ofPools])
  const all = [...paths].map((path) => ({
    path,
    privileges: privilegesAt(world, version, id, path),
  }))
  return new Map(
    all
      .filter(({ privileges }) => privileges.size > 0)
      .map(({ path, privileges }) => [path, privileges]),
  )
}

const sections: Record<string, RegExp> = {
  access: /^((User|Group)\.|Permissions\.Modify)/,
  dc: /^(Sys\.Audit|Sys\.Modify|SDN\.)/,
  mapping: /^(Mapping\.|Permissions\.Modify)/,
  nodes: /^(Sys\.|Permissions\.Modify)/,
  sdn: /^(SDN\.|Permissions\.Modify)/,
  storage: /^(Datastore\.|Permissions\.Modify)/,
  vms: /^(VM\.|Permissions\.Modify)/,
}
const sectionPaths = ['/', '/nodes', '/access/groups', '/vms', '/storage', '/sdn', '/mapping']

/** The `cap` of a ticket: a hint for user interfaces (RPCEnvironment.pm, compute_api_permission). */
export const capabilities = (
  world: World,
  version: Version,
  id: string,
): Record<string, Record<string, 1>> => {
  const names = Object.keys(sections).filter((name) => name !== 'mapping' || version !== '7.4')
  const cap = Object.fromEntries(names.map((name): [string, Record<string, 1>] => [name, {}]))
  const give = (section: string, privilege: string) => {
    const granted = cap[section]
    if (granted) granted[privilege] = 1
  }
  const paths = new Set([...sectionPaths, ...world.acl.flatMap(({ path }) => ancestors(path))])
  for (const path of paths) {
    const top = path === '/' ? 'dc' : (path.split('/')[1] ?? '')
    for (const privilege of privilegesAt(world, version, id, path).keys()) {
      if (top === 'pool') {
        if (/^(VM\.|Permissions\.Modify)/.test(privilege)) give('vms', privilege)
        if (/^(Datastore\.|Permissions\.Modify)/.test(privilege)) give('storage', privilege)
      } else if (sections[top]?.test(privilege)) give(top, privilege)
    }
  }
  return cap
}

export type Access = {
  privileges: (path: string) => Privileges
  has: (path: string, privileges: string[], any?: boolean) => boolean
  /** 403 `Permission check failed (<path>, <privilege>)` where one of them (with `any`: each of them) is missing. */
  check: (path: string, privileges: string[], any?: boolean) => void
}

/** What one caller may do; computed once per path and request. */
export const createAccess = (world: World, version: Version, id: string): Access => {
  const cache = new Map<string, Privileges>()
  const privileges = (path: string) => {
    const known = cache.get(path)
    if (known) return known
    const found = privilegesAt(world, version, id, path)
    cache.set(path, found)
    return found
  }
  return {
    privileges,
    has: (path, wanted, any = false) => {
      const granted = privileges(path)
      return any
        ? wanted.some((name) => granted.has(name))
        : wanted.every((name) => granted.has(name))
    },
    check: (path, wanted, any = false) => {
      const granted = privileges(path)
      const missing = wanted.filter((name) => !granted.has(name))
      if (any ? missing.length === wanted.length : missing.length > 0)
        throw permissionError(`${path}, ${any ? wanted.join('|') : missing[0]}`)
    },
  }
}
