import type { Cluster } from '../cluster.ts'
import { die } from '../errors.ts'
import type { Node, Storage, StorageType, Volume } from '../world.ts'

/** Ids as in `local:100/vm-100-disk-0.qcow2`. */
export const splitVolumeId = (volid: string): { storage: string; name: string } => {
  const at = volid.indexOf(':')
  return { storage: volid.slice(0, at), name: volid.slice(at + 1) }
}

export const isFileStorage = (type: StorageType): boolean => type === 'dir' || type === 'nfs'

/** Thin volumes of LVM do not name their base. */
export const volumeId = (storage: Storage, volume: Volume): string =>
  volume.base !== undefined && storage.type !== 'lvmthin'
    ? `${volume.storage}:${volume.base}/${volume.name}`
    : `${volume.storage}:${volume.name}`

export const findStorage = ({ world }: Pick<Cluster, 'world'>, name: string): Storage | undefined =>
  world.storages.find(({ storage }) => storage === name)

/** pve-storage src/PVE/Storage.pm, storage_config. */
export const getStorage = (cluster: Cluster, name: string): Storage =>
  findStorage(cluster, name) ?? die(`storage '${name}' does not exist`)

export const isOnNode = (storage: Storage, node: string): boolean =>
  storage.nodes === undefined || storage.nodes.includes(node)

/** pve-storage src/PVE/Storage.pm, storage_check_enabled. */
export const getEnabledStorage = (cluster: Cluster, name: string, node: string): Storage => {
  const storage = getStorage(cluster, name)
  if (!isOnNode(storage, node)) die(`storage '${name}' is not available on node '${node}'`)
  if (storage.disabled) die(`storage '${name}' is disabled`)
  return storage
}

export const volumesOn = ({ world }: Cluster, storage: Storage, node: string): Volume[] =>
  world.volumes.filter(
    (volume) => volume.storage === storage.storage && (storage.shared || volume.node === node),
  )

export const findVolume = (cluster: Cluster, volid: string, node: string): Volume | undefined => {
  const storage = findStorage(cluster, splitVolumeId(volid).storage)
  if (!storage) return undefined
  return volumesOn(cluster, storage, node).find((volume) => volumeId(storage, volume) === volid)
}

export type Space = { total: number; used: number; avail: number }

const sharesRootDisk = (storage: Storage) => storage.options['onRootDisk'] === '1'

/** What is used and free on a storage as one node sees it. */
export const spaceOf = (cluster: Cluster, storage: Storage, node: string): Space => {
  const volumes = volumesOn(cluster, storage, node)
  const used = volumes.reduce((sum, volume) => sum + volume.usedBytes, storage.otherUsedBytes)
  const total = storage.sizeBytes
  return { total, used: Math.min(used, total), avail: Math.max(0, total - used) }
}

export const rootDiskOf = (cluster: Cluster, node: Node): { used: number; total: number } => {
  const onRoot = cluster.world.storages.filter(sharesRootDisk)
  const volumes = onRoot.flatMap((storage) => volumesOn(cluster, storage, node.name))
  const used = volumes.reduce((sum, volume) => sum + volume.usedBytes, node.rootUsedBytes)
  return { used, total: node.rootDiskBytes }
}

type Feature = 'clone' | 'copy' | 'snapshot' | 'template'

const featuresOf: Record<StorageType, Record<Feature, ('base' | 'current' | 'snap')[]>> = {
  dir: {
    clone: ['base'],
    copy: ['base', 'current', 'snap'],
    snapshot: ['current'],
    template: ['current'],
  },
  nfs: {
    clone: ['base'],
    copy: ['base', 'current', 'snap'],
    snapshot: ['current'],
    template: ['current'],
  },
  lvm: { clone: [], copy: ['base', 'current'], snapshot: [], template: [] },
  lvmthin: {
    clone: ['base', 'snap'],
    copy: ['base', 'current', 'snap'],
    snapshot: ['current'],
    template: ['current'],
  },
  rbd: {
    clone: ['base', 'snap'],
    copy: ['base', 'current', 'snap'],
    snapshot: ['current', 'snap'],
    template: ['current'],
  },
  zfspool: {
    clone: ['base'],
    copy: ['base', 'current'],
    snapshot: ['current', 'snap'],
    template: ['current'],
  },
}

/** Whether the image of a volume name is the unchangeable base of linked clones. */
export const isBaseName = (name: string): boolean => /(?:^|[/:])base-\d+-[^/]*$/.test(name)

/** `volume_has_feature` of the storage plugins (pve-storage src/PVE/Storage/*Plugin.pm). */
export const volumeHasFeature = (
  cluster: Cluster,
  feature: Feature,
  volid: string,
  snapname?: string,
): boolean => {
  const { storage: name } = splitVolumeId(volid)
  const storage = findStorage(cluster, name)
  if (!storage) return false
  const kind = snapname !== undefined ? 'snap' : isBaseName(volid) ? 'base' : 'current'
  if (!featuresOf[storage.type][feature].includes(kind)) return false
  const needsQcow2 = feature === 'snapshot' || (feature !== 'template' && kind === 'snap')
  return !(isFileStorage(storage.type) && needsQcow2 && !volid.endsWith('.qcow2'))
}
