import {
  deploymentHeadSchema,
  deploymentViewSchema,
  type DeploymentView,
} from '@deployer/core/deployment.ts'
import { withMaskedRequest } from '@deployer/core/cloud-init/passwords.ts'
import { deploymentRequestSchema, type DeploymentRequest } from '@deployer/core/request.ts'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { VmidsReserved } from '../deployments/submit.ts'
import type { Caller } from '../identity/caller.ts'
import { ProblemError } from '../problem.ts'
import { createAccess, type DeploymentDeps, idParams, pathOf } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'
import {
  changedPlan,
  planChanged,
  planHashSchema,
  refuseBlocked,
  refuseUnread,
} from './plan-problems.ts'
import { REQUEST_BODY_LIMIT_BYTES } from './plans.ts'

const MOST_TURNS = 3

export function deploymentRoutes(app: App, deps: DeploymentDeps): void {
  const { planner, deployments } = deps
  const { existing } = createAccess(deps)

  /** Between plan and submit another deployment may take an id of the plan; then it is planned again. */
  const deploy = async (
    { request: asked, planHash }: { request: DeploymentRequest; planHash?: string | undefined },
    caller: Caller,
    idempotencyKey: string | null,
  ): Promise<DeploymentView> => {
    const request = planner.prepared(asked)
    for (let turn = 1; ; turn += 1) {
      const plan = await planner.planAgain(caller, request, planHash)
      refuseBlocked(plan)
      refuseUnread(plan, planHash)
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
          'With `planHash` the work starts only as the plan with that hash said, with its VMIDs and nodes where they ' +
          'are still to be had; else 409 with the new plan. 422 where the plan has blockers, each at its field. The same `Idempotency-Key` by the same caller ' +
          'answers the deployment that the first call made; 422 where the request is another.',
        tags: ['Deployments'],
        headers: z.object({
          'idempotency-key': z
            .string()
            .min(1)
            .max(200)
            .optional()
            .describe(
              'Any text of your own. The same call with the same key never begins a second deployment.',
            ),
        }),
        body: z.strictObject({
          request: deploymentRequestSchema.describe('As it was planned.'),
          planHash: planHashSchema,
        }),
        response: { 202: deploymentViewSchema, 409: changedPlan, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const idempotencyKey = request.headers['idempotency-key'] ?? null
      const earlier = idempotencyKey && (await deployments.findByKey(idempotencyKey, caller))
      const asked = withMaskedRequest(planner.prepared(request.body.request))
      if (earlier && !isDeepStrictEqual(earlier.request, asked)) throw keyUsed(earlier.id)
      if (earlier) return reply.code(202).header('location', pathOf(earlier)).send(earlier)
      const deployment = await deploy(request.body, caller, idempotencyKey)
      return reply.code(202).header('location', pathOf(deployment)).send(deployment)
    },
  )

  app.get(
    '/deployments',
    {
      schema: {
        summary: 'Deployments that you may see, newest first',
        description:
          'Those that you began, and those of others on whose pool, or on `/vms`, you hold VM.Audit. All other calls answer ' +
          '404 for a deployment that you may not see.',
        tags: ['Deployments'],
        querystring: z.strictObject({
          limit: z.coerce
            .number()
            .int()
            .min(1)
            .max(100)
            .optional()
            .describe('How many at most. Left out = 100.'),
          before: z
            .string()
            .min(1)
            .max(64)
            .optional()
            .describe('Id of the last one of the page before.'),
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
      return { deployments: await deployments.list(callerOf(request), page) }
    },
  )

  app.get(
    '/deployments/:id',
    {
      schema: {
        summary: 'One deployment with its VMs and their steps',
        description: 'As it is now; `GET /deployments/:id/events` tells what changes from here on.',
        tags: ['Deployments'],
        params: idParams,
        response: { 200: deploymentViewSchema, ...problems },
      },
    },
    (request) => existing(callerOf(request), request.params.id),
  )
}

const keyUsed = (id: string) =>
  new ProblemError({
    kind: 'idempotency-key-used',
    status: 422,
    title: 'This Idempotency-Key was used for something else',
    detail: `With this key you have begun deployment ${id}, which was asked for differently.`,
    hint: 'Use a new key for a new request, and the same key only to send the same request again.',
  })
