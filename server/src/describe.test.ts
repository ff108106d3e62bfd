import { describe, expect, it } from 'vitest'
import { deploymentRequestSchema } from '@deployer/core/request.ts'
import { z } from 'zod'
import { namedSchemas } from './rest/schemas.ts'
import { describeApi } from './describe.ts'

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
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})
const document = documentSchema.parse(await describeApi())
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
  })),
)

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1 and has every call', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(operations.map(({ name }) => name).toSorted()).toEqual([
      'DELETE /api/v1/blueprints/{id}',
      'DELETE /api/v1/session',
      'DELETE /api/v1/ssh-keys/{id}',
      'GET /api/v1/audit',
      'GET /api/v1/audit/export',
      'GET /api/v1/audit/statistics',
      'GET /api/v1/audit/verify',
      'GET /api/v1/audit/{id}',
      'GET /api/v1/blueprints',
      'GET /api/v1/blueprints/{id}',
      'GET /api/v1/blueprints/{id}/file',
      'GET /api/v1/deployments',
      'GET /api/v1/deployments/{id}',
      'GET /api/v1/deployments/{id}/events',
      'GET /api/v1/deployments/{id}/undo',
      'GET /api/v1/events',
      'GET /api/v1/health',
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
      'GET /api/v1/templates',
      'GET /api/v1/templates/{vmid}',
      'PATCH /api/v1/blueprints/{id}',
      'POST /api/v1/blueprints',
      'POST /api/v1/blueprints/import',
      'POST /api/v1/deployments',
      'POST /api/v1/deployments/{id}/cancel',
      'POST /api/v1/deployments/{id}/retry',
      'POST /api/v1/deployments/{id}/retry/plan',
      'POST /api/v1/deployments/{id}/undo',
      'POST /api/v1/plans',
      'POST /api/v1/session',
      'POST /api/v1/ssh-keys',
    ])
  })

  it('describes what goes wrong with each call that can go wrong', () => {
    const without = operations.filter(({ operation }) => !('default' in operation.responses))
    expect(without.map(({ name }) => name)).toEqual(['GET /api/v1/health'])
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
