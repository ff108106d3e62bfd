import type { Call } from '../call.ts'
import { die } from '../errors.ts'
import type { Config, Guest } from '../world.ts'
import { createDrive, destroyDrive, makeBaseDisk, releaseDrive } from './disks.ts'
import type { Log } from './format-line.ts'
import { isNewCloudInit } from './drive-access.ts'
import { isCdrom, isCloudInit, isDriveKey, isNetKey, isUnusedKey, parseDrive } from './drive.ts'
import { checkMachine, pinnedMachine } from './defaults.ts'
import { getGuest, isTemplate } from './guest.ts'
import { checkBridges, checkVmPrivilege } from './privileges.ts'
import type { Update } from './read-update.ts'
import { checkTagPermissions, normaliseTags } from './tags.ts'

export type { Update } from './read-update.ts'

const bootOrder = (config: Config): string[] | undefined => {
  const order = /(?:^|,)order=([^,]*)/.exec(config['boot'] ?? '')?.[1]
  return order === undefined ? undefined : order.split(';')
}

/** No device left is stored as nothing, which reads back as one blank. */
const printBootOrder = (devices: string[]) =>
  devices.length === 0 ? ' ' : `order=${devices.join(';')}`

const effective = (guest: Guest): Config => {
  const config = { ...guest.config }
  for (const [key, change] of Object.entries(guest.pending)) {
    if ('value' in change) config[key] = change.value
    else Reflect.deleteProperty(config, key)
  }
  return config
}

const checkProtection = ({ config }: Guest, what: string) => {
  if (config['protection'] === '1') die(`${what} - protection mode enabled`)
}

const needed = (key: string, text: string | undefined): string[] => {
  const drive = parseDrive(key, text ?? '')
  if (isCloudInit(drive) || isNewCloudInit(drive)) return ['VM.Config.Cloudinit', 'VM.Config.CDROM']
  return isCdrom(drive) ? ['VM.Config.CDROM'] : ['VM.Config.Disk']
}

const checkDrivePrivilege = ({ access, vmid }: Call, key: string, text: string | undefined) => {
  for (const privilege of needed(key, text)) checkVmPrivilege(access, vmid, undefined, [privilege])
}

/** Whoever changes or removes a NIC needs the right to the bridge that it is on. */
const checkOldBridge = (
  { caller, access, cluster }: Call,
  key: string,
  value: string | undefined,
) => {
  if (isNetKey(key) && value !== undefined)
    checkBridges(caller, access, cluster.version, { [key]: value })
}

const stageDelete = async (call: Call, guest: Guest, key: string, update: Update, log: Log) => {
  const value = effective(guest)[key] ?? guest.config[key]
  if (value === undefined) {
    log(`cannot delete '${key}' - not set in current configuration!`)
    return
  }
  const order = bootOrder(effective(guest))
  if (order?.includes(key))
    guest.pending['boot'] = { value: printBootOrder(order.filter((device) => device !== key)) }
  if (isUnusedKey(key)) {
    checkProtection(guest, `can't remove unused disk '${value}'`)
    checkVmPrivilege(call.access, call.vmid, undefined, ['VM.Config.Disk'])
    await destroyDrive(call, guest, value)
    Reflect.deleteProperty(guest.config, key)
    return
  }
  if (isDriveKey(key)) {
    checkProtection(guest, `can't remove drive '${key}'`)
    checkDrivePrivilege(call, key, value)
  }
  if (key === 'tags') checkTagPermissions(call, guest.config['tags'] ?? '', '')
  checkOldBridge(call, key, value)
  const staged = guest.pending[key]
  if (staged && 'value' in staged && isDriveKey(key))
    await releaseDrive(call, guest, parseDrive(key, staged.value))
  guest.pending[key] = { delete: true, force: update.force }
}

const stageDrive = async (call: Call, guest: Guest, key: string, value: string, log: Log) => {
  const current = guest.config[key]
  if (current !== undefined) checkDrivePrivilege(call, key, current)
  checkDrivePrivilege(call, key, value)
  const drive = parseDrive(key, value)
  checkTpmVersion(key, current, value)
  const made = await createDrive(
    call,
    call.vmid,
    drive,
    { ...guest.config, ...effective(guest) },
    { log, sleep: call.cluster.clock.sleep },
  )
  guest.pending[key] = { value: made }
  const order = bootOrder(effective(guest))
  const isCd = isCdrom(parseDrive(key, made))
  if (order && isCd && !order.includes(key))
    guest.pending['boot'] = { value: printBootOrder([...order, key]) }
}

const checkTpmVersion = (key: string, current: string | undefined, value: string) => {
  if (key !== 'tpmstate0' || current === undefined) return
  const versionOf = (text: string) => parseDrive(key, text).options['version'] ?? 'v1.2'
  const sameVolume = parseDrive(key, current).file === parseDrive(key, value).file
  if (sameVolume && versionOf(current) !== versionOf(value))
    die('cannot change TPM state version after creation')
}

const checkBootOrder = (guest: Guest, update: Update, text: string) => {
  const config = { ...effective(guest), ...update.set }
  for (const device of bootOrder({ boot: text }) ?? [])
    if (config[device] === undefined || update.delete.includes(device))
      die(`invalid bootorder: device '${device}' does not exist'`)
}

const stageValue = async (call: Call, guest: Guest, key: string, update: Update, log: Log) => {
  const value = update.set[key] ?? ''
  if (isDriveKey(key)) return stageDrive(call, guest, key, value, log)
  checkOldBridge(call, key, guest.config[key])
  if (key === 'tags') {
    checkTagPermissions(call, effective(guest)['tags'] ?? '', value)
    guest.pending[key] = { value: stored(key, normaliseTags(call.cluster.world.datacenter, value)) }
    return undefined
  }
  if (key === 'boot') {
    checkBootOrder(guest, update, value)
    if (bootOrder({ boot: value }) && guest.config['bootdisk'] !== undefined)
      guest.pending['bootdisk'] = { delete: true, force: false }
  }
  if (key === 'ostype') {
    const machine = pinnedMachine(call.cluster, value, effective(guest)['machine'])
    if (machine !== undefined) guest.pending['machine'] = { value: machine }
  }
  if (key === 'description' && (value === '' || value === '0'))
    guest.pending[key] = { delete: true, force: false }
  else if (key === 'sshkeys' && value === '') return undefined
  else guest.pending[key] = { value: stored(key, value) }
  return undefined
}

/** An empty value in the file is read back as one blank. */
const stored = (key: string, value: string) => (value === '' && key !== 'description' ? ' ' : value)

/** Nothing that already is so stays pending. */
const dropUnchanged = (guest: Guest) => {
  for (const [key, change] of Object.entries(guest.pending)) {
    const value = guest.config[key]
    if ('value' in change ? change.value === value : value === undefined)
      Reflect.deleteProperty(guest.pending, key)
  }
}

const applied = async (call: Call, guest: Guest, key: string) => {
  const change = guest.pending[key]
  const old = guest.config[key]
  Reflect.deleteProperty(guest.pending, key)
  if (!change) return
  const oldDrive = old !== undefined && isDriveKey(key) ? parseDrive(key, old) : undefined
  if ('value' in change) guest.config[key] = change.value
  else Reflect.deleteProperty(guest.config, key)
  if (isTemplate(guest)) makeBaseDisk(call, guest, key)
  const newFile = 'value' in change ? parseDrive(key, change.value).file : undefined
  if (newFile !== undefined)
    for (const [name, value] of Object.entries(guest.config))
      if (isUnusedKey(name) && isDriveKey(key) && value === newFile)
        Reflect.deleteProperty(guest.config, name)
  if (!oldDrive || oldDrive.file === newFile) return
  if ('delete' in change && change.force && !isCdrom(oldDrive))
    await destroyDrive(call, guest, oldDrive.file)
  else await releaseDrive(call, guest, oldDrive)
}

/** Applies everything that is pending to a stopped guest (QemuServer.pm, vmconfig_apply_pending). */
export const applyPending = async (call: Call, guest: Guest): Promise<void> => {
  for (const key of Object.keys(guest.pending).toSorted()) await applied(call, guest, key)
  call.cluster.changed()
}

const hotKeys =
  /^(description|hookscript|lock|migrate_downtime|migrate_speed|name|onboot|protection|shares|startup|tags|vmstatestorage|cicustom|cipassword|citype|ciupgrade|ciuser|nameserver|searchdomain|sshkeys|ipconfig\d+|cpulimit|cpuunits|balloon|net\d+)$/

/** What a running guest takes at once with the default `hotplug=network,disk,usb` (QemuServer.pm, vmconfig_hotplug_pending). */
const applyHot = async (call: Call, guest: Guest) => {
  for (const key of Object.keys(guest.pending).toSorted()) {
    const hot = hotKeys.test(key) || /^(scsi|virtio|ide|sata)\d+$/.test(key)
    if (!hot) continue
    await applied(call, guest, key)
    const value = guest.config[key]
    if (!guest.running || !(isDriveKey(key) || /^net\d+$/.test(key))) continue
    if (value === undefined) Reflect.deleteProperty(guest.running.config, key)
    else guest.running.config[key] = value
  }
}

const applyRevert = (guest: Guest, update: Update) => {
  for (const key of update.revert) {
    Reflect.deleteProperty(guest.pending, key)
  }
}

/** The worker of a configuration change, under the configuration's lock. */
export const applyUpdate = async (
  call: Call,
  update: Update,
  log: Log = () => {},
): Promise<void> => {
  const guest = getGuest(call.cluster, call.node, call.vmid)
  log(`update VM ${call.vmid}: ${update.summary}`)
  checkMachine(update.set['machine'])
  applyRevert(guest, update)
  for (const key of update.delete) await stageDelete(call, guest, key, update, log)
  for (const key of Object.keys(update.set).toSorted())
    await stageValue(call, guest, key, update, log)
  dropUnchanged(guest)
  if (guest.running) await applyHot(call, guest)
  else await applyPending(call, guest)
  call.cluster.changed()
}
