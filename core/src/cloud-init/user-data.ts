/** The user-data document: what cloud-init does in the guest at its first boot. */
import {
  type CloudInitRequest,
  type CloudInitUser,
  defaultUserOf,
  hostNamesOf,
  sshPasswordLoginOf,
  type WriteFile,
} from './request.ts'
import { mergeUserData, type Origin } from './merge.ts'
import { toYaml } from './yaml.ts'

export type UserData = {
  /** As the guest gets it, with its first line (`#cloud-config`, or the headers of a multi-part document). */
  text: string
  /** For a request with a document of its own: what of the result came from where; else empty. */
  origins: Origin[]
}

/**
 * The user-data of one guest. Passwords must be hashes by now (`withHashedPasswords`, or `withMaskedPasswords` for what is
 * only shown): a plain one throws, because it would end up in the clear.
 */
export function generateUserData(cloudInit: CloudInitRequest, vmName: string): UserData {
  const { userData } = cloudInit
  if (userData?.mode === 'replace') return { text: userData.document, origins: [] }
  const generated = `#cloud-config\n${toYaml(cloudConfigOf(cloudInit, vmName))}`
  if (userData === undefined) return { text: generated, origins: [] }
  return mergeUserData(generated, userData.document)
}

/** Starts what is installed, under systemd and under OpenRC. The unit is ssh on Debian and Ubuntu, sshd elsewhere. */
const START_SSH =
  'if command -v systemctl >/dev/null; then ' +
  'for unit in ssh.socket ssh.service sshd.service; do systemctl --quiet is-active $unit && exit 0; done; ' +
  'systemctl enable --now ssh.service || systemctl enable --now sshd.service; ' +
  'else rc-update add sshd default; rc-service sshd start; fi'

/**
 * Without waiting: where the VM has no agent device, the unit waits for it. Quietly: Debian's unit is started by its device
 * and cannot be enabled, which systemctl explains in ten lines at the end of the log.
 */
const START_AGENT =
  'if command -v systemctl >/dev/null; then ' +
  'systemctl --quiet enable qemu-guest-agent.service; systemctl start --no-block qemu-guest-agent.service; ' +
  'else rc-update add qemu-guest-agent default; rc-service qemu-guest-agent start; fi'

/** The document as an object, in the order in which people read it. */
function cloudConfigOf(cloudInit: CloudInitRequest, vmName: string): Record<string, unknown> {
  const { hostname, fqdn } = hostNamesOf(cloudInit, vmName)
  const packages = packagesOf(cloudInit)
  const commands = commandsOf(cloudInit)
  return defined({
    hostname,
    fqdn: fqdn ?? undefined,
    // Some images bring it as true, which keeps their own name.
    preserve_hostname: false,
    manage_etc_hosts: true,
    timezone: cloudInit.timezone,
    locale: cloudInit.locale,
    ...loginOf(cloudInit),
    package_update: cloudInit.packageUpdate ?? packages.length > 0,
    package_upgrade: cloudInit.packageUpgrade ?? false,
    packages: packages.length > 0 ? packages : undefined,
    write_files: cloudInit.writeFiles?.map(fileOf),
    runcmd: commands.length > 0 ? commands : undefined,
  })
}

function loginOf(cloudInit: CloudInitRequest): Record<string, unknown> {
  const users = cloudInit.users ?? []
  const own = defaultUserOf(cloudInit)
  const password = own === null ? undefined : hashOf(own)
  const listed = [...(own === null ? [] : ['default']), ...users.map(userOf)]
  return {
    users: own === null && users.length === 0 ? [untouchedRoot] : listed,
    ssh_authorized_keys: nonEmpty(own?.sshKeys),
    password,
    chpasswd: password === undefined ? undefined : { expire: false },
    ssh_pwauth: sshPasswordLoginOf(cloudInit),
    disable_root: users.some(({ name }) => name === 'root') ? false : undefined,
  }
}

/** cloud-init takes no empty list of users, and a missing one means the image's own. */
const untouchedRoot = { name: 'root', lock_passwd: false }

function userOf(user: CloudInitUser): Record<string, unknown> {
  const hash = hashOf(user)
  const isRoot = user.name === 'root'
  return defined({
    name: user.name,
    gecos: user.gecos,
    groups: nonEmpty(user.groups),
    // By name in sudoers.d, because the group of administrators is sudo on Debian and wheel elsewhere.
    sudo: user.sudo === true && !isRoot ? 'ALL=(ALL) NOPASSWD:ALL' : undefined,
    shell: user.shell ?? (isRoot ? undefined : '/bin/bash'),
    lock_passwd: hash === undefined,
    // Unlike `passwd` it is also set where the image has the user already.
    hashed_passwd: hash,
    ssh_authorized_keys: nonEmpty(user.sshKeys),
  })
}

function hashOf({ password, passwordHash }: Pick<CloudInitUser, 'password' | 'passwordHash'>) {
  if (password !== undefined) throw new Error('a password must be hashed before documents are made')
  return passwordHash
}

/** The names hold on Debian, Ubuntu, Fedora, RHEL and its rebuilds, SUSE and Alpine. */
function packagesOf(cloudInit: CloudInitRequest): string[] {
  const own = [
    ...(cloudInit.openssh === false ? [] : ['openssh-server']),
    ...(cloudInit.agent === false ? [] : ['qemu-guest-agent']),
    ...(cloudInit.users?.some(({ sudo }) => sudo === true) ? ['sudo'] : []),
  ]
  return [...new Set([...own, ...(cloudInit.packages ?? [])])]
}

function commandsOf(cloudInit: CloudInitRequest): (string | string[])[] {
  return [
    ...(cloudInit.openssh === false ? [] : [['sh', '-c', START_SSH]]),
    ...(cloudInit.agent === false ? [] : [['sh', '-c', START_AGENT]]),
    ...(cloudInit.commands ?? []),
  ]
}

function fileOf({ path, content, encoding, owner, permissions, append }: WriteFile) {
  const ofOther = owner !== undefined && !/^root(:root)?$/.test(owner)
  return defined({
    path,
    content,
    encoding: encoding === 'base64' ? 'b64' : undefined,
    owner,
    permissions,
    append,
    // Files are written before users are made.
    defer: ofOther ? true : undefined,
  })
}

function nonEmpty<T>(list: T[] | undefined): T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list
}

function defined(entries: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
}
