import { describe, expect, it } from 'vitest'
import { deploymentRequestSchema } from '@deployer/core/request.ts'
import { z } from 'zod'
import { namedSchemas } from './rest/schemas.ts'
import { describeApi } from './describe.ts'

const fieldSchema = z.looseObject({
  $ref: z.string().optional(),
  description: z.string().optional(),
  const: z.unknown().optional(),
  get properties() {
    return z.record(z.string(), fieldSchema).optional()
  },
  get items() {
    return fieldSchema.optional()
  },
  get anyOf() {
    return z.array(fieldSchema).optional()
  },
  get oneOf() {
    return z.array(fieldSchema).optional()
  },
})
type Field = z.infer<typeof fieldSchema>

const documentSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        summary: z.string(),
        security: z.array(z.unknown()).optional(),
        responses: z.record(z.string(), z.unknown()),
        parameters: z
          .array(
            z.looseObject({
              name: z.string(),
              schema: fieldSchema,
              description: z.string().optional(),
            }),
          )
          .optional(),
        requestBody: z
          .looseObject({ content: z.record(z.string(), z.looseObject({ schema: fieldSchema })) })
          .optional(),
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), fieldSchema) }),
})
const document = documentSchema.parse(await describeApi())
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
  })),
)

/** Fields without a description, those of named schemas among them. */
const undescribed = (field: Field, seen: ReadonlySet<string> = new Set()): { name: string }[] => {
  const name = field.$ref?.split('/').at(-1)
  const named = name === undefined || seen.has(name) ? undefined : document.components.schemas[name]
  if (named && name) return undescribed(named, new Set([...seen, name]))
  const own = Object.entries(field.properties ?? {})
  return [
    ...own.flatMap(([key, one]) =>
      one.description === undefined && !('const' in one) ? [{ name: key }] : [],
    ),
    ...own.flatMap(([, one]) => undescribed(one, seen)),
    ...[field.items ?? {}, ...(field.anyOf ?? []), ...(field.oneOf ?? [])]
      .filter((one) => Object.keys(one).length > 0)
      .flatMap((one) => undescribed(one, seen)),
  ]
}

const EVIDENT = new Set([
  'action',
  'administrator',
  'algorithm',
  'content',
  'deploymentId',
  'description',
  'disk',
  'format',
  'id',
  'index',
  'kind',
  'locale',
  'name',
  'node',
  'password',
  'request',
  'sizeGiB',
  'sockets',
  'status',
  'storage',
  'strategy',
  'timezone',
  'upid',
  'url',
  'vmid',
  'vmids',
])

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1 and has every call', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(operations.map(({ name }) => name).toSorted()).toEqual([
      'DELETE /api/v1/blueprints/{id}',
      'DELETE /api/v1/images/transfers/{upid}',
      'DELETE /api/v1/images/{volid}',
      'DELETE /api/v1/session',
      'DELETE /api/v1/ssh-keys/{id}',
      'DELETE /api/v1/validations/schedules/{id}',
      'DELETE /api/v1/vms/{vmid}',
      'DELETE /api/v1/vms/{vmid}/snapshots/{name}',
      'GET /api/v1/audit',
      'GET /api/v1/audit/export',
      'GET /api/v1/audit/statistics',
      'GET /api/v1/audit/verify',
      'GET /api/v1/audit/{id}',
      'GET /api/v1/blueprints',
      'GET /api/v1/blueprints/{id}',
      'GET /api/v1/blueprints/{id}/file',
      'GET /api/v1/cpu-types',
      'GET /api/v1/deployments',
      'GET /api/v1/deployments/{id}',
      'GET /api/v1/deployments/{id}/events',
      'GET /api/v1/deployments/{id}/export',
      'GET /api/v1/deployments/{id}/undo',
      'GET /api/v1/doctor',
      'GET /api/v1/doctor/connection',
      'GET /api/v1/events',
      'GET /api/v1/health',
      'GET /api/v1/images',
      'GET /api/v1/images/catalogue',
      'GET /api/v1/images/catalogue/{id}/checksum',
      'GET /api/v1/images/targets',
      'GET /api/v1/images/transfers',
      'GET /api/v1/images/transfers/{upid}',
      'GET /api/v1/images/{volid}/uses',
      'GET /api/v1/isos',
      'GET /api/v1/metrics',
      'GET /api/v1/networks',
      'GET /api/v1/nodes',
      'GET /api/v1/pools',
      'GET /api/v1/proxmox/status',
      'GET /api/v1/ready',
      'GET /api/v1/realms',
      'GET /api/v1/session',
      'GET /api/v1/ssh-keys',
      'GET /api/v1/storages',
      'GET /api/v1/tasks/{upid}',
      'GET /api/v1/templates',
      'GET /api/v1/templates/health',
      'GET /api/v1/templates/{vmid}',
      'GET /api/v1/validations/schedules',
      'GET /api/v1/validations/{id}',
      'GET /api/v1/vms',
      'GET /api/v1/vms/bulk/{id}',
      'GET /api/v1/vms/{vmid}',
      'GET /api/v1/vms/{vmid}/agent',
      'GET /api/v1/vms/{vmid}/cloud-init/{document}',
      'GET /api/v1/vms/{vmid}/console',
      'GET /api/v1/vms/{vmid}/metrics',
      'GET /api/v1/vms/{vmid}/validations',
      'PATCH /api/v1/blueprints/{id}',
      'PATCH /api/v1/vms/{vmid}',
      'POST /api/v1/blueprints',
      'POST /api/v1/blueprints/import',
      'POST /api/v1/deployments',
      'POST /api/v1/deployments/{id}/cancel',
      'POST /api/v1/deployments/{id}/retry',
      'POST /api/v1/deployments/{id}/retry/plan',
      'POST /api/v1/deployments/{id}/undo',
      'POST /api/v1/images/download',
      'POST /api/v1/images/look-up',
      'POST /api/v1/images/upload',
      'POST /api/v1/plans',
      'POST /api/v1/session',
      'POST /api/v1/ssh-keys',
      'POST /api/v1/validations/schedules',
      'POST /api/v1/vms/delete',
      'POST /api/v1/vms/power',
      'POST /api/v1/vms/snapshots',
      'POST /api/v1/vms/tags',
      'POST /api/v1/vms/validate',
      'POST /api/v1/vms/{vmid}/cloud-init',
      'POST /api/v1/vms/{vmid}/convert-to-template',
      'POST /api/v1/vms/{vmid}/disks/{disk}/resize',
      'POST /api/v1/vms/{vmid}/power',
      'POST /api/v1/vms/{vmid}/snapshots',
      'POST /api/v1/vms/{vmid}/snapshots/{name}/rollback',
      'POST /api/v1/vms/{vmid}/validate',
    ])
  })

  it('describes what goes wrong with each call that can go wrong', () => {
    const without = operations.filter(({ operation }) => !('default' in operation.responses))
    expect(without.map(({ name }) => name)).toEqual(['GET /api/v1/health'])
  })

  it('says of every answer what it is', () => {
    expect(JSON.stringify(document)).not.toContain('Default Response')
  })

  it('says of each field that a caller writes what it means, unless its name does', () => {
    const bodies = operations.flatMap(({ operation: { parameters, requestBody } }) => [
      ...(parameters ?? []).filter(
        ({ description, schema }) => !(description ?? schema.description),
      ),
      ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => undescribed(schema)),
    ])
    const names = new Set(bodies.map(({ name }) => name))
    expect([...names].filter((name) => !EVIDENT.has(name))).toEqual([])
  })

  it('names each schema once: as a body it is what it is in an answer', () => {
    expect(z.toJSONSchema(deploymentRequestSchema, { io: 'input' })).toEqual(
      z.toJSONSchema(deploymentRequestSchema, { io: 'output' }),
    )
    const names = Object.keys(document.components.schemas)
    expect(names.filter((name) => name.endsWith('Input'))).toEqual([])
    expect(names).toContain('DeploymentRequest')
    expect(namedSchemas.get(deploymentRequestSchema)).toEqual({ id: 'DeploymentRequest' })
  })

  it('refers to nothing that is not there', () => {
    const references = [
      ...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g),
    ].map(([, name]) => name)
    expect(references.length).toBeGreaterThan(10)
    for (const name of references) expect(document.components.schemas).toHaveProperty(name ?? '')
  })
})
