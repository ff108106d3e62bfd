import { freeVmid } from './free-vmid.ts'
import type { StepRunner } from './step.ts'

/** Our own reservation is made at submit; this asks Proxmox. */
export const runReserveId: StepRunner<'reserve-id'> = async (_spec, context) => {
  const wished = context.vm.vmid
  const vmid = await freeVmid(context, wished)
  return {
    detail: vmid === wished ? `VMID ${vmid}` : `VMID ${vmid}; ${wished} was taken meanwhile`,
  }
}
