/** The body of an upload, as `pveproxy` reads it. */
import { createHash } from 'node:crypto'
import type { ParamValue } from './encode.ts'

/** A file that goes with a call, after its parameters. */
export type UploadFile = { name: string; bytes: Uint8Array }

const newline = '\r\n'

/** Characters that Proxmox would replace, or that end a header (pve-storage src/PVE/API2/Storage/Status.pm, upload). */
const plainName = /^[\w.-]+$/

/**
 * A multipart form: the fields in their order, then the file in a field `filename`, whose first header line is its
 * `Content-Disposition` (pve-http-server src/PVE/APIServer/AnyEvent.pm, file_upload_multipart). Throws where a value
 * cannot stand in such a form: a refused upload would leave its temporary file on the node.
 */
export const multipartBody = (
  fields: Fields,
  file: UploadFile,
): { contentType: string; body: Uint8Array } => {
  const hash = createHash('sha256').update(file.bytes)
  const boundary = `upload-${hash.digest('hex').slice(0, 32)}`
  const { contentType, head, tail } = multipartFrame(fields, file.name, boundary)
  return { contentType, body: Buffer.concat([head, file.bytes, tail]) }
}

type Fields = Readonly<Record<string, ParamValue | undefined>>

/** What stands before and after the file's bytes. The boundary must not be among them. */
export const multipartFrame = (
  fields: Fields,
  fileName: string,
  boundary: string,
): { contentType: string; head: Buffer; tail: Buffer } => {
  if (!plainName.test(fileName)) throw new TypeError(`not a plain file name: ${fileName}`)
  const parts = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (/[\r\n"]/.test(`${name}${String(value)}`)) throw new TypeError(`not a plain field: ${name}`)
    return [`--${boundary}`, `Content-Disposition: form-data; name="${name}"`, '', String(value)]
  })
  const head = [
    ...parts,
    `--${boundary}`,
    `Content-Disposition: form-data; name="filename"; filename="${fileName}"`,
    'Content-Type: application/octet-stream',
    '',
    '',
  ].join(newline)
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    head: Buffer.from(head),
    tail: Buffer.from(`${newline}--${boundary}--${newline}`),
  }
}
