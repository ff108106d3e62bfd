/** How long the like of it took before. Pure. */
import type { DeploymentHead } from '@deployer/core/deployment.ts'
import { labelOfSource } from '@deployer/core/source-label.ts'
import { elapsedMs } from '../../components/deploymentWords.ts'
import { defaultsFor, type DeployForm } from './form.ts'
import type { Basis } from './scratch/basis.ts'

export type EarlierRun = { id: string; vms: number; tookMs: number; finishedAt: string }

/** Of the runs from the same source that went well, the one with about as many VMs; the newest of several. */
export function earlierRun(
  heads: readonly DeploymentHead[],
  form: DeployForm,
  template: Basis | null,
  vms: number,
): EarlierRun | null {
  const label = labelOf(form, template)
  const far = ({ summary }: DeploymentHead) => Math.abs(summary.total - vms)
  const [head] = heads
    .filter(
      ({ status, sourceLabel: made, undoOf }) =>
        status === 'succeeded' && undoOf === null && made === label,
    )
    .toSorted((one, other) => far(one) - far(other) || other.createdAt.localeCompare(one.createdAt))
  return head === undefined || head.finishedAt === null
    ? null
    : {
        id: head.id,
        vms: head.summary.total,
        tookMs: elapsedMs(head, 0),
        finishedAt: head.finishedAt,
      }
}

function labelOf(form: DeployForm, template: Basis | null): string | null {
  const { source: kind, volid, convert: convertToTemplate } = form
  if (kind === 'iso') return labelOfSource({ kind, volid }, null)
  if (kind === 'image') return labelOfSource({ kind, volid, convertToTemplate }, null)
  if (form.template === null || template === null) return null
  const clone = form.clone ?? defaultsFor(template).clone
  return labelOfSource({ kind, vmid: form.template, clone }, template.name)
}
