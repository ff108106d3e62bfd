import { macsOf } from '@deployer/core/select-address.ts'
import { callsOf, fillCall } from '@deployer/core/steps.ts'
import { StepFailed } from '../failures.ts'
import { configOf, isOurs } from '../look.ts'
import type { StepRunner } from './step.ts'

/** Sending the same settings twice leaves the same VM, so a lost answer needs no looking: the next try reads anew. */
export const runConfigure: StepRunner<'configure'> = async (spec, context) => {
  const { vmid, name } = context.vm
  const mine = { deploymentId: context.deploymentId, name, vmid }
  let config: Record<string, unknown> = {}
  for (const call of callsOf(spec, { vmid })) {
    const digest = config['digest']
    const filled = fillCall(call, {
      deployment: context.deploymentId,
      ...(typeof digest === 'string' && { digest }),
    })
    if (call.changes) {
      await context.change(filled)
      continue
    }
    config = configOf(await context.read(filled))
    if (!isOurs(config, mine)) throw new StepFailed(notOurs(vmid))
  }
  return {
    detail: [...Object.keys(spec.settings), ...spec.remove.map((key) => `no ${key}`)].join(', '),
    result: { macs: macsOf({ ...config, ...spec.settings }) },
  }
}

const notOurs = (vmid: number) => ({
  code: 'not-ours',
  title: `VM ${vmid} does not carry the stamp of this deployment`,
  cause: 'Somebody changed its description, or replaced the VM, after it was cloned.',
  remedy: 'Nothing was changed. Look at the VM on Proxmox, then deploy again.',
  proxmox: null,
})
