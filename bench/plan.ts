/**
 * How long a plan of 500 VMs takes: the planner alone, and `POST /plans` through the whole server beside the simulated
 * cluster, with a warm inventory. The figures depend on the machine and what else it does, so the time of the CPU
 * stands beside the time on the clock.
 */
import { cluster } from '@deployer/core/fixtures.ts'
import type { Inventory } from '@deployer/core/inventory.ts'
import { planDeployment } from '@deployer/core/planner.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { parseConfig } from '@deployer/server/config.ts'
import { createLogger } from '@deployer/server/logger.ts'
import { startServer } from '@deployer/server/server.ts'
import { demoTokenSecret } from '@deployer/simulator/worlds/demo.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { table } from './tables.ts'

const RUNS = 21
const VMS = 500
const GOAL = { planner: 200, api: 500 }

const requestOf = (
  clone: 'linked' | 'full',
  vms: DeploymentRequest['vms'] = [{ name: `web-{001..${VMS}}` }],
): DeploymentRequest => ({
  source: { kind: 'template', vmid: 9000, clone },
  defaults: {
    cores: 2,
    memoryMiB: 2048,
    diskGiB: 20,
    networks: [
      {
        bridge: 'vmbr0',
        vlan: 20,
        ip: 'fd20::{n=100}/64',
        gateway: 'fd20::1',
        nameservers: ['fd20::2'],
      },
    ],
    description: 'Measured',
    tags: ['bench'],
    validate: { ports: [22, 80] },
  },
  vms,
})

/** As a table of the page sends it: every VM its own row. */
const rows = Array.from({ length: VMS }, (_, index) => ({ name: `web-${index}`, cores: 4 }))

const small: Inventory = { ...cluster, vmids: { min: 1000, max: 9999, reserved: [] } }

/** 32 nodes, 10,000 guests, 500 VMs that another deployment is making. */
function largeCluster(): Inventory {
  const nodes = Array.from({ length: 32 }, (_, index) => `pve${index + 1}`)
  const onEach = <T extends { node: string }>(parts: T[]) =>
    nodes.flatMap((node) =>
      parts.filter((part) => part.node === 'pve1').map((part) => ({ ...part, node })),
    )
  const [node] = cluster.nodes
  const [guest] = cluster.guests
  if (node === undefined || guest === undefined) throw new Error('the small cluster is empty')
  return {
    ...small,
    nodes: nodes.map((name) => ({ ...node, name })),
    storages: onEach(cluster.storages),
    bridges: onEach(cluster.bridges),
    guests: Array.from({ length: 10_000 }, (_, index) => ({
      ...guest,
      vmid: 10_000 + index,
      name: `vm-${index}`,
      node: nodes[index % nodes.length] ?? '',
    })),
    pending: Array.from({ length: VMS }, (_, index) => ({
      vmid: 1000 + index,
      name: `other-${index}`,
      node: nodes[index % nodes.length] ?? '',
      memoryMiB: 2048,
      allocations: [{ storage: 'ceph-vm', node: null, sizeGiB: 8 }],
    })),
  }
}

type Sample = { clock: number; cpu: number }

/** The first run comes first, the others by time. */
async function measured(work: () => unknown): Promise<Sample[]> {
  const samples: Sample[] = []
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now()
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    samples.push({ clock: performance.now() - start, cpu: (user + system) / 1000 })
  }
  const [first, ...others] = samples
  return [...(first === undefined ? [] : [first]), ...others.toSorted((a, b) => a.clock - b.clock)]
}

/** One line of the table. */
function line(what: string, [first, ...samples]: Sample[], goal: number, note = ''): string[] {
  const at = (share: number) => samples[Math.floor((samples.length - 1) * share)]
  const cpu = samples.map((sample) => sample.cpu).toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]
  const cells = [first?.clock, at(0.5)?.clock, at(0.95)?.clock, cpu, goal]
  return [what, note, ...cells.map((value) => (value ?? 0).toFixed(0))]
}

async function benchServer(): Promise<string[][]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-plan-'))
  const server = await startServer(parseConfig({ DATA_DIR: dataDir }), createLogger('silent'))
  try {
    const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
    const headers = {
      authorization: `PVEAPIToken=root@pam!demo=${demoTokenSecret}`,
      'content-type': 'application/json',
    }
    const post = async (request: DeploymentRequest): Promise<string> => {
      const body = JSON.stringify(request)
      const response = await fetch(`${address}/api/v1/plans`, { method: 'POST', headers, body })
      const text = await response.text()
      if (!response.ok) throw new Error(text)
      return text
    }
    await post(requestOf('linked', [{ name: 'warm' }]))
    const lines: string[][] = []
    for (const clone of ['linked', 'full'] as const) {
      let answer = ''
      const samples = await measured(async () => (answer = await post(requestOf(clone))))
      const note = `${(answer.length / 1024).toFixed(0)} KiB`
      lines.push(line(`POST /plans, ${VMS} ${clone} clones`, samples, GOAL.api, note))
    }
    const inRows = await measured(() => post(requestOf('linked', rows)))
    return [...lines, line(`POST /plans, ${VMS} rows`, inRows, GOAL.api)]
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function benchPlanner(what: string, request: DeploymentRequest, inventory: Inventory) {
  const samples = await measured(() => planDeployment(request, inventory, { macSalt: 'bench' }))
  return line(`planDeployment, ${what}`, samples, GOAL.planner)
}

/** The table of planning times, in milliseconds. */
export async function benchPlans(): Promise<string[]> {
  const large = largeCluster()
  return table(
    ['Milliseconds', 'Answer', 'first', 'median', 'p95', 'CPU', 'goal'],
    [
      await benchPlanner(`${VMS} linked clones`, requestOf('linked'), small),
      await benchPlanner(`${VMS} full clones`, requestOf('full'), small),
      await benchPlanner(`${VMS} rows`, requestOf('linked', rows), small),
      await benchPlanner(`${VMS} linked clones, 32 nodes`, requestOf('linked'), large),
      await benchPlanner(`${VMS} rows, 32 nodes`, requestOf('full', rows), large),
      ...(await benchServer()),
    ],
  )
}
