/** An upload of any size: its bytes go from a stream to Proxmox as they come, and are kept nowhere here. */
import { messageOf } from './caught.ts'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Agent } from 'undici'
import type { ReadyCall } from './encode.ts'
import { ProxmoxError } from './errors.ts'
import { readAnswer } from './exchange.ts'
import type { Host } from './hosts.ts'
import { multipartFrame } from './multipart.ts'
import { ConnectFailure } from './tls.ts'

/** A file whose bytes are still to come. Proxmox takes no chunked body, so the size must be known. */
export type StreamedFile = { name: string; sizeBytes: number; bytes: AsyncIterable<Uint8Array> }

/** The bytes ended before the file did, or there were more of them. Proxmox has kept nothing. */
export class UploadCut extends Error {
  override readonly name = 'UploadCut'
}

export type UploadOptions = {
  signal?: AbortSignal | undefined
  /** Told after each piece. */
  onProgress?: ((sentBytes: number) => void) | undefined
}

/**
 * Sends the call with its file to one host, and answers `data` of its answer: the UPID of the task that puts the file
 * into its storage. Nothing is repeated: the bytes pass only once. Ended in the middle, by the signal, by the stream or
 * by `idleSeconds` without a byte, Proxmox throws away what it has (pve-http-server src/PVE/APIServer/AnyEvent.pm,
 * file_upload_multipart).
 *
 * @throws {UploadCut} where the stream does not hold what was promised
 */
export const streamUpload = async (
  to: { host: Host; agent: Agent; headers: Record<string, string>; idleSeconds: number },
  call: ReadyCall,
  file: StreamedFile,
  { signal, onProgress }: UploadOptions = {},
): Promise<unknown> => {
  const { host, agent, headers, idleSeconds } = to
  const name = `${call.method} ${call.path}`
  const boundary = `upload-${randomBytes(16).toString('hex')}`
  const { contentType, head, tail } = multipartFrame(call.params ?? {}, file.name, boundary)
  const idle = createIdleLimit(idleSeconds)
  let broken: unknown
  let complete = false

  const body = async function* () {
    yield head
    let sent = 0
    try {
      for await (const piece of file.bytes) {
        idle.reset()
        sent += piece.length
        if (sent > file.sizeBytes)
          throw new UploadCut('the file has more bytes than it was said to')
        onProgress?.(sent)
        yield piece
      }
      if (sent < file.sizeBytes)
        throw new UploadCut(`the file ended after ${sent} of ${file.sizeBytes} bytes`)
    } catch (error) {
      broken = error
      throw error
    }
    complete = true
    idle.reset()
    yield tail
  }

  try {
    const response = await agent.request({
      origin: `https://${host.label}`,
      path: `/api2/json${call.path}`,
      method: 'POST',
      headers: {
        ...headers,
        'content-type': contentType,
        'content-length': String(head.length + file.sizeBytes + tail.length),
      },
      body: Readable.from(body(), { objectMode: false }),
      signal: signal ? AbortSignal.any([signal, idle.signal]) : idle.signal,
    })
    const text = await response.body.text()
    const { statusCode: status, statusText: reasonPhrase } = response
    return readAnswer(name, host, true, { status, reasonPhrase, text })
  } catch (error) {
    if (error instanceof ProxmoxError) throw error
    if (broken !== undefined) throw broken
    signal?.throwIfAborted()
    throw failureOf(name, host, error, complete, idle.signal.aborted ? idleSeconds : null)
  } finally {
    idle.stop()
  }
}

/** Aborts where nothing happened for so long. */
const createIdleLimit = (seconds: number) => {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), seconds * 1000)
  return {
    signal: abort.signal,
    reset: () => {
      timer.refresh()
    },
    stop: () => clearTimeout(timer),
  }
}

const failureOf = (
  name: string,
  host: Host,
  error: unknown,
  complete: boolean,
  idleSeconds: number | null,
): ProxmoxError => {
  if (error instanceof ConnectFailure) {
    const { fingerprint, message: reason } = error
    return new ProxmoxError(
      name,
      fingerprint === null
        ? { kind: 'unreachable', host: host.label, reason }
        : { kind: 'certificate', host: host.label, fingerprint, reason },
      { cause: error },
    )
  }
  const reason = idleSeconds === null ? messageOf(error) : `nothing moved for ${idleSeconds} s`
  return new ProxmoxError(
    name,
    { kind: complete ? 'unknown-outcome' : 'unreachable', host: host.label, reason },
    { cause: error },
  )
}
