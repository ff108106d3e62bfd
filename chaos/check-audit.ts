/** The audit log is whole, and says of every VM and every deployment once what became of it. */
import { auditEntrySchema, chainStart, checkLink, parseJson } from '@deployer/core/audit.ts'
import type { DeploymentView } from '@deployer/core/deployment.ts'

const MAKING = ['template_clone', 'vm_creation']

/** `lines`: the entries as they stand in the log, oldest first. */
export const checkAudit = (deployments: DeploymentView[], lines: string[]): string[] => [
  ...brokenLinks(lines),
  ...deployments.flatMap((deployment) => sameOutcome(deployment, lines)),
]

const brokenLinks = (lines: string[]): string[] => {
  let end = chainStart
  for (const line of lines) {
    const link = checkLink(line, end)
    if (!link.ok) return [`audit log: ${link.fault.message}`]
    end = link.end
  }
  return []
}

const sameOutcome = ({ id, vms }: DeploymentView, lines: string[]): string[] => {
  const entries = lines
    .map((line) => auditEntrySchema.parse(parseJson(line)))
    .filter((entry) => entry['deployment_id'] === id)
  const ends = entries.filter(({ operation, closes }) => operation === 'batch_clone' && closes)
  return [
    ...(ends.length === 1 ? [] : [`audit log: ${id} ended ${ends.length} times`]),
    ...vms.flatMap((vm) => {
      const [made, ...more] = entries.filter(
        ({ operation, vm_name: name }) => MAKING.includes(operation) && name === vm.name,
      )
      // One that never began has nothing to tell.
      if (!made && vm.status === 'cancelled') return []
      if (!made || more.length > 0)
        return [`audit log: ${vm.name} of ${id} ended ${made ? more.length + 1 : 0} times`]
      const status = vm.status === 'succeeded' ? 'success' : 'failed'
      return made.status === status && made.vm_id === vm.vmid
        ? []
        : [`audit log: ${vm.name} of ${id} is ${made.status} as VM ${made.vm_id}`]
    }),
  ]
}
