/** Keeps plain passwords out of what is stored and shown. */
import { sha256 } from '../hash.ts'
import type { DeploymentRequest } from '../request.ts'
import { type CloudInitRequest, type Credentials, hasPassword } from './request.ts'
import { sha512Crypt } from './sha512-crypt.ts'

/** Stands for a password or its hash where neither may be shown. The schema of requests refuses it. */
export const MASKED = '********'

/**
 * The request with a hash in place of every plain password of a guest's user: what may be stored. The administrator
 * password of Windows guests stays, see `takeAdminPasswords`.
 * @param saltOf gives 16 characters of `./0-9A-Za-z` for a password; called once for each that differs. `derivedSalt` makes
 *   the same request give the same hashes, so that a plan that was read is still the same when it is submitted
 */
export function withHashedPasswords(
  request: DeploymentRequest,
  saltOf: (password: string) => string,
): DeploymentRequest {
  const hashes = new Map<string, string>()
  const hash = (password: string): string => {
    const known = hashes.get(password) ?? sha512Crypt(password, saltOf(password))
    hashes.set(password, known)
    return known
  }
  return mapCloudInit(request, (cloudInit) =>
    mapCredentials(cloudInit, ({ password, ...rest }) =>
      password === undefined ? rest : { ...rest, passwordHash: hash(password) },
    ),
  )
}

/**
 * A salt that nobody without the secret can tell, and that is the same for the same password.
 * @param secret of this installation, at least as hard to guess as a password hash is to break
 */
export function derivedSalt(secret: string, password: string): string {
  return sha256(JSON.stringify(['password salt', secret, password])).slice(0, 16)
}

/** For what is shown: plans, previews, answers. */
export function withMaskedPasswords(cloudInit: CloudInitRequest): CloudInitRequest {
  const masked = mapCredentials(cloudInit, ({ password, passwordHash, ...rest }) =>
    hasPassword({ password, passwordHash }) ? { ...rest, passwordHash: MASKED } : rest,
  )
  return masked.adminPassword === undefined ? masked : { ...masked, adminPassword: MASKED }
}

/** The whole request, masked. */
export function withMaskedRequest(request: DeploymentRequest): DeploymentRequest {
  return mapCloudInit(request, withMaskedPasswords)
}

/** Administrator passwords by their place in the request: `defaults.cloudInit`, `vms.0.cloudInit`. */
export type AdminPasswords = Record<string, string>

/** Splits the plain administrator passwords of Windows guests off, so that they can be stored encrypted. */
export function takeAdminPasswords(request: DeploymentRequest): {
  request: DeploymentRequest
  passwords: AdminPasswords
} {
  const passwords: AdminPasswords = {}
  const rest = mapCloudInit(request, ({ adminPassword, ...others }, place) => {
    if (adminPassword === undefined) return others
    passwords[place] = adminPassword
    return { ...others, adminPassword: MASKED }
  })
  return { request: rest, passwords }
}

/** Puts back what `takeAdminPasswords` split off. */
export function withAdminPasswords(
  request: DeploymentRequest,
  passwords: AdminPasswords,
): DeploymentRequest {
  return mapCloudInit(request, (cloudInit, place) => {
    const adminPassword = passwords[place]
    return adminPassword === undefined ? cloudInit : { ...cloudInit, adminPassword }
  })
}

function mapCloudInit(
  request: DeploymentRequest,
  map: (cloudInit: CloudInitRequest, place: string) => CloudInitRequest,
): DeploymentRequest {
  const mapped = <T extends { cloudInit?: CloudInitRequest | undefined }>(
    owner: T,
    place: string,
  ): T => {
    if (owner.cloudInit === undefined) return owner
    return { ...owner, cloudInit: map(owner.cloudInit, `${place}.cloudInit`) }
  }
  return {
    ...request,
    ...(request.defaults !== undefined && { defaults: mapped(request.defaults, 'defaults') }),
    vms: request.vms.map((row, index) => mapped(row, `vms.${index}`)),
  }
}

function mapCredentials(
  cloudInit: CloudInitRequest,
  map: (credentials: Credentials) => Credentials,
): CloudInitRequest {
  const withUsers =
    cloudInit.users === undefined
      ? cloudInit
      : { ...cloudInit, users: cloudInit.users.map((user) => mapUser(user, map)) }
  const { defaultUser } = withUsers
  return typeof defaultUser === 'object'
    ? { ...withUsers, defaultUser: map(defaultUser) }
    : withUsers
}

function mapUser<T extends Credentials>(
  user: T,
  map: (credentials: Credentials) => Credentials,
): Omit<T, keyof Credentials> & Credentials {
  const { sshKeys, password, passwordHash, ...rest } = user
  const given = Object.entries({ sshKeys, password, passwordHash })
  const set: Credentials = Object.fromEntries(given.filter(([, value]) => value !== undefined))
  return { ...rest, ...map(set) }
}
