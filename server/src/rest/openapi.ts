/** The OpenAPI document, made from the routes' own schemas. */
import swagger from '@fastify/swagger'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from 'fastify-type-provider-zod'
import { type DeploymentRequest, deploymentRequestSchema } from '@deployer/core/request.ts'
import { z } from 'zod'
import type { App } from './http.ts'
import { namedSchemas } from './schemas.ts'

const statuses = `| Status | What it means |
|---|---|
| 400, 413, 415 | The request is not as this document says; \`errors\` names the fields |
| 401 | No sign-in, or it has ended |
| 403 | Proxmox does not let the caller; \`detail\` names the privilege and the path |
| 404 | Not there, or not to be seen by the caller |
| 409 | It does not fit what is there now: a plan that has changed, a VM in another state, a name that is taken |
| 422 | Understood, and cannot be done: a plan with blockers |
| 429 | Too many calls; \`Retry-After\` says when to come again |
| 502, 503, 504 | Proxmox or the database does not answer, or said something unexpected |`

/** Register before the routes: it sees only what comes after. */
export async function registerOpenApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Proxmox VM Deployer',
        version,
        description:
          'Deploys virtual machines on Proxmox VE, one or hundreds at a time.\n\n' +
          '## Who calls\n\nEvery call runs with the rights of its caller on Proxmox. A script sends an API token of Proxmox with each ' +
          'call, `Authorization: PVEAPIToken=USER@REALM!ID=SECRET`; a page has the cookie of `POST /api/v1/session`.\n\n' +
          '## A first deployment\n\nAll paths begin with `/api/v1`. `GET /templates` lists what VMs can be made from. `POST /plans` with a request says what would be ' +
          'done, call by call, and changes nothing. `POST /deployments` with the same request and the `hash` of the plan ' +
          'begins it and answers at once. `GET /deployments/{id}/events` follows it.\n\n' +
          `## When it does not work\n\nEvery error is a problem document: what happened, why, and what to do.\n\n${statuses}`,
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
      security: [{ token: [] }, { session: [] }],
    },
    transform: createJsonSchemaTransform({ schemaRegistry: namedSchemas, zodToJsonConfig }),
    transformObject: (document) => withOneNameForEachSchema(namedSchemasOf(document)),
  })
}

const example: DeploymentRequest = {
  name: 'web tier',
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: {
    cores: 2,
    memoryMiB: 2048,
    networks: [{ bridge: 'vmbr0', ip: 'dhcp' }],
    cloudInit: { users: [{ name: 'ops', sudo: true }], packages: ['nginx'] },
    validate: { ports: [80] },
  },
  vms: [{ name: 'web-{01..03}' }],
}

type Described = { zodSchema: z.core.$ZodTypes; jsonSchema: z.core.JSONSchema.BaseSchema }

/** The library reads `.describe` only of schemas in the registry that it is given, which are the named ones. */
const zodToJsonConfig = {
  override: ({ zodSchema, jsonSchema }: Described) => {
    const description = z.globalRegistry.get(zodSchema)?.description
    if (description !== undefined) jsonSchema.description = description
    // A number without bounds; the page would show them as an example.
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    if (zodSchema === deploymentRequestSchema) jsonSchema.examples = [example]
    // An answer without a body.
    if (zodSchema._zod.def.type === 'undefined') jsonSchema.type = 'null'
  },
}

const namedSchemasOf = createJsonSchemaTransformObject({
  schemaRegistry: namedSchemas,
  zodToJsonConfig,
})

/**
 * The library makes two components of each schema, `X` for answers and `XInput` for bodies. Ours have no transforms, so
 * both are the same; a test holds that.
 */
function withOneNameForEachSchema<Document extends object>(document: Document): Document {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (key === 'schemas' && typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).filter(([name]) => !name.endsWith('Input')))
      if (key === 'responses') return withWords(value)
      if (key === '$ref' && typeof value === 'string') return value.replace(/Input$/, '')
      return value
    }),
  )
}

const words: Record<string, string> = {
  '200': 'The answer',
  '201': 'Made; `Location` has its address',
  '202': 'Taken on; the work goes on behind the answer',
}

/** For answers that say nothing of themselves. */
function withWords(responses: unknown): unknown {
  if (typeof responses !== 'object' || responses === null) return responses
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]: [string, { description?: string }]) => [
      status,
      response.description === 'Default Response'
        ? { ...response, description: words[status] ?? 'The answer' }
        : response,
    ]),
  )
}
