/** Servers and connections for one test file; everything is closed after each test. */
import { afterEach, beforeAll } from 'vitest'
import { type Connection, type ConnectionOptions, createConnection } from '../src/client.ts'
import { ProxmoxError, type ProxmoxFailure } from '../src/errors.ts'
import { type Certificate, makeCertificate } from './certificates.ts'
import { startServer, type TestServer } from './https-server.ts'

export const testServers = () => {
  let certificate: Certificate
  const servers: TestServer[] = []
  const connections: Connection[] = []

  beforeAll(async () => {
    certificate = await makeCertificate()
  })

  afterEach(async () => {
    for (const one of servers.splice(0)) await one[Symbol.asyncDispose]()
    await Promise.all(connections.splice(0).map((one) => one.close()))
  })

  const server = async (
    options: Parameters<typeof startServer>[1] & { certificate?: Certificate } = {},
  ): Promise<TestServer> => {
    const { certificate: own = certificate, ...rest } = options
    const started = await startServer(own, rest)
    servers.push(started)
    return started
  }

  const connect = (hosts: string[], options: Partial<ConnectionOptions> = {}): Connection => {
    const connection = createConnection({ hosts, tls: { kind: 'off' }, ...options })
    connections.push(connection)
    return connection
  }

  /** A port on which nobody listens. */
  const deadHost = async (): Promise<string> => {
    const dead = await startServer(certificate)
    await dead[Symbol.asyncDispose]()
    return dead.host
  }

  return { server, connect, deadHost }
}

export const ticket = {
  kind: 'ticket',
  username: 'root@pam',
  ticket: 'PVE:root@pam:6B03C8B5::a/b+c==',
  csrfToken: '6B03C8B5:xyz',
} as const

export const none = { kind: 'none' } as const

export const failureOf = async (call: Promise<unknown>): Promise<ProxmoxFailure> => {
  const error: unknown = await call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  )
  if (error instanceof ProxmoxError) return error.failure
  throw error
}
