/** Validations that are done again and again. */
import {
  MAX_SCHEDULED_VMS,
  type ScheduleOrder,
  scheduleOrderSchema,
  scheduleSchema,
} from '@deployer/core/vm-validation/order.ts'
import { z } from 'zod'
import { noteAudit } from '../audit/requests.ts'
import { scheduleDetails } from '../audit/routes.ts'
import type { Visibility } from '../deployments/visibility.ts'
import type { Caller } from '../identity/caller.ts'
import { notFound, ProblemError } from '../problem.ts'
import type { VmTarget } from '../validations/run-checks.ts'
import { MOST_SCHEDULES, type Schedules } from '../validations/schedules.ts'
import { idParams, refuseHidden } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'

export type ScheduleDeps = {
  schedules: Omit<Schedules, 'start' | 'stop'>
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

export function scheduleRoutes(app: App, deps: ScheduleDeps): void {
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
      await refuseOthers(deps, caller, request.body)
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

/** Nobody has VMs looked at, or agents asked, that they could not look at or ask themselves. */
const refuseOthers = async (
  deps: ScheduleDeps,
  caller: Caller,
  { target, order }: ScheduleOrder,
): Promise<void> => {
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
