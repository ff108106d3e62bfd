/** Which deployment a call is about, whether the caller sees it, and whether the caller may change it. */
import type { DeploymentHead, DeploymentView } from '@deployer/core/deployment.ts'
import { MAX_VMS_PER_DEPLOYMENT } from '@deployer/core/limits.ts'
import type { Plan } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import type { FailedVms } from '@deployer/core/retry.ts'
import { z } from 'zod'
import type { RetryOrder } from '../deployments/retry.ts'
import type { Visibility } from '../deployments/visibility.ts'
import { type Caller, owns } from '../identity/caller.ts'
import type { Planner } from '../planning.ts'
import { notFound, ProblemError } from '../problem.ts'

export type DeploymentDeps = {
  planner: Planner
  deployments: {
    /** What the caller's earlier call with this key made, or null. */
    findByKey: (idempotencyKey: string, caller: Caller) => Promise<DeploymentView | null>
    submit: (order: {
      request: DeploymentRequest
      plan: Plan
      caller: Caller
      idempotencyKey: string | null
    }) => Promise<DeploymentView>
    /** Those that the caller sees. */
    list: (caller: Caller, page: { limit?: number; before?: string }) => Promise<DeploymentHead[]>
    /** Whoever asks. */
    get: (id: string) => Promise<DeploymentView | null>
    cancel: (id: string, caller: Caller, vmIds: string[] | null) => Promise<string[]>
    failedVms: (id: string, vmIds: string[] | null, caller: Caller) => Promise<FailedVms>
    retryPlan: (failed: FailedVms, caller: Caller) => Promise<Plan>
    retry: (order: RetryOrder) => Promise<void>
    undoPlan: (id: string, caller: Caller) => Promise<Plan>
    undo: (id: string, plan: Plan, caller: Caller) => Promise<DeploymentView>
  }
  visible: Visibility['among']
  /** The work is done with other rights than the caller's, so theirs are checked first. */
  hasServiceAccount: boolean
  /** Whether Proxmox would let the caller act on what others do. */
  isAdministrator: (caller: Caller) => Promise<boolean>
}

export const idParams = z.strictObject({
  id: z.string().min(1).max(64).describe('As its list and its answers have it.'),
})

export const vmIdsSchema = z
  .array(z.string().max(64))
  .min(1)
  .max(MAX_VMS_PER_DEPLOYMENT)
  .describe('Ids of VMs of this deployment (`vms[].id`), not VMIDs.')

export const pathOf = (deployment: DeploymentView): string => `/api/v1/deployments/${deployment.id}`

/** @throws {ProblemError} 404 where there is none, or the caller may not see it: nobody learns which of the two */
export async function refuseHidden(
  visible: Visibility['among'],
  caller: Caller,
  id: string,
): Promise<void> {
  if (!(await visible(caller, [id])).has(id)) throw noSuchDeployment(id)
}

export const noSuchDeployment = (id: string) =>
  notFound(
    `There is no deployment ${id} that you may see.`,
    'GET /api/v1/deployments lists them. Those of others need VM.Audit on their pool, or on /vms.',
  )

export function createAccess(
  deps: Pick<DeploymentDeps, 'deployments' | 'visible' | 'isAdministrator'>,
) {
  const existing = async (caller: Caller, id: string): Promise<DeploymentView> => {
    await refuseHidden(deps.visible, caller, id)
    const deployment = await deps.deployments.get(id)
    if (deployment === null) throw noSuchDeployment(id)
    return deployment
  }

  /** For who started it, and for administrators who see it. `what` completes "to …". */
  const changeable = async (caller: Caller, id: string, what: string): Promise<DeploymentView> => {
    const deployment = await existing(caller, id)
    if (!owns(caller, deployment.createdBy) && !(await deps.isAdministrator(caller)))
      throw notYours(deployment.createdBy, what)
    return deployment
  }

  return { existing, changeable }
}

const notYours = (createdBy: string, what: string) =>
  new ProblemError({
    kind: 'not-permitted',
    status: 403,
    title: 'Not permitted',
    detail: `${createdBy} started this deployment. Others need Sys.Modify on / to ${what}.`,
    hint: `Ask ${createdBy}, or an administrator of the cluster.`,
  })
