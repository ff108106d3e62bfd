import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { signIn, type Client } from './client.ts'

let simulator: Simulator
let operator: Client

beforeAll(async () => {
  simulator = await startSimulator({ speed: 200, pvestatdSeconds: 1e6 })
  operator = await signIn(simulator, 'operator@pve')
})
afterAll(() => simulator.close())

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const templates = [
  { vmid: 9000, node: 'pve1', target: 'pve3', full: 0 },
  { vmid: 9001, node: 'pve1', target: 'pve2', full: 0 },
  { vmid: 9002, node: 'pve1', target: 'pve1', full: 0 },
  { vmid: 9003, node: 'pve2', target: 'pve2', full: 0 },
  { vmid: 9010, node: 'pve1', target: 'pve2', full: 0 },
  { vmid: 9020, node: 'pve1', target: 'pve1', full: 1 },
  { vmid: 9040, node: 'pve1', target: 'pve3', full: 0 },
]

test.for(templates)('the operator deploys $vmid to $target', async (template) => {
  const { vmid, node, target, full } = template
  const newid = vmid - 8000
  const base = `/nodes/${target}/qemu/${newid}`
  const place = target === node ? {} : { target }
  const form = { newid, name: `vm-${newid}`, pool: 'lab', full, ...place }
  expect(await operator.run('POST', `/nodes/${node}/qemu/${vmid}/clone`, form)).toBe('OK')
  const { data } = await operator.call('GET', `${base}/config`)
  const net0 = isRecord(data) ? String(data['net0']).replace(/^virtio=[^,]+/, 'virtio') : ''
  const config = {
    cores: 2,
    memory: 4096,
    net0: net0.replace('vmbr0', 'vmbr1'),
    ciuser: 'ops',
    ipconfig0: 'ip=dhcp',
    tags: 'lab',
    description: 'made by a test',
    onboot: 1,
  }
  expect(await operator.run('POST', `${base}/config`, config)).toBe('OK')
  const growth = { disk: 'scsi0', size: '+4G' }
  expect(await operator.run('PUT', `${base}/resize`, growth)).toBe('OK')
  expect(await operator.run('POST', `${base}/status/start`)).toBe('OK')
  expect(await operator.run('POST', `${base}/status/stop`)).toBe('OK')
  expect(await operator.run('DELETE', base)).toBe('OK')
})

test('the operator touches nothing outside of the pool', async () => {
  expect(await operator.call('POST', '/nodes/pve1/qemu/101/status/stop')).toMatchObject({
    status: 403,
    reason: 'Permission check failed (/vms/101, VM.PowerMgmt)',
  })
  const outside = await operator.call('POST', '/nodes/pve1/qemu/9000/clone', { newid: 990 })
  expect(outside).toMatchObject({ status: 403, reason: 'Permission check failed' })
})

const idsOf = async (client: Client) => {
  const { data } = await client.call('GET', '/cluster/resources')
  return Array.isArray(data) ? data.filter(isRecord).map(({ id }) => String(id)) : []
}

test('the viewer sees what root sees, and changes nothing', async () => {
  const [root, viewer] = await Promise.all([
    signIn(simulator, 'root@pam'),
    signIn(simulator, 'viewer@pve'),
  ])
  expect((await idsOf(viewer)).toSorted()).toEqual((await idsOf(root)).toSorted())
  const form = { newid: 990, pool: 'lab' }
  expect((await viewer.call('POST', '/nodes/pve1/qemu/9000/clone', form)).status).toBe(403)
  expect((await viewer.call('PUT', '/nodes/pve1/qemu/101/config', { cores: 1 })).status).toBe(403)
})

test('the cluster has what the demo shows', async () => {
  const root = await signIn(simulator, 'root@pam')
  const { data } = await root.call('GET', '/cluster/resources')
  const rows = Array.isArray(data) ? data.filter(isRecord) : []
  const count = (type: string, more: Record<string, unknown> = {}) =>
    rows.filter(
      (row) =>
        row['type'] === type && Object.entries(more).every(([key, value]) => row[key] === value),
    ).length
  expect(count('node', { status: 'online' })).toBe(3)
  expect(count('qemu', { template: 1 })).toBe(templates.length)
  expect(count('qemu', { status: 'running' })).toBeGreaterThan(4)
  expect(count('lxc')).toBe(1)
  expect(rows.filter(({ storage }) => storage === 'ceph-vm')).toHaveLength(3)
})
