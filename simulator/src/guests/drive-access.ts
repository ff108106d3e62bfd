import type { Call } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import { findStorage, findVolume, getStorage, splitVolumeId } from '../storage/storages.ts'
import { atLeast, type Version } from '../version.ts'
import type { Config } from '../world.ts'
import { drivesOf, type Drive } from './drive.ts'
import { rootOnlyTicket } from './guest.ts'
import { checkVmPrivilege } from './privileges.ts'
import { parseVolumeName, type VolumeType } from './volume-name.ts'

const newDisk = /^(?:([^/:\s]+):)?(\d+(?:\.\d+)?)$/

/** `STORAGE:SIZE` of a disk that is to be allocated. */
export const newDiskOf = ({ file }: Drive): { storage: string; sizeGiB: number } | undefined => {
  const [, storage, size] = newDisk.exec(file) ?? []
  return storage === undefined || size === undefined
    ? undefined
    : { storage, sizeGiB: Number(size) }
}

export const isNewCloudInit = ({ file }: Drive): boolean => /^[^/:\s]+:cloudinit$/.test(file)

const pathLines: Record<Version, number> = { '7.4': 540, '8.4': 569, '9.2': 651 }

/** pve-storage src/PVE/Storage.pm, check_volume_access. */
const checkVolumeAccess = (call: Call, vmid: number, volid: string): VolumeType => {
  const { cluster, access, caller } = call
  const { storage: name, name: volume } = splitVolumeId(volid)
  if (volid.startsWith('/')) {
    if (!rootOnlyTicket(caller))
      die(
        `Only root can pass arbitrary filesystem paths. at /usr/share/perl5/PVE/Storage.pm line ${pathLines[cluster.version]}.`,
      )
    return { type: 'path', owner: undefined }
  }
  const found = parseVolumeName(cluster.version, getStorage(cluster, name), volume)
  const path = `/storage/${name}`
  if (access.has(path, ['Datastore.Allocate'])) return found
  if (['iso', 'vztmpl', 'import'].includes(found.type))
    access.check(path, ['Datastore.AllocateSpace', 'Datastore.Audit'], true)
  else if (found.owner === undefined) die(`missing privileges to access ${volid}`)
  else if (found.owner !== vmid) {
    access.check(path, ['Datastore.Audit'])
    access.check(`/vms/${found.owner}`, ['VM.Config.Disk'])
  }
  return found
}

/** What is copied into a new disk: images and, since 8.3, files that were put there for it. */
const checkImportSource = (call: Call, vmid: number, key: string, source: string) => {
  const { cluster, access } = call
  if (source.startsWith('/')) return checkVolumeAccess(call, vmid, source)
  const { storage: name, name: volume } = splitVolumeId(source)
  const { type, owner } = parseVolumeName(cluster.version, getStorage(cluster, name), volume)
  const since83 = atLeast(cluster.version, 8.3)
  if (type !== 'images' && !(since83 && type === 'import'))
    throw parameterError({
      [key]: `${source} has wrong type '${type}' - ${since83 ? "needs to be 'images' or 'import'" : 'not an image'}`,
    })
  if (owner === undefined) checkVolumeAccess(call, vmid, source)
  else checkVmPrivilege(access, owner, undefined, ['VM.Clone'])
  return undefined
}

const checkOne = (call: Call, vmid: number, drive: Drive) => {
  const source = drive.options['import-from']
  checkTarget(call, vmid, drive)
  if (source !== undefined) checkImportSource(call, vmid, drive.key, source)
}

const checkTarget = (call: Call, vmid: number, drive: Drive) => {
  const { cluster, access } = call
  const { file, key } = drive
  const isCdrom = drive.options['media'] === 'cdrom'
  if (file === 'none' || isNewCloudInit(drive)) return
  if (file === 'cdrom') return access.check('/', ['Sys.Console'])
  const allocated = isCdrom ? undefined : newDiskOf(drive)
  if (allocated) {
    const { storage: name } = allocated
    access.check(`/storage/${name}`, ['Datastore.AllocateSpace'])
    const storage = getStorage(cluster, name)
    if (atLeast(cluster.version, 8.4) && !storage.content.includes('images'))
      throw parameterError({ storage: `storage '${name}' does not support vm images` })
    return
  }
  const { type } = checkVolumeAccess(call, vmid, file)
  if (type === 'iso' && !isCdrom && atLeast(cluster.version, 8.4))
    throw parameterError({ [key]: "explicit 'media=cdrom' is required for iso images" })
}

/** qemu-server src/PVE/API2/Qemu.pm, check_storage_access. */
export const checkDriveAccess = (call: Call, vmid: number, config: Config): void => {
  for (const drive of drivesOf(config)) checkOne(call, vmid, drive)
}

/** The existing volume of a drive. Error: `volume '...' does not exist`. */
export const existingVolume = ({ cluster, node }: Call, volid: string) => {
  const { storage } = splitVolumeId(volid)
  if (!findStorage(cluster, storage)) die(`storage '${storage}' does not exist`)
  return findVolume(cluster, volid, node) ?? die(`volume '${volid}' does not exist`)
}
