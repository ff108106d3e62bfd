/** Plans for callers: from what they may see of the cluster at the moment. */
import type { Inventory } from '@deployer/core/inventory.ts'
import type { Plan } from '@deployer/core/plan.ts'
import { planDeployment } from '@deployer/core/planner.ts'
import type { DeploymentRequest, RetryChanges } from '@deployer/core/request.ts'
import { type FailedVms, planRetry, type RetryPlan } from '@deployer/core/retry.ts'
import type { Caller } from './identity/caller.ts'
import { type ServiceAccount, withWorker } from './identity/service-account.ts'
import type { InventoryReader } from './inventory/inventory.ts'

export type Planner = {
  /** `fresh`: from what Proxmox says now, not seconds ago. Changes nothing. */
  plan: (caller: Caller, request: DeploymentRequest, options?: { fresh: boolean }) => Promise<Plan>
  /** From what Proxmox says now. Changes nothing. */
  planRetry: (caller: Caller, failed: FailedVms, changes: RetryChanges) => Promise<RetryPlan>
}

export function createPlanner(deps: {
  inventory: Pick<InventoryReader, 'forPlan'>
  /** Does the work of all plans; null: each is carried out with the caller's own account. */
  service: ServiceAccount | null
  /** Makes MAC addresses differ between installations. */
  macSalt: string
}): Planner {
  const { inventory, macSalt, service } = deps

  /** With the caller's rights, carried out by whoever does the work. */
  const planFrom = async <T extends { plan: Plan }>(
    caller: Caller,
    request: DeploymentRequest,
    fresh: boolean,
    planner: (seen: Inventory) => T,
  ): Promise<T> => {
    const seen = await inventory.forPlan(caller, [request.source.vmid], fresh)
    const plan = planner(seen)
    // Which rights a plan needs is known only when it is made; where the list of rights left a doubt, plan again.
    const surer = await seen.withExactRights()
    const made = surer === null ? plan : planner(surer)
    const planWith = (holds: Inventory['holds']) => planner({ ...seen, holds }).plan
    return { ...made, plan: await withWorker(service, caller, made.plan, planWith) }
  }

  return {
    plan: async (caller, request, { fresh } = { fresh: false }) => {
      const planner = (seen: Inventory) => ({ plan: planDeployment(request, seen, { macSalt }) })
      return (await planFrom(caller, request, fresh, planner)).plan
    },
    planRetry: (caller, failed, changes) =>
      planFrom(caller, failed.request, true, (seen) =>
        planRetry(failed, changes, seen, { macSalt }),
      ),
  }
}
