import { isFileStorage } from '../storage/storages.ts'
import { imagePath } from '../storage/volumes.ts'
import type { Storage, Volume } from '../world.ts'

export type Log = (line: string) => void

/** What `qemu-img create` prints for a file storage; LVM has a line of its own, RBD none. */
export const formatLine = (
  storage: Storage,
  volume: Pick<Volume, 'name' | 'format' | 'sizeBytes'>,
  backing?: { path: string; format: string; cluster: string },
): string | undefined => {
  if (storage.type === 'lvm' || storage.type === 'lvmthin')
    return `  Logical volume "${volume.name}" created.`
  if (!isFileStorage(storage.type)) return undefined
  const head = `Formatting '${imagePath(storage, volume.name)}', fmt=${volume.format}`
  switch (volume.format) {
    case 'qcow2': {
      const options = backing
        ? `${backing.cluster} compression_type=zlib size=${volume.sizeBytes} backing_file=${backing.path} backing_fmt=${backing.format}`
        : `cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=${volume.sizeBytes}`
      return `${head} ${options} lazy_refcounts=off refcount_bits=16`
    }
    case 'vmdk':
      return `${head} size=${volume.sizeBytes} compat6=off hwversion=undefined`
    default:
      return `${head} size=${volume.sizeBytes} preallocation=off`
  }
}
