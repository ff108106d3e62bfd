/** What can be done to one VM. Each answers when Proxmox has taken it on; its task is followed by whoever wants to know. */
import { type AuditChanges, changesBetween } from '@deployer/core/audit-changes.ts'
import type { PowerAction, Started, VmState } from '@deployer/core/vm.ts'
import { powerApplies } from '@deployer/core/vm.ts'
import { changedTags, splitTags, type TagChange } from '@deployer/core/vm-tags.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import {
  configText,
  type ConfigText,
  readDrives,
  readHardware,
  readPending,
  readSettings,
} from './config.ts'
import { readSnapshots } from './detail.ts'
import type { Place } from './find.ts'
import {
  changedMeanwhile,
  noCloudInitDrive,
  noSuchDisk,
  noSuchSnapshot,
  notInThisState,
  notLarger,
  snapshotExists,
} from './problems.ts'
import { stateOf } from './rows.ts'

const at = ({ node, vmid }: Place) => ({ node, vmid })

const started = (place: Place, upid: string | null): Started => ({
  vmid: place.vmid,
  name: place.name,
  node: place.node,
  upid,
})

/** For the audit log. */
export type Changed = Started & { changes?: AuditChanges | undefined }

/** The state that an action leaves behind. */
export const stateAfter: Record<PowerAction, VmState> = {
  start: 'running',
  shutdown: 'stopped',
  stop: 'stopped',
  reboot: 'running',
  reset: 'running',
  suspend: 'paused',
  resume: 'running',
}

export const powerChanges = (state: VmState, action: PowerAction): AuditChanges =>
  changesBetween({ state }, { state: stateAfter[action] })

/** Sends the action; answers the UPID. */
export const sendPower = (api: Api, place: Place, action: PowerAction): Promise<string> => {
  const vm = at(place)
  switch (action) {
    case 'start':
      return api.call('POST /nodes/{node}/qemu/{vmid}/status/start', vm)
    case 'shutdown':
      return api.call('POST /nodes/{node}/qemu/{vmid}/status/shutdown', vm)
    case 'stop':
      return api.call('POST /nodes/{node}/qemu/{vmid}/status/stop', vm)
    case 'reboot':
      return api.call('POST /nodes/{node}/qemu/{vmid}/status/reboot', vm)
    case 'reset':
      return api.call('POST /nodes/{node}/qemu/{vmid}/status/reset', vm)
    case 'suspend':
      return api.call('POST /nodes/{node}/qemu/{vmid}/status/suspend', vm)
    case 'resume':
      return api.call('POST /nodes/{node}/qemu/{vmid}/status/resume', vm)
  }
}

/** Proxmox takes a start of a VM that is not there and fails later, so its state is read first. */
export const power = async (api: Api, place: Place, action: PowerAction): Promise<Changed> => {
  const status = await api.call('GET /nodes/{node}/qemu/{vmid}/status/current', at(place))
  const state = stateOf(status.qmpstatus ?? status.status)
  const name = status.name ?? place.name
  if (!powerApplies(action, state)) throw notInThisState(name, action, state)
  const upid = await sendPower(api, place, action)
  return { ...started(place, upid), name, changes: powerChanges(state, action) }
}

const snapshotsOf = async (api: Api, place: Place) =>
  readSnapshots(await api.call('GET /nodes/{node}/qemu/{vmid}/snapshot', at(place)))

export type NewSnapshot = { name: string; description: string; withMemory: boolean }

export const makeSnapshot = async (
  api: Api,
  place: Place,
  { name, description, withMemory }: NewSnapshot,
): Promise<Started> => {
  const known = await snapshotsOf(api, place)
  if (known.some((snapshot) => snapshot.name === name)) throw snapshotExists(name, place.name)
  const upid = await api.call('POST /nodes/{node}/qemu/{vmid}/snapshot', {
    ...at(place),
    snapname: name,
    ...(description !== '' && { description }),
    ...(withMemory && { vmstate: true }),
  })
  return started(place, upid)
}

/** @param start whether it runs afterwards; with kept memory it does anyhow */
export const rollBack = async (
  api: Api,
  place: Place,
  name: string,
  start: boolean,
): Promise<Started> => {
  const known = await snapshotsOf(api, place)
  if (!known.some((snapshot) => snapshot.name === name)) throw noSuchSnapshot(name, place.name)
  const upid = await api.call('POST /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/rollback', {
    ...at(place),
    snapname: name,
    ...(start && { start }),
  })
  return started(place, upid)
}

export const deleteSnapshot = async (api: Api, place: Place, name: string): Promise<Started> => {
  const known = await snapshotsOf(api, place)
  if (!known.some((snapshot) => snapshot.name === name)) throw noSuchSnapshot(name, place.name)
  const upid = await api.call('DELETE /nodes/{node}/qemu/{vmid}/snapshot/{snapname}', {
    ...at(place),
    snapname: name,
  })
  return started(place, upid)
}

/** To an absolute size, so that doing it twice changes nothing. A task since 8.0, done at once before. */
export const resizeDisk = async (
  api: Api,
  place: Place,
  disk: string,
  sizeGiB: number,
): Promise<Changed> => {
  const config = configText(await api.call('GET /nodes/{node}/qemu/{vmid}/config', at(place)))
  const drive = readDrives(config).find(({ key, kind }) => key === disk && kind === 'disk')
  if (drive === undefined) throw noSuchDisk(disk, place.name)
  if (sizeGiB <= drive.sizeGiB) throw notLarger(disk, drive.sizeGiB)
  const digest = config.get('digest')
  const answer = await api.send({
    method: 'PUT',
    path: `/nodes/${encodeURIComponent(place.node)}/qemu/${place.vmid}/resize`,
    params: { disk, size: `${sizeGiB}G`, ...(digest !== undefined && { digest }) },
  })
  const changes = changesBetween({ disk_size_gb: drive.sizeGiB }, { disk_size_gb: sizeGiB })
  return { ...started(place, typeof answer === 'string' ? answer : null), changes }
}

export type ConfigChanges = {
  cores?: number | undefined
  sockets?: number | undefined
  memoryMiB?: number | undefined
  protection?: boolean | undefined
  startsWithNode?: boolean | undefined
  tags?: string[] | undefined
}

const settingsOf = (changes: ConfigChanges) => ({
  ...(changes.cores !== undefined && { cores: changes.cores }),
  ...(changes.sockets !== undefined && { sockets: changes.sockets }),
  ...(changes.memoryMiB !== undefined && { memory: String(changes.memoryMiB) }),
  ...(changes.protection !== undefined && { protection: changes.protection }),
  ...(changes.startsWithNode !== undefined && { onboot: changes.startsWithNode }),
  ...(changes.tags !== undefined && { tags: changes.tags.join(';') }),
})

/** With the names of the audit log. */
const recordedSettings = (config: ConfigText) => {
  const { cores, sockets, memoryMiB } = readHardware(config)
  const { protection, startsWithNode, tags } = readSettings(config)
  return { cores, sockets, memory_mb: memoryMiB, protection, onboot: startsWithNode, tags }
}

const recordedChanges = (config: ConfigText, asked: ConfigChanges): AuditChanges => {
  const before = recordedSettings(config)
  return changesBetween(before, {
    cores: asked.cores ?? before.cores,
    sockets: asked.sockets ?? before.sockets,
    memory_mb: asked.memoryMiB ?? before.memory_mb,
    protection: asked.protection ?? before.protection,
    onboot: asked.startsWithNode ?? before.onboot,
    tags: asked.tags ?? before.tags,
  })
}

/**
 * Changes settings of exactly the config that the caller saw, or that is read now. Answers what waits for a restart.
 * @param digest of the config that was seen
 */
export const changeConfig = async (
  api: Api,
  place: Place,
  changes: ConfigChanges,
  digest: string | undefined,
) => {
  const config = configText(await api.call('GET /nodes/{node}/qemu/{vmid}/config', at(place)))
  const seen = digest ?? config.get('digest')
  try {
    await api.call('PUT /nodes/{node}/qemu/{vmid}/config', {
      ...at(place),
      ...settingsOf(changes),
      ...(seen !== undefined && { digest: seen }),
    })
  } catch (error) {
    if (answeredWith(error, 500) && /checksum mismatch/.test(error.message))
      throw changedMeanwhile(place.name, digest !== undefined)
    throw error
  }
  const [pending, after] = await Promise.all([
    api.call('GET /nodes/{node}/qemu/{vmid}/pending', at(place)),
    api.call('GET /nodes/{node}/qemu/{vmid}/config', at(place)),
  ])
  return {
    pending: readPending(pending),
    digest: configText(after).get('digest') ?? null,
    changes: recordedChanges(config, changes),
  }
}

/** Read and written in one go, so that what others changed meanwhile stays: their change makes Proxmox refuse ours. */
export const changeTags = async (
  api: Api,
  place: Place,
  change: TagChange,
): Promise<AuditChanges | undefined> => {
  const config = await api.call('GET /nodes/{node}/qemu/{vmid}/config', at(place))
  const before = splitTags(config.tags ?? '')
  const after = changedTags(before, change)
  if (after.length === before.length && after.every((tag, index) => tag === before[index]))
    return undefined
  return (await changeConfig(api, place, { tags: after }, config.digest)).changes
}

/** Writes the cloud-init drive anew; the guest reads it at its next start. */
export const regenerateCloudInit = async (api: Api, place: Place): Promise<Started> => {
  const config = configText(await api.call('GET /nodes/{node}/qemu/{vmid}/config', at(place)))
  if (!readDrives(config).some(({ kind }) => kind === 'cloud-init'))
    throw noCloudInitDrive(place.name)
  await api.call('PUT /nodes/{node}/qemu/{vmid}/cloudinit', at(place))
  return started(place, null)
}
