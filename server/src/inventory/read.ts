/** From answers of Proxmox to the shapes of core/src/inventory.ts. */
import type { Bridge, Guest, Node, Storage } from '@deployer/core/inventory.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import { parseFlag, parseProperties, parseTags } from '@deployer/proxmox/property-string.ts'

const MIB = 1024 ** 2
const GIB = 1024 ** 3

export type Resource = Calls['GET /cluster/resources']['returns'][number]

export function readNodes(resources: Resource[]): Node[] {
  return resources
    .filter((row) => row.type === 'node')
    .map((row) => ({
      name: row.node ?? row.id.replace(/^node\//, ''),
      online: row.status === 'online',
      // Told since 9.2; before, there was nothing else.
      architecture: row['host-arch'] ?? 'x86_64',
      cores: row.maxcpu ?? null,
      cpuFraction: row.cpu ?? null,
      memoryMiB: inUnits(MIB, row.maxmem),
      memoryUsedMiB: inUnits(MIB, row.mem),
      uptimeSeconds: row.uptime ?? null,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** Storages in the resources are those with Datastore.Audit only. */
export function readStorages(resources: Resource[]): Storage[] {
  return resources
    .filter((row) => row.type === 'storage')
    .map((row) => ({
      name: row.storage ?? '',
      node: row.node ?? '',
      type: row.plugintype ?? 'unknown',
      shared: parseFlag(row.shared) ?? false,
      active: row.status === 'available',
      content: listOf(row.content),
      totalGiB: inUnits(GIB, row.maxdisk),
      availableGiB:
        row.maxdisk === undefined ? null : inUnits(GIB, Math.max(0, row.maxdisk - (row.disk ?? 0))),
    }))
}

export function readNodeStorages(
  node: string,
  rows: Calls['GET /nodes/{node}/storage']['returns'],
): Storage[] {
  return rows.map((row) => ({
    name: row.storage,
    node,
    type: row.type,
    shared: parseFlag(row.shared) ?? false,
    active: parseFlag(row.active) ?? false,
    content: listOf(row.content),
    totalGiB: inUnits(GIB, row.total),
    availableGiB: inUnits(GIB, row.avail),
  }))
}

/** @param zones of vnets, as far as the caller may see them */
export function readBridges(
  node: string,
  rows: Calls['GET /nodes/{node}/network']['returns'],
  zones: Map<string, string>,
): Bridge[] {
  return rows.flatMap((row) =>
    row.type === 'bridge' || row.type === 'OVSBridge' || row.type === 'vnet'
      ? [
          {
            name: row.iface,
            node,
            kind: row.type,
            zone: row.type === 'vnet' ? (zones.get(row.iface) ?? null) : 'localnetwork',
            // A vnet is listed where it runs, without saying so.
            active: row.type === 'vnet' || (parseFlag(row.active) ?? false),
            comment: row.comments?.trim() || null,
          },
        ]
      : [],
  )
}

/** `name` and `template` of a VM that is seconds old are not there yet. */
export function readGuests(resources: Resource[]): Guest[] {
  return resources.flatMap((row) =>
    (row.type === 'qemu' || row.type === 'lxc') && row.vmid !== undefined
      ? [
          {
            vmid: row.vmid,
            name: row.name ?? null,
            node: row.node ?? '',
            kind: row.type,
            status: row.status ?? 'unknown',
            template: parseFlag(row.template) ?? false,
            tags: parseTags(row.tags),
            pool: row.pool ?? null,
            lock: row.lock ?? null,
          },
        ]
      : [],
  )
}

/** In a cluster one row says so; a single node is always quorate. Null: the caller may not know. */
export function readQuorate(rows: Calls['GET /cluster/status']['returns'] | null): boolean | null {
  if (rows === null) return null
  const cluster = rows.find((row) => row.type === 'cluster')
  return cluster === undefined ? true : (parseFlag(cluster.quorate) ?? false)
}

/**
 * `next-id` of datacenter.cfg, as text (`lower=100,upper=1000`) or object, with `upper` exclusive (pve-manager
 * PVE/API2/Cluster.pm, nextid). Null where it is not set.
 */
export function readIdBounds(nextId: unknown): { min: number | null; max: number | null } {
  const parts =
    typeof nextId === 'string'
      ? parseProperties(nextId)
      : new Map(Object.entries(typeof nextId === 'object' && nextId !== null ? nextId : {}))
  const number = (key: string): number | null => {
    const value = Number.parseInt(`${parts.get(key)}`, 10)
    return Number.isInteger(value) ? value : null
  }
  const upper = number('upper')
  return { min: number('lower'), max: upper === null ? null : upper - 1 }
}

export function readVersion(text: string): { major: number; minor: number } {
  const [major = 0, minor = 0] = text.split('.').map((part) => Number.parseInt(part, 10))
  return { major, minor }
}

const inUnits = (unit: number, bytes: number | undefined): number | null =>
  bytes === undefined ? null : Math.round((bytes / unit) * 10) / 10

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
