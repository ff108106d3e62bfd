import { callsOf } from '@deployer/core/steps.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import type { StepContext } from './step.ts'

/** A taken id is a 400 that names the parameter (pve-manager PVE/API2/Cluster.pm, nextid). */
const isTaken = (error: unknown) => answeredWith(error, 400) && /already exists/.test(error.message)

/**
 * The id, or where Proxmox says that it is taken the first of the next ones that is not; the VM has that one from then
 * on. Proxmox sees VMs that the caller may not. Throws `StepFailed` where none is left.
 */
export const freeVmid = async (context: StepContext, wished: number): Promise<number> => {
  let vmid = wished
  for (;;) {
    try {
      for (const call of callsOf({ kind: 'reserve-id' }, { vmid })) await context.read(call)
      return vmid
    } catch (error) {
      if (!isTaken(error)) throw error
      vmid = await context.nextVmid()
    }
  }
}
