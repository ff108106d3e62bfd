/** The cluster that this server works with: the configured one, or the simulated one. */
import { createConnection, type Connection } from '@deployer/proxmox/client.ts'
import { authorities, type Tls } from '@deployer/proxmox/tls.ts'
import { readFileSync } from 'node:fs'
import type { Config } from './config.ts'
import type { HostsDeps } from './doctor/hosts.ts'
import type { ProxmoxStatus } from './rest/proxmox.ts'

export type Cluster = {
  connection: Connection
  tls: ProxmoxStatus['tls']
  demo: boolean
  guestProxy: string | null
  /** The checksum of a file on the simulated internet; left out where there is a real one. */
  statedChecksum?: (url: string, algorithm: string) => string
  close: () => Promise<void>
}

/** @throws {Error} in words for the operator */
export async function openCluster(config: Config): Promise<Cluster> {
  if (config.proxmox === null) return openDemo(config)
  const { hosts, port } = config.proxmox
  const [tls, trust] = trustOf(config.proxmox)
  const connection = createConnection({ hosts: withPorts(hosts, port), tls: trust })
  return { connection, tls, demo: false, guestProxy: config.guestProxy, close: connection.close }
}

const withPorts = (hosts: string[], port: number): string[] =>
  hosts.map((host) => (/:\d+$/.test(host.replace(/^\[.*\]/, '')) ? host : `${host}:${port}`))

/** Which hosts there are and what is trusted, without a connection to them. Throws in words for the operator. */
export function hostsOf(
  proxmox: Config['proxmox'],
): Pick<HostsDeps, 'hosts' | 'trust' | 'tls' | 'demo'> {
  if (proxmox === null)
    return { hosts: [], trust: { kind: 'system' }, tls: 'fingerprint', demo: true }
  const [tls, trust] = trustOf(proxmox)
  return { hosts: withPorts(proxmox.hosts, proxmox.port), trust, tls, demo: false }
}

async function openDemo(config: Config): Promise<Cluster> {
  // Loaded only where it is needed: who has a cluster does not wait for the simulator.
  const { startDemo } = await import('./demo.ts')
  const demo = await startDemo(config)
  const connection = createConnection({
    hosts: [demo.host],
    tls: { kind: 'pinned', fingerprints: [demo.fingerprint] },
  })
  return {
    connection,
    tls: 'fingerprint',
    demo: true,
    guestProxy: demo.guestProxyUrl,
    statedChecksum: demo.statedChecksum,
    close: async () => {
      await connection.close()
      await demo.close()
    },
  }
}

function trustOf(proxmox: NonNullable<Config['proxmox']>): [ProxmoxStatus['tls'], Tls] {
  const { verifySsl, fingerprints, caFile } = proxmox
  if (!verifySsl) return ['off', { kind: 'off' }]
  if (fingerprints.length > 0) return ['fingerprint', { kind: 'pinned', fingerprints }]
  if (caFile !== null) return ['ca-file', { kind: 'ca', pem: readCaFile(caFile) }]
  return ['system-ca', { kind: 'system' }]
}

function readCaFile(path: string): string {
  const pem = readText(path)
  try {
    authorities({ kind: 'ca', pem })
    return pem
  } catch (cause) {
    throw new Error(
      `PROXMOX_CA_FILE=${path} holds no certificate in PEM form. It is to be a copy of /etc/pve/pve-root-ca.pem of a node.`,
      { cause },
    )
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Error(
      `PROXMOX_CA_FILE=${path} cannot be read: is it there, and may this account read it?`,
      { cause },
    )
  }
}
