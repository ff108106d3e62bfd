import type { Cluster } from '../cluster.ts'
import { die } from '../errors.ts'
import type { Storage, Volume } from '../world.ts'
import { getEnabledStorage, isFileStorage, spaceOf, volumeId, volumesOn } from './storages.ts'

/** Simulated seconds that the steps of a storage take. */
export const seconds = { allocate: 0.35, clone: 0.5, free: 0.3, resize: 0.4 }

/**
 * Runs under the storage's lock: flock on the node for a local storage, cluster-wide for a shared one
 * (pve-storage src/PVE/Storage/Plugin.pm, cluster_lock_storage).
 */
const withStorageLock = async <T>(
  cluster: Cluster,
  storage: Storage,
  node: string,
  work: () => Promise<T>,
): Promise<T> => {
  const release = storage.shared
    ? await cluster.locks.cfs(`storage-${storage.storage}`)
    : await cluster.locks.flock(node, `/var/lock/pve-manager/pve-storage-${storage.storage}`, {
        exclusive: true,
        timeoutSeconds: 10,
      })
  try {
    return await work()
  } finally {
    release()
  }
}

const extension = (storage: Storage, format: string) =>
  isFileStorage(storage.type) ? `.${format}` : ''
const folder = (storage: Storage, vmid: number) => (isFileStorage(storage.type) ? `${vmid}/` : '')

/** The next free `vm-ID-disk-N` (Plugin.pm, get_next_vm_diskname). */
const nextDiskName = (cluster: Cluster, storage: Storage, node: string, vmid: number) => {
  const taken = new Set(
    volumesOn(cluster, storage, node)
      .filter((volume) => volume.vmid === vmid)
      .map(({ name }) => Number(/-disk-(\d+)(?:\.|$)/.exec(name)?.[1] ?? -1)),
  )
  let index = 0
  while (taken.has(index)) index += 1
  return `vm-${vmid}-disk-${index}`
}

export const defaultFormat = (storage: Storage): string =>
  isFileStorage(storage.type) && storage.options['format'] !== undefined
    ? storage.options['format']
    : 'raw'

export type NewVolume = {
  vmid: number
  format: string
  sizeBytes: number
  usedBytes: number
  /** Fixed name (`vm-100-cloudinit`) instead of the next disk number. */
  name?: string | undefined
  contents?: Contents
}

/** What is on a disk, as far as guests notice. */
export type Contents = Pick<Volume, 'image' | 'installed' | 'halfInstalled'>

export const contentsOf = ({ image, installed, halfInstalled }: Volume): Contents => ({
  ...(image === undefined ? {} : { image }),
  ...(installed === undefined ? {} : { installed }),
  ...(halfInstalled === undefined ? {} : { halfInstalled }),
})

const isThick = (storage: Storage) => storage.type === 'lvm'

/** Allocates under the storage's lock. Errors: no room on thick storages, a fixed name that is taken. */
export const allocateVolume = async (
  cluster: Cluster,
  storageName: string,
  node: string,
  wanted: NewVolume,
): Promise<Volume> => {
  const storage = getEnabledStorage(cluster, storageName, node)
  return withStorageLock(cluster, storage, node, async () => {
    await cluster.clock.sleep(seconds.allocate)
    const format = isFileStorage(storage.type) ? wanted.format : 'raw'
    const base = wanted.name ?? nextDiskName(cluster, storage, node, wanted.vmid)
    const name = `${folder(storage, wanted.vmid)}${base}${extension(storage, format)}`
    if (volumesOn(cluster, storage, node).some((volume) => volume.name === name))
      return die(takenText(storage, name))
    if (isThick(storage)) checkExtents(cluster, storage, node, wanted.sizeBytes)
    const volume: Volume = {
      storage: storageName,
      name,
      content: 'images',
      format,
      vmid: wanted.vmid,
      ...(storage.shared ? {} : { node }),
      ...wanted.contents,
      sizeBytes: wanted.sizeBytes,
      usedBytes: isThick(storage)
        ? wanted.sizeBytes
        : isFileStorage(storage.type) && format === 'raw'
          ? 0
          : wanted.usedBytes,
      createdAt: cluster.clock.now(),
    }
    cluster.world.volumes.push(volume)
    cluster.changed()
    return volume
  })
}

const takenText = (storage: Storage, name: string) => {
  switch (storage.type) {
    case 'dir':
    case 'nfs':
      return `disk image '${imagePath(storage, name)}' already exists`
    case 'rbd':
      return `rbd create '${name}' error: rbd: create error: (17) File exists`
    case 'zfspool':
      return `zfs error: cannot create '${name}': dataset already exists`
    case 'lvm':
    case 'lvmthin':
      return `lvcreate '${name}' error:   Logical Volume "${name}" already exists in volume group "${storage.options['vgname'] ?? 'pve'}"`
  }
}

const checkExtents = (cluster: Cluster, storage: Storage, node: string, bytes: number) => {
  const extent = 4 * 2 ** 20
  const isFull = cluster.faults.isFull(storage.storage)
  const free = isFull ? 0 : Math.floor(spaceOf(cluster, storage, node).avail / extent)
  const needed = Math.ceil(bytes / extent)
  if (needed > free)
    die(
      `lvcreate '${storage.options['vgname'] ?? 'vg'}' error:   Volume group "${storage.options['vgname'] ?? 'vg'}" has insufficient free space (${free} extents): ${needed} required.`,
    )
}

/** Where a file storage keeps an image. */
export const imagePath = (storage: Storage, name: string): string =>
  `${storage.options['path'] ?? `/mnt/pve/${storage.storage}`}/images/${name}`

/** A linked clone of a base volume, under the storage's lock. */
export const cloneVolume = async (
  cluster: Cluster,
  base: Volume,
  node: string,
  vmid: number,
): Promise<Volume> => {
  const storage = getEnabledStorage(cluster, base.storage, node)
  return withStorageLock(cluster, storage, node, async () => {
    await cluster.clock.sleep(seconds.clone)
    const format = isFileStorage(storage.type) ? 'qcow2' : 'raw'
    const disk = nextDiskName(cluster, storage, node, vmid)
    const volume: Volume = {
      ...base,
      vmid,
      format,
      base: base.name,
      usedBytes: 200 * 1024,
      createdAt: cluster.clock.now(),
      name: `${folder(storage, vmid)}${disk}${extension(storage, format)}`,
    }
    cluster.world.volumes.push(volume)
    cluster.changed()
    return volume
  })
}

/** Removes a volume under the storage's lock. Error: a base that linked clones still need. */
export const freeVolume = async (cluster: Cluster, volume: Volume, node: string): Promise<void> => {
  const storage = getEnabledStorage(cluster, volume.storage, node)
  await withStorageLock(cluster, storage, node, async () => {
    await cluster.clock.sleep(seconds.free)
    if (dependants(cluster, volume).length > 0)
      die(
        `base volume '${volumeId(storage, volume).split(':')[1]}' is still in use by linked clones`,
      )
    cluster.world.volumes = cluster.world.volumes.filter((other) => other !== volume)
    cluster.changed()
  })
}

/** The linked clones of a base volume. */
export const dependants = (cluster: Cluster, volume: Volume): Volume[] =>
  cluster.world.volumes.filter(
    (other) =>
      other.base === volume.name && other.storage === volume.storage && other.node === volume.node,
  )

export const resizeVolume = async (
  cluster: Cluster,
  volume: Volume,
  node: string,
  sizeBytes: number,
): Promise<void> => {
  const storage = getEnabledStorage(cluster, volume.storage, node)
  await cluster.clock.sleep(seconds.resize)
  if (isThick(storage)) {
    checkExtents(cluster, storage, node, sizeBytes - volume.sizeBytes)
    volume.usedBytes = sizeBytes
  }
  volume.sizeBytes = sizeBytes
  cluster.changed()
}

/** Turns a volume into the base of linked clones: `vm-` becomes `base-`. */
export const makeBase = (storage: Storage, volume: Volume): string => {
  volume.name = volume.name.replace(/vm-(\d+-[^/]*)$/, 'base-$1')
  return volumeId(storage, volume)
}
