/** The one call whose body is a file (pve-http-server src/PVE/APIServer/AnyEvent.pm, file_upload_multipart). */
import { randomBytes } from 'node:crypto'
import { type Version } from '../version.ts'
import type { RawParams } from '../json.ts'
import { normalFileName } from '../storage/files.ts'
import type { Reply } from './reply.ts'

/** What has arrived, under the name that the call is told. */
const arrived = new Map<string, Buffer>()
/** A refused upload stays on a real node; here the oldest goes. */
const mostArrived = 20

/** The file of a call; taken away by asking for it. */
export const takeArrived = (temporaryName: string): Buffer => {
  const bytes = arrived.get(temporaryName) ?? Buffer.alloc(0)
  arrived.delete(temporaryName)
  return bytes
}

export const isUploadPath = (path: string): boolean =>
  /^\/nodes\/[^/]+\/storage\/[^/]+\/upload$/.test(path)

type Part = { headers: string[]; body: Buffer }

const headEnd = Buffer.from('\r\n\r\n')

const partsOf = (body: Buffer, boundary: string): Part[] => {
  const mark = Buffer.from(`--${boundary}`)
  const parts: Part[] = []
  let start = body.indexOf(mark)
  while (start >= 0) {
    const next = body.indexOf(Buffer.from(`\r\n--${boundary}`), start + mark.length)
    if (next < 0) break
    const part = body.subarray(start + mark.length + 2, next)
    const split = part.indexOf(headEnd)
    if (split >= 0)
      parts.push({
        headers: part.toString('latin1', 0, split).split('\r\n'),
        body: part.subarray(split + headEnd.length),
      })
    start = next + 2
  }
  return parts
}

const lines: Record<Version, { wrongField: number; failed: number }> = {
  '7.4': { wrongField: 1281, failed: 1317 },
  '8.4': { wrongField: 1281, failed: 1317 },
  '9.2': { wrongField: 1325, failed: 1370 },
}

const failure = (text: string, line: number): Reply => {
  const whole = `${text} at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line ${line}.\n`
  return { status: 500, reason: whole.trimEnd(), body: whole }
}

const fieldNames = ['content', 'checksum-algorithm', 'checksum']

/** The text fields up to the file, then the file; what comes after it is not looked at. */
export const readUpload = (
  body: Buffer,
  contentType: string,
  version: Version,
): { params: RawParams } | { reply: Reply } => {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? ''
  const params: RawParams = {}
  for (const part of partsOf(body, boundary)) {
    const [first = ''] = part.headers
    const [, field, quotedFile] =
      /^Content-Disposition: form-data; name="([^"]*)"(?:; filename="([^"]*)")?$/i.exec(first) ?? []
    if (field === undefined) break
    if (quotedFile === undefined) {
      if (field === 'filename') break
      if (!fieldNames.includes(field)) return { reply: { status: 400, reason: 'Bad Request' } }
      params[field] = part.body.toString('utf8')
      continue
    }
    if (field !== 'filename')
      return {
        reply: failure(
          `wrong field name '${field}' for file upload, expected 'filename'`,
          lines[version].wrongField,
        ),
      }
    const temporaryName = `/var/tmp/pveupload-${randomBytes(16).toString('hex')}`
    arrived.set(temporaryName, part.body)
    const [oldest] = arrived.keys()
    if (arrived.size > mostArrived && oldest !== undefined) arrived.delete(oldest)
    return {
      params: { ...params, filename: normalFileName(quotedFile), tmpfilename: temporaryName },
    }
  }
  return { reply: failure('upload failed', lines[version].failed) }
}
