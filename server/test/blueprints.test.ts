/** Blueprints over HTTP: own, shared and example ones, files, bounds. */
import type { BlueprintView } from '@deployer/core/blueprint.ts'
import { blueprintHeadSchema, blueprintViewSchema } from '@deployer/core/blueprint.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let operator: string
let viewer: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.signIn('operator@pve')
  viewer = await server.signIn('viewer@pve')
})
afterAll(() => server.stop())

const request = {
  name: 'web tier',
  source: { kind: 'template', vmid: 9000, name: 'ubuntu-24.04', clone: 'linked' },
  defaults: { cores: 2, networks: [{ bridge: 'vmbr0', ip: '10.0.0.{20..22}/24' }], tags: ['web'] },
  vms: [{ name: 'web-{01..03}' }, { name: 'db', memoryMiB: 8192, networks: [{ ip: 'dhcp' }] }],
}

const post = (cookie: string, body: object, path = 'blueprints') =>
  server.call('POST', `/api/v1/${path}`, { cookie, body })
const get = (cookie: string, path: string) =>
  server.call('GET', `/api/v1/blueprints${path}`, { cookie })
const patch = (cookie: string, id: string, body: object) =>
  server.call('PATCH', `/api/v1/blueprints/${id}`, { cookie, body })
const remove = (cookie: string, id: string) =>
  server.call('DELETE', `/api/v1/blueprints/${id}`, { cookie })

async function saved(cookie: string, changes: object): Promise<BlueprintView> {
  const { status, body } = await post(cookie, { name: 'x', request, ...changes })
  expect(status).toBe(201)
  return blueprintViewSchema.parse(body)
}

async function listed(cookie: string) {
  const { body } = await get(cookie, '')
  return z.object({ blueprints: z.array(blueprintHeadSchema) }).parse(body).blueprints
}

describe('a saved request', () => {
  it('comes back as it was, with who saved it', async () => {
    const { status, body, headers } = await post(operator, {
      name: ' Web tier ',
      description: 'Front and database',
      request,
    })
    expect(status).toBe(201)
    const blueprint = blueprintViewSchema.parse(body)
    expect(headers['location']).toBe(`/api/v1/blueprints/${blueprint.id}`)
    expect(blueprint).toEqual({
      id: expect.stringMatching(/^b-[0-9a-f]{10}$/),
      name: 'Web tier',
      description: 'Front and database',
      owner: 'operator@pve',
      shared: false,
      mine: true,
      source: request.source,
      vmCount: 4,
      names: ['web-{01..03}', 'db'],
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      request,
    })
    expect((await get(operator, `/${blueprint.id}`)).body).toEqual(blueprint)
    const { request: _request, ...head } = blueprint
    expect(await listed(operator)).toContainEqual(head)
  })

  it('is renamed, described, shared and replaced, each alone', async () => {
    const { id } = await saved(operator, { name: 'to be changed' })
    expect(await patch(operator, id, { name: 'changed' })).toMatchObject({
      status: 200,
      body: { id, name: 'changed', description: null, shared: false, vmCount: 4 },
    })
    expect(await patch(operator, id, { description: 'words', shared: true })).toMatchObject({
      body: { name: 'changed', description: 'words', shared: true },
    })
    expect(await patch(operator, id, { description: ' ' })).toMatchObject({
      body: { description: null },
    })
    const smaller = { source: { kind: 'template' }, vms: [{ name: 'one' }] }
    expect(await patch(operator, id, { request: smaller })).toMatchObject({
      body: { name: 'changed', vmCount: 1, names: ['one'], request: smaller },
    })
    expect(await patch(operator, id, {})).toMatchObject({ status: 200, body: { name: 'changed' } })
  })

  it('is gone once it is deleted', async () => {
    const { id } = await saved(operator, { name: 'short lived' })
    expect((await remove(operator, id)).status).toBe(204)
    expect(await get(operator, `/${id}`)).toMatchObject({
      status: 404,
      body: {
        type: '/problems/not-found',
        detail: `There is no blueprint ${id} that you may see.`,
      },
    })
    expect((await remove(operator, id)).status).toBe(404)
  })

  it('has a name of its own, unless it takes the place of the earlier one', async () => {
    const first = await saved(operator, { name: 'Unique' })
    const again = { name: 'unique', request: { ...request, vms: [{ name: 'a' }] } }
    expect(await post(operator, again)).toMatchObject({
      status: 409,
      body: { type: '/problems/blueprint-name-taken', title: 'You have a blueprint of this name' },
    })
    expect(await post(operator, { ...again, replace: true })).toMatchObject({
      status: 200,
      body: { id: first.id, name: 'unique', vmCount: 1, createdAt: first.createdAt },
    })
    const other = await saved(operator, { name: 'another' })
    expect(await patch(operator, other.id, { name: 'UNIQUE' })).toMatchObject({ status: 409 })
    // Names of others are theirs.
    await saved(viewer, { name: 'unique' })
  })

  it.each<[string, object, string]>([
    ['a VMID', { ...request, vms: [{ name: 'a', vmid: 300 }] }, 'request.vms.0.vmid'],
    [
      'a password',
      {
        ...request,
        defaults: { cloudInit: { users: [{ name: 'ops', password: 'hunter2' }] } },
      },
      'request.defaults.cloudInit.users.0.password',
    ],
    ['no VM', { ...request, vms: [] }, 'request.vms'],
    ['no source', { vms: [{ name: 'a' }] }, 'request.source'],
  ])('with %s is refused at its field', async (_what, wrong, path) => {
    expect(await post(operator, { name: 'wrong', request: wrong })).toMatchObject({
      status: 400,
      body: { errors: [{ path }] },
    })
  })

  it('of a megabyte is too large', async () => {
    const description = 'x'.repeat(4000)
    const vms = Array.from({ length: 300 }, (_, index) => ({ name: `vm-${index}`, description }))
    expect(await post(operator, { name: 'large', request: { ...request, vms } })).toMatchObject({
      status: 413,
    })
  })
})

describe('what others have saved', () => {
  it('is not there for anybody else, to see, change or delete', async () => {
    const { id } = await saved(operator, { name: 'private' })
    expect((await listed(viewer)).map((one) => one.id)).not.toContain(id)
    for (const answer of [
      await get(viewer, `/${id}`),
      await get(viewer, `/${id}/file`),
      await patch(viewer, id, { name: 'mine now' }),
      await remove(viewer, id),
    ])
      expect(answer).toMatchObject({ status: 404, body: { type: '/problems/not-found' } })
    expect(await get(operator, `/${id}`)).toMatchObject({ status: 200, body: { name: 'private' } })
  })

  it('is there to use once it is shared, and stays its owner’s', async () => {
    const { id } = await saved(operator, { name: 'for all', shared: true })
    expect((await listed(viewer)).find((one) => one.id === id)).toMatchObject({
      owner: 'operator@pve',
      shared: true,
      mine: false,
    })
    expect((await get(viewer, `/${id}/file`)).status).toBe(200)
    for (const answer of [await patch(viewer, id, { name: 'mine now' }), await remove(viewer, id)])
      expect(answer).toMatchObject({
        status: 403,
        body: {
          type: '/problems/not-permitted',
          detail: 'for all belongs to operator@pve, who alone may change and delete it.',
        },
      })
    await patch(operator, id, { shared: false })
    expect((await get(viewer, `/${id}`)).status).toBe(404)
  })

  it('by a token is its user’s too, but not the other way round', async () => {
    const headers = { authorization: apiToken }
    const { body } = await server.call('POST', '/api/v1/blueprints', {
      headers,
      body: { name: 'by the token', request },
    })
    const { id, owner } = blueprintViewSchema.parse(body)
    expect(owner).toBe('root@pam!demo')
    const root = await server.signIn('root@pam')
    expect(await patch(root, id, { name: 'by its user' })).toMatchObject({ status: 200 })
    const own = await saved(root, { name: 'by root' })
    expect((await server.call('GET', `/api/v1/blueprints/${own.id}`, { headers })).status).toBe(404)
  })
})

describe('an example', () => {
  it('is there for everybody, and stays as it is', async () => {
    expect(
      (await listed(viewer)).filter((one) => one.owner === null).map((one) => one.name),
    ).toEqual([
      'Kubernetes cluster (3 + N)',
      'Load-balanced web servers',
      'Development machine',
      'Windows session hosts',
      'Debian from a cloud image',
      'Windows Server, installed unattended',
    ])
    expect(await get(viewer, '/example-kubernetes')).toMatchObject({
      status: 200,
      body: {
        owner: null,
        mine: false,
        shared: true,
        vmCount: 6,
        request: { source: { kind: 'template' } },
      },
    })
    const root = await server.signIn('root@pam')
    for (const answer of [
      await patch(root, 'example-kubernetes', { name: 'mine' }),
      await remove(root, 'example-kubernetes'),
    ])
      expect(answer).toMatchObject({ status: 403, body: { title: 'Examples stay as they are' } })
  })

  it('is deployed with a template of this cluster', async () => {
    const root = await server.signIn('root@pam')
    const { body } = await get(root, '/example-web')
    const { request: own } = blueprintViewSchema.parse(body)
    const source = { kind: 'template', vmid: 9000, clone: 'linked' }
    expect(await post(root, { ...own, source }, 'plans')).toMatchObject({
      status: 200,
      body: { blockers: [], totals: { vms: 6 } },
    })
  })
})

const importText = (cookie: string, text: string, query = '', type = 'application/yaml') =>
  server.call('POST', `/api/v1/blueprints/import${query}`, {
    cookie,
    headers: { 'content-type': type },
    body: text,
  })

describe('a file', () => {
  it.each(['yaml', 'json'])('in %s goes out and comes in as it was', async (format) => {
    const original = await saved(operator, {
      name: `Größe "${format}" #1`,
      description: 'line one\nline two: - # yes\n',
      shared: true,
    })
    const { body, headers } = await get(operator, `/${original.id}/file?format=${format}`)
    expect(headers).toMatchObject({
      'content-type': expect.stringContaining(`application/${format}`),
      'content-disposition':
        `attachment; filename="grosse-${format}-1.blueprint.${format}"`.replace('grosse', 'gro-e'),
    })
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    expect(text).not.toContain('operator@pve')
    const answer = await importText(viewer, text)
    expect(answer.status).toBe(201)
    expect(blueprintViewSchema.parse(answer.body)).toMatchObject({
      name: original.name,
      description: original.description,
      request: original.request,
      owner: 'viewer@pve',
      shared: false,
    })
  })

  it('is YAML unless something else is asked for', async () => {
    const { id } = await saved(operator, { name: 'as yaml' })
    const { body } = await get(operator, `/${id}/file`)
    expect(body).toMatch(/^kind: proxmox-vm-deployer\/blueprint\nversion: 1\nname: as yaml\n/)
    expect(await get(operator, `/${id}/file?format=toml`)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'format', message: 'This must be one of `yaml`, `json`.' }] },
    })
  })

  it('by JSON’s own type is taken too, shared at once, in place of an earlier one', async () => {
    const file = JSON.stringify({
      kind: 'proxmox-vm-deployer/blueprint',
      version: 1,
      name: 'from a script',
      request,
    })
    const first = await importText(operator, file, '?shared=true', 'application/json')
    expect(first).toMatchObject({ status: 201, body: { shared: true } })
    expect(await importText(operator, file)).toMatchObject({ status: 409 })
    expect(await importText(operator, file, '?replace=true')).toMatchObject({
      status: 200,
      body: { id: blueprintViewSchema.parse(first.body).id },
    })
  })

  it.each<[string, string, object]>([
    [
      'that is no YAML',
      'kind: a: b',
      { title: 'This is no YAML and no JSON', detail: expect.stringMatching(/line 1, column 7/) },
    ],
    ['that is empty', '', { title: 'The request does not fit' }],
    [
      'of something else',
      'kind: Deployment\nversion: 1\nname: a\n',
      {
        errors: [
          { path: 'kind', message: 'This must be `proxmox-vm-deployer/blueprint`.' },
          { path: 'request', message: 'This field is missing.' },
        ],
      },
    ],
    [
      'with a wrong value deep inside',
      'kind: proxmox-vm-deployer/blueprint\nversion: 1\nname: a\nrequest:\n  source: {kind: template}\n  vms:\n    - name: a\n      cores: many\n',
      { errors: [{ path: 'request.vms.0.cores', message: 'This must be a number.' }] },
    ],
  ])('%s is refused, and the answer says where', async (_what, text, problem) => {
    expect(await importText(operator, text)).toMatchObject({ status: 400, body: problem })
  })

  it('of another type is refused, and so is YAML everywhere else', async () => {
    expect((await importText(operator, '<a/>', '', 'application/xml')).status).toBe(415)
    const yaml = { cookie: operator, headers: { 'content-type': 'application/yaml' }, body: 'a: 1' }
    expect((await server.call('POST', '/api/v1/blueprints', yaml)).status).toBe(415)
  })
})

describe('whoever changes too much', () => {
  it('is slowed down, and nobody else', async () => {
    const operatorAgain = await server.signIn('operator@pve')
    let last = await remove(operatorAgain, 'b-none')
    for (let turn = 0; turn < 120 && last.status === 404; turn += 1)
      last = await remove(operatorAgain, 'b-none')
    expect(last).toMatchObject({
      status: 429,
      body: {
        type: '/problems/too-many-changes',
        hint: expect.stringMatching(/^Try again in \d+ s\.$/),
      },
      headers: { 'retry-after': expect.any(String) },
    })
    expect((await get(operator, '')).status).toBe(200)
    expect((await remove(viewer, 'b-none')).status).toBe(404)
  })
})
