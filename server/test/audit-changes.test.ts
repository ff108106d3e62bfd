/** What the audit log says of something that was there before a change. */
import { auditEntrySchema } from '@deployer/core/audit.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const root = { authorization: apiToken }
/** A VM of the demo that runs. */
const CHANGED = 210

const exported = async (query: string) => {
  const path = `/api/v1/audit/export?format=jsonl${query}`
  return String((await server.call('GET', path, { headers: root })).body)
}
const entries = async (operation: string) =>
  (await exported(`&operation=${operation}`))
    .split('\n')
    // An intent has the operation that is intended, and says nothing of what it will change.
    .filter((line) => line !== '' && !line.includes('"operation":"intent"'))
    .map((line) => auditEntrySchema.parse(JSON.parse(line)))

it('the entry of a change has what became another, as it was and as it is', async () => {
  const call = (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    server.call(method, `/api/v1/${path}`, { headers: root, body })
  const last = async (operation: string) => (await entries(operation)).at(-1)
  /** A task's entry is written when the task has ended. */
  const lastTask = async (operation: string) => {
    await expect.poll(async () => (await last(operation))?.status).toBe('success')
    return last(operation)
  }
  const vm = server.simulator.world.guests.find(({ vmid }) => vmid === CHANGED)
  const { cores, memory } = vm?.config ?? {}
  const path = `vms/${CHANGED}`
  expect((await call('PATCH', path, { cores: 7, memoryMiB: Number(memory) })).status).toBe(200)
  expect((await last('change'))?.['changes']).toEqual({ cores: { from: Number(cores), to: 7 } })
  expect((await call('POST', `${path}/power`, { action: 'stop' })).status).toBe(202)
  expect((await lastTask('vm_power'))?.['changes']).toEqual({
    state: { from: 'running', to: 'stopped' },
  })
  expect((await call('POST', `${path}/disks/scsi0/resize`, { sizeGiB: 500 })).status).toBe(202)
  expect((await lastTask('vm_resize'))?.['changes']).toEqual({
    disk_size_gb: { from: expect.any(Number), to: 500 },
  })
  expect((await call('POST', 'vms/power', { vmids: [CHANGED], action: 'start' })).status).toBe(202)
  await expect
    .poll(async () => (await last('vm_power'))?.['summary'])
    .toMatchObject({ successful: 1 })
  expect((await entries(`vm_power&vm=${CHANGED}`)).at(-1)?.['changes']).toEqual({
    state: { from: 'stopped', to: 'running' },
  })

  const kept = {
    source: { kind: 'template', clone: 'linked' },
    defaults: { cores: 2, cloudInit: { commands: ['echo canary-4801'] } },
    vms: [{ name: 'web' }],
  }
  const made = await call('POST', 'blueprints', { name: 'to change', request: kept })
  const { id } = z.object({ id: z.string() }).parse(made.body)
  const changed = {
    name: 'changed',
    shared: true,
    request: {
      ...kept,
      defaults: { cores: 4, cloudInit: { commands: ['echo canary-4801', 'echo canary-4802'] } },
    },
  }
  expect((await call('PATCH', `blueprints/${id}`, changed)).status).toBe(200)
  const differences = {
    name: { from: 'to change', to: 'changed' },
    shared: { from: false, to: true },
    'defaults.cores': { from: 2, to: 4 },
    'defaults.cloud_init.commands': { from: 1, to: 2 },
  }
  expect((await last('blueprint_save'))?.['changes']).toEqual(differences)
  const back = { ...changed, shared: false, replace: true }
  expect((await call('POST', 'blueprints', back)).status).toBe(200)
  expect((await last('blueprint_save'))?.['changes']).toEqual({
    shared: { from: true, to: false },
  })
  expect((await call('DELETE', `blueprints/${id}`)).status).toBe(204)
  expect(await last('blueprint_delete')).toMatchObject({
    blueprint_id: id,
    blueprint_name: 'changed',
  })
  expect(await exported('')).not.toContain('canary-480')
})
