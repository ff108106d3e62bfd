import type { DeploymentView } from '@deployer/core/deployment.ts'
import type { Simulator } from '@deployer/simulator/simulator.ts'
import { changingCalls, madeBy } from './engine.ts'

/** What is not as it must be: every VM exists once, is ours, was made and started once, and proved itself. */
export const faultsOf = (simulator: Simulator, ended: DeploymentView): string[] => {
  const made = madeBy(simulator, ended.id).map(({ vmid }) => vmid)
  const extra = made.filter((vmid) => ended.vms.every((vm) => vm.vmid !== vmid))
  return [
    ...extra.map((vmid) => `${vmid} belongs to no VM of the deployment`),
    ...ended.vms.flatMap(({ name, vmid, status, validation }) => {
      const paths = changingCalls(simulator.requests(), vmid).map(({ path }) => path)
      const calls = (end: string) => paths.filter((path) => path.endsWith(end)).length
      const makings = calls('/clone') + calls('/qemu')
      const exist = made.filter((one) => one === vmid).length
      return [
        status === 'succeeded' ? null : `${name} is ${status}`,
        validation?.outcome === 'healthy' ? null : `${name} is not healthy`,
        exist === 1 ? null : `${name} exists ${exist} times`,
        makings === 1 ? null : `${name} was made ${makings} times`,
        calls('/start') === 1 ? null : `${name} was started ${calls('/start')} times`,
      ].filter((fault) => fault !== null)
    }),
  ]
}
