/** One action on several VMs. Each answers at once; `GET /vms/bulk/:id` has the result of each VM. */
import type { AuditDraft, Json } from '@deployer/core/audit.ts'
import type { AuditChanges } from '@deployer/core/audit-changes.ts'
import {
  type Bulk,
  type BulkItem,
  bulkSchema,
  powerActionSchema,
  snapshotNameSchema,
  vmidSchema,
} from '@deployer/core/vm.ts'
import { vmTagSchema } from '@deployer/core/vm-tags.ts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { actorOf } from '../audit/append.ts'
import { auditIntent, noteAudit, type RequestAudit } from '../audit/requests.ts'
import { MOST_VMS } from '../vms/bulk.ts'
import type { Place } from '../vms/find.ts'
import { notHealthy } from '../vms/problems.ts'
import type { Vms } from '../vms/vms.ts'
import { type App, callerOf, problems } from './http.ts'
import type { ValidationDeps } from './validations.ts'

const HOW =
  'Answers at once; `GET /vms/bulk/:id` has the result of each VM. A few go at once on each node: STARTS_PER_NODE.'

const vmidsSchema = z.array(vmidSchema).min(1).max(MOST_VMS).describe('VMIDs on Proxmox.')
const response = { 202: bulkSchema, ...problems }

type Run = { bulk: Bulk; ended: Promise<BulkItem[]> }

export function vmBulkRoutes(
  app: App,
  vms: Vms,
  validation: Pick<ValidationDeps, 'validations' | 'apiOf'>,
  audit: Pick<RequestAudit, 'write'>,
): void {
  const recorded = createRecorded(audit)
  powerRoute(app, vms, recorded)
  snapshotRoute(app, vms, recorded)
  tagRoute(app, vms, recorded)
  validationRoute(app, vms, validation)
  deletionRoute(app, vms, recorded)
}

const powerRoute = (app: App, vms: Vms, recorded: Recorded): void => {
  app.post(
    '/vms/power',
    {
      schema: {
        summary: 'Start, shut down, stop, reboot, reset, suspend or resume several VMs',
        description: `${HOW} Those that are not in a state for it are skipped.`,
        tags: ['VMs'],
        body: z.strictObject({ vmids: vmidsSchema, action: powerActionSchema }),
        response,
      },
    },
    async (request, reply) => {
      const { vmids, action } = request.body
      const bulk = await recorded(request, 'vm_power', { action }, (onEnd) =>
        vms.powerOfMany(callerOf(request), vmids, action, onEnd),
      )
      return reply.code(202).send(bulk)
    },
  )
}

const snapshotRoute = (app: App, vms: Vms, recorded: Recorded): void => {
  app.post(
    '/vms/snapshots',
    {
      schema: {
        summary: 'Make a snapshot of several VMs, with the same name',
        description: HOW,
        tags: ['VMs'],
        body: z.strictObject({
          vmids: vmidsSchema,
          name: snapshotNameSchema,
          description: z.string().max(1000).default(''),
          withMemory: z.boolean().default(false).describe('Keeps the memory of a running VM too.'),
        }),
        response,
      },
    },
    async (request, reply) => {
      const { vmids, ...snapshot } = request.body
      const configuration = { action: 'create', snapshot: snapshot.name }
      const bulk = await recorded(request, 'vm_snapshot', configuration, (onEnd) =>
        vms.snapshotMany(callerOf(request), vmids, snapshot, onEnd),
      )
      return reply.code(202).send(bulk)
    },
  )
}

const tagRoute = (app: App, vms: Vms, recorded: Recorded): void => {
  app.post(
    '/vms/tags',
    {
      schema: {
        summary: 'Add tags to several VMs, and take tags away',
        description: `${HOW} Tags that are not named stay as they are.`,
        tags: ['VMs'],
        body: z
          .strictObject({
            vmids: vmidsSchema,
            add: z.array(vmTagSchema).max(20).default([]).describe('Tags that each gets.'),
            remove: z
              .array(z.string().min(1).max(200))
              .max(50)
              .default([])
              .describe('Tags that each loses.'),
          })
          .refine(({ add, remove }) => add.length + remove.length > 0, 'Name at least one tag.'),
        response,
      },
    },
    async (request, reply) => {
      const { vmids, add, remove } = request.body
      const configuration = { add_tags: add, remove_tags: remove }
      const bulk = await recorded(request, 'change', configuration, (onEnd) =>
        vms.tagMany(callerOf(request), vmids, { add, remove }, onEnd),
      )
      return reply.code(202).send(bulk)
    },
  )
}

const validationRoute = (
  app: App,
  vms: Vms,
  { validations, apiOf }: Pick<ValidationDeps, 'validations' | 'apiOf'>,
): void => {
  app.post(
    '/vms/validate',
    {
      schema: {
        summary: 'Check several VMs, as `POST /vms/:vmid/validate` checks one',
        description: `${HOW} \`ok\` means healthy; else \`message\` says what is not.`,
        tags: ['Validation'],
        body: z.strictObject({ vmids: vmidsSchema }),
        response,
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const check = async ({ vmid, name, node }: Place): Promise<void> => {
        const { validation, ended } = await validations.begin({
          target: { vmid, name, node },
          order: {},
          api: apiOf(caller),
          actor: actorOf(caller),
          requestedBy: caller.username,
          scheduleId: null,
        })
        await ended
        const found = await validations.read(validation.id)
        if (found?.outcome !== 'healthy') throw notHealthy(found)
      }
      // Each validation has an entry of its own.
      const run = await vms.checkMany(caller, request.body.vmids, check, async () => {})
      return reply.code(202).send(summarised(request, {}, run))
    },
  )
}

const deletionRoute = (app: App, vms: Vms, recorded: Recorded): void => {
  app.post(
    '/vms/delete',
    {
      schema: {
        summary: 'Delete several VMs with their disks, each with its exact name',
        description: `${HOW} What holds for \`DELETE /vms/:vmid\` holds for each of them.`,
        tags: ['VMs'],
        body: z.strictObject({
          vms: z
            .array(z.strictObject({ vmid: vmidSchema, name: z.string().min(1).max(200) }))
            .min(1)
            .max(MOST_VMS)
            .describe('Each with its exact name, as a confirmation.'),
          stop: z
            .boolean()
            .default(false)
            .describe('Cuts the power of those that run; left out, those that run are refused.'),
        }),
        response,
      },
    },
    async (request, reply) => {
      const { vms: chosen, stop } = request.body
      const names = new Map(chosen.map(({ vmid, name }) => [vmid, name]))
      const bulk = await recorded(request, 'vm_delete', { stop }, (onEnd) =>
        vms.removeMany(callerOf(request), [...names.keys()], { names, stop }, onEnd),
      )
      return reply.code(202).send(bulk)
    },
  )
}

type Recorded = ReturnType<typeof createRecorded>

/** An entry for each VM, part of the intent of the call, and one for all of them in the end. */
const createRecorded =
  (audit: Pick<RequestAudit, 'write'>) =>
  async (
    request: FastifyRequest,
    operation: AuditDraft['operation'],
    configuration: { [key: string]: Json },
    begin: (
      onEnd: (item: BulkItem, changes: AuditChanges | undefined) => Promise<void>,
    ) => Promise<Run>,
  ): Promise<Bulk> => {
    const caller = callerOf(request)
    const intent = auditIntent(request)
    const { bulk, ended } = await begin(async (item, changes) => {
      await audit
        .write([
          {
            operation,
            status: item.status === 'ok' ? 'success' : 'failed',
            actor: actorOf(caller),
            vm: { name: item.name, vmid: item.vmid, node: item.node },
            configuration,
            ...(item.status === 'ok' && { changes }),
            ...(item.upid !== null && { upids: [item.upid] }),
            error: item.message,
            ...(intent !== null && { partOf: intent }),
          },
        ])
        .catch((error: unknown) =>
          request.log.error({ err: error }, 'The outcome of one VM could not be recorded'),
        )
    })
    return summarised(request, configuration, { bulk, ended })
  }

/** What came of all of them, in the entry of the call. */
const summarised = (
  request: FastifyRequest,
  configuration: { [key: string]: Json },
  { bulk, ended }: Run,
): Bulk => {
  noteAudit(request, {
    configuration: { ...configuration, vm_ids: bulk.items.map(({ vmid }) => vmid) },
    outcome: outcomeOf(request, ended),
  })
  return bulk
}

const outcomeOf = async (
  request: FastifyRequest,
  ended: Promise<BulkItem[]>,
): Promise<Pick<AuditDraft, 'status' | 'error'>> => {
  const items = await ended
  const good = items.filter(({ status }) => status === 'ok').length
  const summary = { total_requested: items.length, successful: good, failed: items.length - good }
  noteAudit(request, {
    details: {
      summary,
      operations: items.map(({ name, vmid, status, message }) => ({
        vm_name: name,
        vm_id: vmid,
        status: status === 'ok' ? 'success' : 'failed',
        message,
      })),
    },
  })
  if (good === items.length) return { status: 'success', error: null }
  return { status: good === 0 ? 'failed' : 'partial', error: null }
}
