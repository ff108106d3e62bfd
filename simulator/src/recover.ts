import type { Cluster } from './cluster.ts'

/**
 * What a cluster looks like after its processes died in the middle: workers are gone, and what half-made guests and
 * volumes they left is removed, as their own handlers would have done on an orderly shutdown.
 */
export const recoverTasks = (cluster: Cluster): void => {
  const { world, clock } = cluster
  for (const task of world.tasks) {
    if (task.endtime !== undefined) continue
    const text =
      task.type === 'qmclone' ? 'clone failed: interrupted by signal' : 'received interrupt'
    task.log.push(`TASK ERROR: ${text}`)
    task.exitstatus = text
    task.endtime = clock.seconds()
  }
  const halfMade = world.guests.filter(({ config }) =>
    ['clone', 'create'].includes(config['lock'] ?? ''),
  )
  const ids = new Set(halfMade.map(({ vmid }) => vmid))
  world.guests = world.guests.filter((guest) => !halfMade.includes(guest))
  world.volumes = world.volumes.filter(({ vmid }) => vmid === undefined || !ids.has(vmid))
  cluster.changed()
}
