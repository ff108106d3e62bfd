import type { Call } from '../call.ts'
import { checkBridges } from './privileges.ts'
import { die, messageOf, permissionError } from '../errors.ts'
import { findStorage, splitVolumeId, volumeHasFeature } from '../storage/storages.ts'
import { freeVolume } from '../storage/volumes.ts'
import type { TaskRun } from '../tasks.ts'
import { atLeast } from '../version.ts'
import type { Config, Guest, Volume } from '../world.ts'
import { copyDrive, finishMirror, linkDrive } from './clone-drive.ts'
import {
  drivesOf,
  isCdrom,
  isCloudInit,
  isDriveKey,
  isNetKey,
  isUnusedKey,
  parseDrive,
  parseNet,
  printDrive,
  printNet,
  type Drive,
} from './drive.ts'
import { checkLock, guestById, randomMac } from './guest.ts'
import { addToPool } from './pool.ts'
import { agentEnabled } from './running.ts'

/** Before the first drive. */
export const cloneSetupSeconds = 0.2

/** What a clone call asks for, after its defaults. */
export type CloneRequest = {
  newid: number
  full: boolean
  name: string | undefined
  description: string | undefined
  storage: string | undefined
  format: string | undefined
  /** Absent when it is the source's own node. */
  target: string | undefined
  pool: string | undefined
  snapname: string | undefined
  /** KiB/s; 0 = no limit. */
  bwlimit: number
}

type ClonePlan = {
  source: Config
  config: Config
  drives: { drive: Drive; mode: 'copy' | 'link' }[]
}

/** Storages that the user needs space on; says whether all volumes are on shared ones (Qemu.pm, check_storage_access_clone). */
const checkCloneStorages = (call: Call, config: Config, storage: string | undefined): boolean => {
  const { cluster, access } = call
  let shared = true
  for (const drive of drivesOf(config)) {
    if (drive.file === 'none') continue
    if (drive.file === 'cdrom') {
      access.check('/', ['Sys.Console'])
      continue
    }
    const { storage: name } = splitVolumeId(drive.file)
    if (findStorage(cluster, name)?.shared !== true) shared = false
    if (!isCdrom(drive) && !isCloudInit(drive))
      access.check(`/storage/${storage ?? name}`, ['Datastore.AllocateSpace'])
  }
  return shared
}

const modeOf = (call: Call, drive: Drive, request: CloneRequest): 'copy' | 'link' => {
  const { cluster } = call
  if (request.full || isCloudInit(drive)) {
    if (!volumeHasFeature(cluster, 'copy', drive.file, request.snapname))
      die(`Full clone feature is not supported for drive '${drive.key}'`)
    return 'copy'
  }
  if (!volumeHasFeature(cluster, 'clone', drive.file, request.snapname))
    die(
      atLeast(cluster.version, 8)
        ? `Linked clone feature is not supported for '${drive.file}' (${drive.key})`
        : `Linked clone feature is not supported for drive '${drive.key}'`,
    )
  return drive.key === 'tpmstate0' && !request.full ? 'copy' : 'link'
}

/** The checks that run before the worker is started and again inside it (Qemu.pm, clone_vm, load_and_check). */
export const planClone = (call: Call, source: Guest, request: CloneRequest): ClonePlan => {
  const { cluster, caller, access } = call
  const { pools } = cluster.world
  if (request.pool !== undefined && !pools.some(({ poolid }) => poolid === request.pool))
    throw permissionError(`pool '${request.pool}' does not exist`)
  checkLock(source)
  const snapshot = source.snapshots.find(({ name }) => name === request.snapname)
  if (request.snapname !== undefined && !snapshot)
    die(`snapshot '${request.snapname}' does not exist`)
  for (const parameter of ['storage', 'format'] as const)
    if (request[parameter] !== undefined && !request.full)
      die(`parameter '${parameter}' not allowed for linked clones`)
  const config = snapshot?.config ?? source.config
  const shared = checkCloneStorages(call, config, request.storage)
  checkBridges(caller, access, cluster.version, config)
  if (request.target !== undefined && !shared)
    die(`can't clone VM to node '${request.target}' (VM uses local storage)`)
  const taken = guestById(cluster, request.newid)
  if (taken?.type === 'qemu' && taken.node === source.node)
    die(`unable to create VM ${request.newid}: config file already exists`)
  return { source: config, ...inherit(call, source, config, request) }
}

/** What the clone takes over, and which drives are copied or linked. */
const inherit = (call: Call, source: Guest, config: Config, request: CloneRequest) => {
  const result: Omit<ClonePlan, 'source'> = { config: {}, drives: [] }
  for (const [key, value] of Object.entries(config)) {
    if (isUnusedKey(key) || ['template', 'lock', 'vmstate'].includes(key)) continue
    if (isNetKey(key)) {
      result.config[key] = printNet({ ...parseNet(value), macaddr: randomMac(call.cluster) })
    } else if (isDriveKey(key)) {
      const drive = parseDrive(key, value)
      if (isCdrom(drive)) {
        result.config[key] = value
        continue
      }
      if (key === 'tpmstate0' && request.full && source.running && request.snapname === undefined)
        die('cannot clone TPM state while VM is running')
      result.drives.push({ drive, mode: modeOf(call, drive, request) })
    } else result.config[key] = value
  }
  result.drives.sort((a, b) => (a.drive.key < b.drive.key ? -1 : 1))
  return result
}

/** New identity: uuid, generation id, name; a description only where one is given. */
const personalise = (call: Call, source: Guest, plan: ClonePlan, request: CloneRequest) => {
  const { random } = call.cluster
  const { config } = plan
  const smbios = (config['smbios1'] ?? '').split(',').filter((part) => part !== '')
  const others = smbios.filter((part) => !part.startsWith('uuid='))
  config['smbios1'] = [`uuid=${random.uuid()}`, ...others]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(',')
  if (config['vmgenid'] !== undefined) config['vmgenid'] = random.uuid()
  config['name'] = request.name ?? `Copy-of-VM-${plan.source['name'] ?? source.vmid}`
  if (request.description) config['description'] = request.description
}

const reserve = (call: Call, source: Guest, newid: number): Guest => {
  const { cluster } = call
  if (guestById(cluster, newid))
    die(
      `close (rename) atomic file '/etc/pve/nodes/${source.node}/qemu-server/${newid}.conf' failed: File exists`,
    )
  const guest: Guest = {
    vmid: newid,
    type: 'qemu',
    node: source.node,
    config: { lock: 'clone' },
    pending: {},
    snapshots: [],
  }
  cluster.world.guests.push(guest)
  cluster.changed()
  return guest
}

const cloneDrives = async (
  call: Call,
  plan: ClonePlan,
  guest: Guest,
  request: CloneRequest,
  task: TaskRun,
  made: Volume[],
) => {
  for (const { drive, mode } of plan.drives) {
    const copied =
      mode === 'copy'
        ? await copyDrive(call, drive, request, task, (volume) => made.push(volume))
        : await linkDrive(call, drive, request, task, (volume) => made.push(volume))
    plan.config[drive.key] = printDrive(copied)
    guest.config = { ...plan.config, lock: 'clone' }
    call.cluster.changed()
  }
}

/** Qemu.pm, clone_vm, clonefn: runs with the flocks of source and new id held. */
export const runClone = async (
  call: Call,
  source: Guest,
  request: CloneRequest,
  task: TaskRun,
): Promise<void> => {
  const { cluster } = call
  if (atLeast(cluster.version, 9))
    task.log(`creating a clone of VM ${source.vmid} with ID ${request.newid}`)
  const plan = planClone(call, source, request)
  personalise(call, source, plan, request)
  const guest = reserve(call, source, request.newid)
  const made: Volume[] = []
  try {
    await task.sleep(cloneSetupSeconds)
    await cloneDrives(call, plan, guest, request, task, made)
    const mirrored = plan.drives.filter(({ drive }) => !isCloudInit(drive)).at(-1)
    if (source.running && mirrored && request.snapname === undefined)
      finishMirror(call, mirrored.drive.key, agentEnabled(source.running.config), task)
    const pending = Object.keys(source.pending)
    if (pending.length > 0)
      task.log(`found pending changes for '${pending.join(',')}', discarding for clone`)
    guest.config = plan.config
    if (request.target !== undefined) guest.node = request.target
    cluster.changed()
    if (request.pool !== undefined) await addToPool(call, request.newid, request.pool)
  } catch (error) {
    await cluster.clock.sleep(1)
    for (const volume of made) await freeQuietly(call, volume, source.node, task)
    cluster.world.guests = cluster.world.guests.filter((other) => other !== guest)
    cluster.changed()
    die(`clone failed: ${messageOf(error)}`)
  }
}

const freeQuietly = async (call: Call, volume: Volume, node: string, task: TaskRun) => {
  try {
    await freeVolume(call.cluster, volume, node)
  } catch (error) {
    task.log(messageOf(error))
  }
}
