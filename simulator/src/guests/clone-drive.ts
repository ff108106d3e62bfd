import type { Call } from '../call.ts'
import { die } from '../errors.ts'
import {
  findVolume,
  getStorage,
  isFileStorage,
  spaceOf,
  splitVolumeId,
  volumeId,
} from '../storage/storages.ts'
import { allocateVolume, cloneVolume, defaultFormat, imagePath } from '../storage/volumes.ts'
import type { TaskRun } from '../tasks.ts'
import { atLeast } from '../version.ts'
import type { Storage, Volume } from '../world.ts'
import type { CloneRequest } from './clone.ts'
import { isCloudInit, printSize, type Drive } from './drive.ts'
import { guestById } from './guest.ts'
import { formatLine } from './disks.ts'

const mebibyte = 2 ** 20
/** How fast a full copy goes without `bwlimit`. */
export const copyBytesPerSecond = 300 * mebibyte

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
    image: source.image,
  })
  made(volume)
  const volid = volumeId(storage, volume)
  logLine(task, formatLine(storage, volume))
  if (atLeast(cluster.version, 9)) task.log(`allocated target volume '${volid}'`)
  const copy = { source, target: volume, request, task }
  const running = guestById(cluster, call.vmid)?.running
  if (!cloudInit && running && request.snapname === undefined) await mirrorData(drive.key, copy)
  else if (!cloudInit) await copyData(call, copy)
  cluster.changed()
  const { format: _, ...options } = drive.options
  return { ...drive, file: volid, options: { ...options, size: printSize(volume.sizeBytes) } }
}

const human = (bytes: number) => {
  let value = bytes
  for (const unit of ['B', 'KiB', 'MiB', 'GiB']) {
    if (value < 1024 || unit === 'GiB') return `${value.toFixed(1)} ${unit}`
    value /= 1024
  }
  return String(bytes)
}

/** How much of an image is data. */
const dataBytes = (call: Call, source: Volume): number => {
  if (source.base === undefined) return source.usedBytes
  const base = call.cluster.world.volumes.find(
    (other) => other.name === source.base && other.storage === source.storage,
  )
  return source.usedBytes + (base ? dataBytes(call, base) : 0)
}

const isFull = (call: Call, storage: Storage, needed: number) =>
  call.cluster.faults.isFull(storage.storage) ||
  (storage.type !== 'lvm' && spaceOf(call.cluster, storage, call.node).avail < needed)

const percentage = (share: number) => `${(share * 100).toFixed(2)}%`

type Copy = { source: Volume; target: Volume; request: CloneRequest; task: TaskRun }

const bytesPerSecond = ({ bwlimit }: CloneRequest) =>
  bwlimit > 0 ? bwlimit * 1024 : copyBytesPerSecond

/** `qemu-img convert -p`: outside the storage's lock, with a line for about every percent. */
const copyData = async (call: Call, { source, target, request, task }: Copy) => {
  const total = source.sizeBytes
  const data = Math.min(dataBytes(call, source), total)
  const storage = getStorage(call.cluster, target.storage)
  const full = isFull(call, storage, data)
  const seconds = data / bytesPerSecond(request)
  const steps = Math.max(1, Math.min(100, Math.ceil(seconds * 4)))
  const fail = (how: string) =>
    die(`copy failed: command '${convertCommand(call, source, target, request)}' failed: ${how}`)
  const line = (share: number) =>
    task.log(`transferred ${human(total * share)} of ${human(total)} (${percentage(share)})`)
  line(0)
  for (let step = 1; step <= steps; step += 1) {
    await task.sleep(seconds / steps).catch(() => fail('interrupted by signal'))
    if (full && step * 2 >= steps) {
      const at = Math.floor(total / 2)
      task.log(`qemu-img: error while writing at byte ${at}: No space left on device`)
      fail('exit code 1')
    }
    line(step / steps)
  }
  line(1)
  if (storage.type !== 'lvm') target.usedBytes = data
}

/** A running guest's disk is mirrored by QEMU itself, all of it, and the guest stands still for the end. */
const mirrorData = async (key: string, { source, target, request, task }: Copy) => {
  const total = source.sizeBytes
  const seconds = Math.max(1, Math.round(total / bytesPerSecond(request)))
  const limit = request.bwlimit > 0 ? ` with bandwidth limit: ${request.bwlimit} KB/s` : ''
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

const devicePath = (storage: Storage, volume: Volume) => {
  switch (storage.type) {
    case 'dir':
    case 'nfs':
      return imagePath(storage, volume.name)
    case 'lvm':
    case 'lvmthin':
      return `/dev/${storage.options['vgname'] ?? 'pve'}/${volume.name}`
    case 'zfspool':
      return `/dev/zvol/${storage.options['pool'] ?? 'rpool'}/${volume.name}`
    case 'rbd':
      return `/dev/rbd-pve/${storage.options['pool'] ?? 'rbd'}/${volume.name}`
  }
}

const convertCommand = (call: Call, source: Volume, target: Volume, request: CloneRequest) => {
  const from = getStorage(call.cluster, source.storage)
  const to = getStorage(call.cluster, target.storage)
  const limit = request.bwlimit > 0 ? ` -r ${request.bwlimit}K` : ''
  return `/usr/bin/qemu-img convert -p -n${limit} -f ${source.format} -O ${target.format} ${devicePath(from, source)} ${devicePath(to, target)}`
}
