/** VMs after their deployment: what there is. vm-actions.ts has what can be done. */
import {
  bulkSchema,
  vmAgentSchema,
  vmDetailSchema,
  vmidSchema,
  vmListSchema,
  vmMetricsSchema,
  vmTaskSchema,
} from '@deployer/core/vm.ts'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { notFound } from '../problem.ts'
import type { ReadyList } from '../vms/list.ts'
import type { Vms } from '../vms/vms.ts'
import { type App, callerOf, problems } from './http.ts'

export const vmParams = z.strictObject({ vmid: vmidSchema.describe('Of a VM that you may see.') })

export function vmRoutes(app: App, vms: Vms): void {
  app.get(
    '/vms',
    {
      schema: {
        summary: 'All VMs that you may see',
        description:
          'Without templates and containers. State and figures are as new as Proxmox reports them: every 10 s. All of them ' +
          'come at once; send `If-None-Match` with the last `ETag`, and the answer is 304 while nothing has changed.',
        tags: ['VMs'],
        response: {
          200: vmListSchema,
          304: z.undefined().describe('Nothing has changed'),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const list = await vms.list(callerOf(request))
      const { 'if-none-match': known, 'accept-encoding': accepted = '' } = request.headers
      return sendList(reply, list, { known, zipped: /\bgzip\b/.test(accepted) })
    },
  )

  app.get(
    '/vms/:vmid',
    {
      schema: {
        summary: 'One VM whole',
        description:
          'Config, pending changes, state, hardware, cloud-init as configured and as on its drive, snapshots, recent tasks, ' +
          'its deployment, and your privileges on it.',
        tags: ['VMs'],
        params: vmParams,
        response: { 200: vmDetailSchema, ...problems },
      },
    },
    async (request) => vms.detail(callerOf(request), request.params.vmid),
  )

  app.get(
    '/vms/:vmid/agent',
    {
      schema: {
        summary: 'What its guest agent tells',
        description:
          'Host name, system, addresses; or why it tells nothing. May take some seconds.',
        tags: ['VMs'],
        params: vmParams,
        response: { 200: vmAgentSchema, ...problems },
      },
    },
    async (request) => vms.agent(callerOf(request), request.params.vmid),
  )

  app.get(
    '/vms/:vmid/metrics',
    {
      schema: {
        summary: 'Its figures over the last hour, day or week',
        description: 'From the round-robin database of its node, averages. Null where it was off.',
        tags: ['VMs'],
        params: vmParams,
        querystring: z.strictObject({
          range: z.enum(['hour', 'day', 'week']).default('hour').describe('How far back.'),
        }),
        response: { 200: vmMetricsSchema, ...problems },
      },
    },
    async (request) => vms.metrics(callerOf(request), request.params.vmid, request.query.range),
  )

  app.get(
    '/vms/:vmid/cloud-init/:document',
    {
      schema: {
        summary: 'A document of its cloud-init drive, as Proxmox would write it now',
        description: 'Passwords in it are hashes, or hidden from who lacks VM.Config.Cloudinit.',
        tags: ['VMs'],
        params: vmParams.extend({
          document: z.enum(['user', 'network', 'meta']).describe('Which part of cloud-init.'),
        }),
        response: { 200: z.object({ text: z.string() }), ...problems },
      },
    },
    async (request) => {
      const { vmid, document } = request.params
      return {
        text: withoutPasswords(await vms.cloudInitDocument(callerOf(request), vmid, document)),
      }
    },
  )

  app.get(
    '/vms/bulk/:id',
    {
      schema: {
        summary: 'What came of an action on several VMs',
        description: 'For who asked for it, for a week.',
        tags: ['VMs'],
        params: z.strictObject({ id: z.string().regex(/^b-[0-9a-f]{10}$/) }),
        response: { 200: bulkSchema, ...problems },
      },
    },
    async (request) => {
      const bulk = await vms.bulk(callerOf(request), request.params.id)
      if (bulk === null)
        throw notFound(
          `There is no action ${request.params.id} of yours.`,
          'The action answers its id. It is kept for a week.',
        )
      return bulk
    },
  )

  app.get(
    '/tasks/:upid',
    {
      schema: {
        summary: 'A task of Proxmox, with the end of its log',
        description: 'Of others only with Sys.Audit on its node.',
        tags: ['VMs'],
        params: z.strictObject({ upid: z.string().min(10).max(300) }),
        response: { 200: vmTaskSchema.extend({ log: z.array(z.string()) }), ...problems },
      },
    },
    async (request) => vms.task(callerOf(request), request.params.upid),
  )
}

/** The bytes are ready; going through the schema again would cost as much as making them. */
const sendList = (
  reply: FastifyReply,
  { etag, json, gzip }: ReadyList,
  { known, zipped }: { known: string | undefined; zipped: boolean },
): FastifyReply => {
  reply.header('etag', etag).header('vary', 'accept-encoding')
  if (known === etag) return reply.code(304).send()
  reply.type('application/json; charset=utf-8')
  return zipped ? reply.header('content-encoding', 'gzip').send(gzip) : reply.send(json)
}

/** 8.4 shows the hash of the password to who may only look (qemu-server, cloudinit_generated_dump). */
const withoutPasswords = (document: string): string =>
  document.replaceAll(/^(\s*(?:password|passwd|hashed_passwd):).*$/gm, '$1 hidden')
