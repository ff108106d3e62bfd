/** The outcome of a VM from its checks. */
import type { Check, Validation } from './deployment.ts'

/**
 * `healthy`: every check passed. `unhealthy`: Proxmox does not report the VM as running, or nothing inside it answers.
 * `degraded`: part of it works. Null where nothing was checked.
 */
export function outcomeOf(checks: Check[]): Validation['outcome'] | null {
  if (checks.length === 0) return null
  if (checks.every((check) => check.passed)) return 'healthy'
  const running = checks.every((check) => check.name !== 'proxmox' || check.passed)
  const inside = checks.filter((check) => check.name !== 'proxmox')
  return running && inside.some((check) => check.passed) ? 'degraded' : 'unhealthy'
}
