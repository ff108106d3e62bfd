/** Keeps plain passwords out of what is stored and shown. */
import type { DeploymentRequest } from '../request.ts'
import { type AnswerSecrets, maskedUnattended, takeAnswerSecrets } from '../windows/answers.ts'
import type { Unattended } from '../windows/request.ts'
import { type CloudInitRequest, type Credentials, hasPassword } from './request.ts'
import { sha512Crypt } from './sha512-crypt.ts'

/** Stands for a password or its hash where neither may be shown. The schema of requests refuses it. */
export const MASKED = '********'

/**
 * The request with a hash in place of every plain password of a guest's user: what may be stored. The administrator
 * password of Windows guests stays, see `takeAdminPasswords`.
 * @param saltOf gives 16 characters of `./0-9A-Za-z` for a password; called once for each that differs. The same
 *   request must get the same ones, so that a plan that was read is still the same when it is submitted
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

/** For what is shown: plans, previews, answers. */
export function withMaskedPasswords(cloudInit: CloudInitRequest): CloudInitRequest {
  const masked = mapCredentials(cloudInit, ({ password, passwordHash, ...rest }) =>
    hasPassword({ password, passwordHash }) ? { ...rest, passwordHash: MASKED } : rest,
  )
  return masked.adminPassword === undefined ? masked : { ...masked, adminPassword: MASKED }
}

/** The whole request, masked. */
export function withMaskedRequest(request: DeploymentRequest): DeploymentRequest {
  return mapUnattended(mapCloudInit(request, withMaskedPasswords), maskedUnattended)
}

/**
 * Administrator passwords by their place in the request: `defaults.cloudInit`, `vms.0.cloudInit`; and what Windows setup
 * is told: `source.unattended.administratorPassword` (see `AnswerSecrets`).
 */
export type AdminPasswords = Record<string, string>

/** Splits the plain passwords of Windows guests off, so that they can be stored encrypted. */
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
  const stored = mapUnattended(rest, (unattended) => {
    const { masked, secrets } = takeAnswerSecrets(unattended)
    for (const [place, secret] of Object.entries(secrets)) passwords[`${ANSWERS}${place}`] = secret
    return masked
  })
  return { request: stored, passwords }
}

const ANSWERS = 'source.unattended.'

/** Those of Windows setup, by their place below `unattended`. */
export function answerSecretsOf(passwords: AdminPasswords): AnswerSecrets {
  return Object.fromEntries(
    Object.entries(passwords).flatMap(([place, secret]) =>
      place.startsWith(ANSWERS) ? [[place.slice(ANSWERS.length), secret]] : [],
    ),
  )
}

function mapUnattended(
  request: DeploymentRequest,
  map: (unattended: Unattended) => Unattended,
): DeploymentRequest {
  const { source } = request
  if (source.kind !== 'iso' || source.unattended === undefined) return request
  return { ...request, source: { ...source, unattended: map(source.unattended) } }
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
