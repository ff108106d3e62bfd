/** The OpenAPI document, made from the routes' own schemas. */
import swagger from '@fastify/swagger'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from 'fastify-type-provider-zod'
import type { App } from './http.ts'
import { namedSchemas } from './schemas.ts'

/** Register before the routes: it sees only what comes after. */
export async function registerOpenApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Proxmox VM Deployer',
        version,
        description:
          'Deploys virtual machines on Proxmox VE. Every call runs with the rights of its caller: the session cookie ' +
          'of `POST /api/v1/session`, or a Proxmox API token in `Authorization: PVEAPIToken=USER@REALM!ID=SECRET`.',
      },
      tags: [
        { name: 'Session', description: 'Sign in and out' },
        { name: 'Inventory', description: 'What the cluster has, as the caller may see it' },
        { name: 'Deployments', description: 'Plan, deploy, follow, cancel' },
        { name: 'Blueprints', description: 'Saved requests' },
        { name: 'SSH keys', description: 'Public keys that you keep, to give them to guests' },
        { name: 'Images', description: 'ISOs and disk images: list, upload, download, delete' },
        { name: 'VMs', description: 'VMs after their deployment: look, power, snapshots, delete' },
        { name: 'Validation', description: 'Whether VMs work, now and again and again' },
        { name: 'Doctor', description: 'What stands between you and a deployment, and what to do' },
        { name: 'Audit', description: 'Who did what' },
        { name: 'Events', description: 'Server-sent events' },
        { name: 'Proxmox', description: 'The connection' },
        { name: 'Health', description: 'For supervisors' },
      ],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'session' },
          token: {
            type: 'apiKey',
            in: 'header',
            name: 'Authorization',
            description: '`PVEAPIToken=USER@REALM!ID=SECRET`',
          },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: createJsonSchemaTransform({ schemaRegistry: namedSchemas }),
    transformObject: (document) => withOneNameForEachSchema(namedSchemasOf(document)),
  })
}

const namedSchemasOf = createJsonSchemaTransformObject({ schemaRegistry: namedSchemas })

/**
 * The library makes two components of each schema, `X` for answers and `XInput` for bodies. Ours have no transforms, so
 * both are the same; a test holds that.
 */
function withOneNameForEachSchema<Document extends object>(document: Document): Document {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (key === 'schemas' && typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).filter(([name]) => !name.endsWith('Input')))
      if (key === '$ref' && typeof value === 'string') return value.replace(/Input$/, '')
      return value
    }),
  )
}
