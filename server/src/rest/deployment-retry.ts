/** Failed VMs are tried again: as they were planned, or with changes. */
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import { maskedPlan } from '@deployer/core/masked-plan.ts'
import { planSchema, type Plan } from '@deployer/core/plan.ts'
import { type RetryChanges, retryChangesSchema } from '@deployer/core/request.ts'
import { z } from 'zod'
import type { Replan } from '../deployments/replan.ts'
import { RetryRefused, type WhyNoRetry } from '../deployments/retry-refused.ts'
import type { Caller } from '../identity/caller.ts'
import { ProblemError } from '../problem.ts'
import { createAccess, type DeploymentDeps, idParams, vmIdsSchema } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'
import { changedPlan, planHashSchema, refuseBlocked, refuseUnread } from './plan-problems.ts'

const what = {
  vms: vmIdsSchema.optional(),
  changes: retryChangesSchema
    .optional()
    .describe(
      'Settings that replace those of the request for these VMs; what is left out stays as it is. With `validate` alone a ' +
        'VM goes on with what there is of it. With anything else it is made anew under the same VMID, and what there is ' +
        'of it, if it carries the stamp, is destroyed first. An address pattern counts over these VMs.',
    ),
}

const SHOWS = 'POST /api/v1/deployments/:id/retry/plan'

export function deploymentRetryRoutes(app: App, deps: DeploymentDeps): void {
  const { deployments, planner } = deps
  const { existing, changeable } = createAccess(deps)

  const planOf = async (
    id: string,
    caller: Caller,
    asked: {
      vms?: string[] | undefined
      changes?: RetryChanges | undefined
      planHash?: string | undefined
    },
  ): Promise<{ plan: Plan; replan: Replan | null }> => {
    const { vms, changes, planHash } = asked
    const failed = await deployments.failedVms(id, vms ?? null, caller)
    if (changes === undefined)
      return { plan: await deployments.retryPlan(failed, caller), replan: null }
    const { plan, ...planned } = await planner.planRetry(caller, failed, changes, planHash)
    return { plan, replan: { ...planned, changes } }
  }

  app.post(
    '/deployments/:id/retry/plan',
    {
      schema: {
        summary: 'What a retry would do, call by call; changes nothing',
        description:
          'A plan as of `POST /plans`, with the steps that are still to be done. Fields of blockers and warnings are ' +
          'those of `changes`.',
        tags: ['Deployments'],
        params: idParams,
        body: z.strictObject(what).nullish(),
        response: { 200: planSchema, ...problems },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { id } = await existing(caller, request.params.id)
      const { plan } = await asProblem(planOf(id, caller, request.body ?? {}))
      return maskedPlan(plan)
    },
  )

  app.post(
    '/deployments/:id/retry',
    {
      schema: {
        summary: 'Failed VMs go on from the step that failed, or are made anew with changes',
        description:
          'All that failed, or those in `vms`. A VM that is gone by then, or no longer carries the stamp of the ' +
          'deployment, is made anew from its first step on. With `planHash` only if the plan of ' +
          '`POST /deployments/:id/retry/plan` is still that one; else 409 with the new plan. 409 where nothing failed, ' +
          'or one of them did not; 422 where `changes` cannot be made. For who started the deployment, and for holders ' +
          'of Sys.Modify on /; it goes on with the rights of the caller.',
        tags: ['Deployments'],
        params: idParams,
        body: z
          .strictObject({
            ...what,
            planHash: planHashSchema,
          })
          .nullish(),
        response: { 202: deploymentViewSchema, 409: changedPlan, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { id, undoOf } = await changeable(caller, request.params.id, 'retry it')
      const asked = request.body ?? {}
      const { planHash } = asked
      const mustPlan =
        asked.changes !== undefined ||
        planHash !== undefined ||
        (deps.hasServiceAccount && undoOf === null)
      const planned = mustPlan ? await asProblem(planOf(id, caller, asked)) : null
      if (planned) {
        refuseBlocked(planned.plan, 'changes', SHOWS)
        refuseUnread(planned.plan, planHash)
      }
      const order = { deploymentId: id, vmIds: asked.vms ?? null, caller }
      await asProblem(deployments.retry({ ...order, replan: planned?.replan ?? null }))
      return reply.code(202).send(await existing(caller, id))
    },
  )
}

/** What the engine refuses, in words. */
const asProblem = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    throw error instanceof RetryRefused ? notRetried(error.why) : error
  }
}

const notRetried = (why: WhyNoRetry) => {
  const problem = { kind: 'not-retried', status: 409, title: 'Nothing to retry' }
  switch (why.kind) {
    case 'nothing-failed':
      return new ProblemError({
        ...problem,
        detail: 'No VM of this deployment has failed.',
        hint: 'What still runs goes on by itself. To make more VMs, deploy again.',
      })
    case 'not-failed':
      return new ProblemError({
        ...problem,
        detail: `Not among the failed VMs of this deployment: ${why.vmIds.join(', ')}.`,
        hint: 'Leave `vms` away to retry all that failed.',
      })
    case 'cancelling':
      return new ProblemError({
        ...problem,
        title: 'The deployment is being cancelled',
        detail: 'VMs can be tried again when all of it has ended.',
        hint: 'Wait for its end, then retry.',
      })
    case 'undone':
      return new ProblemError({
        ...problem,
        title: 'The deployment was undone',
        detail: `${why.by} destroys, or has destroyed, what it made.`,
        hint: 'Deploy again to make the VMs anew.',
      })
    case 'is-undo':
      return new ProblemError({
        ...problem,
        title: 'An undo has no settings',
        detail:
          'It destroys VMs, so there is nothing about them to change, and no plan beside its own.',
        hint: 'Retry it without changes.',
      })
    case 'outdated':
      return new ProblemError({
        ...problem,
        title: 'Somebody else was faster',
        detail: 'One of these VMs was tried again since this was planned.',
        hint: 'Look at the deployment, then retry what still fails.',
      })
    case 'owner-at-work':
      return new ProblemError({
        ...problem,
        title: 'The deployment still runs',
        detail: `Other VMs of it are still being made with the rights of ${why.owner}, so only ${why.owner} can retry the failed ones now.`,
        hint: 'Wait until the others have ended, then retry.',
      })
  }
}
