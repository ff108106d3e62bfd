/** The audit log names the person who asked, and beside them the account that did the work. */
import { auditEntrySchema } from '@deployer/core/audit.ts'
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ PROXMOX_USER: 'root@pam', PROXMOX_PASSWORD: 'demo' })
})
afterAll(() => server.stop())

it('every entry of a deployment has both', { timeout: 60_000 }, async () => {
  const headers = { authorization: apiToken }
  const { body } = await server.call('POST', '/api/v1/deployments', {
    headers,
    body: {
      request: {
        source: { kind: 'template', vmid: 9000, clone: 'linked' },
        defaults: { start: false },
        vms: [{ name: 'served' }],
      },
    },
  })
  const { id } = deploymentViewSchema.parse(body)
  const exported = async () => {
    const path = `/api/v1/audit/export?format=jsonl&deployment=${id}`
    const lines = String((await server.call('GET', path, { headers })).body)
      .trimEnd()
      .split('\n')
    return lines.map((line) => auditEntrySchema.parse(JSON.parse(line)))
  }
  await expect.poll(async () => (await exported()).length, { timeout: 30_000 }).toBe(3)
  expect(await exported()).toMatchObject(
    ['intent', 'template_clone', 'batch_clone'].map((operation) => ({
      operation,
      username: 'root@pam!demo',
      runs_as: 'root@pam',
    })),
  )
})
