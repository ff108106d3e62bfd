/** What stands between a plan and its execution, as problems. */
import { maskedPlan } from '@deployer/core/masked-plan.ts'
import { planSchema, type Plan } from '@deployer/core/plan.ts'
import { problemSchema } from '@deployer/core/problem.ts'
import { z } from 'zod'
import { ProblemError } from '../problem.ts'

/** Of the body of a call that carries out a plan. */
export const planHashSchema = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('`hash` of the plan that was read: nothing starts but that one.')

/** For the `response` of a route that takes a `planHash`. */
export const changedPlan = {
  description:
    'The cluster has changed since the plan with `planHash` was made; `plan` is the new one',
  content: { 'application/problem+json': { schema: problemSchema.extend({ plan: planSchema }) } },
} as const

/**
 * Throws a problem (422) where the plan has blockers. `part`: where the fields of the plan's issues are in the body;
 * `where` shows the whole plan.
 */
export function refuseBlocked(plan: Plan, part = 'request', where = 'POST /api/v1/plans'): void {
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
    hint: `${where} shows the whole plan with what stands in its way.`,
    errors: plan.blockers.map(({ field, message }) => ({
      path: field === undefined ? part : `${part}.${field}`,
      message,
    })),
  })
}

/** Throws a problem (409) where somebody read another plan than this one. */
export function refuseUnread(plan: Plan, planHash: string | undefined): void {
  if (planHash !== undefined && planHash !== plan.hash) throw planChanged(plan)
}

export const planChanged = (plan: Plan) =>
  new ProblemError({
    kind: 'plan-changed',
    status: 409,
    title: 'The plan has changed',
    detail:
      'The cluster is not as it was when this plan was made, so it would be carried out differently now.',
    hint: 'Look at the new plan in `plan`, and send its hash.',
    more: { plan: maskedPlan(plan) },
  })
