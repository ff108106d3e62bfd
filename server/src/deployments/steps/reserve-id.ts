import { callsOf } from '@deployer/core/steps.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import type { StepRunner } from './step.ts'

/** A taken id is a 400 that names the parameter (pve-manager PVE/API2/Cluster.pm, nextid). */
const isTaken = (error: unknown) => answeredWith(error, 400) && /already exists/.test(error.message)

/** Our own reservation is made at submit; this asks Proxmox, which sees VMs that the caller may not. */
export const runReserveId: StepRunner<'reserve-id'> = async (spec, context) => {
  const wished = context.vm.vmid
  let vmid = wished
  for (;;) {
    try {
      for (const call of callsOf(spec, { vmid })) await context.read(call)
      return {
        detail: vmid === wished ? `VMID ${vmid}` : `VMID ${vmid}; ${wished} was taken meanwhile`,
      }
    } catch (error) {
      if (!isTaken(error)) throw error
      vmid = await context.nextVmid()
    }
  }
}
