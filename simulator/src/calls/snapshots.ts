import type { Call, Handlers } from '../call.ts'
import { die } from '../errors.ts'
import { drivesOf, hasVolume, isCdrom, isCloudInit } from '../guests/drive.ts'
import { checkLock, digestOf, getGuest, typedConfig, withConfigLock } from '../guests/guest.ts'
import { startGuest } from '../guests/power.ts'
import type { Json, JsonObject } from '../json.ts'
import { volumeHasFeature } from '../storage/storages.ts'
import type { TaskRun } from '../tasks.ts'
import type { Config, Guest, Snapshot } from '../world.ts'

const guestOf = ({ cluster, node, vmid }: Call): Guest => getGuest(cluster, node, vmid)

const list = (call: Call): Json => {
  const guest = guestOf(call)
  const rows = guest.snapshots.map(
    ({ name, description, snaptime, parent, memory }): JsonObject => ({
      name,
      description: description ?? '',
      snaptime,
      vmstate: memory ? 1 : 0,
      ...(parent === undefined ? {} : { parent }),
    }),
  )
  const current: JsonObject = {
    name: 'current',
    description: 'You are here!',
    digest: digestOf(guest),
    running: guest.running ? 1 : 0,
    ...(guest.parentSnapshot === undefined ? {} : { parent: guest.parentSnapshot }),
  }
  return [...rows, current]
}

/** Configuration that a snapshot does not keep. */
const withoutState = (config: Config): Config =>
  Object.fromEntries(
    Object.entries(config).filter(([key]) => !/^(lock|template|description|unused\d+)$/.test(key)),
  )

const find = (guest: Guest, name: string): Snapshot =>
  guest.snapshots.find((snapshot) => snapshot.name === name) ??
  die(`snapshot '${name}' does not exist`)

const startTask = (
  call: Call,
  type: string,
  work: (guest: Guest, task: TaskRun) => Promise<void>,
): string => {
  const { cluster, node, vmid, caller } = call
  return cluster.tasks.start({
    node,
    type,
    id: String(vmid),
    caller,
    run: (task) =>
      withConfigLock(
        cluster,
        node,
        vmid,
        async () => {
          await work(guestOf(call), task)
          cluster.changed()
        },
        { log: task.log },
      ),
  })
}

const disksOf = (guest: Guest) =>
  drivesOf(guest.config).filter(
    (drive) => hasVolume(drive) && !isCdrom(drive) && !isCloudInit(drive),
  )

/** pve-guest-common src/PVE/AbstractConfig.pm, snapshot_create. */
const create = (call: Call): Json => {
  const { cluster, params } = call
  const name = params.text('snapname')
  if (name === 'current' || name === 'pending')
    die(`unable to use snapshot name '${name}' (reserved name)`)
  return startTask(call, 'qmsnapshot', async (guest, task) => {
    checkLock(guest)
    if (guest.config['template'] === '1') die("you can't take a snapshot if it's a template")
    if (guest.snapshots.some((snapshot) => snapshot.name === name))
      die(`snapshot name '${name}' already used`)
    const disks = disksOf(guest)
    if (!disks.every(({ file }) => volumeHasFeature(cluster, 'snapshot', file)))
      die('snapshot feature is not available')
    for (const { key, file } of disks) task.log(`snapshotting 'drive-${key}' (${file})`)
    await task.sleep(0.4)
    guest.snapshots.push({
      name,
      description: params.optional('description'),
      snaptime: cluster.clock.seconds(),
      parent: guest.parentSnapshot,
      config: withoutState(guest.config),
      ...(params.flag('vmstate') && guest.running ? { memory: { ...guest.running } } : {}),
    })
    guest.parentSnapshot = name
  })
}

const remove = (call: Call): Json => {
  const name = call.params.text('snapname')
  return startTask(call, 'qmdelsnapshot', async (guest, task) => {
    checkLock(guest)
    const { parent } = find(guest, name)
    await task.sleep(0.4)
    guest.snapshots = guest.snapshots.filter((snapshot) => snapshot.name !== name)
    for (const snapshot of guest.snapshots) if (snapshot.parent === name) snapshot.parent = parent
    if (guest.parentSnapshot === name) guest.parentSnapshot = parent
  })
}

/** What was running is stopped; it runs again from kept memory, or where `start` asks for it (qemu-server, rollback). */
const rollback = (call: Call): Json => {
  const name = call.params.text('snapname')
  return startTask(call, 'qmrollback', async (guest, task) => {
    checkLock(guest)
    const { config, memory } = find(guest, name)
    await task.sleep(0.5)
    guest.running = memory && { ...memory, startedAt: call.cluster.clock.now() }
    guest.config = { ...config, vmgenid: call.cluster.random.uuid() }
    guest.pending = {}
    guest.parentSnapshot = name
    if (call.params.flag('start') && !guest.running) await startGuest(call, guest, task)
  })
}

/** The configuration as it was (pve-guest-common src/PVE/AbstractConfig.pm). */
const snapshotConfig = (call: Call): Json => {
  const { config, description, snaptime, parent } = find(
    guestOf(call),
    call.params.text('snapname'),
  )
  const shown = config['cipassword'] === undefined ? config : { ...config, cipassword: hidden }
  return {
    ...typedConfig(call.cluster, shown),
    ...(description === undefined ? {} : { description }),
    ...(parent === undefined ? {} : { parent }),
    snaptime,
  }
}
const hidden = '**********'

const base = '/nodes/{node}/qemu/{vmid}/snapshot'

export const snapshotCalls: Handlers = {
  [`GET ${base}`]: list,
  [`POST ${base}`]: create,
  [`DELETE ${base}/{snapname}`]: remove,
  [`GET ${base}/{snapname}/config`]: snapshotConfig,
  [`POST ${base}/{snapname}/rollback`]: rollback,
}
