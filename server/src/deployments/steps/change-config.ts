import { ADMIN_PASSWORD } from '@deployer/core/cloud-init/windows.ts'
import type { Call } from '@deployer/core/plan.ts'
import { fillCall } from '@deployer/core/steps.ts'
import { StepFailed } from '../failures.ts'
import { configOf, isOurs } from '../look.ts'
import type { StepContext } from './step.ts'

/**
 * Reads the config, proves by the stamp that the VM is ours, and changes it with the digest of what was read. `skip`: from
 * what was read it follows that nothing is to be changed any more. Answers the config before the change.
 */
export const changeConfig = async (
  calls: Call[],
  context: StepContext,
  skip: (config: Record<string, unknown>) => boolean = () => false,
): Promise<Record<string, unknown>> => {
  const { vmid, name } = context.vm
  const mine = { deploymentId: context.deploymentId, name, vmid }
  let config: Record<string, unknown> = {}
  for (const call of calls) {
    if (!call.changes) {
      config = configOf(await context.read(fillCall(call, { deployment: mine.deploymentId })))
      if (!isOurs(config, mine)) throw new StepFailed(notOurs(vmid))
      continue
    }
    if (skip(config)) break
    const digest = config['digest']
    const secret = Object.values(call.params).includes(ADMIN_PASSWORD)
    const adminPassword = secret ? await context.adminPassword() : null
    if (secret && adminPassword === null) throw new StepFailed(passwordGone)
    await context.change(
      fillCall(call, {
        deployment: context.deploymentId,
        ...(typeof digest === 'string' && { digest }),
        ...(adminPassword !== null && { adminPassword }),
      }),
    )
  }
  return config
}

export const passwordGone = {
  code: 'password-gone',
  title: 'The administrator password cannot be read any more',
  cause: 'It was encrypted with another APP_SECRET than the server has now.',
  remedy: 'Deploy again, or set APP_SECRET back and retry the VM.',
  proxmox: null,
}

export const notOurs = (vmid: number) => ({
  code: 'not-ours',
  title: `VM ${vmid} does not carry the stamp of this deployment`,
  cause: 'Somebody changed its description, or replaced the VM, after it was made.',
  remedy: 'Nothing was changed. Look at the VM on Proxmox, then deploy again.',
  proxmox: null,
})
