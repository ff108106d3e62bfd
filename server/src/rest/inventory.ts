import {
  bridgeSchema,
  nodeSchema,
  poolSchema,
  storageSchema,
  templateSchema,
} from '@deployer/core/inventory.ts'
import { z } from 'zod'
import type { InventoryReader } from '../inventory/inventory.ts'
import { notFound } from '../problem.ts'
import { type App, callerOf, problems } from './http.ts'

const nodeName = z.string().min(1).max(100)

export function inventoryRoutes(app: App, inventory: InventoryReader): void {
  app.get(
    '/nodes',
    {
      schema: {
        summary: 'Nodes of the cluster',
        tags: ['Inventory'],
        response: { 200: z.object({ nodes: z.array(nodeSchema) }), ...problems },
      },
    },
    async (request) => ({ nodes: await inventory.nodes(callerOf(request)) }),
  )

  app.get(
    '/storages',
    {
      schema: {
        summary: 'Storages; a shared one appears once for each node',
        tags: ['Inventory'],
        querystring: z.strictObject({
          node: nodeName.optional(),
          content: z
            .string()
            .min(1)
            .max(40)
            .optional()
            .describe('Only storages that can hold it: `images`, `iso`, `import`, …'),
        }),
        response: { 200: z.object({ storages: z.array(storageSchema) }), ...problems },
      },
    },
    async (request) => {
      const { node, content } = request.query
      const storages = await inventory.storages(callerOf(request))
      return {
        storages: storages.filter(
          (storage) =>
            (node === undefined || storage.node === node) &&
            (content === undefined || storage.content.includes(content)),
        ),
      }
    },
  )

  app.get(
    '/networks',
    {
      schema: {
        summary: 'Bridges and vnets that a VM can use',
        tags: ['Inventory'],
        querystring: z.strictObject({ node: nodeName.optional() }),
        response: { 200: z.object({ networks: z.array(bridgeSchema) }), ...problems },
      },
    },
    async (request) => {
      const { node } = request.query
      const networks = await inventory.networks(callerOf(request))
      return { networks: networks.filter((bridge) => node === undefined || bridge.node === node) }
    },
  )

  app.get(
    '/pools',
    {
      schema: {
        summary: 'Resource pools',
        tags: ['Inventory'],
        response: { 200: z.object({ pools: z.array(poolSchema) }), ...problems },
      },
    },
    async (request) => ({ pools: await inventory.pools(callerOf(request)) }),
  )

  app.get(
    '/cpu-types',
    {
      schema: {
        summary: 'CPU types that each node knows, models of your own included',
        tags: ['Inventory'],
        response: {
          200: z.object({
            cpuTypes: z.array(z.object({ node: z.string(), names: z.array(z.string()) })),
          }),
          ...problems,
        },
      },
    },
    async (request) => ({ cpuTypes: await inventory.cpuTypes(callerOf(request)) }),
  )

  app.get(
    '/templates',
    {
      schema: {
        summary:
          'Templates, with disks, cloud-init drive, agent, and whether linked clones are possible',
        tags: ['Inventory'],
        response: { 200: z.object({ templates: z.array(templateSchema) }), ...problems },
      },
    },
    async (request) => ({ templates: await inventory.templates(callerOf(request)) }),
  )

  app.get(
    '/templates/:vmid',
    {
      schema: {
        summary: 'One template',
        tags: ['Inventory'],
        params: z.strictObject({ vmid: z.coerce.number().int().min(100).max(999_999_999) }),
        response: { 200: templateSchema, ...problems },
      },
    },
    async (request) => {
      const template = await inventory.template(callerOf(request), request.params.vmid)
      if (template === null)
        throw notFound(
          `There is no template ${request.params.vmid}, or your account may not see it.`,
          'Proxmox asks for VM.Audit on it.',
        )
      return template
    },
  )
}
