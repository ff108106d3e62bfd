import { maskedPlan } from '@deployer/core/masked-plan.ts'
import { planSchema } from '@deployer/core/plan.ts'
import { deploymentRequestSchema } from '@deployer/core/request.ts'
import type { Planner } from '../planning.ts'
import { type App, callerOf, problems } from './http.ts'

/** The largest request has 500 rows; one with long descriptions in each of them still fits. */
export const REQUEST_BODY_LIMIT_BYTES = 4 * 1024 * 1024

export function planRoutes(app: App, planner: Planner): void {
  app.post(
    '/plans',
    {
      bodyLimit: REQUEST_BODY_LIMIT_BYTES,
      schema: {
        summary: 'What a request would do, call by call; changes nothing',
        tags: ['Deployments'],
        body: deploymentRequestSchema,
        response: { 200: planSchema, ...problems },
      },
    },
    async (request) => maskedPlan(await planner.plan(callerOf(request), request.body)),
  )
}
