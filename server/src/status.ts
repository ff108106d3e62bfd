/** How the connection to Proxmox stands; asked rarely, however many ask us. */
import type { Connection } from '@deployer/proxmox/client.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import { parseFlag } from '@deployer/proxmox/property-string.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller } from './identity/caller.ts'
import { remember } from './inventory/cache.ts'
import type { InventoryReader } from './inventory/inventory.ts'
import { pinLine, proxmoxProblem } from './proxmox-problem.ts'
import type { ProxmoxConnection, ProxmoxStatus } from './rest/proxmox.ts'
import type { Realm } from './rest/session.ts'

const PROBE_SECONDS = 3
/** A node that drops packets keeps a probe busy for longer; meanwhile there is no answer, and that is the answer. */
const PATIENCE_MS = 3000

type Probe =
  | { ok: true; realms: Realm[]; latencyMs: number; at: Date }
  | { ok: false; error: unknown; at: Date }

export type Status = {
  /** Never throws; no realms where Proxmox does not answer. */
  signInOptions: () => Promise<{ realms: Realm[]; connection: ProxmoxConnection }>
  reachable: () => Promise<{ ok: boolean; message: string }>
  /** Never throws. */
  status: (caller: Caller) => Promise<ProxmoxStatus>
}

export function createStatus(deps: {
  connection: Pick<Connection, 'api' | 'currentHost'>
  inventory: Pick<InventoryReader, 'state'>
  tls: ProxmoxStatus['tls']
  demo: boolean
}): Status {
  const { connection, inventory, tls, demo } = deps
  const remembered = remember<Probe>(PROBE_SECONDS)
  let failingSince: Date | null = null

  const probe = () =>
    remembered('', async () => {
      const began = performance.now()
      try {
        const domains = await connection.api({ kind: 'none' }).call('GET /access/domains', {})
        failingSince = null
        const latencyMs = Math.round(performance.now() - began)
        return { ok: true, realms: domains.map(readRealm), latencyMs, at: new Date() }
      } catch (error) {
        failingSince ??= new Date()
        return { ok: false, error, at: new Date() }
      }
    })

  const probeInTime = async (): Promise<Probe> => {
    const result = await inTime(probe())
    if (result !== null) return result
    // The probe itself gives up much later; until then this is when it began to fail.
    failingSince ??= new Date()
    return {
      ok: false,
      error: new ProxmoxError('GET /access/domains', {
        kind: 'unreachable',
        host: connection.currentHost(),
        reason: 'no answer for 3 s',
      }),
      at: new Date(),
    }
  }

  const describe = (result: Probe) => {
    if (result.ok)
      return {
        message: demo
          ? 'Connected to the simulated cluster'
          : `Connected to ${connection.currentHost()}`,
        hint: null,
        untrustedCertificate: null,
      }
    const { error } = result
    if (!(error instanceof ProxmoxError))
      return { message: 'The connection to Proxmox failed', hint: null, untrustedCertificate: null }
    const { detail, hint } = proxmoxProblem(error)
    const { failure } = error
    return {
      message: detail,
      hint: hint ?? null,
      untrustedCertificate:
        failure.kind === 'certificate'
          ? {
              host: failure.host,
              fingerprint: failure.fingerprint,
              line: pinLine(failure.fingerprint),
            }
          : null,
    }
  }

  const connectionOf = (result: Probe): ProxmoxConnection => ({
    connected: result.ok,
    demo,
    host: connection.currentHost(),
    ...describe(result),
    latencyMs: result.ok ? result.latencyMs : null,
    tlsVerified: tls !== 'off',
    tls,
    checkedAt: result.at.toISOString(),
    failingSince: result.ok ? null : (failingSince ?? result.at).toISOString(),
  })

  return {
    signInOptions: async () => {
      const result = await probeInTime()
      return { realms: result.ok ? result.realms : [], connection: connectionOf(result) }
    },
    reachable: async () => {
      const result = await probeInTime()
      return { ok: result.ok, message: describe(result).message }
    },
    status: async (caller) => {
      const result = await probeInTime()
      const state = result.ok ? await inTime(inventory.state(caller).catch(() => null)) : null
      return {
        ...connectionOf(result),
        version: state?.version ?? null,
        clusterName: state?.clusterName ?? null,
        nodes: state?.nodes ?? null,
        nodesOnline: state?.nodesOnline ?? null,
        quorate: state?.quorate ?? null,
      }
    },
  }
}

/** Null where it takes too long. */
const inTime = <T>(answer: Promise<T>): Promise<T | null> =>
  Promise.race([answer, sleep(PATIENCE_MS, null, { ref: false })])

const readRealm = (domain: Calls['GET /access/domains']['returns'][number]): Realm => ({
  realm: domain.realm,
  type: domain.type,
  comment: domain.comment ?? null,
  default: parseFlag(domain.default) ?? false,
  secondFactor: domain.tfa ?? null,
})
