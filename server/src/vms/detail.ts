/** One VM whole: its config, its state, its snapshots and tasks, and where it comes from. */
import type { Snapshot, VmDetail, VmMetrics } from '@deployer/core/vm.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import { parseFlag } from '@deployer/proxmox/property-string.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { configText, readCloudInit, readHardware, readPending, readSettings } from './config.ts'
import type { Fact } from './facts.ts'
import type { Place } from './find.ts'
import { readOrigin } from './origin.ts'
import { stateOf } from './rows.ts'
import { taskViews } from './tasks.ts'

const MIB = 1024 ** 2
const MOST_TASKS = 50

type SnapshotRow = Calls['GET /nodes/{node}/qemu/{vmid}/snapshot']['returns'][number]

/** `current` is no snapshot but the VM itself, whose parent is the one that it goes on from. */
export const readSnapshots = (rows: SnapshotRow[]): Snapshot[] => {
  const parent = rows.find(({ name }) => name === 'current')?.parent
  return rows
    .filter(({ name }) => name !== 'current')
    .map((row) => ({
      name: row.name,
      description: row.description.trim(),
      createdAt: row.snaptime === undefined ? null : new Date(row.snaptime * 1000).toISOString(),
      parent: row.parent ?? null,
      withMemory: parseFlag(row.vmstate) ?? false,
      current: row.name === parent,
    }))
    .toSorted((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))
}

/** Null where the caller may not. */
const unlessRefused = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work
  } catch (error) {
    if (answeredWith(error, 403)) return null
    throw error
  }
}

export const readDetail = async (
  deps: { db: Kysely<Tables>; api: Api; privileges: string[]; deletion: boolean },
  place: Place,
  fact: Fact | null,
): Promise<VmDetail> => {
  const { db, api } = deps
  const { vmid, node } = place
  const at = { node, vmid }
  const [status, config, pending, snapshots, tasks] = await Promise.all([
    api.call('GET /nodes/{node}/qemu/{vmid}/status/current', at),
    api.call('GET /nodes/{node}/qemu/{vmid}/config', at),
    api.call('GET /nodes/{node}/qemu/{vmid}/pending', at),
    api.call('GET /nodes/{node}/qemu/{vmid}/snapshot', at),
    unlessRefused(
      api.call('GET /nodes/{node}/tasks', { node, vmid, source: 'all', limit: MOST_TASKS }),
    ),
  ])
  const text = configText(config)
  const name = text.get('name') ?? place.name
  const hasDrive = readCloudInit(text, []) !== null
  const [onDrive, origin] = await Promise.all([
    hasDrive ? api.call('GET /nodes/{node}/qemu/{vmid}/cloudinit', at) : [],
    readOrigin(db, { vmid, name, config: text }),
  ])
  const state = stateOf(status.qmpstatus ?? status.status)
  const known = fact?.name === name ? fact : null
  return {
    vmid,
    name,
    node,
    state,
    lock: status.lock ?? text.get('lock') ?? null,
    pool: place.pool,
    uptimeSeconds: state === 'stopped' ? null : (status.uptime ?? null),
    cpuFraction: state === 'running' ? (status.cpu ?? null) : null,
    memoryUsedMiB:
      state === 'stopped' || status.mem === undefined ? null : Math.round(status.mem / MIB),
    highAvailability: parseFlag(status.ha?.managed) ?? false,
    ...readSettings(text),
    // `ctime` of its config would be that of its template.
    createdAt: origin?.createdAt ?? null,
    hardware: readHardware(text),
    pending: readPending(pending),
    cloudInit: readCloudInit(text, onDrive),
    snapshots: readSnapshots(snapshots),
    tasks: taskViews(tasks ?? []),
    origin,
    address: known?.address ?? null,
    health: known?.health ?? null,
    privileges: deps.privileges,
    deletion: deps.deletion,
  }
}

type Point = Calls['GET /nodes/{node}/qemu/{vmid}/rrddata']['returns'][number]

/** Columns from the rows of rrddata; rates there are per second already. */
export const readMetrics = (range: VmMetrics['range'], rows: Point[]): VmMetrics => {
  const column = (value: (row: Point) => number | null | undefined, unit = 1) =>
    rows.map((row) => {
      const read = value(row)
      return typeof read === 'number' && Number.isFinite(read) ? read / unit : null
    })
  return {
    range,
    times: rows.map(({ time }) => time),
    cpuFraction: column(({ cpu }) => cpu),
    memoryMiB: column(({ mem }) => mem, MIB),
    memoryTotalMiB: column(({ maxmem }) => maxmem, MIB),
    networkIn: column(({ netin }) => netin),
    networkOut: column(({ netout }) => netout),
    diskRead: column(({ diskread }) => diskread),
    diskWrite: column(({ diskwrite }) => diskwrite),
  }
}
