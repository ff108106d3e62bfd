import type { Call } from '../call.ts'
import { die } from '../errors.ts'
import {
  findVolume,
  getStorage,
  isFileStorage,
  splitVolumeId,
  volumeId,
} from '../storage/storages.ts'
import { allocateVolume, cloneVolume, contentsOf, defaultFormat } from '../storage/volumes.ts'
import type { TaskRun } from '../tasks.ts'
import { atLeast } from '../version.ts'
import type { Storage, Volume } from '../world.ts'
import type { CloneRequest } from './clone.ts'
import { isCloudInit, printSize, type Drive } from './drive.ts'
import { guestById } from './guest.ts'
import { bytesPerSecond, copyData, human, percentage, type Copy } from './copy-data.ts'
import { formatLine } from './format-line.ts'

const sourceVolume = ({ cluster, node }: Call, drive: Drive): Volume =>
  findVolume(cluster, drive.file, node) ?? die(`volume '${drive.file}' does not exist`)

type Made = (volume: Volume) => void

const logLine = (task: TaskRun, line: string | undefined) => {
  if (line !== undefined) task.log(line)
}

/** A linked clone of one drive (qemu-server src/PVE/QemuServer.pm, clone_disk). */
export const linkDrive = async (
  call: Call,
  drive: Drive,
  request: CloneRequest,
  task: TaskRun,
  made: Made,
): Promise<Drive> => {
  const { cluster, node } = call
  task.log(`create linked clone of drive ${drive.key} (${drive.file})`)
  const base = sourceVolume(call, drive)
  const storage = getStorage(cluster, base.storage)
  const volume = await cloneVolume(cluster, base, node, request.newid)
  made(volume)
  for (const line of linkLines(call, storage, base, volume)) task.log(line)
  return { ...drive, file: volumeId(storage, volume) }
}

const linkLines = (call: Call, storage: Storage, base: Volume, volume: Volume): string[] => {
  if (!isFileStorage(storage.type)) {
    const line = formatLine(storage, volume)
    return line === undefined ? [] : [line]
  }
  const own = splitVolumeId(volumeId(storage, base)).name
  const short = volume.name.split('/').at(-1) ?? ''
  const path = `../${base.name}`
  const cluster = atLeast(call.cluster.version, 9)
    ? `cluster_size=131072 extended_l2=on preallocation=${base.format === 'qcow2' ? 'metadata' : 'off'}`
    : 'cluster_size=65536 extended_l2=off'
  const line = formatLine(storage, volume, { path, format: base.format, cluster })
  return [
    `clone ${own}: images, ${short}, ${volume.vmid} to ${short} (base=${path})`,
    ...(line === undefined ? [] : [line]),
  ]
}

const targetFormat = (storage: Storage, source: Volume, wanted: string | undefined) =>
  isFileStorage(storage.type) ? (wanted ?? source.format) : 'raw'

/** A full copy of one drive; the cloud-init drive becomes a new empty one even in a linked clone. */
export const copyDrive = async (
  call: Call,
  drive: Drive,
  request: CloneRequest,
  task: TaskRun,
  made: Made,
): Promise<Drive> => {
  const { cluster, node } = call
  task.log(`create full clone of drive ${drive.key} (${drive.file})`)
  const source = sourceVolume(call, drive)
  const storage = getStorage(cluster, request.storage ?? source.storage)
  const cloudInit = isCloudInit(drive)
  const format = targetFormat(storage, source, request.format) ?? defaultFormat(storage)
  const volume = await allocateVolume(cluster, storage.storage, node, {
    vmid: request.newid,
    format,
    sizeBytes: source.sizeBytes,
    usedBytes: cloudInit ? source.sizeBytes : 200 * 1024,
    name: cloudInit ? `vm-${request.newid}-cloudinit` : undefined,
    contents: contentsOf(source),
  })
  made(volume)
  const volid = volumeId(storage, volume)
  logLine(task, formatLine(storage, volume))
  if (atLeast(cluster.version, 9)) task.log(`allocated target volume '${volid}'`)
  const { bwlimit } = request
  const copy = { source, target: volume, bwlimit, task }
  const running = guestById(cluster, call.vmid)?.running
  if (!cloudInit && running && request.snapname === undefined) await mirrorData(drive.key, copy)
  else if (!cloudInit) await copyData(call, copy)
  cluster.changed()
  const { format: _, ...options } = drive.options
  return { ...drive, file: volid, options: { ...options, size: printSize(volume.sizeBytes) } }
}

/** A running guest's disk is mirrored by QEMU itself, all of it, and the guest stands still for the end. */
const mirrorData = async (key: string, { source, target, bwlimit, task }: Copy) => {
  const total = source.sizeBytes
  const seconds = Math.max(1, Math.round(total / bytesPerSecond(bwlimit)))
  const limit = bwlimit > 0 ? ` with bandwidth limit: ${bwlimit} KB/s` : ''
  task.log(`drive mirror is starting for drive-${key}${limit}`)
  for (let second = 0; second <= seconds; second += 1) {
    const share = second === 0 ? 0.01 : second / seconds
    const ready = second === seconds ? ', ready' : ''
    task.log(
      `drive-${key}: transferred ${human(total * share)} of ${human(total)} (${percentage(share)}) in ${second}s${ready}`,
    )
    if (second < seconds) await task.sleep(1)
  }
  task.log("all 'mirror' jobs are ready")
  target.usedBytes = Math.max(target.usedBytes, source.usedBytes)
}

/** After the last drive the guest is frozen or suspended while the mirror is detached. */
export const finishMirror = (call: Call, key: string, agent: boolean, task: TaskRun): void => {
  if (!agent && atLeast(call.cluster.version, 9))
    task.log('skipping guest filesystem freeze - disabled in VM options')
  task.log(agent ? 'issuing guest agent fs-freeze command' : 'suspend vm')
  task.log(`drive-${key}: Cancelling block job`)
  task.log(`drive-${key}: Done.`)
  task.log(agent ? 'issuing guest agent fs-thaw command' : 'resume vm')
}
