/** The first thing that happens to a VM that is tried again: whether it is still there, and still ours. */
import type { EngineParts } from './engine-parts.ts'
import { StepFailed } from './failures.ts'
import { lookFor, nodeOf, type Mine } from './look.ts'
import type { Made } from './start-over.ts'
import type { Go } from './step-context.ts'
import type { StepContext } from './steps/step.ts'

/**
 * Reads the stamp. A VM that is gone, or carries another one or none, is made anew from its first step on, under the
 * same id where that is free; nothing is done to what there is in its place. One that was switched off since its start
 * is started again. Throws `StepFailed` where going on would make a second VM beside one that is still ours.
 */
export const lookAgain = async (
  { journal, settings }: Pick<EngineParts, 'journal' | 'settings'>,
  { ref, vm }: Go,
  { api }: Pick<StepContext, 'api'>,
): Promise<'go-on' | 'start-over'> => {
  const made = await journal.whatWasMade(ref.vmId)
  if (made !== null && (await isLost(made, vm, api))) {
    await journal.startOver(ref, settings.vmids)
    return 'start-over'
  }
  if (made?.started === true && (await isOff(vm, api))) {
    await journal.startAgain(ref)
    return 'start-over'
  }
  await journal.looked(ref.vmId)
  return 'go-on'
}

const isLost = async (
  { cloned, sourceNode, reserved }: Made,
  vm: Go['vm'],
  api: StepContext['api'],
): Promise<boolean> => {
  if (cloned === 'no') return !reserved
  const mine: Mine = { deploymentId: vm.deployment_id, name: vm.name, vmid: vm.vmid }
  const nodes = sourceNode === null ? [vm.node] : [vm.node, sourceNode]
  const found = await lookFor(api, nodes, mine)
  if (found.kind === 'ours') return false
  if (cloned === 'maybe') return !reserved
  if (found.kind === 'hidden') throw new StepFailed(hidden(mine))
  const elsewhere = found.kind === 'absent' ? await nodeOf(api, vm.vmid) : null
  if (elsewhere !== null && (await lookFor(api, [elsewhere], mine)).kind === 'ours')
    throw new StepFailed(moved(mine, vm.node, elsewhere))
  return true
}

const isOff = async ({ node, vmid }: Go['vm'], api: StepContext['api']): Promise<boolean> => {
  const { status } = await api.call('GET /nodes/{node}/qemu/{vmid}/status/current', { node, vmid })
  return status === 'stopped'
}

const hidden = ({ vmid }: Mine) => ({
  code: 'hidden',
  title: `VM ${vmid} cannot be seen any more`,
  cause: `The VM was made, but whoever tries it again may not read its config: Proxmox asks for VM.Audit on /vms/${vmid}.`,
  remedy: 'Nothing was changed. Have the right given, or have its maker try again.',
  proxmox: null,
})

/** Also for an undo, whose steps name the node on which the VM was. */
export const moved = ({ vmid }: Pick<Mine, 'vmid'>, from: string, to: string) => ({
  code: 'moved',
  title: `VM ${vmid} is on ${to} now`,
  cause: `It was on ${from} before, and somebody migrated it.`,
  remedy: `Nothing was changed. Migrate it back to ${from} and retry, or go on with it on Proxmox.`,
  proxmox: null,
})
