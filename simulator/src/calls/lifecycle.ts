import type { Call, Handlers } from '../call.ts'
import { die, messageOf, parameterError } from '../errors.ts'
import { makeBaseDisk } from '../guests/disks.ts'
import { drivesOf, hasVolume, isCdrom } from '../guests/drive.ts'
import { checkLock, getGuest, isTemplate, rootOnlyTicket, withConfigLock } from '../guests/guest.ts'
import type { Json } from '../json.ts'
import { findStorage, findVolume, isFileStorage, splitVolumeId } from '../storage/storages.ts'
import { dependants, freeVolume, imagePath } from '../storage/volumes.ts'
import type { TaskRun } from '../tasks.ts'
import { atLeast } from '../version.ts'
import type { Guest, Volume } from '../world.ts'

const checkNotUsed = (call: Call, guest: Guest) => {
  const { cluster } = call
  if (!isTemplate(guest)) return
  for (const drive of drivesOf(guest.config)) {
    const volume = findVolume(cluster, drive.file, guest.node)
    if (volume && dependants(cluster, volume).length > 0)
      die(`base volume '${drive.file}' is still in use by linked cloned`)
  }
}

const ownVolumes = (call: Call, guest: Guest): { volid: string; volume: Volume | undefined }[] => {
  const unused = Object.entries(guest.config)
    .filter(([key]) => /^unused\d+$/.test(key))
    .map(([, value]) => value)
  const files = drivesOf(guest.config)
    .filter((drive) => hasVolume(drive) && !isCdrom(drive))
    .map(({ file }) => file)
  return [...files, ...unused].map((volid) => ({
    volid,
    volume: findVolume(call.cluster, volid, guest.node),
  }))
}

/** A volume on a storage that is no more: 8.4 gives up, 9.x warns. */
const checkStorages = (call: Call, guest: Guest, task: TaskRun) => {
  for (const { volid } of ownVolumes(call, guest)) {
    const { storage } = splitVolumeId(volid)
    if (findStorage(call.cluster, storage)) continue
    if (!atLeast(call.cluster.version, 9)) die(`storage '${storage}' does not exist`)
    task.warn(
      `failed to get path and owner of volume '${volid}': storage '${storage}' does not exist`,
    )
  }
}

const freeAll = async (call: Call, guest: Guest, task: TaskRun) => {
  for (const { volid, volume } of ownVolumes(call, guest)) {
    const storage = findStorage(call.cluster, splitVolumeId(volid).storage)
    if (!volume && storage && isFileStorage(storage.type))
      task.log(`disk image '${imagePath(storage, splitVolumeId(volid).name)}' does not exist`)
    if (volume?.vmid !== guest.vmid) continue
    try {
      await freeVolume(call.cluster, volume, guest.node)
    } catch (error) {
      const text = `Could not remove disk '${volid}', check manually: ${messageOf(error)}`
      if (atLeast(call.cluster.version, 9)) task.warn(text)
      else task.log(text)
    }
  }
}

/** ACLs, pool membership and the configuration itself. */
const forget = (call: Call, guest: Guest) => {
  const { world } = call.cluster
  world.guests = world.guests.filter((other) => other !== guest)
  world.acl = world.acl.filter(({ path }) => path !== `/vms/${guest.vmid}`)
  for (const pool of world.pools) pool.vms = pool.vms.filter((member) => member !== guest.vmid)
  call.cluster.changed()
}

const checkDestroyable = (guest: Guest) => {
  if (guest.config['protection'] === '1')
    die(`can't remove VM ${guest.vmid} - protection mode enabled`)
  if (guest.running) die(`VM ${guest.vmid} is running - destroy failed`)
}

/** qemu-server src/PVE/API2/Qemu.pm, destroy_vm. */
const destroy = (call: Call): Json => {
  const { cluster, node, vmid, caller, params } = call
  const skipLock = params.flag('skiplock') ?? false
  if (skipLock && !rootOnlyTicket(caller))
    throw parameterError({ skiplock: 'Only root may use this option.' })
  checkDestroyable(getGuest(cluster, node, vmid))
  return cluster.tasks.start({
    node,
    type: 'qmdestroy',
    id: String(vmid),
    caller,
    run: (task) =>
      withConfigLock(
        cluster,
        node,
        vmid,
        async () => {
          const guest = getGuest(cluster, node, vmid)
          if (!skipLock) checkLock(guest)
          checkDestroyable(guest)
          checkNotUsed(call, guest)
          checkStorages(call, guest, task)
          await freeAll(call, guest, task)
          await task.sleep(0.2)
          forget(call, guest)
        },
        { log: task.log },
      ),
  })
}

/** Qemu.pm, template: disks become bases where the storage has them. */
const makeTemplate = async (call: Call): Promise<Json> => {
  const { cluster, node, vmid, caller, params } = call
  const disk = params.optional('disk')
  const check = () => {
    const guest = getGuest(cluster, node, vmid)
    checkLock(guest)
    if (guest.snapshots.length > 0) die('unable to create template, because VM contains snapshots')
    if (isTemplate(guest) && disk === undefined) die("you can't convert a template to a template")
    if (guest.running) die("you can't convert a VM to template if VM is running")
    return guest
  }
  check()
  return withConfigLock(cluster, node, vmid, () =>
    cluster.tasks.start({
      node,
      type: 'qmtemplate',
      id: String(vmid),
      caller,
      run: (task) =>
        withConfigLock(
          cluster,
          node,
          vmid,
          async () => {
            const guest = check()
            guest.config['template'] = '1'
            await task.sleep(0.5)
            for (const key of Object.keys(guest.config)) makeBaseDisk(call, guest, key)
            cluster.changed()
          },
          { log: task.log },
        ),
    }),
  )
}

export const lifecycleCalls: Handlers = {
  'DELETE /nodes/{node}/qemu/{vmid}': destroy,
  'POST /nodes/{node}/qemu/{vmid}/template': makeTemplate,
}
