/** What is told of the connection, on good days and bad ones. */
import { createConnection } from '@deployer/proxmox/client.ts'
import type { Tls } from '@deployer/proxmox/tls.ts'
import { signIn } from '@deployer/proxmox/tickets.ts'
import { type Simulator, startSimulator } from '@deployer/simulator/simulator.ts'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../src/identity/caller.ts'
import { createInventory } from '../src/inventory/inventory.ts'
import { createLogger } from '../src/logger.ts'
import { createStatus } from '../src/status.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ speed: 100 })
})
afterAll(() => simulator.close())

const statusWith = (host: string, tls: Tls) => {
  const connection = createConnection({ hosts: [host], tls })
  const inventory = createInventory({
    connection,
    vmids: { min: 100, max: 999 },
    snippets: null,
    reservedVmids: () => Promise.resolve([]),
    pendingVms: () => Promise.resolve([]),
    logger: createLogger('silent'),
  })
  return { connection, ...createStatus({ connection, inventory, tls: 'system-ca', demo: false }) }
}

const callerOf = async (
  connection: ReturnType<typeof createConnection>,
  username: string,
): Promise<Caller> => {
  const [name = '', realm = ''] = username.split('@')
  const outcome = await signIn(connection, { username: name, realm, password: 'demo' })
  if (outcome.outcome !== 'signed-in') throw new Error(outcome.outcome)
  return { username, credentials: outcome.credentials, expiresAt: null }
}

describe('the status of the connection', () => {
  it('has everything for an administrator', async () => {
    const { connection, status } = statusWith(simulator.host, { kind: 'ca', pem: simulator.caPem })
    expect(await status(await callerOf(connection, 'root@pam'))).toMatchObject({
      connected: true,
      host: simulator.host,
      message: `Connected to ${simulator.host}`,
      hint: null,
      untrustedCertificate: null,
      failingSince: null,
      version: '9.2.11',
      clusterName: 'demo',
      nodes: 3,
      nodesOnline: 3,
      quorate: true,
    })
  })

  it('gives the fingerprint and the line to add for a certificate that nobody vouches for', async () => {
    const { signInOptions } = statusWith(simulator.host, { kind: 'system' })
    const { fingerprint, host } = simulator
    const before = simulator.requests().length
    expect((await signInOptions()).connection).toMatchObject({
      connected: false,
      message: `${host} presented a certificate, and it is self-signed. Nothing was sent to it. SHA-256 fingerprint: ${fingerprint}.`,
      untrustedCertificate: { host, fingerprint, line: `PROXMOX_FINGERPRINT=${fingerprint}` },
      latencyMs: null,
    })
    expect((await signInOptions()).realms).toEqual([])
    expect(simulator.requests()).toHaveLength(before)
  })

  it('says since when nobody answers', async () => {
    const unused = createServer().listen(0, '127.0.0.1')
    await once(unused, 'listening')
    const address = unused.address()
    unused.close()
    const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    const { signInOptions, reachable } = statusWith(host, { kind: 'off' })
    const first = (await signInOptions()).connection
    expect(first).toMatchObject({ connected: false, host })
    expect(first.message).toMatch(new RegExp(`^${host} does not answer: `))
    expect(first.failingSince).not.toBeNull()
    expect((await reachable()).ok).toBe(false)
    expect((await signInOptions()).connection.failingSince).toBe(first.failingSince)
  })

  it('does not wait for a host that takes the connection and then says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    const { signInOptions } = statusWith(host, { kind: 'off' })
    expect((await signInOptions()).connection).toMatchObject({
      connected: false,
      message: `${host} does not answer: no answer for 3 s.`,
    })
    silent.close()
  })
})
