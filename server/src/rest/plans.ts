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
        description:
          'The plan has every VM with its VMID, its node and the calls to Proxmox that will be made, what it takes ' +
          'of memory and storage, the privileges that it needs, warnings, and blockers: reasons why it cannot be ' +
          'deployed, each with its field. Its `hash` names exactly this plan. Only a request that is no request is ' +
          'an error; one that cannot be deployed is a plan with blockers.',
        tags: ['Deployments'],
        body: deploymentRequestSchema,
        response: { 200: planSchema, ...problems },
      },
    },
    async (request) => maskedPlan(await planner.plan(callerOf(request), request.body)),
  )
}
