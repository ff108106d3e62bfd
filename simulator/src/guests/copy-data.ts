import type { Call } from '../call.ts'
import { die } from '../errors.ts'
import { filePath } from '../storage/files.ts'
import { getStorage, spaceOf } from '../storage/storages.ts'
import type { TaskRun } from '../tasks.ts'
import type { Storage, Volume } from '../world.ts'

const mebibyte = 2 ** 20
/** How fast a full copy goes without `bwlimit`. */
export const copyBytesPerSecond = 300 * mebibyte

/** The size of the disk that a volume holds. */
export const diskBytes = ({ virtualBytes, sizeBytes }: Volume): number => virtualBytes ?? sizeBytes

export const human = (bytes: number): string => {
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

export const percentage = (share: number): string => `${(share * 100).toFixed(2)}%`

export type Copy = {
  source: Volume
  target: Volume
  /** KiB in a second; 0: none. */
  bwlimit: number
  task: Pick<TaskRun, 'log' | 'sleep'>
}

export const bytesPerSecond = (bwlimit: number): number =>
  bwlimit > 0 ? bwlimit * 1024 : copyBytesPerSecond

/** `qemu-img convert -p`: outside the storage's lock, with a line for about every percent. */
export const copyData = async (
  call: Call,
  { source, target, bwlimit, task }: Copy,
): Promise<void> => {
  const total = diskBytes(source)
  const data = Math.min(dataBytes(call, source), total)
  const storage = getStorage(call.cluster, target.storage)
  const full = isFull(call, storage, data)
  const seconds = data / bytesPerSecond(bwlimit)
  const steps = Math.max(1, Math.min(100, Math.ceil(seconds * 4)))
  const fail = (how: string) =>
    die(`copy failed: command '${convertCommand(call, source, target, bwlimit)}' failed: ${how}`)
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

const devicePath = (storage: Storage, volume: Volume) => {
  switch (storage.type) {
    case 'dir':
    case 'nfs':
      return filePath(storage, volume.name)
    case 'lvm':
    case 'lvmthin':
      return `/dev/${storage.options['vgname'] ?? 'pve'}/${volume.name}`
    case 'zfspool':
      return `/dev/zvol/${storage.options['pool'] ?? 'rpool'}/${volume.name}`
    case 'rbd':
      return `/dev/rbd-pve/${storage.options['pool'] ?? 'rbd'}/${volume.name}`
  }
}

const convertCommand = (call: Call, source: Volume, target: Volume, bwlimit: number) => {
  const from = getStorage(call.cluster, source.storage)
  const to = getStorage(call.cluster, target.storage)
  const limit = bwlimit > 0 ? ` -r ${bwlimit}K` : ''
  return `/usr/bin/qemu-img convert -p -n${limit} -f ${source.format} -O ${target.format} ${devicePath(from, source)} ${devicePath(to, target)}`
}
