import type { Call, Handlers } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { guestById } from '../guests/guest.ts'
import { splitList } from '../schema/formats.ts'
import {
  findStorage,
  getEnabledStorage,
  isFileStorage,
  isOnNode,
  spaceOf,
  volumeId,
  volumesOn,
} from '../storage/storages.ts'
import { atLeast } from '../version.ts'
import type { Storage, Volume } from '../world.ts'

const formats = (storage: Storage) =>
  isFileStorage(storage.type)
    ? { supported: ['qcow2', 'raw', 'subvol', 'vmdk'], default: 'raw' }
    : { supported: ['raw'], default: 'raw' }

/** Content types in the order of the plugin's table are lost in Perl's hash; a set order is as good. */
const contentOf = (storage: Storage) => storage.content.toSorted().join(',')

const formatField = ({ cluster, params }: Call, storage: Storage): JsonObject => {
  if (!params.flag('format')) return {}
  const { supported, default: standard } = formats(storage)
  const format = [Object.fromEntries(supported.map((name) => [name, 1])), standard]
  return atLeast(cluster.version, 9)
    ? { format, formats: { supported, default: standard } }
    : { format }
}

const statusFields = ({ cluster, node }: Call, storage: Storage): JsonObject => {
  const { total, used, avail } = spaceOf(cluster, storage, node)
  return { active: 1, total, used, avail }
}

const row = (call: Call, storage: Storage): JsonObject => {
  const fields = {
    type: storage.type,
    content: contentOf(storage),
    enabled: storage.disabled ? 0 : 1,
    shared: storage.shared ? 1 : 0,
  }
  return storage.disabled ? { ...fields, active: 0 } : { ...fields, ...statusFields(call, storage) }
}

const mayList = ({ access }: Call, { storage }: Storage) =>
  access.has(`/storage/${storage}`, ['Datastore.Audit', 'Datastore.AllocateSpace'], true)

/** pve-storage src/PVE/API2/Storage/Status.pm, index. */
const listStorages = (call: Call): Json => {
  const { cluster, params, node } = call
  const asked = params.optional('storage')
  const contents = splitList(params.optional('content') ?? '')
  const target = params.optional('target')
  if (asked !== undefined && !findStorage(cluster, asked))
    throw parameterError({ storage: 'No such storage.' })
  return cluster.world.storages
    .filter((storage) => isOnNode(storage, node) && mayList(call, storage))
    .filter((storage) => asked === undefined || storage.storage === asked)
    .filter((storage) => !params.flag('enabled') || !storage.disabled)
    .filter(
      (storage) =>
        contents.length === 0 || contents.some((content) => storage.content.includes(content)),
    )
    .filter(
      (storage) =>
        target === undefined || target === node || (storage.shared && isOnNode(storage, target)),
    )
    .map((storage) => {
      const { total, used } = spaceOf(cluster, storage, node)
      return {
        storage: storage.storage,
        ...row(call, storage),
        ...(storage.disabled || total === 0 ? {} : { used_fraction: used / total }),
        ...formatField(call, storage),
      }
    })
}

const storageStatus = (call: Call): Json => {
  const storage = findStorage(call.cluster, call.params.text('storage'))
  if (!storage || !isOnNode(storage, call.node))
    throw parameterError({ storage: 'No such storage.' })
  return row(call, storage)
}

/** Images of guests are seen with Datastore.Allocate, or Datastore.Audit and VM.Config.Disk on the owner (Storage.pm, check_volume_access). */
export const mayAccess = ({ access }: Call, volume: Volume): boolean => {
  const path = `/storage/${volume.storage}`
  if (access.has(path, ['Datastore.Allocate'])) return true
  switch (volume.content) {
    case 'iso':
    case 'vztmpl':
    case 'import':
      return true
    case 'images':
    case 'rootdir':
      return (
        volume.vmid !== undefined &&
        access.has(path, ['Datastore.Audit']) &&
        access.has(`/vms/${volume.vmid}`, ['VM.Config.Disk'])
      )
    case 'backup':
      return (
        volume.vmid !== undefined &&
        access.has(path, ['Datastore.AllocateSpace']) &&
        access.has(`/vms/${volume.vmid}`, ['VM.Backup'])
      )
    default:
      return false
  }
}

/** A file storage names the base of a linked clone relative to the image, block storages by its volume name. */
const parentOf = (storage: Storage, volume: Volume): JsonObject => {
  if (volume.content !== 'images') return {}
  if (volume.base === undefined) return isFileStorage(storage.type) ? { parent: null } : {}
  if (isFileStorage(storage.type)) return { parent: `../${volume.base}` }
  return { parent: storage.type === 'rbd' ? `${volume.base}@__base__` : volume.base }
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)

const volumeRow = (storage: Storage, volume: Volume): JsonObject => ({
  volid: volumeId(storage, volume),
  content: volume.content,
  format: volume.format,
  size: volume.sizeBytes,
  ...(storage.type === 'rbd' ? {} : { ctime: seconds(volume.createdAt) }),
  ...(volume.vmid === undefined ? {} : { vmid: volume.vmid }),
  ...(volume.content === 'images' && isFileStorage(storage.type) ? { used: volume.usedBytes } : {}),
  ...parentOf(storage, volume),
})

/** pve-storage src/PVE/API2/Storage/Content.pm, index. `vmid` filters only what belongs to a guest. */
const listContent = (call: Call): Json => {
  const { cluster, params, node } = call
  const storage = getEnabledStorage(cluster, params.text('storage'), node)
  const content = params.optional('content')
  const vmid = params.integer('vmid')
  return volumesOn(cluster, storage, node)
    .filter((volume) => content === undefined || contentOfVolume(cluster, volume) === content)
    .filter((volume) => vmid === undefined || volume.vmid === vmid || volume.content === 'import')
    .filter((volume) => mayAccess(call, volume))
    .map((volume) => ({
      ...volumeRow(storage, volume),
      content: contentOfVolume(cluster, volume),
    }))
}

const contentOfVolume = (cluster: Call['cluster'], volume: Volume) =>
  volume.content === 'images' &&
  volume.vmid !== undefined &&
  guestById(cluster, volume.vmid)?.type === 'lxc'
    ? 'rootdir'
    : volume.content

/** `GET /storage`: the definitions of the cluster. */
const definition = (storage: Storage): JsonObject => {
  const { onRootDisk: _, ...options } = storage.options
  return {
    storage: storage.storage,
    type: storage.type,
    content: contentOf(storage),
    digest: '0'.repeat(40),
    ...options,
    ...(storage.shared ? { shared: 1 } : {}),
    ...(storage.nodes === undefined ? {} : { nodes: storage.nodes.join(',') }),
    ...(storage.disabled ? { disable: 1 } : {}),
  }
}

const storageDefinition = ({ cluster, params }: Call): Json => {
  const name = params.text('storage')
  const storage = findStorage(cluster, name)
  return storage ? definition(storage) : die(`storage '${name}' does not exist`)
}

const storageTypes: Storage['type'][] = ['dir', 'nfs', 'lvm', 'lvmthin', 'rbd', 'zfspool']

/** Of the parameters those that the simulated storages know are kept (pve-storage src/PVE/API2/Storage/Config.pm, create). */
const addStorage = ({ cluster, params }: Call): Json => {
  const name = params.text('storage')
  const type = storageTypes.find((known) => known === params.text('type'))
  if (findStorage(cluster, name)) return die(`storage ID '${name}' already defined`)
  if (!type)
    return die(`create storage failed: storage type '${params.text('type')}' is not simulated`)
  const shared = type === 'nfs' || type === 'rbd' || params.flag('shared') === true
  const path = params.optional('path')
  cluster.world.storages.push({
    storage: name,
    type,
    content: splitList(params.optional('content') ?? 'images,rootdir'),
    shared,
    nodes: params.has('nodes') ? splitList(params.text('nodes')) : undefined,
    disabled: params.flag('disable') ?? false,
    sizeBytes: 2 ** 40,
    otherUsedBytes: 0,
    options: path === undefined ? {} : { path },
  })
  cluster.changed()
  return { storage: name, type }
}

/** The volumes stay where they are, only nobody finds them any more. */
const removeStorage = ({ cluster, params }: Call): Json => {
  const name = params.text('storage')
  if (!findStorage(cluster, name))
    return die(`delete storage failed: storage '${name}' does not exist`)
  const { world } = cluster
  world.storages = world.storages.filter(({ storage }) => storage !== name)
  cluster.changed()
  return null
}

export const storageCalls: Handlers = {
  'GET /storage': (call) =>
    call.cluster.world.storages
      .filter((storage) => mayList(call, storage))
      .filter(({ type }) => (call.params.optional('type') ?? type) === type)
      .map(definition),
  'GET /storage/{storage}': storageDefinition,
  'POST /storage': addStorage,
  'DELETE /storage/{storage}': removeStorage,
  'GET /nodes/{node}/storage': listStorages,
  'GET /nodes/{node}/storage/{storage}/status': storageStatus,
  'GET /nodes/{node}/storage/{storage}/content': listContent,
}
