/** Plans for callers: from what they may see of the cluster at the moment. */
import { withHashedPasswords, withMaskedRequest } from '@deployer/core/cloud-init/passwords.ts'
import type { Inventory } from '@deployer/core/inventory.ts'
import type { Plan } from '@deployer/core/plan.ts'
import { planDeployment } from '@deployer/core/planner.ts'
import type { DeploymentRequest, RetryChanges } from '@deployer/core/request.ts'
import { type FailedVms, planRetry, type RetryPlan } from '@deployer/core/retry.ts'
import { createHash } from 'node:crypto'
import type { Caller } from './identity/caller.ts'
import { type ServiceAccount, withWorker } from './identity/service-account.ts'
import { ProblemError } from './problem.ts'
import type { InventoryReader } from './inventory/inventory.ts'

export type Planner = {
  /** The request as it may be stored: hashes in place of passwords. The same request becomes the same. */
  prepared: (request: DeploymentRequest) => DeploymentRequest
  /** `fresh`: from what Proxmox says now, not seconds ago. Changes nothing. */
  plan: (caller: Caller, request: DeploymentRequest, options?: { fresh: boolean }) => Promise<Plan>
  /** From what Proxmox says now. Changes nothing. */
  planRetry: (caller: Caller, failed: FailedVms, changes: RetryChanges) => Promise<RetryPlan>
}

/** Each takes some 20 ms, in which the server does nothing else. */
const MOST_PASSWORDS = 50

const tooManyPasswords = () =>
  new ProblemError({
    kind: 'too-many-passwords',
    status: 422,
    title: 'Too many different passwords',
    detail: `A request may have ${MOST_PASSWORDS} different passwords for users of guests.`,
    hint: 'Hash them yourself (mkpasswd --method=SHA-512) and send passwordHash instead.',
  })

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
    const seen = await inventory.forPlan(caller, request.source, fresh)
    const plan = planner(seen)
    // Which rights a plan needs is known only when it is made; where the list of rights left a doubt, plan again.
    const surer = await seen.withExactRights()
    const made = surer === null ? plan : planner(surer)
    const planWith = (holds: Inventory['holds']) => planner({ ...seen, holds }).plan
    return { ...made, plan: await withWorker(service, caller, made.plan, planWith) }
  }

  const prepared = (request: DeploymentRequest) => {
    // Salts need not be secret, but must not tell anything about the passwords: so they come from the rest of the request.
    const rest = createHash('sha256').update(JSON.stringify([macSalt, withMaskedRequest(request)]))
    const seed = rest.digest()
    let count = 0
    return withHashedPasswords(request, () => {
      count += 1
      if (count > MOST_PASSWORDS) throw tooManyPasswords()
      const salt = createHash('sha256').update(seed).update(String(count)).digest('base64')
      return salt.replaceAll('+', '.').slice(0, 16)
    })
  }

  return {
    prepared,
    plan: async (caller, asked, { fresh } = { fresh: false }) => {
      const request = prepared(asked)
      const planner = (seen: Inventory) => ({ plan: planDeployment(request, seen, { macSalt }) })
      return (await planFrom(caller, request, fresh, planner)).plan
    },
    planRetry: (caller, failed, changes) =>
      planFrom(caller, failed.request, true, (seen) =>
        planRetry(failed, changes, seen, { macSalt }),
      ),
  }
}
