import { permissionError } from '../errors.ts'
import type { Method, PermissionCheck, PermissionPart } from '../schema/schema.ts'
import type { World } from '../world.ts'
import { splitTokenId, type Access } from './permissions.ts'

type Caller = { id: string; access: Access }
type TextParams = Record<string, string | undefined>

const isCheck = (part: PermissionPart | undefined): part is PermissionCheck => Array.isArray(part)
const words = (part: PermissionPart | undefined): string[] =>
  Array.isArray(part) ? part.flatMap((word) => (typeof word === 'string' ? [word] : [])) : []

const filled = (template: string, params: TextParams) =>
  template.replaceAll(/\{([^}]+)\}/g, (_, name: string) => params[name] ?? '')

/** PVE::AccessControl::normalize_path; undefined for what is no path. */
export const normalPath = (path: string): string | undefined => {
  const short = path.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1')
  return /^\/[[:\]a-zA-Z0-9.\-_/]*$/.test(short) ? short : undefined
}

const optionOf = (check: PermissionCheck, name: string): PermissionPart | undefined => {
  const index = check.indexOf(name, 3)
  return index < 0 ? undefined : check[index + 1]
}

/** RPCEnvironment.pm, exec_api2_perm_check: throws 403, or answers false where an `or` may still save it. */
const passes = (
  check: PermissionCheck,
  caller: Caller,
  params: TextParams,
  world: World,
): boolean => {
  const [kind] = check
  switch (kind) {
    case 'and':
      for (const part of check.slice(1)) {
        if (isCheck(part) && !passes(part, caller, params, world)) throw permissionError()
      }
      return true
    case 'or': {
      const parts = check.slice(1).filter(isCheck)
      if (parts.some((part) => quietly(part, caller, params, world))) return true
      throw permissionError()
    }
    case 'perm': {
      const required = optionOf(check, 'require_param')
      if (typeof required === 'string' && params[required] === undefined) return false
      const path = normalPath(filled(String(check[1]), params)) ?? ''
      caller.access.check(path, words(check[2]), optionOf(check, 'any') === 1)
      return true
    }
    case 'perm-modify':
      return mayModify(caller, normalPath(filled(String(check[1]), params)) ?? '')
    case 'userid-param':
      return userParamPasses(String(check[1]), caller, params, world)
    case 'userid-group':
      return userGroupPasses(check, caller, params, world)
    default:
      throw new Error(`unknown permission test '${kind}'`)
  }
}

const quietly = (check: PermissionCheck, caller: Caller, params: TextParams, world: World) => {
  try {
    return passes(check, caller, params, world)
  } catch {
    return false
  }
}

/** RPCEnvironment.pm, check_perm_modify. */
export const mayModify = ({ access }: Caller, path: string): boolean => {
  const [, kind] = /^\/(storage|vms|pool)\//.exec(path) ?? []
  const wanted: Record<string, string> = {
    storage: 'Datastore.Allocate',
    vms: 'VM.Allocate',
    pool: 'Pool.Allocate',
  }
  const own = kind === undefined ? undefined : wanted[kind]
  access.check(path, [...(own === undefined ? [] : [own]), 'Permissions.Modify'], true)
  return true
}

const userParamPasses = (
  test: string,
  caller: Caller,
  params: TextParams,
  world: World,
): boolean => {
  const userid = params['userid'] ?? ''
  if (test === 'self') {
    if (!world.users.some((user) => user.userid === userid)) return false
    if ((splitTokenId(caller.id)?.userid ?? caller.id) === userid && caller.id === userid)
      return true
    throw permissionError()
  }
  caller.access.check(`/access/realm/${userid.split('@').at(-1) ?? ''}`, [test])
  return true
}

const userGroupPasses = (
  check: PermissionCheck,
  caller: Caller,
  params: TextParams,
  world: World,
) => {
  const privileges = words(check[1])
  if (caller.access.has('/access/groups', privileges, true)) return true
  const user = world.users.find(({ userid }) => userid === params['userid'])
  const asked = params['groups']?.split(/[,;\s]+/) ?? []
  const groups = optionOf(check, 'groups_param') === undefined ? (user?.groups ?? []) : asked
  if (groups.some((group) => caller.access.has(`/access/groups/${group}`, privileges, true)))
    return true
  throw permissionError(`/access/groups, ${privileges.join('|')}`)
}

/** RPCEnvironment.pm, check_api2_permissions. */
export const checkMethodPermissions = (
  method: Method,
  caller: Caller | undefined,
  params: TextParams,
  world: World,
): void => {
  const { permissions } = method
  if (permissions?.user === 'world') return
  if (!caller) throw permissionError('user != root@pam')
  if (caller.id === 'root@pam' || permissions?.user === 'all') return
  const check = permissions?.expression?.check
  if (!check) throw permissionError('user != root@pam')
  if (!passes(check, caller, params, world)) throw permissionError()
}
