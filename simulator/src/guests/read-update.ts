import { createHash } from 'node:crypto'
import type { Call } from '../call.ts'
import type { Cluster } from '../cluster.ts'
import { ApiError, die, parameterError } from '../errors.ts'
import { schemaOf } from '../schema/validate.ts'
import { splitList } from '../schema/formats.ts'
import { findVolume } from '../storage/storages.ts'
import { atLeast } from '../version.ts'
import type { Config } from '../world.ts'
import { checkDriveAccess } from './drive-access.ts'
import {
  isDriveKey,
  isNetKey,
  parseDrive,
  parseNet,
  printDrive,
  printNet,
  type Drive,
} from './drive.ts'
import { guestById, randomMac, rootOnlyTicket } from './guest.ts'
import { checkBridges, checkConfigPrivileges, checkVmPrivilege } from './privileges.ts'

/** A change of a configuration after all checks that need no lock. */
export type Update = {
  set: Config
  delete: string[]
  revert: string[]
  force: boolean
  digest: string | undefined
  skipLock: boolean
  /** As the task log shows it. */
  summary: string
}

const notConfig = new Set(
  (
    'node vmid digest background_delay skiplock delete revert force storage pool start unique archive bwlimit ' +
    'live-restore ha-managed import-working-storage'
  ).split(' '),
)

/** The configuration keys of a call; `cdrom` is another name of ide2. */
export const configParams = ({ params }: Call): Config => {
  for (const name of params.names())
    if (params.raw[name] === null) die(`unable to parse value of '${name}' - got undefined value`)
  const entries = params
    .names()
    .filter((name) => !notConfig.has(name) && params.optional(name) !== undefined)
    .map((name): [string, string] => [name === 'cdrom' ? 'ide2' : name, params.text(name)])
  return Object.fromEntries(entries)
}

const isKnownOption = (cluster: Cluster, key: string): boolean => {
  const schemas = cluster.methods.get('PUT /nodes/{node}/qemu/{vmid}/config')?.parameters ?? {}
  return (
    ['lock', 'meta', 'vmstate', 'parent'].includes(key) ||
    (!notConfig.has(key) && schemaOf(schemas, key) !== undefined)
  )
}

/** Forms that PVE takes for hashed already; yescrypt is not among them (Qemu.pm, update_vm_api). */
const hashed = /^\$(?:[156]|2[ay])(\$.+){2}/

/** Something of the shape of SHA-256 crypt; nobody signs in with it here. */
const hashPassword = (cluster: Cluster, password: string) => {
  const salt = cluster.random.hex(8)
  const hash = createHash('sha256')
    .update(salt + password)
    .digest('base64')
    .replaceAll('+', '.')
  return `$5$${salt}$${hash.slice(0, 43)}`
}

const isWindows = (ostype: string | undefined) => /^(w|win)/.test(ostype ?? '')

const storedPassword = ({ cluster, vmid, params }: Call, password: string) => {
  const ostype = params.optional('ostype') ?? guestById(cluster, vmid)?.config['ostype']
  if (isWindows(ostype) && atLeast(cluster.version, 8.3)) return password
  return hashed.test(password) ? password : hashPassword(cluster, password)
}

const keyTypes = /^(ssh-(rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+)$/

const isPublicKey = (line: string): boolean => {
  const words = line.match(/"(?:[^"\\]|\\.)*"|[^\s"]+(?:"[^"]*"[^\s"]*)*/g) ?? []
  const at = words.findIndex((word) => keyTypes.test(word))
  const [type, body] = at < 0 || at > 1 ? [] : words.slice(at)
  if (type === undefined || body === undefined) return false
  const bytes = Buffer.from(body, 'base64')
  return bytes.length > 30 && bytes.subarray(4, 4 + type.length).toString('latin1') === type
}

/** `ssh-keygen -l` over the decoded text: one bad line refuses all. */
export const checkSshKeys = (encoded: string): void => {
  let text: string
  try {
    text = decodeURIComponent(encoded)
  } catch {
    return die('SSH public key validation error')
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (!lines.every(isPublicKey)) die('SSH public key validation error')
}

/** Normalises drives and networks as `cleanup_drive_path`, `print_drive` and `print_net` do. */
export const normaliseValue = (call: Call, key: string, value: string): string => {
  const { cluster } = call
  if (isDriveKey(key)) {
    const drive = parseDrive(key, value)
    if (key.startsWith('virtio') && drive.options['media'] === 'cdrom')
      throw parameterError({ [key]: 'unable to parse drive options' })
    checkImportSyntax(drive)
    if (drive.file === 'none' || drive.file === 'cdrom') drive.options['media'] = 'cdrom'
    if (call.params.has('cdrom') && key === 'ide2') drive.options['media'] = 'cdrom'
    for (const [name, text] of Object.entries(drive.options))
      if (isBooleanDriveOption(name)) drive.options[name] = booleanText(text)
    return printDrive(drive)
  }
  if (isNetKey(key)) {
    const net = parseNet(value)
    if (net.macaddr === '') net.macaddr = randomMac(cluster)
    for (const name of ['firewall', 'link_down'])
      if (net.options[name] !== undefined) net.options[name] = booleanText(net.options[name])
    return printNet(net)
  }
  if (key === 'vmgenid' && value === '1') return cluster.random.uuid()
  if (key === 'description') return value.replace(/\n+$/, '')
  return value
}

/** The size is the source's, so that none can be asked for (Qemu.pm, check_drive_param). */
const checkImportSyntax = (drive: Drive) => {
  if (drive.options['import-from'] === undefined) return
  const refuse = (text: string) => {
    throw parameterError({ [drive.key]: text })
  }
  if (!/^(?:[^/:\s]+:)?0+(?:\.0+)?$/.test(drive.file))
    refuse("'import-from' requires special syntax - use <storage ID>:0,import-from=<source>")
  const needed: Record<string, string[]> = {
    efidisk0: ['efitype', 'pre-enrolled-keys'],
    tpmstate0: ['version'],
  }
  for (const name of needed[drive.key] ?? [])
    if (drive.options[name] === undefined)
      refuse(`need to specify '${name}' when using 'import-from'`)
}

const isBooleanDriveOption = (name: string) =>
  [
    'backup',
    'iothread',
    'ro',
    'replicate',
    'shared',
    'snapshot',
    'ssd',
    'pre-enrolled-keys',
  ].includes(name)

const booleanText = (text: string) =>
  /^(on|yes|true)$/i.test(text) ? '1' : /^(off|no|false)$/i.test(text) ? '0' : text

const realDevice: [RegExp, (value: string) => boolean, (key: string) => string][] = [
  [
    /^usb\d+$/,
    (value) => /(^|,)host=/.test(value),
    (key) => `only root can set '${key}' config for real devices`,
  ],
  [
    /^hostpci\d+$/,
    (value) => !/mapping=/.test(value),
    (key) => `only root can set '${key}' config for non-mapped devices`,
  ],
  [
    /^serial\d+$/,
    (value) => value !== 'socket',
    (key) => `only root can modify '${key}' config for real devices`,
  ],
]

/** Devices of the host are for a ticket of root@pam only, the harmless kinds need VM.Config.HWType (Qemu.pm, check_vm_create_serial_perm and its neighbours). */
export const checkDevices = (call: Call, pool: string | undefined, config: Config): void => {
  if (rootOnlyTicket(call.caller)) return
  for (const [key, value] of Object.entries(config)) {
    const rule = realDevice.find(([pattern]) => pattern.test(key))
    if (!rule) continue
    const [, isReal, text] = rule
    if (isReal(value)) die(text(key))
    checkVmPrivilege(call.access, call.vmid, pool, ['VM.Config.HWType'])
  }
}

const checkHookscript = ({ cluster, node }: Call, volid: string) => {
  if (!findVolume(cluster, volid, node))
    throw parameterError({ hookscript: `script '${volid}' does not exist\n` })
}

const bothAtOnce = (update: Pick<Update, 'set' | 'delete' | 'revert'>) => {
  for (const key of update.revert)
    if (update.set[key] !== undefined)
      throw parameterError({
        delete: `you can't use '-${key}' and -revert ${key}' at the same time`,
      })
  for (const key of update.delete)
    if (update.set[key] !== undefined)
      throw parameterError({
        delete: `you can't use '-${key}' and -delete ${key}' at the same time`,
      })
}

const checkKnown = (cluster: Cluster, parameter: 'delete' | 'revert', keys: string[]) => {
  const unknown = keys.find((key) => !isKnownOption(cluster, key))
  if (unknown !== undefined) throw parameterError({ [parameter]: `unknown option '${unknown}'` })
}

const checkSkipLock = ({ params, caller }: Call) => {
  if (params.flag('skiplock') && !rootOnlyTicket(caller))
    throw new ApiError(400, 'Parameter verification failed.', {
      errors: { skiplock: 'Only root may use this option.' },
    })
}

/** The part of qemu-server's update_vm_api (src/PVE/API2/Qemu.pm) that comes before the lock. */
export const readUpdate = (call: Call): Update => {
  const { cluster, params, caller, access, vmid } = call
  checkSkipLock(call)
  const set = configParams(call)
  const keys = (name: 'delete' | 'revert') =>
    splitList(params.optional(name) ?? '').map((key) => (key === 'cdrom' ? 'ide2' : key))
  const update = { set, delete: keys('delete'), revert: keys('revert') }
  const summary = Object.entries(set).map(([key, value]) => `-${key} ${shown(key, value)}`)
  for (const key of update.delete) summary.push(`-delete ${key}`)
  if (set['cipassword'] !== undefined) set['cipassword'] = storedPassword(call, set['cipassword'])
  if (set['sshkeys'] !== undefined) checkSshKeys(set['sshkeys'])
  if (Object.keys(set).length + update.delete.length + update.revert.length === 0)
    die('no options specified')
  checkKnown(cluster, 'revert', update.revert)
  checkKnown(cluster, 'delete', update.delete)
  bothAtOnce(update)
  for (const [key, value] of Object.entries(set)) {
    if (key === 'hookscript') checkHookscript(call, value)
    set[key] = normaliseValue(call, key, value)
  }
  checkConfigPrivileges(caller, access, vmid, undefined, update.delete)
  checkConfigPrivileges(caller, access, vmid, undefined, Object.keys(set))
  checkDevices(call, undefined, set)
  checkDriveAccess(call, vmid, set)
  checkBridges(caller, access, cluster.version, set)
  return {
    ...update,
    force: params.flag('force') ?? false,
    digest: params.optional('digest'),
    skipLock: params.flag('skiplock') ?? false,
    summary: summary.join(' '),
  }
}

const shown = (key: string, value: string) =>
  key === 'cipassword' ? '<hidden>' : key === 'sshkeys' ? encodeURIComponent(value) : value
