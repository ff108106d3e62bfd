/**
 * How long a plan of 500 VMs takes: the planner alone, and `POST /plans` through the whole server beside the simulated
 * cluster, with a warm inventory. Prints a table; the figures depend on the machine and what else it does.
 */
import { cluster } from '@deployer/core/fixtures.ts'
import { planDeployment } from '@deployer/core/planner.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { parseConfig } from '@deployer/server/config.ts'
import { createLogger } from '@deployer/server/logger.ts'
import { startServer } from '@deployer/server/server.ts'
import { demoTokenSecret } from '@deployer/simulator/worlds/demo.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const RUNS = 21
const VMS = 500

const inventory = { ...cluster, vmids: { min: 1000, max: 9999, reserved: [] } }

const requestOf = (clone: 'linked' | 'full'): DeploymentRequest => ({
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
  vms: [{ name: `web-{001..${VMS}}` }],
})

/** The first run is left out: it warms up. */
async function measured(work: () => unknown): Promise<number[]> {
  const times: number[] = []
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now()
    await work()
    if (run > 0) times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)
}

function row(what: string, times: number[], note = ''): void {
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(0)
  console.log(
    `| ${what.padEnd(38)} | ${at(0.5).padStart(6)} | ${at(0.95).padStart(6)} | ${at(1).padStart(6)} | ${note}`,
  )
}

async function benchServer(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-plan-'))
  const server = await startServer(parseConfig({ DATA_DIR: dataDir }), createLogger('silent'))
  try {
    const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
    for (const clone of ['linked', 'full'] as const) {
      let bytes = 0
      const body = JSON.stringify(requestOf(clone))
      const times = await measured(async () => {
        const response = await fetch(`${address}/api/v1/plans`, {
          method: 'POST',
          headers: {
            authorization: `PVEAPIToken=root@pam!demo=${demoTokenSecret}`,
            'content-type': 'application/json',
          },
          body,
        })
        const text = await response.text()
        if (!response.ok) throw new Error(text)
        bytes = text.length
      })
      row(`POST /plans, ${VMS} ${clone} clones`, times, `${(bytes / 1024).toFixed(0)} KiB`)
    }
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

console.log(`| ${'milliseconds'.padEnd(38)} | median |    p95 |    max |`)
for (const clone of ['linked', 'full'] as const) {
  const request = requestOf(clone)
  row(
    `planDeployment, ${VMS} ${clone} clones`,
    await measured(() => planDeployment(request, inventory, { macSalt: 'bench' })),
  )
}
await benchServer()
