import { createHash } from 'node:crypto'
import type { Call, Handlers } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import { readIso } from '../guests/iso.ts'
import type { Json } from '../json.ts'
import { getEnabledStorage } from '../storage/storages.ts'
import type { Storage, Volume } from '../world.ts'
import { takeArrived } from '../wire/upload.ts'

const kinds: Record<string, { folder: string; name: RegExp; refusal: string }> = {
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

/** So much of a seed is kept; the bytes of an image are not. */
const mostDocumentBytes = 64 * 1024
const seedLabel = /^(cidata|config-2)$/i

/** What a guest would find on the image, where it is a seed. */
const seedOf = (bytes: Buffer): Pick<Volume, 'seed'> => {
  const iso = readIso(bytes)
  if (!iso || !seedLabel.test(iso.label)) return {}
  const documents = Object.entries(iso.files)
    .filter(([, file]) => file.length <= mostDocumentBytes)
    .map(([name, file]) => [name, file.toString('utf8')])
  return { seed: { label: iso.label, files: Object.fromEntries(documents) } }
}

const putFile = (call: Call, storage: Storage, name: string, bytes: Buffer) => {
  const { cluster, node, params } = call
  const content = params.text('content')
  const isSame = (volume: Volume) =>
    volume.storage === storage.storage &&
    volume.name === name &&
    (storage.shared || volume.node === node)
  const others = cluster.world.volumes.filter((volume) => !isSame(volume))
  cluster.world.volumes = [
    ...others,
    {
      storage: storage.storage,
      ...(storage.shared ? {} : { node }),
      name,
      content,
      format: content === 'iso' ? 'iso' : (name.split('.').at(-1) ?? ''),
      sizeBytes: bytes.length,
      usedBytes: bytes.length,
      createdAt: cluster.clock.now(),
      ...seedOf(bytes),
    },
  ]
  cluster.changed()
}

/** pve-storage src/PVE/API2/Storage/Status.pm, upload: overwrites without a word. */
const upload = (call: Call): Json => {
  const { cluster, node, params, caller } = call
  const storage = getEnabledStorage(cluster, params.text('storage'), node)
  const content = params.text('content')
  const kind = kinds[content]
  const fileName = params.text('filename')
  if (!kind || !storage.content.includes(content))
    return die(`storage '${storage.storage}' does not support '${content}' content`)
  if (!kind.name.test(fileName)) throw parameterError({ filename: kind.refusal })
  const algorithm = params.optional('checksum-algorithm')
  const temporary = params.text('tmpfilename')
  const bytes = takeArrived(temporary)
  const root = storage.options['path'] ?? `/mnt/pve/${storage.storage}`
  const target = `${root}/${kind.folder}/${fileName}`
  return cluster.tasks.start({
    node,
    type: 'imgcopy',
    id: '',
    caller,
    run: async (task) => {
      task.log(`starting file import from: ${temporary}`)
      if (algorithm !== undefined) {
        const sum = createHash(algorithm).update(bytes).digest('hex')
        if (sum !== params.text('checksum').toLowerCase()) {
          task.log('calculating checksum...')
          die(`checksum mismatch: got '${sum}' != expect '${params.text('checksum')}'`)
        }
        task.log('calculating checksum...OK, checksum verified')
      }
      task.log(`target node: ${node}`)
      task.log(`target file: ${target}`)
      task.log(`file size is: ${bytes.length}`)
      task.log(`command: cp -- ${temporary} ${target}`)
      await task.sleep(0.2)
      if (cluster.faults.isFull(storage.storage))
        die(`import failed: cp: error writing '${target}': No space left on device`)
      putFile(call, storage, `${content}/${fileName}`, bytes)
      task.log('finished file import successfully')
    },
  })
}

export const uploadCalls: Handlers = {
  'POST /nodes/{node}/storage/{storage}/upload': upload,
}
