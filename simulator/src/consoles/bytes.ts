import { once } from 'node:events'
import type { Duplex } from 'node:stream'

const closed = () => new Error('the connection was closed')

/** One listener for the whole life: a new one would be told at once of what is there already. */
type Waiting = { wake: () => void }
const waitingOf = new WeakMap<Duplex, Waiting>()

const waiting = (stream: Duplex): Waiting => {
  const known = waitingOf.get(stream)
  if (known) return known
  const made: Waiting = { wake: () => {} }
  for (const event of ['readable', 'end', 'close']) stream.on(event, () => made.wake())
  waitingOf.set(stream, made)
  return made
}

/** The next bytes of a connection, so many; rejects where it ends before. */
export const readBytes = async (stream: Duplex, count: number): Promise<Buffer> => {
  if (count === 0) return Buffer.alloc(0)
  const next = waiting(stream)
  for (;;) {
    if (stream.destroyed || stream.readableEnded) throw closed()
    const bytes: unknown = stream.read(count)
    if (Buffer.isBuffer(bytes)) {
      if (bytes.length === count) return bytes
      throw closed()
    }
    await new Promise<void>((resolve) => (next.wake = resolve))
  }
}

/** Writes, and waits where the other side is slower. */
export const writeBytes = async (stream: Duplex, bytes: Buffer): Promise<void> => {
  if (stream.destroyed) throw closed()
  if (stream.write(bytes)) return
  const settled = new AbortController()
  const { signal } = settled
  try {
    await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })])
  } finally {
    settled.abort()
  }
}
