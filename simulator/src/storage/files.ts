import { die, parameterError } from '../errors.ts'
import type { Cluster } from '../cluster.ts'
import type { Storage, Volume } from '../world.ts'
import { imagePath } from './volumes.ts'

type Kind = { folder: string; name: RegExp; refusal: string }

/** Files that people put on a storage: where they lie, and how they may be called (pve-storage src/PVE/API2/Storage/Status.pm). */
const kinds: Record<string, Kind> = {
  iso: { folder: 'template/iso', name: /\.(iso|img)$/i, refusal: 'wrong file extension' },
  vztmpl: {
    folder: 'template/cache',
    name: /\.tar\.(gz|xz|zst|bz2)$/i,
    refusal: 'wrong file extension',
  },
  import: {
    folder: 'import',
    name: /^[\w.+=-]+\.(ova|qcow2|raw|vmdk)$/,
    refusal: 'invalid filename or wrong extension',
  },
}

const folders: Record<string, string> = { snippets: 'snippets', backup: 'dump' }

/** The base name, with `_` for what no file of a storage is called (Storage.pm, normalize_content_filename). */
export const normalFileName = (text: string): string =>
  (text.split(/[/\\]/).at(-1) ?? '').replaceAll(/[^-a-zA-Z0-9_.]/g, '_')

/** Error: 400, with the parameter `filename`. */
export const checkFileName = (content: string, name: string): void => {
  const kind = kinds[content]
  if (kind && !kind.name.test(name)) throw parameterError({ filename: kind.refusal })
}

/** Where a file storage keeps a volume: `iso/x.iso` is `/var/lib/vz/template/iso/x.iso`. */
export const filePath = (storage: Storage, name: string): string => {
  const at = name.indexOf('/')
  const content = name.slice(0, at)
  const folder = kinds[content]?.folder ?? folders[content]
  const root = storage.options['path'] ?? `/mnt/pve/${storage.storage}`
  return folder === undefined ? imagePath(storage, name) : `${root}/${folder}${name.slice(at)}`
}

/** qcow2 (docs/interop/qcow2.rst of QEMU): a disk of another size than its file, and perhaps only what differs from another. */
const readQcow2 = (bytes: Buffer): { virtualBytes: number; hasBacking: boolean } | undefined =>
  bytes.length >= 32 && bytes.toString('latin1', 0, 4) === 'QFI\u00FB'
    ? {
        virtualBytes: Number(bytes.readBigUInt64BE(24)),
        hasBacking: bytes.readBigUInt64BE(8) !== 0n,
      }
    : undefined

/** What an image that is to be imported has to be (Storage.pm, assert_import_file). Error: with `file`, as it is named on the node. */
export const checkImportFile = (
  name: string,
  bytes: Buffer,
  file: string,
  log: (line: string) => void,
): void => {
  if (name.endsWith('.qcow2') && readQcow2(bytes)?.hasBacking === true)
    die(`backing file not allowed for untrusted image '${file}'!`)
  if (!name.endsWith('.ova') || bytes.toString('latin1', 257, 262) === 'ustar') return
  log('tar: This does not look like a tar archive')
  log('tar: Skipping to next header')
  log('tar: Exiting with failure status due to previous errors')
  die(`command 'tar -t -f ${file}' failed: exit code 2`)
}

/** The size of the disk that a file holds, where it is not the file's. */
export const diskSizeIn = (bytes: Buffer): Pick<Volume, 'virtualBytes'> => {
  const found = readQcow2(bytes)
  return found ? { virtualBytes: found.virtualBytes } : {}
}

const formatOf = (content: string, name: string) =>
  content === 'iso' ? 'iso' : (name.split('.').at(-1) ?? '')

type NewFile = Pick<Volume, 'seed' | 'image' | 'virtualBytes' | 'checksums'> & {
  content: string
  fileName: string
  sizeBytes: number
}

const sameFile = (storage: Storage, node: string, name: string) => (volume: Volume) =>
  volume.storage === storage.storage &&
  volume.name === name &&
  (storage.shared || volume.node === node)

/** Over whatever had that name. */
export const putFile = (cluster: Cluster, storage: Storage, node: string, file: NewFile): void => {
  const { content, fileName, sizeBytes, ...more } = file
  const name = `${content}/${fileName}`
  const others = cluster.world.volumes.filter((volume) => !sameFile(storage, node, name)(volume))
  const volume: Volume = {
    storage: storage.storage,
    ...(storage.shared ? {} : { node }),
    name,
    content,
    format: formatOf(content, name),
    sizeBytes,
    usedBytes: sizeBytes,
    createdAt: cluster.clock.now(),
    ...more,
  }
  cluster.world.volumes = [...others, volume]
  cluster.changed()
}
