/** Templates over HTTP: their health, and VMs that become templates. */
import { type TemplateHealth, templateHealthSchema } from '@deployer/core/template-health.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { imageCalls, root, soon } from './image-calls.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const { recorded } = imageCalls(
  () => server,
  () => '',
)

const configOf = (vmid: number): Record<string, string> =>
  server.simulator.world.guests.find((guest) => guest.vmid === vmid)?.config ?? {}

async function healthOf(vmid: number, options: object = root): Promise<TemplateHealth | undefined> {
  const { status, body } = await server.call('GET', '/api/v1/templates/health', options)
  expect(status).toBe(200)
  const { templates } = z.object({ templates: z.array(templateHealthSchema) }).parse(body)
  return templates.find((template) => template.vmid === vmid)
}

/** A VM that is off, without disks. */
const create = (vmid: number, config: Record<string, string> = {}) => {
  server.simulator.world.guests.push({
    vmid,
    type: 'qemu',
    node: 'pve1',
    config: { name: `vm-${vmid}`, memory: '1024', ostype: 'l26', ...config },
    pending: {},
    snapshots: [],
  })
}

const convert = (vmid: number, options: object = root) =>
  server.call('POST', `/api/v1/vms/${vmid}/convert-to-template`, options)

describe('the health of a template', () => {
  it('is read from its config', async () => {
    const health = await healthOf(9000)
    expect(health?.checks.find(({ code }) => code === 'agent')?.status).toBe('good')
    expect(health?.checks.find(({ code }) => code === 'serial')?.status).toBe('good')
    const windows = await healthOf(9010)
    expect(windows?.checks).toContainEqual(expect.objectContaining({ code: 'tpm', status: 'good' }))
    expect(windows?.checks).toContainEqual(
      expect.objectContaining({ code: 'firmware', title: 'Firmware: pc-q35-10.1, UEFI' }),
    )
  })

  it('tells the linked clones that hang on it, to who may see them', async () => {
    const request = {
      source: { kind: 'template', vmid: 9000, clone: 'linked' },
      defaults: { start: false },
      vms: [{ name: 'hanger', vmid: 700 }],
    }
    const begun = await server.call('POST', '/api/v1/deployments', {
      ...root,
      body: { request },
    })
    expect(begun.status).toBe(202)
    await vi.waitFor(
      async () =>
        expect((await healthOf(9000))?.linkedClones).toContainEqual({
          vmid: 700,
          name: 'hanger',
          node: expect.any(String),
        }),
      soon,
    )
    expect((await healthOf(9000))?.checks).toContainEqual(
      expect.objectContaining({ code: 'linked-clones', status: 'note' }),
    )
    const operator = await server.signIn('operator@pve')
    expect((await healthOf(9000, { cookie: operator }))?.linkedClones ?? []).toEqual([])
  })
})

describe('a VM becomes a template', () => {
  it('when it is stopped and has no snapshots; its stamp goes, and it is recorded', async () => {
    create(801, {
      description: 'base\n\nvm-deployer d-0123456789 vm-801',
      tags: 'd-0123456789;lab',
    })
    const { status, body } = await convert(801)
    expect(status).toBe(202)
    expect(body).toMatchObject({ vmid: 801, name: 'vm-801', node: 'pve1' })
    await vi.waitFor(() => expect(configOf(801)['template']).toBe('1'), soon)
    expect(configOf(801)['description']?.trim()).toBe('base')
    expect(configOf(801)['tags']).toBe('lab')
    await recorded('template_convert', {
      status: 'success',
      vm_name: 'vm-801',
      vm_id: 801,
      task_id: expect.stringContaining('qmtemplate'),
    })
    expect(await convert(801)).toMatchObject({
      status: 409,
      body: { type: '/problems/is-template' },
    })
  })

  it.each<[string, number, Record<string, string>, object]>([
    ['that is locked', 802, { lock: 'backup' }, { status: 409, type: '/problems/locked' }],
    ['that runs', 101, {}, { status: 409, type: '/problems/still-runs' }],
    ['that is not there', 899, {}, { status: 404, type: '/problems/not-found' }],
  ])('but not one %s', async (_which, vmid, config, problem) => {
    if (vmid === 802) create(vmid, config)
    expect((await convert(vmid)).body).toMatchObject(problem)
  })

  it('but not one with snapshots', async () => {
    create(803)
    const taken = await server.call('POST', '/api/v1/vms/803/snapshots', {
      ...root,
      body: { name: 'before' },
    })
    expect(taken.status).toBe(202)
    await server.simulator.tasks.settled()
    expect((await convert(803)).body).toMatchObject({
      type: '/problems/has-snapshots',
      detail: expect.stringContaining('the snapshot before'),
    })
  })

  it('but not by who may not', async () => {
    create(804)
    const cookie = await server.signIn('viewer@pve')
    expect(await convert(804, { cookie })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('VM.Allocate on /vms/804') },
    })
  })
})
