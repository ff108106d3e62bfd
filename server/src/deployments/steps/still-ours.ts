/** The stamp, read at the moment at which a VM is stopped or destroyed. */
import { StepFailed } from '../failures.ts'
import { lookFor, nodeOf } from '../look.ts'
import { moved } from '../look-again.ts'
import type { StepContext } from './step.ts'

/**
 * True where the VM is there and carries the stamp of `deployment`, false where there is none any more. Throws
 * `StepFailed` for everything else: it is left alone.
 */
export const isStillOurs = async (
  { node, deployment }: { node: string; deployment: string },
  { api, vm }: Pick<StepContext, 'api' | 'vm'>,
): Promise<boolean> => {
  const mine = { deploymentId: deployment, name: vm.name, vmid: vm.vmid }
  const found = await lookFor(api, [node], mine)
  switch (found.kind) {
    case 'ours':
      return true
    case 'absent': {
      const elsewhere = await nodeOf(api, vm.vmid)
      if (elsewhere !== null && (await lookFor(api, [elsewhere], mine)).kind === 'ours')
        throw new StepFailed(moved(mine, node, elsewhere))
      return false
    }
    case 'hidden':
      throw new StepFailed({
        ...leftAlone(vm.vmid),
        code: 'hidden',
        cause: `Its config cannot be read: Proxmox asks for VM.Audit on /vms/${vm.vmid}.`,
      })
    case 'foreign':
    case 'unfinished':
      throw new StepFailed({
        ...leftAlone(vm.vmid),
        code: 'not-ours',
        cause: `It does not carry the stamp of ${deployment} and ${vm.name}: somebody changed its description, or it is another VM by now.`,
      })
  }
}

const leftAlone = (vmid: number) => ({
  title: `VM ${vmid} was left alone`,
  remedy: 'Look at it on Proxmox, and remove it there if it shall go.',
  proxmox: null,
})
