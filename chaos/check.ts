/** What must hold when everything is over, whatever went wrong in between. */
import type { DeploymentView } from '@deployer/core/deployment.ts'
import type { World } from '@deployer/simulator/world.ts'
import { checkAudit } from './check-audit.ts'
import { checkJournal } from './check-journal.ts'
import { checkVm, stampOf } from './check-vm.ts'
import type { ClusterState } from './messages.ts'
import type { Records } from './records.ts'

export type Aftermath = {
  /** The cluster before the first call. */
  before: World
  after: ClusterState
  deployments: DeploymentView[]
  records: Records
}

/** Everything that does not hold, in words; nothing where all is well. */
export const check = (aftermath: Aftermath): string[] => [
  ...checkVms(aftermath),
  ...checkOwners(aftermath),
  ...checkOthers(aftermath),
  ...checkVolumes(aftermath),
  ...checkTasks(aftermath),
  ...aftermath.records.left,
  ...checkJournal(aftermath.deployments, aftermath.records.events),
  ...checkAudit(aftermath.deployments, aftermath.records.audit),
]

const checkVms = ({ after, deployments, records }: Aftermath): string[] =>
  deployments.flatMap(({ id, vms }) =>
    vms.flatMap((vm) => checkVm(after.world, id, vm, records.specs.get(vm.id) ?? [])),
  )

/** A VM that was made by us and that no row knows, and ids that two rows or two VMs have. */
const checkOwners = ({ after, deployments }: Aftermath): string[] => {
  const known = new Set(
    deployments.flatMap(({ id, vms }) => vms.map(({ vmid, name }) => `${vmid} ${id} ${name}`)),
  )
  const problems = after.world.guests.flatMap((guest) => {
    const stamp = stampOf(guest)
    if (stamp === null) {
      const tags = (guest.config['tags'] ?? '').split(';')
      return deployments.some(({ id }) => tags.includes(id))
        ? [`VM ${guest.vmid} has our tag and no stamp`]
        : []
    }
    return known.has(`${guest.vmid} ${stamp.deployment} ${stamp.vm}`)
      ? []
      : [
          `VM ${guest.vmid} says it is ${stamp.vm} of ${stamp.deployment}, which knows nothing of it`,
        ]
  })
  const ids = after.world.guests.map(({ vmid }) => vmid)
  const twice = ids.filter((vmid, index) => ids.indexOf(vmid) !== index)
  return [...problems, ...twice.map((vmid) => `VMID ${vmid} exists twice`)]
}

/** What the other client may edit in anybody's VM. */
const EDITED = 'startup'

const configText = (config: Record<string, string>) =>
  JSON.stringify(
    Object.entries(config)
      .filter(([key]) => key !== EDITED)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )

/** VMs of others are as they left them. */
const checkOthers = ({ before, after }: Aftermath): string[] => {
  const expected = [
    ...before.guests.map(({ vmid, node, config, running }) => ({
      vmid,
      node,
      config,
      runs: running !== undefined,
    })),
    ...after.faults.otherVms.map((vm) => ({ ...vm, runs: false })),
  ]
  return expected.flatMap(({ vmid, node, config, runs }) => {
    const now = after.world.guests.find((guest) => guest.vmid === vmid)
    if (!now) return [`VM ${vmid} of somebody else is gone`]
    const changed = now.node !== node || configText(now.config) !== configText(config)
    if (changed) return [`VM ${vmid} of somebody else was changed: ${configText(now.config)}`]
    return (now.running !== undefined) === runs
      ? []
      : [`VM ${vmid} of somebody else was ${runs ? 'stopped' : 'started'}`]
  })
}

const keyOf = ({ storage, node = '', name }: World['volumes'][number]) =>
  `${storage} ${node} ${name}`

const orphansOf = (before: World, { world }: ClusterState) => {
  const known = new Set(before.volumes.map(keyOf))
  return world.volumes.filter((volume) => {
    if (volume.vmid === undefined || known.has(keyOf(volume))) return false
    const owner = world.guests.find(({ vmid }) => vmid === volume.vmid)
    const own = volume.name.split('/').at(-1) ?? ''
    return !Object.values(owner?.config ?? {}).some(
      (value) => value.startsWith(`${volume.storage}:`) && value.includes(own),
    )
  })
}

/**
 * A clone that failed and whose own tidying up failed as well: without quorum Proxmox cannot free a disk, says so in the
 * task's log, and leaves it. Its VMID is passed over later; the disk has no owner that could be proved, so it stays.
 */
const couldNotTidyUp = (
  { type, exitstatus, log }: World['tasks'][number],
  vmid: number | undefined,
) =>
  type === 'qmclone' &&
  exitstatus?.startsWith('clone failed') === true &&
  log[0]?.endsWith(` with ID ${vmid}`) === true &&
  log.some((line) => /^(cfs-lock|can't lock file) /.test(line))

/** Disks that Proxmox itself left behind. */
export const leftByProxmox = ({ before, after }: Pick<Aftermath, 'before' | 'after'>): string[] =>
  orphansOf(before, after).map(({ storage, name }) => `${storage}:${name}`)

/** Every disk belongs to a VM that names it, and every disk that a VM names is there. */
const checkVolumes = ({ before, after }: Aftermath): string[] => {
  const orphans = orphansOf(before, after).filter(
    ({ vmid }) => !after.world.tasks.some((task) => couldNotTidyUp(task, vmid)),
  )
  const there = new Set(after.world.volumes.map(keyOf))
  const lost = before.volumes.filter((volume) => !there.has(keyOf(volume)))
  return [
    ...orphans.map(({ storage, name }) => `${storage}:${name} belongs to no VM`),
    ...lost.map(({ storage, name }) => `${storage}:${name}, which was there before, is gone`),
  ]
}

const checkTasks = ({ after }: Aftermath): string[] =>
  after.world.tasks
    .filter(({ endtime }) => endtime === undefined)
    .map(({ upid }) => `the task ${upid} still runs`)
