/**
 * What people write themselves, to compare with: one VM after the other, and all at once. Both make the same VMs and
 * prove them in the same way (agent, address, port 22), look every 2 s whether something is done, and repeat nothing
 * that fails.
 */
import type { Plan, PlannedVm } from '@deployer/core/plan.ts'
import { fillCall, type SpecOf } from '@deployer/core/steps.ts'
import { type Api, createConnection } from '@deployer/proxmox/client.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { parseUpid, taskOutcome } from '@deployer/proxmox/upid.ts'
import { connectTo } from '@deployer/server/deployments/steps/connect.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { token } from './deploy.ts'
import type { ClusterProcess } from './processes.ts'

const pollSeconds = 2
const taskPatienceSeconds = 600
const bootPatienceSeconds = 300

export type ClientRun = { seconds: number; succeeded: number; reasons: Map<string, number> }

type Way = {
  api: Api
  guestProxy: string
  speed: number
}

export async function runClient(
  kind: 'sequential' | 'parallel',
  plan: Plan,
  cluster: ClusterProcess,
  speed: number,
): Promise<ClientRun> {
  const connection = createConnection({
    hosts: [cluster.host],
    tls: { kind: 'pinned', fingerprints: [cluster.fingerprint] },
    // A script that starts a thread for each VM has a connection for each.
    maxRequestsPerHost: kind === 'parallel' ? plan.vms.length : 1,
  })
  const way = {
    api: connection.api({ kind: 'token', ...token }),
    guestProxy: cluster.guestProxy,
    speed,
  }
  const reasons = new Map<string, number>()
  let succeeded = 0
  const tryOne = async (vm: PlannedVm) => {
    try {
      await makeOne(way, vm)
      succeeded += 1
    } catch (error) {
      if (!(error instanceof ProxmoxError || error instanceof Failed)) throw error
      const reason = error.message.replaceAll(/\d+/g, 'N')
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
  }
  const begin = performance.now()
  if (kind === 'parallel') await Promise.all(plan.vms.map(tryOne))
  else for (const vm of plan.vms) await tryOne(vm)
  const seconds = (performance.now() - begin) / 1000
  await connection.close()
  return { seconds, succeeded, reasons }
}

class Failed extends Error {
  override name = 'Failed'
}

/** The steps of the plan, so that both do the same; only the way of waiting is the script's own. */
async function makeOne(way: Way, vm: PlannedVm): Promise<void> {
  let address = ''
  for (const step of vm.steps) {
    switch (step.spec.kind) {
      case 'wait-for-agent':
      // Not asked for here.
      case 'send-keys':
      case 'upload-seed':
      case 'attach-seed':
      case 'write-snippet':
      case 'read-cloud-init':
      case 'detach-seed':
      case 'delete-seed':
      case 'delete-snippet':
      case 'stop':
      case 'destroy':
        break
      case 'read-address':
        address = await addressOf(way, vm, step.spec)
        break
      case 'check-port':
        await openPort(way, address, step.spec.port)
        break
      case 'reserve-id':
      case 'clone':
      case 'create':
      case 'convert-to-template':
      case 'configure':
      case 'resize-disk':
      case 'start':
        for (const planned of step.calls) {
          const { digest: _, ...params } = planned.params
          // Who writes it by hand sends no digest, and so reads no config before.
          if (step.kind === 'configure' && !planned.changes) continue
          const answer = await way.api.send(
            fillCall({ ...planned, params }, { deployment: 'bench' }),
          )
          if (typeof answer === 'string' && parseUpid(answer)) await taskEnd(way, answer)
        }
    }
  }
}

const pause = ({ speed }: Way) => delay((pollSeconds * 1000) / speed)

async function until<T>(
  way: Way,
  patienceSeconds: number,
  ask: () => Promise<T | null>,
): Promise<T> {
  const deadline = performance.now() + (patienceSeconds * 1000) / way.speed
  while (performance.now() < deadline) {
    await pause(way)
    const answer = await ask()
    if (answer !== null) return answer
  }
  throw new Failed(`nothing within ${patienceSeconds} s`)
}

async function taskEnd(way: Way, upid: string): Promise<void> {
  const node = parseUpid(upid)?.node ?? ''
  const status = await until(way, taskPatienceSeconds, async () => {
    const task = await way.api.call('GET /nodes/{node}/tasks/{upid}/status', { node, upid })
    return task.status === 'stopped' ? (task.exitstatus ?? '') : null
  })
  const outcome = taskOutcome(status)
  if (outcome.outcome === 'failed' || outcome.outcome === 'unknown')
    throw new Failed(outcome.message)
}

/** The first address of `eth0`; a script that takes the first one of all finds Docker's. */
async function addressOf(
  way: Way,
  { vmid }: PlannedVm,
  { node }: SpecOf<'read-address'>,
): Promise<string> {
  return until(way, bootPatienceSeconds, async () => {
    const answer = await way.api
      .call('GET /nodes/{node}/qemu/{vmid}/agent/network-get-interfaces', { node, vmid })
      .catch((error: unknown) => {
        if (error instanceof ProxmoxError && error.failure.kind === 'answered') return null
        throw error
      })
    const found = /"eth0".*?"ip-address":"(\d+\.\d+\.\d+\.\d+)"/.exec(JSON.stringify(answer))
    return found?.[1] ?? null
  })
}

async function openPort(way: Way, address: string, port: number): Promise<void> {
  const options = {
    proxy: way.guestProxy,
    timeoutMs: 3000,
    signal: new AbortController().signal,
  }
  await until(way, bootPatienceSeconds, async () =>
    (await connectTo(address, port, options)).open ? true : null,
  )
}
