/** How a plan brings the first-boot settings to its VMs. */
import type { Plan, PlannedVm } from '@deployer/core/plan.ts'

type Way = NonNullable<PlannedVm['cloudInit']>['delivery']

export const deliveryTitles: Record<Way, string> = {
  native: 'By Proxmox’s own settings',
  seed: 'By a seed image',
  snippet: 'By a snippet on the node',
}

export type Delivered = { title: string; reason: string; vms: number }

/** Each way with its reason once, in the order of the VMs. */
export function deliveriesOf(plan: Plan): Delivered[] {
  const ways = new Map<string, Delivered>()
  for (const { cloudInit } of plan.vms) {
    if (cloudInit === null) continue
    const key = `${cloudInit.delivery} ${cloudInit.reason}`
    const before = ways.get(key)
    const title = deliveryTitles[cloudInit.delivery]
    ways.set(key, { title, reason: cloudInit.reason, vms: (before?.vms ?? 0) + 1 })
  }
  return [...ways.values()]
}
