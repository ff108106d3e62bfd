import type { Call, Handlers } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import type { Json } from '../json.ts'
import { parseSize } from '../guests/drive.ts'
import { filePath } from '../storage/files.ts'
import {
  findVolume,
  getEnabledStorage,
  isFileStorage,
  splitVolumeId,
  volumeId,
} from '../storage/storages.ts'
import { allocateVolume, defaultFormat, freeVolume } from '../storage/volumes.ts'
import { parseVolumeName } from '../guests/volume-name.ts'
import { mayAccess } from './storage.ts'

/** The volume's id, also where its storage was left out (pve-storage src/PVE/API2/Storage/Content.pm, real_volume_id). */
const askedVolume = ({ params }: Call): { volid: string; storage: string } => {
  const asked = params.text('volume')
  const own = params.text('storage')
  const volid = asked.includes(':') ? asked : `${own}:${asked}`
  const { storage } = splitVolumeId(volid)
  if (storage !== own)
    throw parameterError({ volume: `storage ID mismatch (${storage} != ${own})\n` })
  return { volid, storage }
}

/** Content.pm, info. The file of an ISO is a raw image to `qemu-img info`. */
const volumeInfo = (call: Call): Json => {
  const { cluster, node } = call
  const { volid, storage: name } = askedVolume(call)
  const storage = getEnabledStorage(cluster, name, node)
  const volume = findVolume(cluster, volid, node)
  if (!volume) return die(`volume_size_info on '${volid}' failed - no format`)
  if (!mayAccess(call, volume)) die(`missing privileges to access ${volid}`)
  return {
    path: filePath(storage, volume.name),
    format: ['qcow2', 'vmdk'].includes(volume.format) ? volume.format : 'raw',
    size: volume.virtualBytes ?? volume.sizeBytes,
    used: volume.usedBytes,
  }
}

/** Content.pm, create: a disk that no guest has yet. The size is in KiB where it has no unit. */
const allocate = async (call: Call): Promise<Json> => {
  const { cluster, node, params, vmid } = call
  const storage = getEnabledStorage(cluster, params.text('storage'), node)
  const fileName = params.text('filename')
  const extension = /\.(raw|qcow2|vmdk)$/.exec(fileName)?.[1]
  const size = params.text('size')
  const sizeBytes = /[MG]$/.test(size) ? (parseSize(size) ?? 0) : Number(size) * 1024
  const volume = await allocateVolume(cluster, storage.storage, node, {
    vmid,
    name: isFileStorage(storage.type) ? fileName.replace(/\.(raw|qcow2|vmdk)$/, '') : fileName,
    format: params.optional('format') ?? extension ?? defaultFormat(storage),
    sizeBytes,
    usedBytes: 200 * 1024,
  })
  return volumeId(storage, volume)
}

/** Ids of such tasks name the owner of a disk: `100@local`. */
const taskId = (owner: number | undefined, storage: string) =>
  owner === undefined ? storage : `${owner}@${storage}`

/** Content.pm, delete: nobody asks whether a guest uses the volume, and a missing file is no error. */
const deleteVolume = async (call: Call): Promise<Json> => {
  const { cluster, node, caller, params } = call
  const { volid, storage: name } = askedVolume(call)
  call.access.check(`/storage/${name}`, ['Datastore.Allocate'])
  const storage = getEnabledStorage(cluster, name, node)
  const { owner } = parseVolumeName(cluster.version, storage, splitVolumeId(volid).name)
  const upid = cluster.tasks.start({
    node,
    type: 'imgdel',
    id: taskId(owner, name),
    caller,
    run: async (task) => {
      const volume = findVolume(cluster, volid, node)
      if (volume) await freeVolume(cluster, volume, node)
      else if (isFileStorage(storage.type))
        task.log(`disk image '${filePath(storage, splitVolumeId(volid).name)}' does not exist`)
      task.log(`Removed volume '${volid}'`)
    },
  })
  const until = cluster.clock.after(params.integer('delay') ?? 0)
  while (params.has('delay') && cluster.tasks.isRunning(upid) && cluster.clock.now() < until)
    await cluster.clock.sleep(0.1)
  return params.has('delay') && !cluster.tasks.isRunning(upid) ? null : upid
}

const content = '/nodes/{node}/storage/{storage}/content'

export const volumeCalls: Handlers = {
  [`POST ${content}`]: allocate,
  [`GET ${content}/{volume}`]: volumeInfo,
  [`DELETE ${content}/{volume}`]: deleteVolume,
}
