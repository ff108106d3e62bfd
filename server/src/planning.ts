/** Plans for callers: from what they may see of the cluster at the moment. */
import { withHashedPasswords, withMaskedRequest } from '@deployer/core/cloud-init/passwords.ts'
import type { Choice } from '@deployer/core/context.ts'
import type { Inventory } from '@deployer/core/inventory.ts'
import type { Plan } from '@deployer/core/plan.ts'
import { planDeployment } from '@deployer/core/planner.ts'
import type { DeploymentRequest, RetryChanges } from '@deployer/core/request.ts'
import { type FailedVms, planRetry, type RetryPlan } from '@deployer/core/retry.ts'
import { keepNewest } from '@deployer/proxmox/newest.ts'
import { createHash } from 'node:crypto'
import type { Caller } from './identity/caller.ts'
import { type ServiceAccount, withWorker } from './identity/service-account.ts'
import { ProblemError } from './problem.ts'
import type { InventoryReader } from './inventory/inventory.ts'

export type Planner = {
  /** The request as it may be stored: hashes in place of passwords. The same request becomes the same. */
  prepared: (request: DeploymentRequest) => DeploymentRequest
  /** From what Proxmox said seconds ago. Changes nothing. */
  plan: (caller: Caller, request: DeploymentRequest) => Promise<Plan>
  /** From what Proxmox says now, with the VMIDs and nodes of the plan with that hash where they can be kept. */
  planAgain: (
    caller: Caller,
    request: DeploymentRequest,
    planHash: string | undefined,
  ) => Promise<Plan>
  /** From what Proxmox says now. Changes nothing. */
  planRetry: (
    caller: Caller,
    failed: FailedVms,
    changes: RetryChanges,
    planHash: string | undefined,
  ) => Promise<RetryPlan>
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
  const shown = rememberChoices()

  /** With the caller's rights, carried out by whoever does the work. */
  const planFrom = async <T extends { plan: Plan }>(
    caller: Caller,
    { source }: DeploymentRequest,
    fresh: boolean,
    planner: (seen: Inventory) => T,
  ): Promise<T> => {
    const seen = await inventory.forPlan(caller, source, fresh)
    const plan = planner(seen)
    // Which rights a plan needs is known only when it is made; where the list of rights left a doubt, plan again.
    const surer = await seen.withExactRights()
    const made = surer === null ? plan : planner(surer)
    const planWith = (holds: Inventory['holds']) => planner({ ...seen, holds }).plan
    const whole = await withWorker(service, caller, made.plan, planWith)
    shown.add(whole)
    return { ...made, plan: whole }
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

  const hashedChanges = (request: DeploymentRequest, changes: RetryChanges): RetryChanges => {
    const { cloudInit } = changes
    if (cloudInit === undefined) return changes
    const hashed = prepared({ ...request, defaults: { cloudInit }, vms: [] })
    return { ...changes, cloudInit: hashed.defaults?.cloudInit }
  }

  const planned = async (
    caller: Caller,
    asked: DeploymentRequest,
    fresh: boolean,
    planHash: string | undefined,
  ): Promise<Plan> => {
    const request = prepared(asked)
    const options = { macSalt, shown: shown.of(planHash) }
    const planner = (seen: Inventory) => ({ plan: planDeployment(request, seen, options) })
    return (await planFrom(caller, request, fresh, planner)).plan
  }

  return {
    prepared,
    plan: (caller, asked) => planned(caller, asked, false, undefined),
    planAgain: (caller, asked, planHash) => planned(caller, asked, true, planHash),
    planRetry: (caller, failed, asked, planHash) => {
      const changes = hashedChanges(failed.request, asked)
      const options = { macSalt, shown: shown.of(planHash) }
      return planFrom(caller, failed.request, true, (seen) =>
        planRetry(failed, changes, seen, options),
      )
    },
  }
}

const MOST_SHOWN_PLANS = 500

/**
 * What the newest plans chose, by their hashes. After a restart, or on another server, nothing is known of a plan: then
 * the planner chooses anew, and whoever read the old plan is shown the new one where it differs.
 */
function rememberChoices() {
  const known = new Map<string, Choice[]>()
  return {
    add: ({ hash, vms }: Plan) => {
      const choices = vms.map(({ name, vmid, node }) => ({ name, vmid, node }))
      keepNewest(known, hash, choices, MOST_SHOWN_PLANS)
    },
    of: (hash: string | undefined) => (hash === undefined ? undefined : known.get(hash)),
  }
}
