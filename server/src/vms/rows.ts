/** Rows of the list of VMs, from one answer of `/cluster/resources` and what the database knows. */
import type { VmRow, VmState } from '@deployer/core/vm.ts'
import { parseFlag, parseTags } from '@deployer/proxmox/property-string.ts'
import type { Resource } from '../inventory/read.ts'
import type { Facts } from './facts.ts'

const MIB = 1024 ** 2
const GIB = 1024 ** 3

/**
 * `paused` and the like are QEMU's own words (pve-manager PVE/Service/pvestatd.pm, update_qemu_status, takes `qmpstatus`
 * where it is known).
 */
export const stateOf = (status: string | undefined): VmState => {
  if (status === 'running' || status === 'stopped') return status
  if (status === undefined || status === 'unknown') return 'unknown'
  return status === 'paused' || status === 'suspended' || status === 'prelaunch'
    ? 'paused'
    : 'running'
}

export type VmResource = Resource & { vmid: number; node: string }

/** A VM, and no template and no container. */
export const isVm = (row: Resource): row is VmResource =>
  row.type === 'qemu' &&
  row.vmid !== undefined &&
  row.node !== undefined &&
  parseFlag(row.template) !== true

/**
 * @param seen deployments that the caller sees
 * @param states what was seen of a VM more recently than Proxmox's own list knows, by VMID
 */
export const readRows = (
  rows: VmResource[],
  facts: Facts,
  seen: ReadonlySet<string>,
  states: ReadonlyMap<number, VmState> = new Map(),
): VmRow[] =>
  rows.map((row): VmRow => {
    const name = row.name ?? null
    const known = facts.get(row.vmid)
    const fact = known !== undefined && (name === null || known.name === name) ? known : null
    const state = states.get(row.vmid) ?? stateOf(row.status)
    const live = state === 'running' || state === 'paused'
    return {
      vmid: row.vmid,
      name,
      node: row.node,
      state,
      lock: row.lock ?? null,
      tags: parseTags(row.tags),
      pool: row.pool ?? null,
      cores: row.maxcpu ?? null,
      cpuFraction: state === 'running' ? rounded(row.cpu, 1, 1000) : null,
      memoryMiB: rounded(row.maxmem, MIB),
      memoryUsedMiB: live ? rounded(row.mem, MIB) : null,
      diskGiB: rounded(row.maxdisk, GIB, 10),
      uptimeSeconds: live ? (row.uptime ?? null) : null,
      address: fact?.address ?? null,
      deployment: fact?.deployment && seen.has(fact.deployment.id) ? fact.deployment : null,
      health: fact?.health ?? null,
      createdAt: fact?.createdAt ?? null,
    }
  })

/** In units, to so many parts of one. */
const rounded = (value: number | undefined, unit: number, parts = 1): number | null =>
  value === undefined ? null : Math.round((value / unit) * parts) / parts
