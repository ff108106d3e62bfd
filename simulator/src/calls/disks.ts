import type { Call, Handlers } from '../call.ts'
import { ApiError, die, parameterError } from '../errors.ts'
import {
  drivesOf,
  isCdrom,
  isCloudInit,
  parseDrive,
  parseSize,
  printDrive,
  printSize,
} from '../guests/drive.ts'
import { checkLock, digestOf, getGuest, rootOnlyTicket, withConfigLock } from '../guests/guest.ts'
import { destroyDrive } from '../guests/disks.ts'
import type { Log } from '../guests/format-line.ts'
import type { Json } from '../json.ts'
import { splitList } from '../schema/formats.ts'
import { findVolume, getStorage, isBaseName, isFileStorage } from '../storage/storages.ts'
import { imagePath, resizeVolume } from '../storage/volumes.ts'
import { atLeast } from '../version.ts'
import type { Volume } from '../world.ts'

/** Base files are immutable, so `qemu-img` cannot open them for writing. */
const refuseResize = (call: Call, volume: Volume, sizeBytes: number, log: Log) => {
  const { cluster } = call
  const path = imagePath(getStorage(cluster, volume.storage), volume.name)
  const preallocation = atLeast(cluster.version, 9) ? " '--preallocation=metadata'" : ''
  const command = `/usr/bin/qemu-img resize${preallocation} -f ${volume.format} ${path} ${sizeBytes}`
  log(`qemu-img: Could not open '${path}': Could not open '${path}': Operation not permitted`)
  die(`command '${command}' failed: exit code 1`)
}

/** qemu-server src/PVE/API2/Qemu.pm, resize_vm, updatefn. */
const resizeUnderLock = async (call: Call, log: Log) => {
  const { cluster, params, access, node, vmid } = call
  const guest = getGuest(cluster, node, vmid)
  const digest = params.optional('digest')
  if (digest !== undefined && digest !== '' && digest !== digestOf(guest))
    die('checksum mismatch (file change by other user?)')
  if (!params.flag('skiplock')) checkLock(guest)
  const key = params.text('disk')
  const text = guest.config[key]
  if (text === undefined) return die(`disk '${key}' does not exist`)
  const drive = parseDrive(key, text)
  if (drive.file === 'none') die("unable to parse volume ID 'none'")
  if (isCdrom(drive) || isCloudInit(drive)) die("you can't resize a cdrom")
  const volume = findVolume(cluster, drive.file, node)
  if (!volume) return die(`volume '${drive.file}' does not exist`)
  access.check(`/storage/${volume.storage}`, ['Datastore.AllocateSpace'])
  const size = params.text('size')
  const asked = parseSize(size.replace('+', '')) ?? 0
  const wanted = size.startsWith('+') ? volume.sizeBytes + asked : asked
  const rounded = Math.ceil(wanted / 1024) * 1024
  if (rounded < volume.sizeBytes) die('shrinking disks is not supported')
  if (rounded === volume.sizeBytes) return undefined
  const storage = getStorage(cluster, volume.storage)
  if (isFileStorage(storage.type) && isBaseName(volume.name))
    refuseResize(call, volume, rounded, log)
  await resizeVolume(cluster, volume, node, rounded)
  if (isFileStorage(storage.type) && !guest.running) log('Image resized.')
  guest.config[key] = printDrive({
    ...drive,
    options: { ...drive.options, size: printSize(rounded) },
  })
  cluster.changed()
  return undefined
}

/** A task since 8.0; before, the call itself did it and answered null. */
const resize = async (call: Call): Promise<Json> => {
  const { cluster, node, vmid, caller, params } = call
  if (params.flag('skiplock') && !rootOnlyTicket(caller))
    throw new ApiError(400, 'Parameter verification failed.', {
      errors: { skiplock: 'Only root may use this option.' },
    })
  const run = (log: Log) =>
    withConfigLock(cluster, node, vmid, () => resizeUnderLock(call, log), { log })
  if (!atLeast(cluster.version, 8)) {
    await run(() => {})
    return null
  }
  return cluster.tasks.start({
    node,
    type: 'resize',
    id: String(vmid),
    caller,
    run: async (task) => {
      await run(task.log)
    },
  })
}

/** Detaches disks, or destroys them with `force` (Qemu.pm, unlink). */
const unlink = async (call: Call): Promise<Json> => {
  const { cluster, node, vmid, params } = call
  await withConfigLock(cluster, node, vmid, async () => {
    const guest = getGuest(cluster, node, vmid)
    for (const key of splitList(params.text('idlist'))) {
      const text = guest.config[key]
      if (text === undefined) continue
      if (!drivesOf({ [key]: text }).length && !/^unused\d+$/.test(key))
        throw parameterError({ idlist: `unknown option '${key}'` })
      Reflect.deleteProperty(guest.config, key)
      if (params.flag('force') || key.startsWith('unused')) await destroyDrive(call, guest, text)
    }
    cluster.changed()
  })
  return null
}

export const diskCalls: Handlers = {
  'PUT /nodes/{node}/qemu/{vmid}/resize': resize,
  'PUT /nodes/{node}/qemu/{vmid}/unlink': unlink,
}
