/** From a request and the cluster's inventory to a plan. Pure: the same input gives the same plan. */
import type { Inventory } from './inventory.ts'
import type { Plan } from './plan.ts'
import type { DeploymentRequest } from './request.ts'

export type PlanOptions = {
  /** Makes MAC addresses differ between installations; constant in one, so that the same request gives the same plan. */
  macSalt: string
}

/** Never throws for what a request asks: everything that cannot be done becomes a blocker with its field. */
export function planDeployment(
  _request: DeploymentRequest,
  _inventory: Inventory,
  _options: PlanOptions,
): Plan {
  throw new Error('not written yet')
}
