/** What Proxmox's own cloud-init keys can say, and with which values (qemu-server src/PVE/QemuServer/Cloudinit.pm). */
import {
  type CloudInitRequest,
  type Credentials,
  defaultUserOf,
  hasPassword,
  sshPasswordLoginOf,
} from './request.ts'

/** What is known of the image that the VM is made from. */
export type Image = { agent: boolean; windows: boolean }

/** The keys that hold what a request sets; a template's own are cleared where the request does not set them. */
export const LOGIN_KEYS = ['ciuser', 'cipassword', 'sshkeys', 'cicustom']

/** What these keys cannot say of a request, in words that complete "they cannot …"; empty where they can say it all. */
export function nativeGaps(cloudInit: CloudInitRequest, image: Image): string[] {
  const packages = (cloudInit.packages ?? []).length > 0 || cloudInit.packageUpdate === true
  const gaps: [boolean, string][] = [
    [cloudInit.userData !== undefined, 'carry a user-data document'],
    [packages, 'install packages'],
    [(cloudInit.commands ?? []).length > 0, 'run commands'],
    [(cloudInit.writeFiles ?? []).length > 0, 'write files'],
    [cloudInit.hostname !== undefined || cloudInit.domain !== undefined, 'set another host name'],
    [cloudInit.timezone !== undefined, 'set the time zone'],
    [cloudInit.locale !== undefined, 'set the locale'],
    ...(image.windows ? windowsGaps(cloudInit) : linuxGaps(cloudInit, image)),
  ]
  return gaps.filter(([found]) => found).map(([, words]) => words)
}

function linuxGaps(cloudInit: CloudInitRequest, image: Image): [boolean, string][] {
  const users = cloudInit.users ?? []
  const [user] = users
  // Its own user gets all rights by sudo and whatever groups the image gives it.
  const plain =
    user === undefined ||
    (user.sudo === true &&
      user.shell === undefined &&
      user.gecos === undefined &&
      (user.groups ?? []).length === 0)
  return [
    [
      users.length > 1 || (users.length === 1 && defaultUserOf(cloudInit) !== null),
      'make several users',
    ],
    [users.length === 1 && !plain, 'set the rights, groups or shell of a user'],
    [users.length === 0 && defaultUserOf(cloudInit) === null, "leave the image's own user out"],
    [sshPasswordLoginOf(cloudInit), 'let SSH take passwords'],
    // Left out, an image with an agent is taken to have it, and an SSH server with it.
    [
      cloudInit.agent === true || (cloudInit.agent === undefined && !image.agent),
      'install the guest agent',
    ],
    [cloudInit.openssh === true, 'install the SSH server'],
  ]
}

/** Cloudbase-Init takes the name, the password of its administrator and keys for it. */
function windowsGaps(cloudInit: CloudInitRequest): [boolean, string][] {
  return [[(cloudInit.users ?? []).length > 0, 'make users in Windows']]
}

type Value = string | number | boolean

/** Stands for the administrator's password of a Windows guest, which no plan holds. */
export const ADMIN_PASSWORD = '{adminPassword}'

/** The keys without those of the network. Passwords must be hashes by now. */
export function nativeKeys(
  cloudInit: CloudInitRequest,
  { windows, major }: { windows: boolean; major: number },
): Record<string, Value> {
  const [user] = cloudInit.users ?? []
  const credentials: Credentials = user ?? defaultUserOf(cloudInit) ?? {}
  if (hasPassword(credentials) && credentials.passwordHash === undefined)
    throw new Error('a password must be hashed before keys are made')
  const keys = (credentials.sshKeys ?? []).map((key) => key.trim())
  const password = windows
    ? cloudInit.adminPassword === undefined
      ? undefined
      : ADMIN_PASSWORD
    : credentials.passwordHash
  return {
    ...(user !== undefined && !windows && { ciuser: user.name }),
    ...(password !== undefined && { cipassword: password }),
    // Encoded twice: Proxmox wants the value itself in this form (PVE/JSONSchema.pm, urlencoded).
    ...(keys.length > 0 && { sshkeys: encodeURIComponent(keys.join('\n')) }),
    // Before 8.0 there is no such key, and packages are always upgraded.
    ...(major >= 8 && !windows && { ciupgrade: cloudInit.packageUpgrade ?? false }),
  }
}
