import { createHash, getHashes } from 'node:crypto'
import type { Call, Handlers } from '../call.ts'
import { die } from '../errors.ts'
import { readIso } from '../guests/iso.ts'
import { imageByFileName } from '../guests/images.ts'
import type { Json } from '../json.ts'
import { checkFileName, checkImportFile, diskSizeIn, filePath, putFile } from '../storage/files.ts'
import { getEnabledStorage } from '../storage/storages.ts'
import type { Volume } from '../world.ts'
import { takeArrived } from '../wire/upload.ts'

/** So much of a seed is kept; the bytes of an image are not. */
const mostDocumentBytes = 64 * 1024
const seedLabel = /^(cidata|config-2)$/i
const answerFile = /^autounattend\.xml$/i

const documentsOf = (files: Record<string, Buffer>) =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([, file]) => file.length <= mostDocumentBytes)
      .map(([name, file]) => [name, file.toString('utf8')]),
  )

/** What a guest would find on the image, where it is a seed or has answers for Windows setup, which reads Joliet names. */
const seedOf = (bytes: Buffer): Pick<Volume, 'seed'> => {
  const iso = readIso(bytes)
  if (!iso) return {}
  if (seedLabel.test(iso.label))
    return { seed: { label: iso.label, files: documentsOf(iso.files) } }
  const isAnswer = Object.keys(iso.windowsFiles).some((name) => answerFile.test(name))
  return isAnswer ? { seed: { label: iso.label, files: documentsOf(iso.windowsFiles) } } : {}
}

const algorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']

/** Of a large file only what is asked for is counted, which takes its time. */
const largeBytes = 16 * 2 ** 20

const checksumsOf = (bytes: Buffer, asked: string | undefined): Record<string, string> =>
  Object.fromEntries(
    algorithms
      .filter((name) => getHashes().includes(name))
      .filter((name) => name === asked || bytes.length < largeBytes)
      .map((name) => [name, createHash(name).update(bytes).digest('hex')]),
  )

/** A disk image of a name that says nothing holds some Linux. */
const imageOf = (content: string, fileName: string, bytes: Buffer) => {
  if (content !== 'import') return {}
  const unknown = diskSizeIn(bytes).virtualBytes === undefined ? undefined : 'linux-cloud'
  const image = imageByFileName(fileName) ?? unknown
  return image === undefined ? {} : { image }
}

/** pve-storage src/PVE/API2/Storage/Status.pm, upload: overwrites without a word. */
const upload = (call: Call): Json => {
  const { cluster, node, params, caller } = call
  const storage = getEnabledStorage(cluster, params.text('storage'), node)
  const content = params.text('content')
  const fileName = params.text('filename')
  if (!storage.content.includes(content))
    die(`storage '${storage.storage}' does not support '${content}' content`)
  checkFileName(content, fileName)
  const algorithm = params.optional('checksum-algorithm')
  const temporary = params.text('tmpfilename')
  const bytes = takeArrived(temporary)
  const target = filePath(storage, `${content}/${fileName}`)
  return cluster.tasks.start({
    node,
    type: 'imgcopy',
    id: '',
    caller,
    run: async (task) => {
      task.log(`starting file import from: ${temporary}`)
      const checksums = checksumsOf(bytes, algorithm)
      if (algorithm !== undefined) {
        const sum = checksums[algorithm] ?? ''
        if (sum !== params.text('checksum').toLowerCase()) {
          task.log('calculating checksum...')
          die(`checksum mismatch: got '${sum}' != expect '${params.text('checksum')}'`)
        }
        task.log('calculating checksum...OK, checksum verified')
      }
      if (content === 'import') checkImportFile(fileName, bytes, temporary, task.log)
      task.log(`target node: ${node}`)
      task.log(`target file: ${target}`)
      task.log(`file size is: ${bytes.length}`)
      task.log(`command: cp -- ${temporary} ${target}`)
      await task.sleep(0.2)
      if (cluster.faults.isFull(storage.storage))
        die(`import failed: cp: error writing '${target}': No space left on device`)
      putFile(cluster, storage, node, {
        content,
        fileName,
        sizeBytes: bytes.length,
        checksums,
        ...diskSizeIn(bytes),
        ...imageOf(content, fileName, bytes),
        ...seedOf(bytes),
      })
      task.log('finished file import successfully')
    },
  })
}

export const uploadCalls: Handlers = {
  'POST /nodes/{node}/storage/{storage}/upload': upload,
}
