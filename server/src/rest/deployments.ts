import {
  deploymentHeadSchema,
  deploymentViewSchema,
  type DeploymentHead,
  type DeploymentView,
} from '@deployer/core/deployment.ts'
import { planSchema, type Plan } from '@deployer/core/plan.ts'
import { problemSchema } from '@deployer/core/problem.ts'
import { deploymentRequestSchema, type DeploymentRequest } from '@deployer/core/request.ts'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type RetryOrder, RetryRefused } from '../deployments/retry.ts'
import { VmidsReserved } from '../deployments/submit.ts'
import { type Caller, owns } from '../identity/caller.ts'
import { notFound, ProblemError } from '../problem.ts'
import type { Planner } from '../planning.ts'
import { type App, callerOf, problems } from './http.ts'
import { REQUEST_BODY_LIMIT_BYTES } from './plans.ts'

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
    list: (page: { limit?: number; before?: string }) => Promise<DeploymentHead[]>
    get: (id: string) => Promise<DeploymentView | null>
    cancel: (id: string) => Promise<void>
    retry: (order: RetryOrder) => Promise<void>
  }
  /** Whether Proxmox would let the caller act on what others do. */
  isAdministrator: (caller: Caller) => Promise<boolean>
}

const MOST_TURNS = 3

const idParams = z.strictObject({ id: z.string().min(1).max(64) })

const changedPlan = {
  description:
    'The cluster has changed since the plan with `planHash` was made; `plan` is the new one',
  content: { 'application/problem+json': { schema: problemSchema.extend({ plan: planSchema }) } },
} as const

export function deploymentRoutes(app: App, deps: DeploymentDeps): void {
  const { planner, deployments } = deps

  const existing = async (id: string): Promise<DeploymentView> => {
    const deployment = await deployments.get(id)
    if (deployment === null)
      throw notFound(`There is no deployment ${id}.`, 'GET /api/v1/deployments lists them.')
    return deployment
  }

  /** For who started it, and for administrators. `what` completes "to …". */
  const changeable = async (caller: Caller, id: string, what: string): Promise<DeploymentView> => {
    const deployment = await existing(id)
    if (!owns(caller, deployment.createdBy) && !(await deps.isAdministrator(caller)))
      throw notYours(deployment.createdBy, what)
    return deployment
  }

  /** Between plan and submit another deployment may take an id of the plan; then it is planned again. */
  const deploy = async (
    { request, planHash }: { request: DeploymentRequest; planHash?: string | undefined },
    caller: Caller,
    idempotencyKey: string | null,
  ): Promise<DeploymentView> => {
    for (let turn = 1; ; turn += 1) {
      const plan = await planner.plan(caller, request, { fresh: true })
      refuseBlocked(plan)
      if (planHash !== undefined && planHash !== plan.hash) throw planChanged(plan)
      try {
        return await deployments.submit({ request, plan, caller, idempotencyKey })
      } catch (error) {
        if (!(error instanceof VmidsReserved)) throw error
        if (turn === MOST_TURNS) throw planChanged(plan)
      }
    }
  }

  app.post(
    '/deployments',
    {
      bodyLimit: REQUEST_BODY_LIMIT_BYTES,
      schema: {
        summary: 'Deploy: plan again, and start the work',
        description:
          'With `planHash` the work starts only if the plan is still the one with that hash; else 409 with the new ' +
          'plan. 422 where the plan has blockers, each at its field. The same `Idempotency-Key` by the same caller ' +
          'answers the deployment that the first call made; 422 where the request is another.',
        tags: ['Deployments'],
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: z.strictObject({
          request: deploymentRequestSchema,
          planHash: z.string().min(1).max(200).optional(),
        }),
        response: { 202: deploymentViewSchema, 409: changedPlan, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const idempotencyKey = request.headers['idempotency-key'] ?? null
      const earlier = idempotencyKey && (await deployments.findByKey(idempotencyKey, caller))
      if (earlier && !isDeepStrictEqual(earlier.request, request.body.request))
        throw keyUsed(earlier.id)
      if (earlier) return reply.code(202).header('location', pathOf(earlier)).send(earlier)
      const deployment = await deploy(request.body, caller, idempotencyKey)
      return reply.code(202).header('location', pathOf(deployment)).send(deployment)
    },
  )

  app.get(
    '/deployments',
    {
      schema: {
        summary: 'All deployments, newest first',
        tags: ['Deployments'],
        querystring: z.strictObject({
          limit: z.coerce.number().int().min(1).max(100).optional(),
          /** Id of the last one of the page before. */
          before: z.string().min(1).max(64).optional(),
        }),
        response: { 200: z.object({ deployments: z.array(deploymentHeadSchema) }), ...problems },
      },
    },
    async (request) => {
      const { limit, before } = request.query
      const page = {
        ...(limit !== undefined && { limit }),
        ...(before !== undefined && { before }),
      }
      return { deployments: await deployments.list(page) }
    },
  )

  app.get(
    '/deployments/:id',
    {
      schema: {
        summary: 'One deployment with its VMs and their steps',
        tags: ['Deployments'],
        params: idParams,
        response: { 200: deploymentViewSchema, ...problems },
      },
    },
    (request) => existing(request.params.id),
  )

  app.post(
    '/deployments/:id/cancel',
    {
      schema: {
        summary: 'Stop what runs, remove half VMs, keep finished ones',
        description: 'For who started the deployment, and for holders of Sys.Modify on /.',
        tags: ['Deployments'],
        params: idParams,
        response: { 202: deploymentViewSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = await changeable(callerOf(request), request.params.id, 'cancel it')
      await deployments.cancel(id)
      return reply.code(202).send(await existing(id))
    },
  )

  app.post(
    '/deployments/:id/retry',
    {
      schema: {
        summary: 'Failed VMs go on from the step that failed',
        description:
          'All that failed, or those in `vms` (ids, not VMIDs). A VM that is gone by then, or no longer carries the ' +
          'stamp of the deployment, is made anew from its first step on. 409 where nothing failed, or one of them did ' +
          'not. For who started the deployment, and for holders of Sys.Modify on /; it goes on with the rights of the ' +
          'caller.',
        tags: ['Deployments'],
        params: idParams,
        body: z
          .strictObject({ vms: z.array(z.string().max(64)).min(1).max(500).optional() })
          .nullish(),
        response: { 202: deploymentViewSchema, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { id } = await changeable(caller, request.params.id, 'retry it')
      try {
        await deployments.retry({ deploymentId: id, vmIds: request.body?.vms ?? null, caller })
      } catch (error) {
        throw error instanceof RetryRefused ? notRetried(error) : error
      }
      return reply.code(202).send(await existing(id))
    },
  )
}

const pathOf = (deployment: DeploymentView): string => `/api/v1/deployments/${deployment.id}`

function refuseBlocked(plan: Plan): void {
  if (plan.blockers.length === 0) return
  const [first] = plan.blockers
  throw new ProblemError({
    kind: 'plan-blocked',
    status: 422,
    title: 'This cannot be deployed as asked',
    detail:
      plan.blockers.length === 1
        ? (first?.message ?? '')
        : `${plan.blockers.length} things stand in the way. The first: ${first?.message}`,
    hint: 'POST /api/v1/plans shows the whole plan with what stands in its way.',
    errors: plan.blockers.map(({ field, message }) => ({
      path: field === undefined ? 'request' : `request.${field}`,
      message,
    })),
  })
}

const planChanged = (plan: Plan) =>
  new ProblemError({
    kind: 'plan-changed',
    status: 409,
    title: 'The plan has changed',
    detail:
      'The cluster is not as it was when this plan was made, so it would be carried out differently now.',
    hint: 'Look at the new plan in `plan`, and send its hash.',
    more: { plan },
  })

const keyUsed = (id: string) =>
  new ProblemError({
    kind: 'idempotency-key-used',
    status: 422,
    title: 'This Idempotency-Key was used for something else',
    detail: `With this key you have begun deployment ${id}, which was asked for differently.`,
    hint: 'Use a new key for a new request, and the same key only to send the same request again.',
  })

const notYours = (createdBy: string, what: string) =>
  new ProblemError({
    kind: 'not-permitted',
    status: 403,
    title: 'Not permitted',
    detail: `${createdBy} started this deployment. Others need Sys.Modify on / to ${what}.`,
    hint: `Ask ${createdBy}, or an administrator of the cluster.`,
  })

const notRetried = ({ why }: RetryRefused) => {
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
    case 'owner-at-work':
      return new ProblemError({
        ...problem,
        title: 'The deployment still runs',
        detail: `Other VMs of it are still being made with the rights of ${why.owner}, so only ${why.owner} can retry the failed ones now.`,
        hint: 'Wait until the others have ended, then retry.',
      })
  }
}
