import { deflateSync, gzipSync } from 'node:zlib'
import type { ServerResponse } from 'node:http'

/** An answer before it is written. */
export type Reply = {
  status: number
  reason: string
  /** Absent: no body at all, not even a Content-Length. */
  body?: string
  contentType?: string
  location?: string
  /** Offered for download under this name. */
  fileName?: string
  /** The connection ends with this answer. */
  close?: boolean
}

/** One line, and nothing that a status line cannot carry. */
const reasonPhrase = (text: string): string =>
  (text.split('\n')[0] ?? '').replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').trimEnd()

/** Bodies above 1 KiB are compressed when the client can take it (AnyEvent.pm, response). */
const compressAbove = 1024

const compressed = (reply: Reply, accepts: string): { encoding?: string; bytes: Buffer } => {
  const bytes = Buffer.from(reply.body ?? '')
  if (reply.status !== 200 || bytes.length <= compressAbove) return { bytes }
  if (accepts.includes('gzip')) return { encoding: 'gzip', bytes: gzipSync(bytes) }
  if (accepts.includes('deflate')) return { encoding: 'deflate', bytes: deflateSync(bytes) }
  return { bytes }
}

/** Writes the answer; every status from 400 closes the connection. */
export const writeReply = (
  response: ServerResponse,
  reply: Reply,
  request: { acceptEncoding: string; keepAlive: boolean },
): void => {
  const stays = request.keepAlive && reply.status < 400 && reply.close !== true
  const { encoding, bytes } = compressed(reply, request.acceptEncoding)
  response.shouldKeepAlive = stays
  response.setHeader('Cache-Control', 'max-age=0')
  response.setHeader('Connection', stays ? 'Keep-Alive' : 'close')
  response.setHeader('Pragma', 'no-cache')
  response.setHeader('Server', 'pve-api-daemon/3.0')
  if (reply.contentType !== undefined) response.setHeader('Content-Type', reply.contentType)
  if (reply.location !== undefined) response.setHeader('Location', reply.location)
  if (reply.fileName !== undefined)
    response.setHeader('Content-Disposition', `attachment; filename="${reply.fileName}"`)
  if (encoding !== undefined) response.setHeader('Content-Encoding', encoding)
  if (reply.body === undefined) {
    response.removeHeader('Transfer-Encoding')
    response.removeHeader('Content-Length')
  } else {
    response.setHeader('Content-Length', bytes.length)
  }
  response.writeHead(reply.status, reasonPhrase(reply.reason))
  response.end(reply.body === undefined ? undefined : bytes)
}
