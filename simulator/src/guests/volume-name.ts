import { die } from '../errors.ts'
import { atLeast, type Version } from '../version.ts'
import type { Storage } from '../world.ts'

export type VolumeType = { type: string; owner: number | undefined }

const contentFolders = /^(iso|vztmpl|import|snippets|backup)\//

/** `parse_volname` of the storage plugins. Error: a name that no volume of such a storage has. 7.4 knows no `import`. */
export const parseVolumeName = (version: Version, storage: Storage, name: string): VolumeType => {
  const folder = contentFolders.exec(name)?.[1]
  const own = name.split('/').at(-1) ?? ''
  const owner = /^(?:vm|base|subvol)-(\d+)-/.exec(own)?.[1]
  switch (storage.type) {
    case 'dir':
    case 'nfs':
      if (folder !== undefined && (folder !== 'import' || atLeast(version, 8)))
        return { type: folder, owner: undefined }
      if (!/^\d+\/[^/]+$/.test(name) && !/^\d+\/[^/]+\/\d+\/[^/]+$/.test(name))
        return die(`unable to parse directory volume name '${name}'`)
      return { type: 'images', owner: Number(/^(?:.*\/)?(\d+)\/[^/]+$/.exec(name)?.[1]) }
    case 'lvm':
    case 'lvmthin':
    case 'rbd':
    case 'zfspool':
      if (owner === undefined)
        return die(
          `unable to parse ${storage.type === 'rbd' ? 'rbd' : storage.type === 'zfspool' ? 'zfs' : 'lvm'} volume name '${name}'`,
        )
      return { type: 'images', owner: Number(owner) }
  }
}
