/** What of the cluster is read, and how often Proxmox is asked for it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer()
  cookie = await server.signIn('operator@pve')
})
afterAll(() => server.stop())
beforeEach(() => server.simulator.clearFaults())

const headers = { authorization: apiToken }

/** The calls that reach Proxmox while something is done, without those of the connection's own check. */
const callsDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = server.simulator.requests().length
  await work()
  return server.simulator
    .requests()
    .slice(before)
    .map(({ method, path }) => `${method} ${path}`)
    .filter((call) => call !== 'GET /access/domains')
    .toSorted()
}

const plan = (vmid: number, options: object) =>
  server.call('POST', '/api/v1/plans', {
    ...options,
    body: {
      source: { kind: 'template', vmid, clone: 'full' },
      vms: [{ name: 'web-{001..100}' }],
      pool: 'lab',
    },
  })

describe('a plan', () => {
  it('for a hundred VMs takes one call for each thing that it must know, and none when it is asked again', async () => {
    expect(await callsDuring(() => plan(9000, { headers }))).toEqual([
      'GET /access/permissions',
      'GET /cluster/options',
      'GET /cluster/resources',
      'GET /cluster/status',
      'GET /nodes/pve1/network',
      'GET /nodes/pve1/qemu/9000/config',
      'GET /nodes/pve1/qemu/9000/feature',
      'GET /nodes/pve2/network',
      'GET /nodes/pve3/network',
      'GET /pools',
      'GET /version',
      // Whether the token is good.
      'GET /version',
    ])
    expect(await callsDuring(() => plan(9000, { headers }))).toEqual([])
  })

  it('reads the copies of a template along with it', async () => {
    const calls = await callsDuring(() => plan(9002, { headers }))
    expect(calls.filter((call) => call.endsWith('/config'))).toEqual([
      'GET /nodes/pve1/qemu/9002/config',
      'GET /nodes/pve2/qemu/9003/config',
    ])
  })

  it('asks each node for storages where one call does not show them all', async () => {
    const calls = await callsDuring(() => plan(9000, { cookie }))
    expect(calls.filter((call) => call.endsWith('/storage'))).toEqual([
      'GET /nodes/pve1/storage',
      'GET /nodes/pve2/storage',
      'GET /nodes/pve3/storage',
    ])
  })

  it('asks once for what several calls want at the same time', async () => {
    const calls = await callsDuring(() => Promise.all([1, 2, 3].map(() => plan(9001, { headers }))))
    // What the calls before have read may be too old by now.
    expect(calls.filter((call) => call.includes('/9001/'))).toEqual([
      'GET /nodes/pve1/qemu/9001/config',
      'GET /nodes/pve1/qemu/9001/feature',
    ])
  })
})

describe('templates', () => {
  const templateSchema = z.object({
    name: z.string(),
    cloudInitDrive: z.string().nullable(),
    agent: z.boolean(),
    disks: z.array(
      z.object({ key: z.string(), storage: z.string(), sizeGiB: z.number(), boot: z.boolean() }),
    ),
    linkedClone: z.object({ possible: z.boolean(), reason: z.string().nullable() }),
    copies: z.array(z.object({ vmid: z.number(), node: z.string() })),
  })
  const templateOf = async (vmid: number) =>
    templateSchema.parse((await server.call('GET', `/api/v1/templates/${vmid}`, { headers })).body)

  it('show disks, cloud-init drive and agent', async () => {
    expect(await templateOf(9000)).toMatchObject({
      name: 'ubuntu-24.04',
      cloudInitDrive: 'ide2',
      agent: true,
      disks: [{ key: 'scsi0', storage: 'ceph-vm', sizeGiB: 3.5, boot: true }],
      linkedClone: { possible: true, reason: null },
    })
  })

  it('say why they cannot be cloned linked', async () => {
    expect((await templateOf(9020)).linkedClone).toEqual({
      possible: false,
      reason: 'scsi0 is on san-lvm, and storage of type lvm makes no linked clones.',
    })
  })

  it('name their copies on other nodes', async () => {
    expect((await templateOf(9002)).copies).toEqual([{ vmid: 9003, node: 'pve2' }])
    expect((await templateOf(9003)).copies).toEqual([{ vmid: 9002, node: 'pve1' }])
    expect((await templateOf(9000)).copies).toEqual([])
  })

  it('are left out where they have just gone; the others are there', async () => {
    server.simulator.addFault({
      kind: 'answer',
      call: 'GET /nodes/{node}/qemu/{vmid}/config',
      status: 500,
      message: "Configuration file 'nodes/pve1/qemu-server/9010.conf' does not exist",
      times: 1,
    })
    const { status, body } = await server.call('GET', '/api/v1/templates', { cookie })
    expect(status).toBe(200)
    const { templates } = z.object({ templates: z.array(z.unknown()) }).parse(body)
    expect(templates).toHaveLength(6)
  })
})

describe('a node that is down', () => {
  it('is listed as such, and is not asked for anything', async () => {
    server.simulator.addFault({ kind: 'node-down', node: 'pve3' })
    const asViewer = { cookie: await server.signIn('viewer@pve') }
    const calls = await callsDuring(async () => {
      const { nodes } = z
        .object({ nodes: z.array(z.object({ name: z.string(), online: z.boolean() })) })
        .parse((await server.call('GET', '/api/v1/nodes', asViewer)).body)
      expect(nodes.map(({ name, online }) => ({ name, online }))).toEqual([
        { name: 'pve1', online: true },
        { name: 'pve2', online: true },
        { name: 'pve3', online: false },
      ])
      const { networks } = z
        .object({ networks: z.array(z.object({ node: z.string() })) })
        .parse((await server.call('GET', '/api/v1/networks', asViewer)).body)
      expect(new Set(networks.map(({ node }) => node))).toEqual(new Set(['pve1', 'pve2']))
    })
    expect(calls.filter((call) => call.includes('pve3'))).toEqual([])
  })
})

describe('filters', () => {
  it('choose storages by node and content, and networks by node', async () => {
    const storages = z
      .object({ storages: z.array(z.object({ name: z.string(), node: z.string() })) })
      .parse((await server.call('GET', '/api/v1/storages?node=pve2&content=iso', { headers })).body)
    expect(storages.storages).toEqual([
      { name: 'iso-nfs', node: 'pve2' },
      { name: 'local', node: 'pve2' },
    ])
    expect(await server.call('GET', '/api/v1/networks?node=pve1', { headers })).toMatchObject({
      body: {
        networks: [
          { name: 'vmbr0', node: 'pve1' },
          { name: 'vmbr1', node: 'pve1' },
        ],
      },
    })
  })
})

it('CPU types are told for each node', async () => {
  const { status, body } = await server.call('GET', '/api/v1/cpu-types', { headers })
  expect(status).toBe(200)
  expect(body).toEqual({
    cpuTypes: ['pve1', 'pve2', 'pve3'].map((node) => ({
      node,
      names: expect.arrayContaining(['host', 'x86-64-v2-AES']),
    })),
  })
})
