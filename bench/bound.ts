/**
 * The shortest time in which a plan can be done: an ideal engine that loses nothing between two steps, under the same
 * limits as ours, on a cluster whose locks pass on at once. Computed from the simulator's own durations.
 */
import type { Plan, PlannedStep, SlotKind, StepKind } from '@deployer/core/plan.ts'
import { cfsPoll } from '@deployer/simulator/cluster.ts'
import { cloneSetupSeconds } from '@deployer/simulator/guests/clone.ts'
import { copyBytesPerSecond } from '@deployer/simulator/guests/copy-data.ts'
import { drivesOf, isCloudInit } from '@deployer/simulator/guests/drive.ts'
import { seconds as powerSeconds } from '@deployer/simulator/guests/power.ts'
import type { Boot } from '@deployer/simulator/report.ts'
import { splitVolumeId } from '@deployer/simulator/storage/storages.ts'
import { seconds as storageSeconds } from '@deployer/simulator/storage/volumes.ts'
import type { World } from '@deployer/simulator/world.ts'
import { type Action, runIdeally, type Timeline } from './schedule.ts'

export type BoundInput = {
  plan: Plan
  /** Before the first clone. */
  world: World
  limit: (kind: SlotKind) => number
  /** How long each guest really took to boot in the measured run. */
  boots: Boot[]
}

export type Bound = {
  /** When each VM has done each kind of step, in simulated seconds, where locks pass on at once: nothing is faster. */
  least: Timeline<StepKind>[]
  /** The same where the lock of a shared storage is looked for again and again, as Proxmox VE does it. */
  polled: Timeline<StepKind>[]
}

export function boundsOf({ plan, world, limit, boots }: BoundInput): Bound {
  const started = new Map(boots.map((boot, index) => [boot.name, index]))
  // In the order in which the VMs were started in the measured run, so that luck in their boot times cancels out.
  const vms = plan.vms.toSorted(
    (a, b) => (started.get(a.name) ?? Infinity) - (started.get(b.name) ?? Infinity),
  )
  const capacity = new Map<string, number>()
  const jobs = vms.map((vm) => {
    const boot = boots[started.get(vm.name) ?? -1]
    return vm.steps.flatMap((step): Action<StepKind>[] => {
      for (const { kind, key } of step.slots) capacity.set(`${kind}:${key}`, limit(kind))
      const slots = step.slots.map(({ kind, key }) => `${kind}:${key}`)
      return [
        ...slots.map((resource) => ({ do: 'take', resource }) as const),
        ...work(step, world, boot),
        ...slots.map((resource) => ({ do: 'give', resource }) as const),
        { do: 'note', name: step.kind },
      ]
    })
  })
  // What is no slot is a lock of one storage.
  const rules = { capacity: (resource: string) => capacity.get(resource) ?? 1 }
  return {
    least: runIdeally(jobs, rules),
    polled: runIdeally(jobs, { ...rules, pollSeconds: sharedLockPoll }),
  }
}

const sharedLock = 'cluster-lock:'

/** As `cfs_lock` of Proxmox VE 9.2 (simulator/src/cluster.ts, cfsPoll). */
const sharedLockPoll = (resource: string, waitedSeconds: number) =>
  resource.startsWith(sharedLock) ? cfsPoll('9.2')(waitedSeconds) : null

const last = (seconds: number | null | undefined): Action<never> => ({
  do: 'reach',
  seconds: seconds ?? 0,
})

function work({ spec }: PlannedStep, world: World, boot: Boot | undefined): Action<never>[] {
  switch (spec.kind) {
    case 'clone':
      return cloneWork(world, spec)
    case 'resize-disk':
      return [{ do: 'work', seconds: storageSeconds.resize }]
    case 'start':
      return [{ do: 'work', seconds: powerSeconds.start }, { do: 'mark' }]
    case 'wait-for-agent':
      return [last(boot?.agentSeconds)]
    case 'read-address':
      return [last(boot?.networkSeconds)]
    case 'check-port':
      return [last(boot?.portsSeconds)]
    case 'reserve-id':
    case 'create':
    case 'convert-to-template':
    case 'send-keys':
    case 'configure':
    case 'upload-seed':
    case 'attach-seed':
    case 'write-snippet':
    case 'read-cloud-init':
    case 'detach-seed':
    case 'delete-seed':
    case 'delete-snippet':
    case 'stop':
    case 'destroy':
      return []
  }
}

type CloneSpec = Extract<PlannedStep['spec'], { kind: 'clone' }>

/** One drive after the other, each under its storage's lock; the data of a full copy is written without it. */
function cloneWork(world: World, { sourceVmid, sourceNode, full, storage }: CloneSpec) {
  const template = world.guests.find(({ vmid }) => vmid === sourceVmid)
  const drives = drivesOf(template?.config ?? {}).toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const actions: Action<never>[] = [{ do: 'work', seconds: cloneSetupSeconds }]
  for (const drive of drives) {
    const from = splitVolumeId(drive.file)
    const copied = full || isCloudInit(drive) || drive.key === 'tpmstate0'
    const target = full ? (storage ?? from.storage) : from.storage
    const shared = world.storages.find((each) => each.storage === target)?.shared === true
    const resource = shared ? `${sharedLock}${target}` : `lock:${target}@${sourceNode}`
    actions.push(
      { do: 'take', resource },
      { do: 'work', seconds: copied ? storageSeconds.allocate : storageSeconds.clone },
      { do: 'give', resource },
    )
    if (!copied || isCloudInit(drive)) continue
    const volume = world.volumes.find(
      ({ storage: name, node, ...each }) =>
        name === from.storage && each.name === from.name && (node ?? sourceNode) === sourceNode,
    )
    const bytes = Math.min(volume?.usedBytes ?? 0, volume?.sizeBytes ?? 0)
    actions.push({ do: 'work', seconds: bytes / copyBytesPerSecond })
  }
  return actions
}
