/** One measured batch, on a fresh cluster and a fresh server. All times are of the cluster: real ones times its speed. */
import type { DeploymentView } from '@deployer/core/deployment.ts'
import { type StepKind, stepKinds, type Plan } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { type Config, parseConfig } from '@deployer/server/config.ts'
import { slotLimit } from '@deployer/server/deployments/settings.ts'
import type { Report } from '@deployer/simulator/report.ts'
import { demoWorld } from '@deployer/simulator/worlds/demo.ts'
import { boundsOf } from './bound.ts'
import { runClient } from './clients.ts'
import { deploy, planOf } from './deploy.ts'
import { startCluster, startDeployer } from './processes.ts'
import type { Timeline } from './schedule.ts'

export type CloneKind = 'linked' | 'full'
export type Client = 'deployer' | 'sequential' | 'parallel'

export type Case = { vms: number; clone: CloneKind; speed: number; seed: number }

export type Sample = {
  wallSeconds: number
  boundSeconds: number
  /** The bound where shared locks are polled for. */
  polledSeconds: number
  succeeded: number
  /** By `METHOD /path/{template}`. */
  calls: Record<string, number>
  /** Why VMs failed, and how many of them. */
  reasons: Map<string, number>
  server: ServerUse | null
  stages: Stage[]
}

export type ServerUse = {
  cpuSeconds: number
  databaseCpuSeconds: number
  peakMemoryMiB: number
  /** By how much the peak is above what the idle server had. */
  growthMiB: number
}

/** When the VMs had one kind of step behind them: on average, and the last of them. */
export type Stage = {
  kind: StepKind
  mean: number
  last: number
  idealMean: number
  idealLast: number
}

/** What people deploy: size, disk, network, start, and proof that it works. */
const requestOf = (clone: CloneKind, name: string): DeploymentRequest => ({
  source: { kind: 'template', vmid: 9000, clone },
  defaults: {
    cores: 2,
    memoryMiB: 2048,
    // So little that 500 full clones have room on the shared storage.
    diskGiB: 8,
    networks: [{ bridge: 'vmbr0', ip: 'dhcp' }],
    tags: ['bench'],
    start: true,
    validate: { ports: [22] },
  },
  vms: [{ name }],
})

export const limitsInForce = (): Config['limits'] => parseConfig(process.env).limits

/** The deployer's batch; answers the plan as well, which the other clients then carry out. */
export async function measureDeployer(given: Case): Promise<{ sample: Sample; plan: Plan }> {
  const { clone, speed } = given
  const cluster = await startCluster(speed, given.seed)
  const server = await startDeployer(cluster, speed)
  try {
    await deploy(server.api, requestOf(clone, 'warm-up'))
    const request = requestOf(clone, `vm-{001..${String(given.vms).padStart(3, '0')}}`)
    const plan = await planOf(server.api, request)
    const before = await cluster.report()
    server.resetPeak()
    const used = server.usage()
    const { seconds, view } = await deploy(server.api, request)
    const using = server.usage()
    const after = await cluster.report()
    const bounds = idealOf(plan, after)
    return {
      plan,
      sample: {
        wallSeconds: seconds * speed,
        boundSeconds: wallOf(bounds.least),
        polledSeconds: wallOf(bounds.polled),
        succeeded: view.summary.succeeded,
        calls: difference(after.calls, before.calls),
        reasons: reasonsOf(view),
        server: {
          cpuSeconds: using.cpuSeconds - used.cpuSeconds,
          databaseCpuSeconds: using.databaseCpuSeconds - used.databaseCpuSeconds,
          peakMemoryMiB: using.peakMemoryMiB,
          growthMiB: using.peakMemoryMiB - used.memoryMiB,
        },
        stages: stagesOf(view, bounds.least, speed),
      },
    }
  } finally {
    await server.stop()
    await cluster.stop()
  }
}

export async function measureClient(
  client: Exclude<Client, 'deployer'>,
  plan: Plan,
  { speed, seed }: Case,
): Promise<Sample> {
  const cluster = await startCluster(speed, seed)
  try {
    const before = await cluster.report()
    const { seconds, succeeded, reasons } = await runClient(client, plan, cluster, speed)
    const after = await cluster.report()
    const bounds = idealOf(plan, after)
    return {
      wallSeconds: seconds * speed,
      boundSeconds: wallOf(bounds.least),
      polledSeconds: wallOf(bounds.polled),
      succeeded,
      reasons,
      calls: difference(after.calls, before.calls),
      server: null,
      stages: [],
    }
  } finally {
    await cluster.stop()
  }
}

const idealOf = (plan: Plan, { boots }: Report) =>
  boundsOf({
    plan,
    world: demoWorld(),
    limit: (kind) => slotLimit(limitsInForce(), kind),
    boots: boots.toSorted((a, b) => a.startedAt - b.startedAt),
  })

const wallOf = (ideal: Timeline<StepKind>[]) =>
  Math.max(...ideal.flatMap((timeline) => [...timeline.values()]))

const difference = (after: Report['calls'], before: Report['calls']): Report['calls'] =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  )

function reasonsOf({ vms }: DeploymentView): Map<string, number> {
  const reasons = new Map<string, number>()
  for (const { error } of vms)
    if (error !== null) reasons.set(error.title, (reasons.get(error.title) ?? 0) + 1)
  return reasons
}

function stagesOf(view: DeploymentView, ideal: Timeline<StepKind>[], speed: number): Stage[] {
  const begin = Date.parse(view.createdAt)
  return stepKinds.flatMap((kind) => {
    const ends = view.vms
      .flatMap(({ steps }) => steps.filter((step) => step.kind === kind))
      .flatMap(({ finishedAt }) =>
        finishedAt === null ? [] : [((Date.parse(finishedAt) - begin) / 1000) * speed],
      )
    const ideals = ideal.flatMap((timeline) => timeline.get(kind) ?? [])
    if (ends.length === 0 || ideals.length === 0) return []
    return [
      {
        kind,
        mean: mean(ends),
        last: Math.max(...ends),
        idealMean: mean(ideals),
        idealLast: Math.max(...ideals),
      },
    ]
  })
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
