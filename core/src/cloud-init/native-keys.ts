/** What Proxmox's own cloud-init keys can say, and with which values (qemu-server src/PVE/QemuServer/Cloudinit.pm). */
import {
  type CloudInitRequest,
  type Credentials,
  credentialsOf,
  defaultUserOf,
  hasPassword,
  sshPasswordLoginOf,
} from './request.ts'
import { ADMIN_PASSWORD, type ProxmoxVersion, windowsGaps } from './windows.ts'
import { staysText } from './yaml.ts'

/** What is known of the guest besides its cloud-init settings. `agent`: whether the template has it enabled. */
export type NativeGuest = {
  agent: boolean
  windows: boolean
  version: ProxmoxVersion
  vmName: string
  searchDomains: string[]
}

/** The keys that hold what a request sets; a template's own are cleared where the request does not set them. */
export const LOGIN_KEYS = ['ciuser', 'cipassword', 'sshkeys', 'cicustom']

/**
 * What these keys cannot say of a request, in words that complete "they cannot …"; empty where they can say it all.
 * Proxmox writes its document as it gets the values, without quotes, so a name such as `yes` or `0123` becomes something
 * else in the guest.
 */
export function nativeGaps(cloudInit: CloudInitRequest, guest: NativeGuest): string[] {
  const packages = (cloudInit.packages ?? []).length > 0 || cloudInit.packageUpdate === true
  const gaps: [boolean, string][] = [
    [cloudInit.userData !== undefined, 'carry a user-data document'],
    [packages, 'install packages'],
    [(cloudInit.commands ?? []).length > 0, 'run commands'],
    [(cloudInit.writeFiles ?? []).length > 0, 'write files'],
    [cloudInit.hostname !== undefined || cloudInit.domain !== undefined, 'set another host name'],
    [cloudInit.timezone !== undefined, 'set the time zone'],
    [cloudInit.locale !== undefined, 'set the locale'],
    ...(guest.windows ? windowsGaps(cloudInit, guest.version) : linuxGaps(cloudInit, guest)),
  ]
  return gaps.filter(([found]) => found).map(([, words]) => words)
}

function linuxGaps(cloudInit: CloudInitRequest, guest: NativeGuest): [boolean, string][] {
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
      cloudInit.agent === true || (cloudInit.agent === undefined && !guest.agent),
      'install the guest agent',
    ],
    [cloudInit.openssh === true, 'install the SSH server'],
    // Left out it means none, and ciupgrade came with 8.0.
    [
      guest.version.major < 8 && cloudInit.packageUpgrade !== true,
      'leave out the upgrade of all packages before Proxmox VE 8',
    ],
    ...textGaps(cloudInit, guest),
  ]
}

function textGaps(cloudInit: CloudInitRequest, guest: NativeGuest): [boolean, string][] {
  const credentials = credentialsOf(cloudInit)
  const keys = credentials.flatMap(({ sshKeys = [] }) => sshKeys)
  const [hostname = ''] = guest.vmName.split('.')
  const names = (cloudInit.users ?? []).map(({ name }) => name)
  // Proxmox joins the VM's name and the text of all search domains.
  const twoDomains = guest.searchDomains.length > 1 && !guest.vmName.includes('.')
  return [
    [!names.every(staysText), `make a user called ${names.find((name) => !staysText(name))}`],
    [!staysText(hostname), `keep the name ${hostname} a text`],
    [!keys.every(staysText), 'carry an SSH key with a colon or a # after a blank'],
    [twoDomains, 'have several search domains without breaking the full host name'],
    [
      credentials.some(({ passwordHash = '$6$' }) => !/^(\*|\$(1|5|6|2a|2y)\$)/.test(passwordHash)),
      'take a hash other than $5$, $6$, $2a$ or $2y$, which Proxmox would hash again',
    ],
  ]
}

type Value = string | number | boolean

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
    // The default for Windows, unless the template says otherwise.
    ...(windows && { citype: 'configdrive2' }),
    ...(password !== undefined && { cipassword: password }),
    // Encoded twice: Proxmox wants the value itself in this form (PVE/JSONSchema.pm, urlencoded).
    ...(keys.length > 0 && { sshkeys: encodeURIComponent(keys.join('\n').toWellFormed()) }),
    // Before 8.0 there is no such key, and packages are always upgraded.
    ...(major >= 8 && !windows && { ciupgrade: cloudInit.packageUpgrade ?? false }),
  }
}
