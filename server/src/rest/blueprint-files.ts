/** Blueprints as files, in and out. */
import {
  blueprintFormats,
  fileOf,
  parseBlueprintText,
  writeBlueprint,
} from '@deployer/core/blueprint-file.ts'
import { blueprintFileSchema, blueprintViewSchema } from '@deployer/core/blueprint.ts'
import { z } from 'zod'
import { unreadableText } from './blueprint-problems.ts'
import { type BlueprintAccess, noteBlueprint, pathOf, writing } from './blueprint-access.ts'
import { idParams } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'

const mediaTypes = { yaml: 'application/yaml', json: 'application/json' } as const

const flag = z.enum(['true', 'false']).optional()

export function blueprintFileRoutes(app: App, access: BlueprintAccess): void {
  app.get(
    '/blueprints/:id/file',
    {
      schema: {
        summary: 'One blueprint as a file, to keep or to hand on',
        description: 'Who owns it and whether it is shared is not part of the file.',
        tags: ['Blueprints'],
        params: idParams,
        querystring: z.strictObject({ format: z.enum(blueprintFormats).optional() }),
        response: {
          200: {
            description: 'The file; YAML unless `format` says otherwise',
            content: {
              [mediaTypes.yaml]: { schema: z.string() },
              [mediaTypes.json]: { schema: blueprintFileSchema },
            },
          },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { format = 'yaml' } = request.query
      const blueprint = await access.visible(callerOf(request), request.params.id)
      return (
        reply
          .type(mediaTypes[format])
          .header('content-disposition', `attachment; filename="${fileName(blueprint)}.${format}"`)
          // A text is sent as it is, whatever the schema of its type.
          .serializer(String)
          .send(writeBlueprint(fileOf(blueprint), format))
      )
    },
  )

  // In a room of its own: the other calls take JSON only.
  void app.register(async (files: App) => {
    files.addContentTypeParser(
      [mediaTypes.yaml, 'application/x-yaml', 'text/yaml'],
      { parseAs: 'string' },
      (_request, body, done) => {
        const parsed = parseBlueprintText(String(body))
        if (parsed.ok) done(null, parsed.value)
        else done(unreadableText(parsed.message))
      },
    )
    importRoute(files, access)
  })
}

function importRoute(app: App, access: BlueprintAccess): void {
  app.post(
    '/blueprints/import',
    {
      ...writing,
      schema: {
        summary: 'Save a blueprint from a file in YAML or JSON',
        description:
          'As `POST /blueprints`, with the file as the body. `application/yaml` takes JSON as well, so that the sender ' +
          'need not look into the file.',
        tags: ['Blueprints'],
        consumes: [mediaTypes.yaml, mediaTypes.json],
        querystring: z.strictObject({
          shared: flag.describe('Everybody who is signed in sees it.'),
          replace: flag.describe('In the place of one of yours that has this name.'),
        }),
        body: blueprintFileSchema,
        response: { 200: blueprintViewSchema, 201: blueprintViewSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { name, description = null, request: content } = request.body
      const { shared, replace } = request.query
      const { blueprint, replaced, before } = await access.save(
        callerOf(request),
        { name, description, request: content, shared: shared === 'true' },
        replace === 'true',
      )
      noteBlueprint(request, blueprint, before)
      return reply
        .code(replaced ? 200 : 201)
        .header('location', pathOf(blueprint))
        .send(blueprint)
    },
  )
}

/** What every file system takes: `kubernetes-cluster-3-n.blueprint`. */
function fileName({ id, name }: { id: string; name: string }): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return `${plain === '' ? id : plain}.blueprint`
}
