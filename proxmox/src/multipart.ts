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
  fields: Readonly<Record<string, ParamValue | undefined>>,
  file: UploadFile,
): { contentType: string; body: Uint8Array } => {
  if (!plainName.test(file.name)) throw new TypeError(`not a plain file name: ${file.name}`)
  const hash = createHash('sha256').update(file.bytes)
  const boundary = `upload-${hash.digest('hex').slice(0, 32)}`
  const parts = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (/[\r\n"]/.test(`${name}${String(value)}`)) throw new TypeError(`not a plain field: ${name}`)
    return [`--${boundary}`, `Content-Disposition: form-data; name="${name}"`, '', String(value)]
  })
  const head = [
    ...parts,
    `--${boundary}`,
    `Content-Disposition: form-data; name="filename"; filename="${file.name}"`,
    'Content-Type: application/octet-stream',
    '',
    '',
  ].join(newline)
  const tail = `${newline}--${boundary}--${newline}`
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(tail)]),
  }
}
