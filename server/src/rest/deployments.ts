import {
  deploymentEventSchema,
  deploymentHeadSchema,
  deploymentViewSchema,
  type DeploymentHead,
  type DeploymentView,
} from '@deployer/core/deployment.ts'
import { planSchema } from '@deployer/core/plan.ts'
import { problemSchema } from '@deployer/core/problem.ts'
import { deploymentRequestSchema } from '@deployer/core/request.ts'
import { z } from 'zod'
import type { Caller } from '../identity/caller.ts'
import { type App, callerOf, problems } from './http.ts'
import { REQUEST_BODY_LIMIT_BYTES } from './plans.ts'

export type DeploymentsDeps = {
  list: (caller: Caller) => Promise<DeploymentHead[]>
  get: (id: string, caller: Caller) => Promise<DeploymentView | null>
}

const idParams = z.strictObject({ id: z.string().min(1).max(64) })

const lastEventId = z.object({
  /** Id of the last event that the client has; events after it are sent first. */
  'last-event-id': z.string().max(64).optional(),
})

/** Each event: `id`, `event` (its type) and `data`, one JSON object as described here. */
const eventStream = {
  description: 'Server-sent events, each with an id; `Last-Event-ID` resumes without loss',
  content: { 'text/event-stream': { schema: deploymentEventSchema } },
} as const

const changedPlan = {
  description:
    'The cluster has changed since the plan with `planHash` was made; `plan` is the new one',
  content: { 'application/problem+json': { schema: problemSchema.extend({ plan: planSchema }) } },
} as const

export function deploymentRoutes(app: App, deps: DeploymentsDeps): void {
  app.post(
    '/deployments',
    {
      bodyLimit: REQUEST_BODY_LIMIT_BYTES,
      schema: {
        summary: 'Deploy: plan again, and start the work',
        description:
          'With `planHash` the work starts only if the plan is still the one with that hash; else 409 with the new ' +
          'plan. 422 where the plan has blockers, each at its field. The same `Idempotency-Key` by the same caller ' +
          'answers the deployment that the first call made.',
        tags: ['Deployments'],
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: z.strictObject({
          request: deploymentRequestSchema,
          planHash: z.string().min(1).max(200).optional(),
        }),
        response: { 202: deploymentViewSchema, 409: changedPlan, ...problems },
      },
    },
    () => {
      throw new Error('not built yet')
    },
  )

  app.get(
    '/deployments',
    {
      schema: {
        summary: 'All deployments, newest first',
        tags: ['Deployments'],
        response: { 200: z.object({ deployments: z.array(deploymentHeadSchema) }), ...problems },
      },
    },
    async (request) => ({ deployments: await deps.list(callerOf(request)) }),
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
    async (request) => {
      const deployment = await deps.get(request.params.id, callerOf(request))
      if (deployment === null) throw new Error('not built yet')
      return deployment
    },
  )

  app.post(
    '/deployments/:id/cancel',
    {
      schema: {
        summary: 'Stop what runs, remove half VMs, keep finished ones',
        tags: ['Deployments'],
        params: idParams,
        response: { 202: deploymentViewSchema, ...problems },
      },
    },
    () => {
      throw new Error('not built yet')
    },
  )

  app.get(
    '/deployments/:id/events',
    {
      schema: {
        summary: 'Follow one deployment',
        tags: ['Events'],
        params: idParams,
        headers: lastEventId,
        response: { 200: eventStream, ...problems },
      },
    },
    () => {
      throw new Error('not built yet')
    },
  )

  app.get(
    '/events',
    {
      schema: {
        summary: 'Follow all deployments: their heads, without VMs and steps',
        tags: ['Events'],
        headers: lastEventId,
        response: { 200: eventStream, ...problems },
      },
    },
    () => {
      throw new Error('not built yet')
    },
  )
}
