/** Files into a storage: from the browser through this server without being kept here, or fetched by Proxmox itself. */
import { codeOf } from '@deployer/proxmox/caught.ts'
import { checksumProblem, type Checksum } from '@deployer/core/checksums.ts'
import { fileNameProblem } from '@deployer/core/images.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import { pathSegment } from '@deployer/proxmox/encode.ts'
import { UploadCut } from '@deployer/proxmox/stream-upload.ts'
import type { Caller } from '../identity/caller.ts'
import type { Content, Images, ImageTarget } from './list.ts'
import {
  fileExists,
  noRoom,
  noSuchPlace,
  notAllowed,
  tooLarge,
  tooManyUploads,
  uploadCut,
  versionTooOld,
  wrongField,
} from './problems.ts'

const MOST_UPLOADS = 4
const GIB = 1024 ** 3

export type NewFile = {
  node: string
  storage: string
  content: Content
  fileName: string
  checksum: Checksum | null
}

export type Upload = NewFile & {
  sizeBytes: number
  bytes: AsyncIterable<Uint8Array>
  overwrite: boolean
}

export type Download = NewFile & { url: string; verifyCertificates: boolean }

export function createSending(deps: {
  connection: Connection
  images: Images
  maxUploadGiB: number
}) {
  const { connection, images, maxUploadGiB } = deps
  let uploads = 0

  /** Everything that can be known before the first byte. */
  const check = async (
    caller: Caller,
    file: NewFile,
    way: 'upload' | 'download',
    overwrite: boolean,
  ): Promise<ImageTarget> => {
    const { node, storage, content, fileName, checksum } = file
    const nameProblem = fileNameProblem(fileName, content)
    if (nameProblem !== null) throw wrongField('fileName', nameProblem)
    const sumProblem = checksum && checksumProblem(checksum.value, checksum.algorithm)
    if (sumProblem !== null) throw wrongField('checksum', sumProblem)
    const target = (await images.targets(caller)).find(
      (each) => each.node === node && each.storage === storage && each.content === content,
    )
    if (target === undefined) throw noSuchPlace(file, content)
    const why = target[way]
    if (why !== null) throw why.startsWith('Your account') ? notAllowed(why) : versionTooOld(why)
    // Proxmox itself writes over a file without a word, or refuses a download only in its task.
    if (overwrite || (way === 'download' && checksum !== null)) return target
    const { images: there } = await images.list(caller, { node, content, fresh: true })
    if (there.some((image) => image.storage === storage && image.name === fileName))
      throw fileExists(fileName, file)
    return target
  }

  const send = async (caller: Caller, file: Upload): Promise<string> => {
    const { node, storage, content, fileName, checksum, sizeBytes, bytes } = file
    const path = `/nodes/${pathSegment('node', node)}/storage/${pathSegment('storage', storage)}/upload`
    const params = {
      content,
      ...(checksum && { 'checksum-algorithm': checksum.algorithm, checksum: checksum.value }),
    }
    try {
      const upid = await connection.upload(
        caller.credentials,
        { method: 'POST', path, params },
        { name: fileName, sizeBytes, bytes },
      )
      return String(upid)
    } catch (error) {
      if (error instanceof UploadCut) throw uploadCut(error.message)
      if (isGone(error)) throw uploadCut('the sender hung up')
      throw error
    }
  }

  return {
    /** Answers the UPID of the task that puts it into the storage, once Proxmox has every byte. */
    upload: async (caller: Caller, file: Upload): Promise<string> => {
      const { sizeBytes, overwrite } = file
      if (sizeBytes > maxUploadGiB * GIB) throw tooLarge(maxUploadGiB)
      if (sizeBytes === 0) throw wrongField('body', 'The file is empty.')
      const { availableGiB } = await check(caller, file, 'upload', overwrite)
      const needGiB = Math.ceil((sizeBytes / GIB) * 10) / 10
      if (availableGiB !== null && needGiB > availableGiB + 0.1)
        throw noRoom(needGiB, availableGiB, file)
      if (uploads >= MOST_UPLOADS) throw tooManyUploads(MOST_UPLOADS)
      uploads += 1
      try {
        return await send(caller, file)
      } finally {
        uploads -= 1
      }
    },

    /** Proxmox fetches it, on that node; answers the UPID. */
    download: async (caller: Caller, file: Download): Promise<string> => {
      await check(caller, file, 'download', false)
      const { node, storage, content, fileName, checksum, url, verifyCertificates } = file
      return connection
        .api(caller.credentials)
        .call('POST /nodes/{node}/storage/{storage}/download-url', {
          node,
          storage,
          content,
          filename: fileName,
          url,
          ...(!verifyCertificates && { 'verify-certificates': false }),
          ...(checksum && { 'checksum-algorithm': checksum.algorithm, checksum: checksum.value }),
        })
    },

    /** What an address gives, asked by a node: nothing is fetched from here. */
    lookUp: async (
      caller: Caller,
      { node, url, verifyCertificates }: { node: string; url: string; verifyCertificates: boolean },
    ) => {
      const found = await connection
        .api(caller.credentials)
        .call('GET /nodes/{node}/query-url-metadata', {
          node,
          url,
          ...(!verifyCertificates && { 'verify-certificates': false }),
        })
      return {
        fileName: found.filename ?? null,
        sizeBytes: found.size ?? null,
        mediaType: found.mimetype ?? null,
      }
    },
  }
}

export type Sending = ReturnType<typeof createSending>

/** The browser closed the connection in the middle: Node's own words for it. */
const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(codeOf(error)) &&
  /aborted|premature/i.test(error.message)
