/** Validations of VMs: begin one, read what was found. */
import {
  validationOrderSchema,
  type VmValidation,
  vmValidationSchema,
} from '@deployer/core/vm-validation/order.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { actorOf } from '../audit/append.ts'
import { type Caller, owns } from '../identity/caller.ts'
import { notFound } from '../problem.ts'
import type { VmTarget } from '../validations/run-checks.ts'
import type { Validations } from '../validations/validations.ts'
import { idParams } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'
import { type ScheduleDeps, scheduleRoutes } from './validation-schedules.ts'

/** Less than what a proxy in front allows for an answer. */
const MAX_WAIT_SECONDS = 10

const vmidParams = z.object({ vmid: z.coerce.number().int().min(100).max(999_999_999) })

const bodySchema = validationOrderSchema.extend({
  waitSeconds: z
    .int()
    .min(0)
    .max(MAX_WAIT_SECONDS)
    .optional()
    .describe(`How long the answer waits for the outcome. Left out, ${MAX_WAIT_SECONDS}`),
})

export type ValidationDeps = ScheduleDeps & {
  validations: Omit<Validations, 'stop'>
  /** Calls with the caller's own rights. */
  apiOf: (caller: Caller) => Parameters<Validations['begin']>[0]['api']
}

export function validationRoutes(app: App, deps: ValidationDeps): void {
  /** Who may see a VM need not see the deployment that it comes from. */
  const withoutHidden = async (
    caller: Caller,
    validations: VmValidation[],
  ): Promise<VmValidation[]> => {
    const ids = validations.flatMap(({ deploymentId }) => deploymentId ?? [])
    const seen = await deps.visible(caller, [...new Set(ids)])
    return validations.map((one) =>
      one.deploymentId === null || seen.has(one.deploymentId)
        ? one
        : { ...one, deploymentId: null },
    )
  }

  const visible = async (caller: Caller, vmid: number): Promise<VmTarget> => {
    const vm = (await deps.vmsOf(caller)).find((each) => each.vmid === vmid)
    if (vm === undefined)
      throw notFound(
        `There is no VM ${vmid} that you may see.`,
        'Proxmox shows VMs on which you hold VM.Audit.',
      )
    return vm
  }

  app.post(
    '/vms/:vmid/validate',
    {
      schema: {
        summary: 'Check a VM: does it run, answer, have its address, and are its ports open',
        description:
          'Everything is looked at with the rights of the caller, and nothing is changed, unless a command is asked for. ' +
          'Ports and HTTP are tried on the address of the VM alone, as its agent or its cloud-init configuration tells it. ' +
          'Answers 200 with the outcome where it is known within `waitSeconds`; else 202 with what is known so far, and ' +
          '`GET /validations/:id` tells the rest. Outcomes: `healthy`, `degraded` (part of it works), `unhealthy`.',
        tags: ['Validation'],
        params: vmidParams,
        body: bodySchema.nullish(),
        response: { 200: vmValidationSchema, 202: vmValidationSchema, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { waitSeconds = MAX_WAIT_SECONDS, ...order } = request.body ?? {}
      const target = await visible(caller, request.params.vmid)
      const { validation, ended } = await deps.validations.begin({
        target,
        order,
        api: deps.apiOf(caller),
        actor: actorOf(caller),
        requestedBy: caller.username,
        scheduleId: null,
      })
      await Promise.race([ended, delay(waitSeconds * 1000, undefined, { ref: false })])
      const now = (await deps.validations.read(validation.id)) ?? validation
      return reply
        .code(now.status === 'running' ? 202 : 200)
        .header('location', `/api/v1/validations/${validation.id}`)
        .send(now)
    },
  )

  app.get(
    '/vms/:vmid/validations',
    {
      schema: {
        summary: 'What was found of a VM, newest first',
        description:
          'Those at the end of its deployment among them (`deploymentId`). By VMID: an earlier VM with the same one has ' +
          'left its own. Kept for 90 days.',
        tags: ['Validation'],
        params: vmidParams,
        querystring: z.strictObject({
          limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many at most.'),
        }),
        response: { 200: z.object({ validations: z.array(vmValidationSchema) }), ...problems },
      },
    },
    async (request) => {
      const { vmid } = request.params
      const caller = callerOf(request)
      await visible(caller, vmid)
      const validations = await deps.validations.list(vmid, request.query.limit)
      return { validations: await withoutHidden(caller, validations) }
    },
  )

  app.get(
    '/validations/:id',
    {
      schema: {
        summary: 'A validation, while it runs and afterwards',
        description: 'For who asked for it, and for those who may see the VM.',
        tags: ['Validation'],
        params: idParams,
        response: { 200: vmValidationSchema, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const caller = callerOf(request)
      const found = await deps.validations.read(id)
      const mayRead =
        found !== null &&
        (owns(caller, found.requestedBy) ||
          (await deps.vmsOf(caller)).some(({ vmid }) => vmid === found.vmid))
      const [shown] = mayRead ? await withoutHidden(caller, [found]) : []
      if (shown === undefined)
        throw notFound(
          `There is no validation ${id} that you may see.`,
          'GET /api/v1/vms/:vmid/validations lists them.',
        )
      return shown
    },
  )

  scheduleRoutes(app, deps)
}
