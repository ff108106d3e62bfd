import type { Call, Handlers } from '../call.ts'
import { die } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { drivesOf, hasVolume, isCdrom, isCloudInit } from '../guests/drive.ts'
import { digestOf, getGuest, typedConfig, typedValue } from '../guests/guest.ts'
import { currentStatus, statusRow } from '../guests/status.ts'
import { findStorage, isOnNode, splitVolumeId, volumeHasFeature } from '../storage/storages.ts'
import type { Config, Guest } from '../world.ts'

const listGuests =
  (type: Guest['type']) =>
  (call: Call): Json =>
    call.cluster.world.guests
      .filter((guest) => guest.type === type && guest.node === call.node)
      .filter(({ vmid }) => call.access.has(`/vms/${vmid}`, ['VM.Audit']))
      .toSorted((a, b) => a.vmid - b.vmid)
      .map((guest) => ({
        ...statusRow(call.cluster, guest),
        ...(call.params.flag('full')
          ? { qmpstatus: guest.running ? guest.running.state : 'stopped' }
          : {}),
      }))

const guestOf = ({ cluster, node, vmid }: Call): Guest => getGuest(cluster, node, vmid)

const masked = (config: Config): Config =>
  config['cipassword'] === undefined ? config : { ...config, cipassword: '**********' }

/** The configuration as it will be: pending changes applied (AbstractConfig.pm, load_current_config). */
const withPending = (guest: Guest): Config => {
  const config = { ...guest.config }
  for (const [key, change] of Object.entries(guest.pending)) {
    if ('value' in change) config[key] = change.value
    else Reflect.deleteProperty(config, key)
  }
  return config
}

const snapshotConfig = (guest: Guest, name: string): Config =>
  guest.snapshots.find((snapshot) => snapshot.name === name)?.config ??
  die(`snapshot '${name}' does not exist`)

/** qemu-server src/PVE/API2/Qemu.pm, vm_config. */
const readConfig = (call: Call): Json => {
  const guest = guestOf(call)
  const { params, cluster } = call
  const snapshot = params.optional('snapshot')
  if (snapshot !== undefined) return typedConfig(cluster, masked(snapshotConfig(guest, snapshot)))
  const config = params.flag('current') ? guest.config : withPending(guest)
  return {
    ...typedConfig(cluster, masked(config)),
    ...(guest.parentSnapshot === undefined ? {} : { parent: guest.parentSnapshot }),
    digest: digestOf(guest),
  }
}

const readPending = (call: Call): Json => {
  const guest = guestOf(call)
  const { cluster } = call
  const config = masked(guest.config)
  const keys = new Set([...Object.keys(config), ...Object.keys(guest.pending)])
  const rows = [...keys].toSorted().map((key): JsonObject => {
    const value = config[key]
    const change = guest.pending[key]
    return {
      key,
      ...(value === undefined ? {} : { value: typedValue(cluster, key, value) }),
      ...(change && 'value' in change
        ? { pending: typedValue(cluster, key, key === 'cipassword' ? '**********' : change.value) }
        : {}),
      ...(change && 'delete' in change ? { delete: change.force ? 2 : 1 } : {}),
    }
  })
  return [...rows, { key: 'digest', value: digestOf(guest) }]
}

const featureOf: Record<string, 'clone' | 'copy' | 'snapshot'> = {
  clone: 'clone',
  copy: 'copy',
  snapshot: 'snapshot',
}

/** Qemu.pm, vm_feature: whether every volume can do it, and on which nodes all of them are. */
const feature = (call: Call): Json => {
  const { cluster, params } = call
  const guest = guestOf(call)
  const snapshot = params.optional('snapname')
  const config = snapshot === undefined ? guest.config : snapshotConfig(guest, snapshot)
  const name = featureOf[params.text('feature')] ?? 'clone'
  const disks = drivesOf(config).filter((drive) => hasVolume(drive) && !isCdrom(drive))
  const able = disks
    .filter((drive) => !isCloudInit(drive))
    .every(({ file }) => volumeHasFeature(cluster, name, file, snapshot))
  return { hasFeature: able ? 1 : 0, nodes: sharedNodes(call, config) }
}

const sharedNodes = ({ cluster, node }: Call, config: Config): string[] => {
  const storages = drivesOf(config)
    .filter(hasVolume)
    .map(({ file }) => findStorage(cluster, splitVolumeId(file).storage))
  return cluster.world.nodes
    .map(({ name }) => name)
    .filter((name) =>
      storages.every(
        (storage) =>
          storage !== undefined &&
          isOnNode(storage, name) &&
          (storage.shared || storage.nodes !== undefined || name === node),
      ),
    )
}

const subdirs = (names: string) => names.split(' ').map((subdir) => ({ subdir }))

export const guestCalls: Handlers = {
  'GET /nodes/{node}/qemu': listGuests('qemu'),
  'GET /nodes/{node}/lxc': listGuests('lxc'),
  'GET /nodes/{node}/qemu/{vmid}/config': readConfig,
  'GET /nodes/{node}/qemu/{vmid}/pending': readPending,
  'GET /nodes/{node}/qemu/{vmid}/status/current': (call) =>
    currentStatus(call.cluster, guestOf(call)),
  'GET /nodes/{node}/qemu/{vmid}/feature': feature,
  'GET /nodes/{node}/qemu/{vmid}': () =>
    subdirs(
      'agent cloudinit config firewall migrate monitor move mtunnel pending remote_migrate resize rrd rrddata sendkey ' +
        'snapshot spiceproxy status termproxy unlink vncproxy',
    ),
}
