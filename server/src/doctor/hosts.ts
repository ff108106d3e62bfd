/** Asks every configured host, side by side. */
import type { ConnectionFacts, HostFact } from '@deployer/core/doctor/connection.ts'
import { type Probe, probeHost } from '@deployer/proxmox/probe.ts'
import type { Tls } from '@deployer/proxmox/tls.ts'
import { remember } from '../inventory/cache.ts'

const PATIENCE_MS = 5000
const MOST_HOSTS = 16
/** Anybody may ask, so the cluster is not asked as often. */
const KNOWN_SECONDS = 3

export type HostsDeps = {
  /** `host:port`; none for the demo. */
  hosts: string[]
  trust: Tls
  tls: ConnectionFacts['tls']
  demo: boolean
}

export const createHostFacts = ({ hosts, trust, tls, demo }: HostsDeps) => {
  const remembered = remember<HostFact[]>(KNOWN_SECONDS)
  const ask = () =>
    Promise.all(
      hosts
        .slice(0, MOST_HOSTS)
        .map(async (host) => factOf(host, await probeHost(host, trust, PATIENCE_MS))),
    )
  return async (fresh: boolean): Promise<ConnectionFacts> => ({
    hosts: demo ? [] : await remembered('', ask, fresh),
    tls,
    demo,
    now: new Date(),
  })
}

const factOf = (host: string, probe: Probe): HostFact => {
  if (probe.kind === 'silent') return { host, ...probe }
  const { latencyMs, hostTime, readAt, status, certificate } = probe
  return {
    host,
    kind: 'answered',
    latencyMs,
    // The header tells the second that has begun, so half of one is added.
    clockSeconds: hostTime === null ? null : (hostTime + 500 - (readAt - latencyMs / 2)) / 1000,
    certificate,
    proxmox: status === 200,
  }
}
