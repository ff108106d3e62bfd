import type { Call } from '../call.ts'
import { die, messageOf } from '../errors.ts'
import { filePath } from '../storage/files.ts'
import {
  findVolume,
  getEnabledStorage,
  getStorage,
  isFileStorage,
  splitVolumeId,
  volumeId,
} from '../storage/storages.ts'
import { allocateVolume, contentsOf, defaultFormat, freeVolume } from '../storage/volumes.ts'
import type { TaskRun } from '../tasks.ts'
import { atLeast } from '../version.ts'
import type { Volume } from '../world.ts'
import { copyData, diskBytes } from './copy-data.ts'
import { drivesOf, printDrive, printSize, type Drive } from './drive.ts'
import { formatLine, type Log } from './format-line.ts'
import { guestById } from './guest.ts'

/** What of a task the work on disks needs; a call that is no task has it as well. */
export type Work = Pick<TaskRun, 'log' | 'sleep'>

/** The volume that is copied. Errors: it is not there, and then an image's guest is told apart from a mere file. */
const sourceOf = (call: Call, source: string, log: Log): Volume => {
  const { cluster, node } = call
  if (source.startsWith('/')) return die(`failed to stat '${source}'`)
  const volume = findVolume(cluster, source, node)
  if (volume) return volume
  const { storage, name } = splitVolumeId(source)
  const path = filePath(getStorage(cluster, storage), name)
  if (name.startsWith('import/')) return die(`failed to stat '${path}'`)
  log(`failed to stat '${path}'`)
  return die(`cannot import from '${source}' - could not get size of ${source}`)
}

/** The key by which the owner of an image has it, as it stands in the log; nothing for a mere file. */
const ownersKey = (call: Call, volume: Volume, source: string): string => {
  const owner = volume.vmid === undefined ? undefined : guestById(call.cluster, volume.vmid)
  const drive = owner && drivesOf(owner.config).find(({ file }) => file === source)
  return drive ? `${drive.key} ` : ''
}

/**
 * A new disk with the data of a volume, and of its size (qemu-server src/PVE/API2/Qemu.pm, create_disks,
 * import_from_volid). The data is copied outside of the storage's lock.
 */
export const importDisk = async (
  call: Call,
  vmid: number,
  drive: Drive,
  storageName: string,
  { log, sleep }: Work,
): Promise<Drive> => {
  const { cluster, node, params } = call
  const { 'import-from': source = '', format: wanted, size: _, ...options } = drive.options
  const volume = sourceOf(call, source, log)
  log(`create full clone of drive ${ownersKey(call, volume, source)}(${source})`)
  const storage = getEnabledStorage(cluster, storageName, node)
  const own = ['raw', 'qcow2', 'vmdk'].includes(volume.format) ? volume.format : undefined
  const target = await allocateVolume(cluster, storageName, node, {
    vmid,
    format: isFileStorage(storage.type) ? (wanted ?? own ?? defaultFormat(storage)) : 'raw',
    sizeBytes: diskBytes(volume),
    usedBytes: 200 * 1024,
    contents: contentsOf(volume),
  })
  const line = formatLine(storage, target)
  if (line !== undefined) log(line)
  const volid = volumeId(storage, target)
  if (atLeast(cluster.version, 9)) log(`allocated target volume '${volid}'`)
  try {
    await copyData(call, {
      source: volume,
      target,
      bwlimit: params.integer('bwlimit') ?? 0,
      task: { log, sleep },
    })
  } catch (error) {
    await freeVolume(cluster, target, node)
    die(`cannot import from '${source}' - ${messageOf(error)}`)
  }
  cluster.changed()
  const size = printSize(target.sizeBytes)
  const made = { ...drive, file: volid, options: { ...options, size } }
  log(`${drive.key}: successfully created disk '${printDrive(made)}'`)
  return made
}
