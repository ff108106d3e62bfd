/** Reads the beginning of a conversation byte by byte; what follows is left to others. */
import type { Duplex } from 'node:stream'

export type ByteReader = {
  /** So many bytes; rejects where the connection ends before. */
  take: (count: number) => Promise<Buffer>
  /** From now on the stream is somebody else's. */
  release: () => void
}

export class ConnectionEnded extends Error {
  constructor() {
    super('the connection ended')
  }
}

export const readerOf = (stream: Duplex): ByteReader => {
  let wake: (() => void) | undefined
  const onEvent = () => wake?.()
  const events = ['readable', 'end', 'close']
  for (const event of events) stream.on(event, onEvent)
  return {
    take: async (count) => {
      for (;;) {
        if (stream.destroyed || stream.readableEnded) throw new ConnectionEnded()
        const bytes: unknown = stream.read(count)
        if (Buffer.isBuffer(bytes)) {
          if (bytes.length === count) return bytes
          throw new ConnectionEnded()
        }
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
    release: () => {
      for (const event of events) stream.off(event, onEvent)
    },
  }
}
