/** The ports 5900 to 5999 of a node, each with one worker that waits for one connection. */
import type { Duplex } from 'node:stream'
import type { Clock } from '../clock.ts'
import { die } from '../errors.ts'

export type Ports = {
  /** Takes a free port. `accepted` rejects where nobody connects in time. Error: none is free. */
  listen: (node: string) => { port: number; accepted: Promise<Duplex>; release: () => void }
  /** Undefined where nothing listens there. */
  connect: (node: string, port: number) => ((stream: Duplex) => void) | undefined
}

const first = 5900
const last = 5999

/** Of real time, for the client does not live in the simulated one (qemu-server src/PVE/API2/Qemu.pm, vncproxy). */
const waitMilliseconds = 10_000

export const createPorts = (clock: Clock): Ports => {
  const listening = new Map<string, ((stream: Duplex) => void) | undefined>()
  return {
    listen: (node) => {
      const free = Array.from({ length: last - first + 1 }, (_, index) => first + index).find(
        (port) => !listening.has(`${node} ${port}`),
      )
      const port = free ?? die('unable to find free port (5900-6000)')
      const key = `${node} ${port}`
      const { promise: accepted, resolve, reject } = Promise.withResolvers<Duplex>()
      const done = new AbortController()
      clock.sleep(clock.elapsed(0, waitMilliseconds), done.signal).then(
        () => reject(new Error('connection timed out')),
        () => reject(new Error('interrupted by signal')),
      )
      listening.set(key, (stream) => {
        listening.set(key, undefined)
        resolve(stream)
        done.abort()
      })
      const release = () => {
        listening.delete(key)
        done.abort()
      }
      return { port, accepted, release }
    },
    connect: (node, port) => listening.get(`${node} ${port}`),
  }
}
