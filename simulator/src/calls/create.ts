import type { Call, Handlers } from '../call.ts'
import { die, messageOf, permissionError } from '../errors.ts'
import { addToPool } from '../guests/pool.ts'
import { checkMachine, defaultBoot, metaOf, pinnedMachine } from '../guests/defaults.ts'
import { createDrive } from '../guests/disks.ts'
import { checkDriveAccess } from '../guests/drive-access.ts'
import { hasVolume, isDriveKey, parseDrive } from '../guests/drive.ts'
import { getGuest, guestById, withConfigLock } from '../guests/guest.ts'
import { checkBridges, checkConfigPrivileges, checkVmPrivilege } from '../guests/privileges.ts'
import { checkDevices, checkSshKeys, configParams, normaliseValue } from '../guests/read-update.ts'
import { startGuest } from '../guests/power.ts'
import { normaliseTags } from '../guests/tags.ts'
import type { Json } from '../json.ts'
import { findVolume } from '../storage/storages.ts'
import { freeVolume } from '../storage/volumes.ts'
import type { TaskRun } from '../tasks.ts'
import { atLeast } from '../version.ts'
import type { Config, Guest } from '../world.ts'

/** Everything that is checked before a worker is started (qemu-server src/PVE/API2/Qemu.pm, create_vm). */
const readConfig = (call: Call, vmid: number, pool: string | undefined): Config => {
  const { cluster, caller, access, params } = call
  if (pool !== undefined && !cluster.world.pools.some(({ poolid }) => poolid === pool))
    throw permissionError(`pool '${pool}' does not exist`)
  const allowed =
    access.has(`/vms/${vmid}`, ['VM.Allocate']) ||
    (pool !== undefined && access.has(`/pool/${pool}`, ['VM.Allocate']))
  if (!allowed) throw permissionError()
  if (params.flag('start') && atLeast(cluster.version, 9))
    checkVmPrivilege(access, vmid, pool, ['VM.PowerMgmt'])
  const config = configParams(call)
  if (config['sshkeys'] !== undefined) checkSshKeys(config['sshkeys'])
  checkMachine(config['machine'])
  for (const [key, value] of Object.entries(config)) config[key] = normaliseValue(call, key, value)
  checkDriveAccess(call, vmid, config)
  checkConfigPrivileges(caller, access, vmid, pool, Object.keys(config))
  checkDevices(call, pool, config)
  checkBridges(caller, access, cluster.version, config)
  return config
}

const reserve = (call: Call, vmid: number): Guest => {
  const { cluster, node } = call
  const taken = guestById(cluster, vmid)
  if (taken)
    die(
      `unable to create VM ${vmid} - ${taken.type === 'lxc' ? 'CT' : 'VM'} ${vmid} already exists on node '${taken.node}'`,
    )
  const guest: Guest = {
    vmid,
    type: 'qemu',
    node,
    config: { lock: 'create' },
    pending: {},
    snapshots: [],
  }
  cluster.world.guests.push(guest)
  cluster.changed()
  return guest
}

const createDrives = async (call: Call, vmid: number, config: Config, task: TaskRun) => {
  const made: string[] = []
  try {
    for (const key of Object.keys(config).filter(isDriveKey).toSorted()) {
      const drive = parseDrive(key, config[key] ?? '')
      const before = hasVolume(drive) && findVolume(call.cluster, drive.file, call.node)
      const value = await createDrive(call, vmid, drive, config, task)
      config[key] = value
      if (!before) made.push(parseDrive(key, value).file)
    }
  } catch (error) {
    await freeAll(call, made)
    throw error
  }
  return made
}

const freeAll = async (call: Call, volids: string[]) => {
  for (const volid of volids) {
    const volume = findVolume(call.cluster, volid, call.node)
    if (volume) await freeVolume(call.cluster, volume, call.node)
  }
}

/** What PVE adds to a new configuration. */
const complete = (call: Call, config: Config, task: TaskRun): Config => {
  const { cluster } = call
  const pinned = pinnedMachine(cluster, config['ostype'], config['machine'])
  if (pinned !== undefined)
    task.log(`pinning machine type to '${pinned.split(',')[0]}' for Windows guest OS`)
  const tags = config['tags']
  const entries = Object.entries({
    ...config,
    boot: config['boot'] || defaultBoot(config),
    meta: metaOf(cluster),
    smbios1: config['smbios1'] ?? `uuid=${cluster.random.uuid()}`,
    vmgenid: config['vmgenid'] ?? cluster.random.uuid(),
    ...(pinned === undefined ? {} : { machine: pinned }),
    ...(tags === undefined || !atLeast(cluster.version, 9)
      ? {}
      : { tags: normaliseTags(cluster.world.datacenter, tags) }),
  })
  return Object.fromEntries(
    entries
      .filter(([key, value]) => !(key === 'description' && ['', '0'].includes(value)))
      .map(([key, value]) => [key, value === '' ? ' ' : value]),
  )
}

const build = async (call: Call, guest: Guest, config: Config, task: TaskRun) => {
  const { cluster } = call
  await task.sleep(0.2)
  const made = await createDrives(call, guest.vmid, config, task)
  try {
    if (config['tags'] !== undefined && atLeast(cluster.version, 9))
      checkVmPrivilege(call.access, guest.vmid, undefined, ['VM.Config.Options'])
    guest.config = complete(call, config, task)
  } catch (error) {
    await freeAll(call, made)
    throw error
  }
  cluster.changed()
}

/** Qemu.pm, create_vm, createfn. */
const runCreate = async (call: Call, guest: Guest, config: Config, task: TaskRun) => {
  const { cluster, params } = call
  const { vmid } = guest
  try {
    await build(call, guest, config, task)
  } catch (error) {
    cluster.world.guests = cluster.world.guests.filter((other) => other !== guest)
    cluster.changed()
    const raised = error instanceof Error && error.message.startsWith('Permission check failed')
    die(`unable to create VM ${vmid} - ${raised ? '403 ' : ''}${messageOf(error)}`)
  }
  const pool = params.optional('pool')
  if (pool !== undefined) await addToPool(call, vmid, pool)
}

/** The start is a task of its own: when it fails, the creation has succeeded nevertheless. */
const autostart = (call: Call, task: TaskRun) => {
  const { cluster, node, caller, vmid } = call
  task.log('Execute autostart')
  cluster.tasks.start({
    node,
    type: 'qmstart',
    id: String(vmid),
    caller,
    run: (start) =>
      withConfigLock(
        cluster,
        node,
        vmid,
        () => startGuest(call, getGuest(cluster, node, vmid), start),
        { log: start.log },
      ),
  })
}

const create = (call: Call): Json => {
  const { cluster, node, caller, vmid, params } = call
  const config = readConfig(call, vmid, params.optional('pool'))
  const guest = reserve(call, vmid)
  return cluster.tasks.start({
    node,
    type: 'qmcreate',
    id: String(vmid),
    caller,
    run: async (task) => {
      await withConfigLock(cluster, node, vmid, () => runCreate(call, guest, config, task), {
        timeoutSeconds: 1,
        log: task.log,
      })
      if (params.flag('start')) autostart(call, task)
    },
  })
}

export const createCalls: Handlers = { 'POST /nodes/{node}/qemu': create }
