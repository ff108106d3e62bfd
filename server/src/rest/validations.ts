/** Validations of VMs: begin one, read what was found, and have it done again and again. */
import {
  MAX_SCHEDULED_VMS,
  scheduleOrderSchema,
  scheduleSchema,
  validationOrderSchema,
  type VmValidation,
  vmValidationSchema,
} from '@deployer/core/vm-validation/order.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { actorOf } from '../audit/append.ts'
import { noteAudit } from '../audit/requests.ts'
import { scheduleDetails } from '../audit/routes.ts'
import { type Caller, owns } from '../identity/caller.ts'
import { notFound, ProblemError } from '../problem.ts'
import { MOST_SCHEDULES, type Schedules } from '../validations/schedules.ts'
import type { VmTarget } from '../validations/run-checks.ts'
import type { Validations } from '../validations/validations.ts'
import type { Visibility } from '../deployments/visibility.ts'
import { idParams, refuseHidden } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'

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

export type ValidationDeps = {
  validations: Omit<Validations, 'stop'>
  schedules: Omit<Schedules, 'start' | 'stop'>
  /** Calls with the caller's own rights. */
  apiOf: (caller: Caller) => Parameters<Validations['begin']>[0]['api']
  /** VMs that the caller may see: no templates, no containers. */
  vmsOf: (caller: Caller) => Promise<VmTarget[]>
  visible: Visibility['among']
  /** VMIDs of a deployment. */
  deploymentVms: (id: string) => Promise<number[]>
  isAdministrator: (caller: Caller) => Promise<boolean>
  hasServiceAccount: boolean
  /** Whether the caller may ask the agent of a VM. */
  mayAskAgent: (caller: Caller, vmid: number) => Promise<boolean>
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

  app.get(
    '/validations/schedules',
    {
      schema: {
        summary: 'Validations that are done again and again',
        description: 'Your own; holders of Sys.Modify on / see all.',
        tags: ['Validation'],
        response: { 200: z.object({ schedules: z.array(scheduleSchema) }), ...problems },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      return { schedules: await deps.schedules.list(caller, await deps.isAdministrator(caller)) }
    },
  )

  app.post(
    '/validations/schedules',
    {
      schema: {
        summary: 'Have VMs validated again and again',
        description:
          `Of up to ${MAX_SCHEDULED_VMS} VMs that you may see, or of all VMs of a deployment, in as far as they still ` +
          'carry its tag. It survives restarts. It is done with your own account, which is kept, encrypted, for as long ' +
          'as the schedule is there, or with the service account where there is one; then it takes no commands. The audit ' +
          'log has an entry where the outcome is another one than before.',
        tags: ['Validation'],
        body: scheduleOrderSchema,
        response: { 201: scheduleSchema, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { target, order } = request.body
      if ('deploymentId' in target) await refuseHidden(deps.visible, caller, target.deploymentId)
      const vmids = 'vmids' in target ? target.vmids : await deps.deploymentVms(target.deploymentId)
      const seen = new Set((await deps.vmsOf(caller)).map(({ vmid }) => vmid))
      const hidden = vmids.filter((vmid) => !seen.has(vmid))
      if (hidden.length > 0)
        throw notFound(
          `There is no VM ${hidden.slice(0, 10).join(', ')} that you may see. Nothing was scheduled.`,
          'Proxmox shows VMs on which you hold VM.Audit.',
        )
      const commands = order?.checks?.some(({ kind }) => kind === 'command') === true
      if (commands && deps.hasServiceAccount) throw noLentRights()
      if (deps.hasServiceAccount) {
        const may = await Promise.all(vmids.map((vmid) => deps.mayAskAgent(caller, vmid)))
        const without = vmids.filter((_, index) => may[index] === false)
        if (without.length > 0) throw noAgentRight(without)
      }
      const schedule = await deps.schedules.add(caller, request.body)
      if (schedule === null) throw tooManySchedules()
      return reply.code(201).send(schedule)
    },
  )

  app.delete(
    '/validations/schedules/:id',
    {
      schema: {
        summary: 'End a schedule; what it found is kept',
        description: 'For its owner, and for holders of Sys.Modify on /.',
        tags: ['Validation'],
        params: idParams,
        response: { 204: z.undefined().describe('Ended'), ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { id } = request.params
      const ended = await deps.schedules.remove(caller, id, await deps.isAdministrator(caller))
      if (ended === null)
        throw notFound(
          `You have no schedule ${id}.`,
          'GET /api/v1/validations/schedules lists yours.',
        )
      noteAudit(request, { details: scheduleDetails(ended) })
      return reply.code(204).send()
    },
  )
}

const noLentRights = () =>
  new ProblemError({
    kind: 'commands-not-scheduled',
    status: 422,
    title: 'Commands are not scheduled here',
    detail:
      'A service account does the work, and it would go on running the command after your own right to do so has ended.',
    hint: 'Schedule ports and HTTP, and run the command by POST /vms/:vmid/validate.',
  })

/** It would tell what the caller could not find out: the service account asks the agents. */
const noAgentRight = (vmids: number[]) =>
  new ProblemError({
    kind: 'not-permitted',
    status: 403,
    title: 'Not permitted',
    detail: `A service account does the work, and you may not ask the guest agent of VM ${vmids.slice(0, 10).join(', ')} yourself.`,
    hint: 'An administrator can grant VM.GuestAgent.Audit (VM.Monitor before Proxmox VE 9).',
  })

const tooManySchedules = () =>
  new ProblemError({
    kind: 'too-many-schedules',
    status: 409,
    title: 'Too many schedules',
    detail: `One account has at most ${MOST_SCHEDULES} schedules.`,
    hint: 'End one that nobody needs; one schedule takes several VMs.',
  })
