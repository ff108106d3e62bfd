/** The words of an undo. */
import type { Plan } from '@deployer/core/plan.ts'
import { plural } from '../../ui/format.ts'

/** What has to be typed before VMs are destroyed. */
export const undoConfirmation = (vms: number): string => `delete ${vms}`

/** `It would stop and destroy 10 VMs with their disks, all stamped d-7f3a. Nothing else is touched.` */
export const undoSentence = ({ vms }: Plan, deploymentId: string): string => {
  if (vms.length === 0)
    return `No VM that could be destroyed carries the stamp of ${deploymentId}. Nothing is left to undo.`
  const running = vms.some(({ steps }) => steps.some(({ kind }) => kind === 'stop'))
  const one = vms.length === 1
  return `It would ${running ? 'stop and destroy' : 'destroy'} ${plural(vms.length, 'VM')} with ${one ? 'its' : 'their'} disks, ${one ? '' : 'all '}stamped ${deploymentId}. Nothing else is touched.`
}
