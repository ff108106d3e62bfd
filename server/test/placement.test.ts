/** Where VMs go on a real cluster: copies of a template, and what other deployments are still making. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestFor, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startEngine()
})
afterAll(async () => {
  await engine.close()
})

const rocky = { kind: 'template', vmid: 9002, clone: 'linked' } as const
const cloneCallOf = (vmid: number) =>
  engine.simulator.requests().find(({ params }) => params['newid'] === String(vmid))?.path

describe('a template with a copy on another node', () => {
  test.each(['root@pam', 'operator@pve'])('serves both nodes: %s', async (user) => {
    const caller = await engine.signInAs(user)
    const request = requestFor(`rocky-${user.slice(0, 4)}-{1..4}`, {
      source: rocky,
      pool: 'lab',
      defaults: { start: true },
    })
    const { id } = await engine.deploy(request, undefined, caller)
    const ended = await engine.untilEnded(id)
    expect(ended.vms.map((vm) => vm.error)).toEqual([null, null, null, null])
    const from = ended.vms.map((vm) => `${vm.node} by ${cloneCallOf(vm.vmid)}`)
    expect(from.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'pve1 by /nodes/pve1/qemu/9002/clone',
      'pve1 by /nodes/pve1/qemu/9002/clone',
      'pve2 by /nodes/pve2/qemu/9003/clone',
      'pve2 by /nodes/pve2/qemu/9003/clone',
    ])
  })

  test('tells a node without one what is possible', async () => {
    const { blockers } = await engine.plan(
      requestFor('rocky-9', { source: rocky, placement: { node: 'pve3' } }),
    )
    expect(blockers.map(({ message }) => message)).toEqual([
      'pve3 cannot read the template, whose scsi0 is on local-lvm of pve1 alone. Deploy to pve1, keep the template on shared storage (ceph-vm or san-lvm), or give pve3 a copy of it, named rocky-10 as well.',
    ])
  })
})

test('a plan counts what another deployment has only begun to make', async () => {
  const request = requestFor('first-{1..3}', {
    source: { kind: 'template', vmid: 9000, clone: 'full' },
    defaults: { memoryMiB: 4096, diskGiB: 30, start: true },
    placement: { node: 'pve3' },
  })
  const before = await engine.plan({ ...request, vms: [{ name: 'second' }] })
  expect(before.blockers).toEqual([])
  const { id } = await engine.deploy(request)
  const during = await engine.plan({ ...request, vms: [{ name: 'first-2' }, { name: 'second' }] })
  expect(during.blockers.map(({ code, vm }) => [code, vm])).toEqual([['name-taken', 'first-2']])
  const pendingOn = ({ capacity }: typeof during) => ({
    memoryMiB: capacity.nodes.find(({ node }) => node === 'pve3')?.memoryPendingMiB,
    diskGiB: capacity.storages.find(({ storage }) => storage === 'ceph-vm')?.pendingGiB,
  })
  const [was, is] = [pendingOn(before), pendingOn(during)]
  expect(is.memoryMiB).toBe((was.memoryMiB ?? 0) + 3 * 4096)
  expect(is.diskGiB).toBe((was.diskGiB ?? 0) + 3 * 30)
  expect((await engine.untilEnded(id)).status).toBe('succeeded')
})
