import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Cluster } from './cluster.ts'
import { addressesOf, isPortOpen, runningImage } from './guests/running.ts'
import type { Guest } from './world.ts'

export type GuestProxy = { url: string; close: () => Promise<void> }

const guestAt = (cluster: Cluster, ip: string): Guest | undefined =>
  cluster.world.guests.find(
    (guest) =>
      guest.running !== undefined &&
      addressesOf(cluster, guest).some(({ address }) => address === ip),
  )

const refuse = (socket: Duplex, reason: string) =>
  socket.end(`HTTP/1.1 502 ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)

const connect = (cluster: Cluster, target: string, socket: Duplex) => {
  const [, ip = '', port = ''] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(target) ?? []
  const guest = guestAt(cluster, ip)
  if (!guest?.running) return refuse(socket, 'No route to host')
  if (!isPortOpen(cluster, guest, Number(port))) return refuse(socket, 'Connection refused')
  const banner = runningImage(guest.running)?.banner ?? ''
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
  if (banner !== '') socket.write(`${banner}\r\n`)
  socket.on('data', () => {})
  return undefined
}

/**
 * The way into the simulated network: an HTTP proxy that knows nothing but `CONNECT <guest address>:<port>`. It connects
 * when that guest is up and the port open, and answers 502 otherwise.
 */
export const startGuestProxy = async (cluster: Cluster, host: string): Promise<GuestProxy> => {
  const sockets = new Set<Duplex>()
  const server = createServer((_, response) => {
    response.writeHead(501, 'CONNECT only', { Connection: 'close' }).end()
  })
  server.on('connect', (request, socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    connect(cluster, request.url ?? '', socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, resolve)
  })
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
