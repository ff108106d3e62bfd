/** Exports of real deployments: what was built is what they say, and no secret is in them. */
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const headers = { authorization: apiToken }
const password = 'canary-secret-9471'

const deploy = async (request: object) => {
  const made = await server.call('POST', '/api/v1/deployments', { headers, body: { request } })
  expect(made.status).toBe(202)
  const { id } = deploymentViewSchema.parse(made.body)
  const read = async () =>
    deploymentViewSchema.parse(
      (await server.call('GET', `/api/v1/deployments/${id}`, { headers })).body,
    )
  await expect.poll(async () => (await read()).status, { timeout: 30_000 }).toBe('succeeded')
  return read()
}

const exported = (id: string, format: string) =>
  server.call('GET', `/api/v1/deployments/${id}/export?format=${format}`, { headers })

test('every format has the VMs as they were made, and no password in any form', async () => {
  const deployment = await deploy({
    name: 'lab',
    source: { kind: 'template', vmid: 9000, clone: 'linked' },
    defaults: { cores: 3, cloudInit: { users: [{ name: 'ops', password }] } },
    vms: [{ name: 'web-{01..02}' }],
  })
  const { id, vms } = deployment
  const files = await Promise.all(
    ['json', 'curl', 'terraform', 'ansible'].map((format) => exported(id, format)),
  )
  expect(files.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(files.map((file) => file.headers['content-disposition'])).toEqual(
    ['request.json', 'deploy.sh', 'main.tf', 'playbook.yml'].map(
      (name) => `attachment; filename="${id}-${name}"`,
    ),
  )
  const [json, ...code] = files.map(({ body }) =>
    typeof body === 'string' ? body : JSON.stringify(body),
  )
  expect(JSON.parse(json ?? '')).toEqual(deployment.request)
  for (const text of code)
    for (const { name, vmid } of vms) {
      expect(text).toContain(name)
      expect(text).toContain(String(vmid))
    }
  for (const text of [json, ...code]) expect(text).not.toMatch(/canary-secret|\$(6|y)\$/)

  const undone = await server.call('POST', `/api/v1/deployments/${id}/undo`, { headers, body: {} })
  expect(undone.status).toBe(202)
  const undo = deploymentViewSchema.parse(undone.body)
  expect(await exported(undo.id, 'curl')).toMatchObject({
    status: 200,
    body: expect.stringContaining('DELETE'),
  })
  expect(await exported(undo.id, 'terraform')).toMatchObject({
    status: 409,
    body: { title: 'An undo is not exported in this format' },
  })
})

test('what is not there, and formats nobody knows, are refused', async () => {
  expect((await exported('d-none', 'curl')).status).toBe(404)
  expect((await exported('d-none', 'pulumi')).status).toBe(400)
  const path = '/api/v1/deployments/d-none/export'
  expect((await server.call('GET', path)).status).toBe(401)
})
