import {
  blueprintDescriptionSchema,
  blueprintHeadSchema,
  blueprintNameSchema,
  blueprintRequestSchema,
  blueprintViewSchema,
} from '@deployer/core/blueprint.ts'
import { z } from 'zod'
import type { Blueprints } from '../blueprints/blueprints.ts'
import { createBlueprintAccess, noteBlueprint, pathOf, writing } from './blueprint-access.ts'
import { blueprintFileRoutes } from './blueprint-files.ts'
import { idParams } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'

const description = blueprintDescriptionSchema.nullable()

export function blueprintRoutes(app: App, blueprints: Blueprints): void {
  const access = createBlueprintAccess(blueprints)
  blueprintFileRoutes(app, access)

  app.get(
    '/blueprints',
    {
      schema: {
        summary: 'Blueprints: your own, those that others share, and examples',
        tags: ['Blueprints'],
        response: { 200: z.object({ blueprints: z.array(blueprintHeadSchema) }), ...problems },
      },
    },
    async (request) => ({ blueprints: await blueprints.list(callerOf(request)) }),
  )

  app.get(
    '/blueprints/:id',
    {
      schema: {
        summary: 'One blueprint with its request',
        tags: ['Blueprints'],
        params: idParams,
        response: { 200: blueprintViewSchema, ...problems },
      },
    },
    (request) => access.visible(callerOf(request), request.params.id),
  )

  app.post(
    '/blueprints',
    {
      ...writing,
      schema: {
        summary: 'Save a request as a blueprint',
        description:
          'Its source may leave `vmid` out, or give the `name` of the template instead; VMIDs and passwords have no ' +
          'place in it. 409 where you have one of this name, unless `replace` is true: then it takes its place.',
        tags: ['Blueprints'],
        body: z.strictObject({
          name: blueprintNameSchema,
          description: description.optional(),
          shared: z
            .boolean()
            .optional()
            .describe('Everybody who is signed in sees it. Left out = false.'),
          replace: z
            .boolean()
            .optional()
            .describe('In the place of one of yours that has this name.'),
          request: blueprintRequestSchema,
        }),
        response: { 200: blueprintViewSchema, 201: blueprintViewSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { replace = false, shared = false, description: words = null, ...rest } = request.body
      const content = { ...rest, shared, description: words }
      const saved = await access.save(callerOf(request), content, replace)
      const { blueprint, replaced, before } = saved
      noteBlueprint(request, blueprint, before)
      return reply
        .code(replaced ? 200 : 201)
        .header('location', pathOf(blueprint))
        .send(blueprint)
    },
  )

  app.patch(
    '/blueprints/:id',
    {
      ...writing,
      schema: {
        summary: 'Rename, describe, share or replace a blueprint of yours',
        description: 'What is left out stays as it is.',
        tags: ['Blueprints'],
        params: idParams,
        body: z.strictObject({
          name: blueprintNameSchema.optional(),
          description: description.optional(),
          shared: z.boolean().optional().describe('Everybody who is signed in sees it.'),
          request: blueprintRequestSchema.optional(),
        }),
        response: { 200: blueprintViewSchema, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const { blueprint, before } = await access.change(callerOf(request), id, request.body)
      noteBlueprint(request, blueprint, before)
      return blueprint
    },
  )

  app.delete(
    '/blueprints/:id',
    {
      ...writing,
      schema: {
        summary: 'Delete a blueprint of yours; deployments made from it stay as they are',
        tags: ['Blueprints'],
        params: idParams,
        response: { 204: z.undefined().describe('Deleted'), ...problems },
      },
    },
    async (request, reply) => {
      noteBlueprint(request, await access.remove(callerOf(request), request.params.id))
      return reply.code(204).send()
    },
  )
}
