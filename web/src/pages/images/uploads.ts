/**
 * Uploads from this browser tab. They go on while the person looks at other pages of it; with the tab they end, and
 * nothing of them stays.
 */
import { useSyncExternalStore } from 'react'
import { client, unwrap } from '../../api/client.ts'
import type { ImageContent } from '../../api/images.ts'
import { type ApiError, problemOf, toApiError } from '../../api/problem.ts'

export type UploadOrder = {
  file: File
  node: string
  storage: string
  shared: boolean
  content: ImageContent
  fileName: string
  checksum: string
  algorithm: string
  overwrite: boolean
}

export type Upload = {
  id: number
  fileName: string
  storage: string
  shared: boolean
  node: string
  sizeBytes: number
  sentBytes: number
  bytesPerSecond: number | null
  /** `storing`: Proxmox has every byte, and puts the file into its storage. */
  status: 'sending' | 'storing' | 'done' | 'failed' | 'cancelled'
  error: ApiError | string | null
}

const LOOK_MS = 700
/** Speed is that of the last seconds. */
const SPEED_MS = 3000

let uploads: readonly Upload[] = []
let nextId = 1
const requests = new Map<number, XMLHttpRequest>()
const listeners = new Set<() => void>()

const emit = (next: readonly Upload[]) => {
  uploads = next
  for (const listener of listeners) listener()
}

const change = (id: number, changes: Partial<Upload>) =>
  emit(uploads.map((upload) => (upload.id === id ? { ...upload, ...changes } : upload)))

export const useUploads = (): readonly Upload[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => uploads,
  )

export const cancelUpload = (id: number): void => {
  change(id, { status: 'cancelled' })
  requests.get(id)?.abort()
}

export const forgetUpload = (id: number): void => emit(uploads.filter((each) => each.id !== id))

let forgotten: ReadonlySet<string> = new Set()

/** UPIDs of failed downloads that were seen and put away. */
export const useForgotten = (): ReadonlySet<string> =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => forgotten,
  )

export const forgetTransfer = (upid: string): void => {
  forgotten = new Set([...forgotten, upid])
  for (const listener of listeners) listener()
}

/** Begins; `onEnd` runs when the file is in its storage, or is not. */
export function startUpload(order: UploadOrder, onEnd: (upload: Upload) => void): void {
  const { file, fileName, storage, shared, node } = order
  const id = nextId
  nextId += 1
  emit([
    {
      id,
      fileName,
      storage,
      shared,
      node,
      sizeBytes: file.size,
      sentBytes: 0,
      bytesPerSecond: null,
      status: 'sending',
      error: null,
    },
    ...uploads,
  ])
  const end = (changes: Partial<Upload>) => {
    requests.delete(id)
    const now = uploads.find((each) => each.id === id)
    if (now?.status === 'cancelled') return
    change(id, changes)
    const after = uploads.find((each) => each.id === id)
    if (after) onEnd(after)
    // The list of files has it now.
    if (after?.status === 'done') forgetUpload(id)
  }
  const carry = async () => {
    try {
      const upid = await send(id, order)
      change(id, { status: 'storing', sentBytes: file.size })
      const failure = await stored(upid)
      end(failure === null ? { status: 'done' } : { status: 'failed', error: failure })
    } catch (error) {
      end({ status: 'failed', error: toApiError(error) })
    }
  }
  void carry()
}

/** XMLHttpRequest, for fetch tells nothing of what was sent. Answers the UPID. */
const send = (id: number, order: UploadOrder): Promise<string> => {
  const { file, node, storage, content, fileName, checksum, algorithm, overwrite } = order
  const query = new URLSearchParams({
    node,
    storage,
    content,
    fileName,
    ...(checksum !== '' && { checksum, algorithm }),
    ...(overwrite && { overwrite: 'true' }),
  })
  const request = new XMLHttpRequest()
  requests.set(id, request)
  const marks: { at: number; sent: number }[] = []
  request.upload.addEventListener('progress', ({ loaded }) => {
    const at = performance.now()
    marks.push({ at, sent: loaded })
    while (marks.length > 2 && at - (marks[0]?.at ?? at) > SPEED_MS) marks.shift()
    const [first] = marks
    const seconds = first === undefined ? 0 : (at - first.at) / 1000
    change(id, {
      sentBytes: Math.min(loaded, file.size),
      bytesPerSecond: first === undefined || seconds < 0.5 ? null : (loaded - first.sent) / seconds,
    })
  })
  return new Promise((resolve, reject) => {
    request.addEventListener('load', () => {
      const body = parsed(request.responseText)
      if (request.status === 202 && isStarted(body)) resolve(body.upid)
      else reject(problemOf(new Response(null, { status: request.status }), body))
    })
    request.addEventListener('error', () => reject(new TypeError('the connection broke')))
    request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
    request.open('POST', `/api/v1/images/upload?${query.toString()}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isStarted = (body: unknown): body is { upid: string } =>
  typeof body === 'object' && body !== null && 'upid' in body && typeof body.upid === 'string'

/** Follows the task; answers why it failed, or null. */
const stored = async (upid: string): Promise<string | ApiError | null> => {
  for (;;) {
    try {
      const transfer = await unwrap(
        client.GET('/api/v1/images/transfers/{upid}', { params: { path: { upid } } }),
      )
      const { status, failure } = transfer
      if (status === 'done') return null
      if (status === 'failed')
        return failure ? `${failure.title}. ${failure.cause} ${failure.remedy}` : 'It failed.'
    } catch (error) {
      return toApiError(error)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** Whether leaving the page would end something. */
export const isSending = (): boolean => uploads.some(({ status }) => status === 'sending')
