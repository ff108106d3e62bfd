/** Plans for callers: from what they may see of the cluster at the moment. */
import type { Plan } from '@deployer/core/plan.ts'
import { planDeployment } from '@deployer/core/planner.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import type { Caller } from './identity/caller.ts'
import type { InventoryReader } from './inventory/inventory.ts'

export type Planner = {
  /** `fresh`: from what Proxmox says now, not seconds ago. Changes nothing. */
  plan: (caller: Caller, request: DeploymentRequest, options?: { fresh: boolean }) => Promise<Plan>
}

export function createPlanner(deps: {
  inventory: Pick<InventoryReader, 'forPlan'>
  /** Makes MAC addresses differ between installations. */
  macSalt: string
}): Planner {
  const { inventory, macSalt } = deps
  return {
    plan: async (caller, request, { fresh } = { fresh: false }) => {
      const seen = await inventory.forPlan(caller, [request.source.vmid], fresh)
      const plan = planDeployment(request, seen, { macSalt })
      // Which rights a plan needs is known only when it is made; where the list of rights left a doubt, plan again.
      const surer = await seen.withExactRights()
      return surer === null ? plan : planDeployment(request, surer, { macSalt })
    },
  }
}
