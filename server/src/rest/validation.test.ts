import { deploymentRequestSchema } from '@deployer/core/request.ts'
import Fastify from 'fastify'
import { validatorCompiler, hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type FieldError, fieldErrors } from './validation.ts'

const source = { kind: 'template', vmid: 9000, clone: 'linked' }
const vms = [{ name: 'web-01' }]

/** Through Fastify and the type provider, as a route would. */
const app = Fastify()
app.setValidatorCompiler(validatorCompiler)
let found: FieldError[] = []
app.setErrorHandler((error, _request, reply) => {
  if (hasZodFastifySchemaValidationErrors(error)) found = fieldErrors(error.validation)
  return reply.code(400).send()
})
app.post('/', { schema: { body: deploymentRequestSchema } }, () => 'fits')
afterAll(() => app.close())

const errorsOf = async (body: unknown): Promise<FieldError[]> => {
  found = []
  await app.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(body),
  })
  return found
}

app.get('/', { schema: { querystring: z.strictObject({ since: z.iso.datetime() }) } }, () => 'fits')

describe('fieldErrors', () => {
  it('shows the form of a time by an example', async () => {
    await app.inject({ method: 'GET', url: '/', query: { since: 'yesterday' } })
    expect(found).toEqual([
      {
        path: 'since',
        message: 'This must be a time with its zone, such as 2026-02-09T00:00:00Z.',
      },
    ])
  })

  it('has nothing to say about a good request', async () => {
    expect(await errorsOf({ source, vms })).toEqual([])
  })

  it.each([
    ['no VMs', { source, vms: [] }, [{ path: 'vms', message: 'This list is empty.' }]],
    [
      'too many rows',
      { source, vms: Array.from({ length: 501 }, () => ({ name: 'x' })) },
      [{ path: 'vms', message: 'This list must have at most 500 entries.' }],
    ],
    [
      'nothing at all',
      {},
      [
        { path: 'source', message: 'This field is missing.' },
        { path: 'vms', message: 'This field is missing.' },
      ],
    ],
    ['no object', null, [{ path: '', message: 'This must be an object.' }]],
    [
      'an unknown field',
      { source, vms: [{ name: 'a', colour: 'red' }] },
      [{ path: 'vms.0.colour', message: 'This field does not exist here.' }],
    ],
    [
      'text for a number',
      { source: { ...source, vmid: '9000' }, vms },
      [{ path: 'source.vmid', message: 'This must be a number.' }],
    ],
    [
      'a fraction',
      { source, vms, defaults: { memoryMiB: 512.5 } },
      [{ path: 'defaults.memoryMiB', message: 'This must be a whole number.' }],
    ],
    [
      'too small',
      { source, vms: [{ name: 'a', cores: 0 }] },
      [{ path: 'vms.0.cores', message: 'This must be 1 or more.' }],
    ],
    [
      'too big',
      { source, vms, defaults: { validate: { ports: [70_000] } } },
      [{ path: 'defaults.validate.ports.0', message: 'This must be 65535 or less.' }],
    ],
    [
      'an empty name',
      { source, vms: [{ name: '' }] },
      [{ path: 'vms.0.name', message: 'This is empty.' }],
    ],
    [
      'a long name',
      { source, vms, name: 'x'.repeat(101) },
      [{ path: 'name', message: 'This must be at most 100 characters long.' }],
    ],
    [
      'another word',
      { source: { ...source, clone: 'half' }, vms },
      [{ path: 'source.clone', message: 'This must be one of `linked`, `full`.' }],
    ],
    [
      'another kind of source',
      { source: { kind: 'cd' }, vms },
      [{ path: 'source.kind', message: 'This must be one of `template`, `iso`, `image`.' }],
    ],
    [
      'another strategy',
      { source, vms, placement: { strategy: 'random' } },
      [{ path: 'placement.strategy', message: 'This must be one of `spread`, `pack`.' }],
    ],
    [
      'a bad tag, in the words of the schema',
      { source, vms, defaults: { tags: ['A b'] } },
      [
        {
          path: 'defaults.tags.0',
          message:
            'Tags use lower-case letters, digits and _ - + . and start with a letter, digit or _',
        },
      ],
    ],
  ])('names field and fault of %s', async (_name, body, errors) => {
    expect(await errorsOf(body)).toEqual(errors)
  })
})
