/** What can be done with VMs. Each answer says what was begun; `GET /tasks/:upid` follows it. */
import {
  pendingKeySchema,
  powerActionSchema,
  snapshotNameSchema,
  startedSchema,
} from '@deployer/core/vm.ts'
import { vmTagSchema } from '@deployer/core/vm-tags.ts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { noteAudit } from '../audit/requests.ts'
import type { Begun } from '../vms/one.ts'
import type { Vms } from '../vms/vms.ts'
import { type App, callerOf, problems } from './http.ts'
import { vmParams } from './vms.ts'

const FOLLOW = 'The answer has the UPID of the task; `GET /tasks/:upid` says what becomes of it.'

const begunSchema = { 202: startedSchema, ...problems }

const snapshotParams = vmParams.extend({
  name: z.string().min(1).max(40).describe('Of the snapshot.'),
})

export function vmActionRoutes(app: App, vms: Vms): void {
  powerRoute(app, vms)
  snapshotRoutes(app, vms)
  configRoutes(app, vms)
  cloudInitRoute(app, vms)
  deletionRoute(app, vms)
}

const powerRoute = (app: App, vms: Vms): void => {
  app.post(
    '/vms/:vmid/power',
    {
      schema: {
        summary: 'Start, shut down, stop, reboot, reset, suspend or resume a VM',
        description: `409 where it is not in a state for that. ${FOLLOW} Proxmox asks for VM.PowerMgmt on the VM.`,
        tags: ['VMs'],
        params: vmParams,
        body: z.strictObject({ action: powerActionSchema }),
        response: begunSchema,
      },
    },
    async (request, reply) => {
      const { vmid } = request.params
      const begun = await vms.power(callerOf(request), vmid, request.body.action)
      return reply.code(202).send(noted(request, begun, { action: request.body.action }))
    },
  )
}

const snapshotRoutes = (app: App, vms: Vms): void => {
  app.post(
    '/vms/:vmid/snapshots',
    {
      schema: {
        summary: 'Make a snapshot',
        description: `\`withMemory\` keeps the memory of a running VM too. ${FOLLOW} Proxmox asks for VM.Snapshot.`,
        tags: ['VMs'],
        params: vmParams,
        body: z.strictObject({
          name: snapshotNameSchema,
          description: z.string().max(1000).default(''),
          withMemory: z.boolean().default(false).describe('Keeps the memory of a running VM too.'),
        }),
        response: begunSchema,
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const begun = await vms.makeSnapshot(callerOf(request), params.vmid, body)
      return reply.code(202).send(noted(request, begun))
    },
  )

  app.post(
    '/vms/:vmid/snapshots/:name/rollback',
    {
      schema: {
        summary: 'Put a VM back to a snapshot; what came after is lost',
        description: `\`start\`: it runs afterwards. ${FOLLOW} Proxmox asks for VM.Snapshot or VM.Snapshot.Rollback.`,
        tags: ['VMs'],
        params: snapshotParams,
        body: z
          .strictObject({
            start: z.boolean().default(false).describe('Whether it runs afterwards.'),
          })
          .nullish(),
        response: begunSchema,
      },
    },
    async (request, reply) => {
      const { vmid, name } = request.params
      const start = request.body?.start ?? false
      const begun = await vms.rollBack(callerOf(request), vmid, name, start)
      return reply.code(202).send(noted(request, begun))
    },
  )

  app.delete(
    '/vms/:vmid/snapshots/:name',
    {
      schema: {
        summary: 'Delete a snapshot; the VM stays as it is',
        description: `${FOLLOW} Proxmox asks for VM.Snapshot.`,
        tags: ['VMs'],
        params: snapshotParams,
        response: begunSchema,
      },
    },
    async (request, reply) => {
      const { vmid, name } = request.params
      const begun = await vms.deleteSnapshot(callerOf(request), vmid, name)
      return reply.code(202).send(noted(request, begun))
    },
  )
}

const configRoutes = (app: App, vms: Vms): void => {
  app.post(
    '/vms/:vmid/disks/:disk/resize',
    {
      schema: {
        summary: 'Make a disk larger',
        description: `To this size in all; disks never shrink (422). The file system follows inside the guest. ${FOLLOW}`,
        tags: ['VMs'],
        params: vmParams.extend({ disk: z.string().regex(/^(ide|sata|scsi|virtio)\d{1,2}$/) }),
        body: z.strictObject({
          sizeGiB: z.int().min(1).max(131_072).describe('In all, not how much is added.'),
        }),
        response: begunSchema,
      },
    },
    async (request, reply) => {
      const { vmid, disk } = request.params
      const begun = await vms.resizeDisk(callerOf(request), vmid, disk, request.body.sizeGiB)
      return reply.code(202).send(noted(request, begun))
    },
  )

  app.patch(
    '/vms/:vmid',
    {
      schema: {
        summary: 'Change cores, memory, protection, start with the node, tags',
        description:
          'With `digest` of `GET /vms/:vmid` it is refused (409) where somebody else changed the VM meanwhile. `pending` of ' +
          'the answer waits for a restart of the VM.',
        tags: ['VMs'],
        params: vmParams,
        body: z
          .strictObject({
            cores: z.int().min(1).max(512).optional().describe('Cores of each socket.'),
            sockets: z.int().min(1).max(4).optional(),
            memoryMiB: z.int().min(16).max(16_777_216).optional().describe('Memory in all.'),
            protection: z
              .boolean()
              .optional()
              .describe('Proxmox refuses to delete it or its disks.'),
            startsWithNode: z.boolean().optional().describe('Starts when its node does.'),
            tags: z
              .array(vmTagSchema)
              .max(50)
              .optional()
              .describe('All that it is to have; those left out go.'),
            digest: z.string().max(100).optional().describe('Of the config that was seen.'),
          })
          .refine(
            (body) =>
              Object.entries(body).some(([key, one]) => key !== 'digest' && one !== undefined),
            'Name at least one setting.',
          ),
        response: {
          200: z.object({
            pending: z.array(pendingKeySchema),
            restartNeeded: z.boolean().describe('Whether something waits for a restart.'),
            digest: z.string().nullable().describe('Of the config as it is now.'),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { digest: seen, ...changes } = request.body
      const result = await vms.change(callerOf(request), request.params.vmid, changes, seen)
      const { pending, digest, place, changes: changed } = result
      noteAudit(request, {
        vm: { name: place.name, vmid: place.vmid, node: place.node },
        changes: changed,
      })
      return { pending, digest, restartNeeded: pending.length > 0 }
    },
  )
}

const cloudInitRoute = (app: App, vms: Vms): void => {
  app.post(
    '/vms/:vmid/cloud-init',
    {
      schema: {
        summary: 'Write its cloud-init drive anew, as it is configured now',
        description:
          'The guest reads it at its next start; changed users or keys make cloud-init run again as on a first boot. ' +
          'Done at once: `upid` is null. Proxmox asks for VM.Config.Cloudinit.',
        tags: ['VMs'],
        params: vmParams,
        response: begunSchema,
      },
    },
    async (request, reply) => {
      const begun = await vms.regenerateCloudInit(callerOf(request), request.params.vmid)
      return reply.code(202).send(noted(request, begun, { action: 'write cloud-init drive' }))
    },
  )
}

const deletionRoute = (app: App, vms: Vms): void => {
  app.delete(
    '/vms/:vmid',
    {
      schema: {
        summary: 'Delete a VM with its disks',
        description:
          'Only with its exact `name`, and where ENABLE_VM_DELETION allows it. A protected VM stays; a running one is ' +
          `refused, or with \`stop\` its power is cut first. Disks that its config does not name stay. ${FOLLOW}`,
        tags: ['VMs'],
        params: vmParams,
        body: z.strictObject({
          name: z.string().min(1).max(200).describe('Its exact name, as a confirmation.'),
          stop: z
            .boolean()
            .default(false)
            .describe('Cuts the power of one that runs; left out, one that runs is refused.'),
        }),
        response: begunSchema,
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const begun = await vms.remove(callerOf(request), params.vmid, body)
      return reply.code(202).send(noted(request, begun))
    },
  )
}

/** The audit entry of the outcome has the VM, the task, and waits for its end. */
const noted = (
  request: FastifyRequest,
  { started, outcome, changes }: Begun,
  configuration?: { [key: string]: string },
) => {
  const { vmid, name, node, upid } = started
  noteAudit(request, {
    vm: { vmid, name, node },
    ...(upid !== null && { upids: [upid] }),
    ...(configuration && { configuration }),
    changes,
    outcome: outcome.then((error) => ({ status: error === null ? 'success' : 'failed', error })),
  })
  return started
}
