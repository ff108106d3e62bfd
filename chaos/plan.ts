/** What a run does, all of it out of its seed. */
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { badDays } from '@deployer/simulator/bad-days.ts'
import type { Fault } from '@deployer/simulator/fault.ts'
import { createRandom, type Random } from '@deployer/simulator/random.ts'
import type { World } from '@deployer/simulator/world.ts'

export type RunOptions = {
  seed: number
  vms: number
  /** Of the calls that are disturbed. */
  share: number
  kills: number
  /** Whether somebody cancels one of the batches. */
  cancel: boolean
  /** How many times faster than real time the cluster is. */
  speed: number
}

export type Kill = {
  what: 'server' | 'database' | 'both'
  /** When the cluster has received so many changing calls, and then so much later. */
  afterChanges: number
  delayMs: number
  /** Until the server is started again. */
  pauseMs: number
}

export type ChaosPlan = {
  requests: DeploymentRequest[]
  faults: Fault[]
  kills: Kill[]
  cancel: { request: string; afterChanges: number } | null
}

/** A VM makes at least so many changing calls where nothing goes wrong: clone, configure, start. */
const CHANGES_PER_VM = 3
/** Real seconds, so enough for a server that is killed in between. */
const AGENT_SECONDS = 20
/** Simulated seconds in which the lasting faults begin: about as long as the work takes. */
const secondsFor = (vms: number) => 60 + vms * 1.5

type Batch = Omit<DeploymentRequest, 'vms'> & { prefix: string; share: number }

const batches: Batch[] = [
  {
    prefix: 'web',
    share: 0.4,
    source: { kind: 'template', vmid: 9000, clone: 'linked' },
    defaults: {
      cores: 1,
      memoryMiB: 512,
      diskGiB: 8,
      networks: [{ bridge: 'vmbr0', ip: 'dhcp' }],
      tags: ['chaos'],
      validate: { ports: [22], agentTimeoutSeconds: AGENT_SECONDS },
    },
    placement: { strategy: 'spread' },
  },
  {
    prefix: 'db',
    share: 0.25,
    source: { kind: 'template', vmid: 9001, clone: 'linked' },
    defaults: { memoryMiB: 768, validate: { agentTimeoutSeconds: AGENT_SECONDS } },
    placement: { strategy: 'pack' },
  },
  {
    prefix: 'copy',
    share: 0.15,
    source: { kind: 'template', vmid: 9000, clone: 'full' },
    defaults: { cores: 1, memoryMiB: 512, storage: 'ceph-vm', start: false },
  },
  {
    prefix: 'edge',
    share: 0.1,
    source: { kind: 'template', vmid: 9002, clone: 'linked' },
    defaults: { memoryMiB: 512, tags: ['edge'] },
    placement: { strategy: 'spread' },
  },
  {
    prefix: 'san',
    share: 0.1,
    source: { kind: 'template', vmid: 9020, clone: 'full' },
    defaults: { memoryMiB: 512, validate: { agentTimeoutSeconds: AGENT_SECONDS } },
    placement: { node: 'pve1' },
  },
]

/** Every batch has a VM where there are enough; the first one has the rest. */
const sizesOf = (vms: number): number[] => {
  const others = batches.slice(1).map(({ share }) => Math.max(1, Math.round(vms * share)))
  const sizes = others.map((size, index) => Math.min(size, Math.max(0, vms - 1 - index)))
  const first = vms - sizes.reduce((sum, size) => sum + size, 0)
  return first >= 1 ? [first, ...sizes] : [vms]
}

const requestsFor = (vms: number): DeploymentRequest[] =>
  sizesOf(vms).flatMap((size, index) => {
    const batch = batches[index]
    if (batch === undefined || size < 1) return []
    const { prefix, share: _, ...request } = batch
    return [{ ...request, name: prefix, vms: [{ name: `${prefix}-{1..${size}}` }] }]
  })

const killsFor = (random: Random, { vms, kills }: RunOptions): Kill[] =>
  Array.from({ length: kills }, () => ({
    what: random.pick(['server', 'server', 'database', 'both'] as const) ?? 'server',
    afterChanges: Math.ceil(random.between(0, vms * CHANGES_PER_VM * 0.8)),
    // Half of them right between a call and its answer.
    delayMs: random.next() < 0.5 ? 0 : Math.round(random.between(0, 300)),
    pauseMs: Math.round(random.between(0, 1000)),
  })).toSorted((one, other) => one.afterChanges - other.afterChanges)

const cancelFor = (random: Random, { vms }: RunOptions): ChaosPlan['cancel'] => {
  const request = random.pick(requestsFor(vms))?.name
  if (request === undefined) return null
  return { request, afterChanges: Math.ceil(random.between(0, vms * CHANGES_PER_VM * 0.6)) }
}

/** A backup of a template that nobody clones disturbs nobody. */
const onlyUsed = (world: World): World => {
  const used = new Set(
    batches.map(({ source }) => (source.kind === 'template' ? source.vmid : null)),
  )
  return { ...world, guests: world.guests.filter(({ vmid }) => used.has(vmid)) }
}

export const planOf = (options: RunOptions, world: World): ChaosPlan => {
  const { seed, vms, share } = options
  return {
    requests: requestsFor(vms),
    faults: badDays(onlyUsed(world), { seed, share, seconds: secondsFor(vms) }),
    kills: killsFor(createRandom(seed), options),
    cancel: options.cancel ? cancelFor(createRandom(seed + 1), options) : null,
  }
}
