/** VMs from an ISO and from an image, from the request to the guest. */
import { deploymentViewSchema, type DeploymentView } from '@deployer/core/deployment.ts'
import { planSchema } from '@deployer/core/plan.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everythingStored } from './stored.ts'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const headers = { authorization: apiToken }

const windowsIso = {
  kind: 'iso',
  volid: 'iso-nfs:iso/Win11_24H2_English_x64.iso',
  osType: 'windows-11',
  driversVolid: 'iso-nfs:iso/virtio-win-0.1.285.iso',
}
const image = 'iso-nfs:import/debian-13-generic-amd64.qcow2'

const planOf = async (body: object) =>
  planSchema.parse((await server.call('POST', '/api/v1/plans', { headers, body })).body)

const deployed = async (request: object): Promise<DeploymentView> => {
  const answer = await server.call('POST', '/api/v1/deployments', {
    headers: { ...headers, 'idempotency-key': JSON.stringify(request).slice(0, 100) },
    body: { request },
  })
  expect(answer.body).toMatchObject({ status: expect.stringMatching(/queued|running/) })
  const path = `/api/v1${String(answer.headers['location']).replace(/^\/api\/v1/, '')}`
  for (;;) {
    const view = deploymentViewSchema.parse((await server.call('GET', path, { headers })).body)
    if (view.finishedAt !== null) return view
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const endsOf = ({ vms }: DeploymentView) =>
  vms.map(({ name, status, error, steps }) => ({
    name,
    status,
    error,
    undone: steps.filter((step) => step.status !== 'succeeded').map(({ id }) => id),
  }))

const well = (name: string) => ({ name, status: 'succeeded', error: null, undone: [] })

describe('a plan', () => {
  test('asks a shared storage once, and no storage that is not named', async () => {
    const before = server.simulator.requests().length
    const plan = await planOf({ source: windowsIso, vms: [{ name: 'win-{1..3}' }] })
    expect(plan.blockers).toEqual([])
    const calls = server.simulator
      .requests()
      .slice(before)
      .map(({ path }) => path)
      .filter((path) => /\/content|capabilities/.test(path))
    expect(calls.toSorted()).toEqual([
      '/nodes/pve1/capabilities/qemu/cpu',
      '/nodes/pve1/storage/iso-nfs/content',
      '/nodes/pve2/capabilities/qemu/cpu',
      '/nodes/pve3/capabilities/qemu/cpu',
    ])
  })

  test('knows how large the disk of an image is', async () => {
    const plan = await planOf({
      source: { kind: 'image', volid: image },
      defaults: { diskGiB: 2 },
      vms: [{ name: 'small' }],
    })
    expect(plan.blockers).toEqual([
      expect.objectContaining({ code: 'disk-shrinks', field: 'defaults.diskGiB' }),
    ])
  })

  test('names the ISO that is not there', async () => {
    const plan = await planOf({
      source: { kind: 'iso', volid: 'iso-nfs:iso/gone.iso', osType: 'linux' },
      vms: [{ name: 'lost' }],
    })
    expect(plan.blockers).toEqual([
      expect.objectContaining({ code: 'medium-unknown', field: 'source.volid' }),
    ])
  })
})

test('a VM from an image is imported, set up at its first boot and checked', async () => {
  const view = await deployed({
    source: { kind: 'image', volid: image },
    defaults: {
      diskGiB: 10,
      cloudInit: { users: [{ name: 'ops', password: 'correct horse', sudo: true }] },
      validate: { ports: [22] },
    },
    vms: [{ name: 'deb-{1..2}' }],
  })
  expect(endsOf(view)).toEqual([well('deb-1'), well('deb-2')])
  expect(view.sourceLabel).toBe(`${image}, imported`)
  expect(view.vms.map(({ validation }) => validation?.outcome)).toEqual(['healthy', 'healthy'])
})

test('a template is made from an image, and a VM from the template', async () => {
  const view = await deployed({
    source: { kind: 'image', volid: image, convertToTemplate: true },
    vms: [{ name: 'debian-new' }],
  })
  expect(endsOf(view)).toEqual([well('debian-new')])
  const vmid = view.vms[0]?.vmid ?? 0
  const clone = await deployed({
    source: { kind: 'template', vmid, clone: 'full' },
    defaults: {
      cloudInit: { users: [{ name: 'ops', password: 'correct horse', sudo: true }], agent: true },
    },
    vms: [{ name: 'from-new' }],
  })
  expect(endsOf(clone)).toEqual([well('from-new')])
})

test('an installer of Linux is started and left to a person', async () => {
  const view = await deployed({
    source: {
      kind: 'iso',
      volid: 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso',
      osType: 'linux',
    },
    vms: [{ name: 'by-hand' }],
  })
  expect(endsOf(view)).toEqual([well('by-hand')])
  expect(view.vms[0]?.steps.map(({ id }) => id)).toEqual([
    'reserve-id',
    'create',
    'configure',
    'start',
  ])
})

test('Windows installs itself, is checked, and its passwords are nowhere', async () => {
  const password = 'Kanarienvogel-Drei-3'
  const view = await deployed({
    source: {
      ...windowsIso,
      unattended: { edition: { name: 'Windows 11 Pro' }, administratorPassword: password },
    },
    vms: [{ name: 'win-{1..2}' }],
  })
  expect(endsOf(view)).toEqual([well('win-1'), well('win-2')])
  expect(view.request.source).toMatchObject({ unattended: { administratorPassword: '********' } })
  expect(JSON.stringify(view)).not.toContain(password)
  expect(await everythingStored(server.databaseUrl)).not.toContain(password)
})
