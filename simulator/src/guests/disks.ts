import type { Call } from '../call.ts'
import { die } from '../errors.ts'
import {
  findStorage,
  findVolume,
  getEnabledStorage,
  isFileStorage,
  splitVolumeId,
  volumeHasFeature,
  volumeId,
} from '../storage/storages.ts'
import {
  allocateVolume,
  defaultFormat,
  freeVolume,
  makeBase,
  type NewVolume,
} from '../storage/volumes.ts'
import { atLeast } from '../version.ts'
import type { Config, Guest, Storage } from '../world.ts'
import { formatLine, type Log } from './format-line.ts'
import { importDisk, type Work } from './import-disk.ts'
import { existingVolume, isNewCloudInit, newDiskOf } from './drive-access.ts'
import {
  drivesOf,
  hasVolume,
  isCdrom,
  isCloudInit,
  parseDrive,
  printDrive,
  printSize,
  type Drive,
} from './drive.ts'

const gibibyte = 2 ** 30
const mebibyte = 2 ** 20
const efiVarsBytes = { '2m': 128 * 1024, '4m': 528 * 1024 }

const allocate = async (call: Call, storageName: string, wanted: NewVolume, log: Log) => {
  const { cluster, node } = call
  const storage = getEnabledStorage(cluster, storageName, node)
  const volume = await allocateVolume(cluster, storageName, node, wanted)
  const line = formatLine(storage, volume)
  if (line !== undefined) log(line)
  return { volume, volid: volumeId(storage, volume) }
}

const cloudInitFormat = (storage: Storage, drive: Drive) =>
  isFileStorage(storage.type) ? (drive.options['format'] ?? 'qcow2') : 'raw'

const createCloudInit = async (
  call: Call,
  vmid: number,
  drive: Drive,
  config: Config,
  log: Log,
) => {
  const { storage: storageName } = splitVolumeId(drive.file)
  const storage = getEnabledStorage(call.cluster, storageName, call.node)
  const attached = drivesOf(config).find(
    (other) => (isCloudInit(other) || isNewCloudInit(other)) && other.key !== drive.key,
  )
  if (attached) die(`${drive.key} - cloud-init drive is already attached at '${attached.key}'`)
  const { volid } = await allocate(
    call,
    storageName,
    {
      vmid,
      format: cloudInitFormat(storage, drive),
      sizeBytes: 4 * mebibyte,
      usedBytes: 4 * mebibyte,
      name: `vm-${vmid}-cloudinit`,
    },
    log,
  )
  const { format: _, size: __, ...options } = drive.options
  const made = { ...drive, file: volid, options: { ...options, media: 'cdrom' } }
  log(`${drive.key}: successfully created disk '${printDrive(made)}'`)
  return made
}

/** The real size of special disks; for others the number before the comma in GiB. */
const sizeOf = (drive: Drive, sizeGiB: number) => {
  if (drive.key === 'tpmstate0') return 4 * mebibyte
  if (drive.key === 'efidisk0') return efiVarsBytes[drive.options['efitype'] === '4m' ? '4m' : '2m']
  return Math.ceil((sizeGiB * gibibyte) / 1024) * 1024
}

const createDisk = async (
  call: Call,
  vmid: number,
  drive: Drive,
  wanted: { storage: string; sizeGiB: number },
  log: Log,
): Promise<Drive> => {
  const storage = getEnabledStorage(call.cluster, wanted.storage, call.node)
  const sizeBytes = sizeOf(drive, wanted.sizeGiB)
  const format = drive.options['format'] ?? defaultFormat(storage)
  const { volid } = await allocate(
    call,
    wanted.storage,
    { vmid, format, sizeBytes, usedBytes: 200 * 1024 },
    log,
  )
  const { format: _, ...options } = drive.options
  const enrolled = /^(1|on|yes|true)$/i.test(options['pre-enrolled-keys'] ?? '')
  const marked =
    drive.key === 'efidisk0' && enrolled && atLeast(call.cluster.version, 9) && !options['ms-cert']
  const made: Drive = {
    ...drive,
    file: volid,
    options: { ...options, size: printSize(sizeBytes), ...(marked ? { 'ms-cert': '2023k' } : {}) },
  }
  log(`${drive.key}: successfully created disk '${printDrive(made)}'`)
  return made
}

/** qemu-server src/PVE/API2/Qemu.pm, create_disks, for one key: the value that is stored. */
export const createDrive = async (
  call: Call,
  vmid: number,
  drive: Drive,
  config: Config,
  work: Work,
): Promise<string> => {
  const { log } = work
  if (!hasVolume(drive)) {
    const { size: _, ...options } = drive.options
    return printDrive({ ...drive, options })
  }
  if (isNewCloudInit(drive))
    return printDrive(await createCloudInit(call, vmid, drive, config, log))
  const wanted = newDiskOf(drive)
  if (wanted && drive.options['media'] !== 'cdrom')
    return printDrive(
      drive.options['import-from'] === undefined
        ? await createDisk(call, vmid, drive, wanted, log)
        : await importDisk(call, vmid, drive, wanted.storage, work),
    )
  const volume = existingVolume(call, drive.file)
  const size = isCloudInit(drive) ? {} : { size: printSize(volume.sizeBytes) }
  return printDrive({ ...drive, options: { ...drive.options, ...size } })
}

const firstUnused = (config: Config) => {
  let index = 0
  while (config[`unused${index}`] !== undefined) index += 1
  return `unused${index}`
}

/** Keeps a detached disk as `unusedN`; a cloud-init drive is removed, a CD-ROM forgotten (QemuServer.pm, vmconfig_register_unused_drive). */
export const releaseDrive = async (call: Call, guest: Guest, drive: Drive): Promise<void> => {
  if (!hasVolume(drive) || isCdrom(drive)) return
  const volume = findVolume(call.cluster, drive.file, guest.node)
  if (isCloudInit(drive)) {
    if (volume) await freeVolume(call.cluster, volume, guest.node)
    return
  }
  const isOwn = volume?.vmid === guest.vmid
  const isKnown = Object.values(guest.config).some((value) => value.split(',')[0] === drive.file)
  if (isOwn && !isKnown) guest.config[firstUnused(guest.config)] = drive.file
}

/** Removes a disk's volume when no other key of the guest uses it. */
export const destroyDrive = async (call: Call, guest: Guest, text: string): Promise<void> => {
  const { file } = parseDrive('unused0', text)
  const volume = findVolume(call.cluster, file, guest.node)
  if (volume?.vmid === guest.vmid) await freeVolume(call.cluster, volume, guest.node)
}

/** A template's disk becomes a base, where its storage has such. */
export const makeBaseDisk = ({ cluster }: Call, guest: Guest, key: string) => {
  const drive = drivesOf(guest.config).find((each) => each.key === key)
  if (!drive || !hasVolume(drive) || isCdrom(drive) || isCloudInit(drive)) return
  if (!volumeHasFeature(cluster, 'template', drive.file)) return
  const volume = findVolume(cluster, drive.file, guest.node)
  const storage = volume && findStorage(cluster, volume.storage)
  if (volume && storage)
    guest.config[key] = printDrive({ ...drive, file: makeBase(storage, volume) })
}
