/** Where a VM is, and whether it is there at all. */
import type { VmState } from '@deployer/core/vm.ts'
import { answeredWith, isVmMissing } from '@deployer/proxmox/errors.ts'
import { parseFlag } from '@deployer/proxmox/property-string.ts'
import type { Caller } from '../identity/caller.ts'
import type { Resource } from '../inventory/read.ts'
import { isTemplate, noSuchVm } from './problems.ts'
import { isVm, stateOf, type VmResource } from './rows.ts'

export type Place = {
  vmid: number
  node: string
  name: string
  state: VmState
  pool: string | null
  row: VmResource
}

export type Find = {
  /** Rejects with a problem: 404 where the caller sees no such VM, 409 for a template. */
  place: (caller: Caller, vmid: number) => Promise<Place>
  /** By what is known already; null where the caller sees no such VM. */
  known: (caller: Caller, vmid: number) => Promise<Place | null>
  /**
   * Does `work` where the VM is. Where it has moved meanwhile, again at its new place; where it has gone, a 404 that says so.
   * A 403 of a VM that has gone is told as a 404 too: Proxmox checks rights first.
   */
  at: <T>(caller: Caller, vmid: number, work: (place: Place) => Promise<T>) => Promise<T>
}

export const createFind = (
  resources: (caller: Caller, fresh: boolean) => Promise<Resource[]>,
): Find => {
  const look = async (caller: Caller, vmid: number, fresh: boolean): Promise<Place | null> => {
    const row = (await resources(caller, fresh)).find(
      (each) => each.vmid === vmid && each.type === 'qemu',
    )
    if (row === undefined) return null
    if (parseFlag(row.template) === true || !isVm(row)) throw isTemplate(vmid)
    return {
      vmid,
      node: row.node,
      name: row.name ?? `VM ${vmid}`,
      state: stateOf(row.status),
      pool: row.pool ?? null,
      row,
    }
  }

  const place = async (caller: Caller, vmid: number, fresh = false): Promise<Place> => {
    const found =
      (await look(caller, vmid, fresh)) ?? (fresh ? null : await look(caller, vmid, true))
    if (found === null) throw noSuchVm(vmid)
    return found
  }

  return {
    place,
    known: (caller, vmid) => look(caller, vmid, false),
    at: async (caller, vmid, work) => {
      const before = await place(caller, vmid)
      try {
        return await work(before)
      } catch (error) {
        if (!isVmMissing(error) && !answeredWith(error, 403, 595)) throw error
        const now = await place(caller, vmid, true)
        if (now.node === before.node) throw isVmMissing(error) ? noSuchVm(vmid) : error
        return work(now)
      }
    },
  }
}
