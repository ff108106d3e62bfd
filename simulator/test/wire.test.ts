import { connect as connectPlain } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { demoTokenSecret } from '../src/worlds/demo.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ speed: 100 })
})
afterAll(() => simulator.close())

const portOf = ({ host }: Simulator) => Number(host.split(':')[1])

const open = (options: { ALPNProtocols?: string[] } = {}): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port: portOf(simulator),
      ca: simulator.caPem,
      ...options,
    })
    socket.once('secureConnect', () => resolve(socket))
    socket.once('error', reject)
  })

const request = (path: string, token = `root@pam!demo=${demoTokenSecret}`) =>
  `GET /api2/json${path} HTTP/1.1\r\nHost: demo\r\nAuthorization: PVEAPIToken=${token}\r\n\r\n`

/** What arrives until there are so many heads, or the connection has ended. */
const receive = (socket: TLSSocket, heads: number): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    const look = (chunk: Buffer) => {
      text += chunk.toString('latin1')
      if (text.split('HTTP/1.1 ').length > heads && text.endsWith('}')) finish()
    }
    const finish = () => {
      socket.off('data', look)
      socket.off('close', finish)
      resolve(text)
    }
    socket.on('data', look)
    socket.once('close', finish)
  })

const secondsUntilClosed = async (socket: TLSSocket) => {
  const start = performance.now()
  socket.resume()
  await new Promise((resolve) => socket.once('close', resolve))
  return (performance.now() - start) / 1000
}

describe.concurrent('the server', () => {
  test('closes an idle connection after five seconds', async () => {
    const socket = await open()
    socket.write(request('/version'))
    await receive(socket, 1)
    const seconds = await secondsUntilClosed(socket)
    expect(seconds).toBeGreaterThan(4.5)
    expect(seconds).toBeLessThan(8)
  })

  test('closes a connection on which nothing is ever sent', async () => {
    const seconds = await secondsUntilClosed(await open())
    expect(seconds).toBeGreaterThan(4.5)
    expect(seconds).toBeLessThan(8)
  })

  test('answers pipelined requests one after the other', async () => {
    const socket = await open()
    socket.write(request('/version') + request('/cluster/nextid'))
    const text = await receive(socket, 2)
    socket.destroy()
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
    expect(text.indexOf('"release"')).toBeLessThan(text.lastIndexOf('HTTP/1.1 '))
  })

  test('speaks TLS 1.3 and selects no ALPN protocol', async () => {
    const socket = await open({ ALPNProtocols: ['h2', 'http/1.1'] })
    expect(socket.alpnProtocol).toBe(false)
    expect(socket.getProtocol()).toBe('TLSv1.3')
    expect(socket.getPeerCertificate().fingerprint256).toBe(simulator.fingerprint)
    socket.destroy()
  })

  test('closes a connection with its hundredth answer', async () => {
    const socket = await open()
    const connections: string[] = []
    for (let count = 1; count <= 100; count += 1) {
      socket.write(request('/version'))
      const head = (await receive(socket, 1)).toLowerCase()
      connections.push(/connection: (\S+)/.exec(head)?.[1] ?? '')
    }
    expect(connections.slice(0, 99).every((value) => value === 'keep-alive')).toBe(true)
    expect(connections[99]).toBe('close')
  })

  test('refuses a wrong token without a body, and closes', async () => {
    const socket = await open()
    socket.write(request('/version', 'root@pam!demo=wrong'))
    const text = await receive(socket, 1)
    expect(text).toMatch(/^HTTP\/1\.1 401 .+\r\n/)
    expect(text).toMatch(/connection: close\r\n/i)
    expect(text.endsWith('\r\n\r\n')).toBe(true)
  })

  test('sends plain HTTP to https', async () => {
    const socket = connectPlain(portOf(simulator), '127.0.0.1')
    socket.write('GET /api2/json/version HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    const text = await new Promise<string>((resolve) => {
      socket.once('data', (chunk) => resolve(chunk.toString('latin1')))
    })
    expect(text).toMatch(/^HTTP\/1\.1 301 Moved Permanently\r\n/)
    expect(text).toContain(`Location: https://127.0.0.1:${portOf(simulator)}/api2/json/version`)
  })
})
