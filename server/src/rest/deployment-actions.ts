/** What can be done with a deployment that was begun: cancel and undo; deployment-retry.ts has the retry. */
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import { planSchema, type Plan } from '@deployer/core/plan.ts'
import { z } from 'zod'
import { UndoRefused } from '../deployments/undo.ts'
import type { Caller } from '../identity/caller.ts'
import { notFound, ProblemError } from '../problem.ts'
import {
  createAccess,
  type DeploymentDeps,
  idParams,
  pathOf,
  vmIdsSchema,
} from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'
import { changedPlan, planHashSchema, refuseUnread } from './plan-problems.ts'

export function deploymentActionRoutes(app: App, deps: Omit<DeploymentDeps, 'planner'>): void {
  const { deployments } = deps
  const { existing, changeable } = createAccess(deps)

  const undoPlan = (id: string, caller: Caller): Promise<Plan> =>
    asProblem(deployments.undoPlan(id, caller))

  app.post(
    '/deployments/:id/cancel',
    {
      schema: {
        summary: 'Stop what runs, remove half VMs, keep finished ones',
        description:
          'All of it, or only the VMs in `vms`: the others go on. A VM that has ended stays as it is; one that was being ' +
          'tried again is removed like any other half VM. 404 where one of them is no VM of the deployment, and then ' +
          'nothing is cancelled. For who started the deployment, and for holders of Sys.Modify on /.',
        tags: ['Deployments'],
        params: idParams,
        body: z.strictObject({ vms: vmIdsSchema.optional() }).nullish(),
        response: { 202: deploymentViewSchema, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { id } = await changeable(caller, request.params.id, 'cancel it')
      const unknown = await deployments.cancel(id, caller, request.body?.vms ?? null)
      if (unknown.length > 0) throw noSuchVms(id, unknown)
      return reply.code(202).send(await existing(caller, id))
    },
  )

  app.get(
    '/deployments/:id/undo',
    {
      schema: {
        summary: 'What undoing it would stop and destroy',
        description:
          'A plan as of `POST /plans`, from what is there now: each VM of the deployment that carries its stamp. VMs that ' +
          'are gone, whose stamp is gone, or that are protected are warnings, and left alone. Changes nothing.',
        tags: ['Deployments'],
        params: idParams,
        response: { 200: planSchema, ...problems },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { id } = await existing(caller, request.params.id)
      return undoPlan(id, caller)
    },
  )

  app.post(
    '/deployments/:id/undo',
    {
      schema: {
        summary: 'Undo: destroy what this deployment made, and nothing else',
        description:
          'Begins a deployment of its own (`undoOf`) that carries out the plan of `GET /deployments/:id/undo`, made anew. ' +
          'With `planHash` only if it is still that one; else 409 with the new plan. The stamp of each VM is read again ' +
          'at the moment of its deletion. 409 while the deployment runs, or is being undone, or where nothing is left. ' +
          'For who started the deployment, and for holders of Sys.Modify on /.',
        tags: ['Deployments'],
        params: idParams,
        body: z
          .strictObject({
            planHash: planHashSchema,
          })
          .nullish(),
        response: { 202: deploymentViewSchema, 409: changedPlan, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { id } = await changeable(caller, request.params.id, 'undo it')
      const plan = await undoPlan(id, caller)
      if (plan.blockers.length > 0) throw blockedUndo(plan)
      refuseUnread(plan, request.body?.planHash)
      if (plan.vms.length === 0) throw nothingLeft(plan)
      const undo = await asProblem(deployments.undo(id, plan, caller))
      return reply.code(202).header('location', pathOf(undo)).send(undo)
    },
  )
}

const noSuchVms = (id: string, unknown: string[]) =>
  notFound(
    `Deployment ${id} has no VM ${unknown.join(', ')}. Nothing was cancelled.`,
    '`vms[].id` of GET /api/v1/deployments/:id names them. Leave `vms` away to cancel all.',
  )

/** What the engine refuses, in words. */
const asProblem = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    throw error instanceof UndoRefused ? notUndone(error) : error
  }
}

const notUndone = ({ why }: UndoRefused) => {
  const problem = { kind: 'not-undone', status: 409 }
  switch (why.kind) {
    case 'running':
      return new ProblemError({
        ...problem,
        title: 'The deployment still runs',
        detail: 'What it is still making cannot be undone yet.',
        hint: 'Cancel it, or wait for its end, then undo it.',
      })
    case 'is-undo':
      return new ProblemError({
        ...problem,
        title: 'This is an undo itself',
        detail: 'VMs that were destroyed do not come back.',
        hint: 'Deploy the original again to make VMs like them.',
      })
    case 'being-undone':
      return new ProblemError({
        ...problem,
        title: 'The deployment is being undone',
        detail: `${why.by} is at it.`,
        hint: `Follow ${why.by}.`,
      })
  }
}

const blockedUndo = ({ blockers }: Plan) =>
  new ProblemError({
    kind: 'plan-blocked',
    status: 422,
    title: 'This cannot be undone by you',
    detail: blockers.map(({ message }) => message).join(' '),
    hint: 'Have the rights given, or let somebody who has them undo it.',
  })

const nothingLeft = ({ warnings }: Plan) =>
  new ProblemError({
    kind: 'nothing-to-undo',
    status: 409,
    title: 'Nothing is left to undo',
    detail:
      warnings.map(({ message }) => message).join(' ') ||
      'No VM carries the stamp of this deployment.',
    hint: 'What is left of it, if anything, is to be removed on Proxmox.',
  })
