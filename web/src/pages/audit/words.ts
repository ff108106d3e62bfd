/** How the page says what an entry is about and what came of it. */
import { plural } from '../../ui/format.ts'
import type { GlyphKind } from '../../ui/StatusGlyph.tsx'
import type { AuditHead } from './queries.ts'

export const resultOf = ({
  status,
  reason,
}: Pick<AuditHead, 'status' | 'reason'>): { glyph: GlyphKind; text: string } => {
  if (status === 'pending') return { glyph: 'running', text: 'Under way' }
  if (status === 'success')
    return reason === 'interrupted'
      ? { glyph: 'info', text: 'Taken over' }
      : { glyph: 'done', text: 'Success' }
  if (reason === 'cancelled') return { glyph: 'cancelled', text: 'Cancelled' }
  if (reason === 'interrupted') return { glyph: 'warning', text: 'Interrupted' }
  if (status === 'partial') return { glyph: 'warning', text: 'Partial' }
  return { glyph: 'failed', text: reason === 'refused' ? 'Refused' : 'Failed' }
}

/** `web-01`, `web tier, 10 VMs`, or why a sign-in was refused. */
export const aboutOf = ({ vm, deployment, vms, error }: AuditHead): string => {
  if (vm !== null) return vm.name ?? `VM ${vm.vmid}`
  if (deployment !== null) {
    const count = vms === null ? null : plural(vms, 'VM')
    return [deployment.name, count].filter(Boolean).join(', ') || deployment.id
  }
  return error ?? ''
}

/** VMID, or id of the deployment. */
export const idOf = ({ vm, deployment }: AuditHead): string =>
  vm?.vmid === null || vm?.vmid === undefined ? (deployment?.id ?? '') : String(vm.vmid)
