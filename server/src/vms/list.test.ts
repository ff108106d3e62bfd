import { expect, it, vi } from 'vitest'
import { gunzipSync } from 'node:zlib'
import { vmListSchema } from '@deployer/core/vm.ts'
import type { Caller } from '../identity/caller.ts'
import type { Resource } from '../inventory/read.ts'
import type { Facts } from './facts.ts'
import { createVmList } from './list.ts'

const mira: Caller = {
  username: 'mira@pve',
  credentials: { kind: 'token', tokenId: 'mira@pve!x', secret: 's' },
  expiresAt: null,
}
const otto: Caller = { ...mira, username: 'otto@pve' }

const row = (vmid: number, status = 'running'): Resource => ({
  id: `qemu/${vmid}`,
  type: 'qemu',
  vmid,
  node: 'pve1',
  name: `vm-${vmid}`,
  status,
  cpu: 0.12345,
  maxmem: 2 ** 30,
  mem: 2 ** 29,
})

const setUp = (facts: Facts = new Map()) => {
  let time = 0
  let answer: Resource[] = [row(101), row(100)]
  const resources = vi.fn<(caller: Caller, fresh: boolean) => Promise<Resource[]>>(
    async () => answer,
  )
  const list = createVmList({
    resources,
    facts: async () => facts,
    visible: async (caller, ids) => new Set(caller === mira ? ids : []),
    deletion: false,
    now: () => time,
  })
  const vms = async (caller: Caller) => {
    const { json, gzip, etag } = await list.read(caller)
    expect(gunzipSync(gzip)).toEqual(json)
    return { etag, ...vmListSchema.parse(JSON.parse(json.toString())) }
  }
  return {
    list,
    resources,
    vms,
    wait: (seconds: number) => (time += seconds * 1000),
    now: (rows: Resource[]) => (answer = rows),
  }
}

it('asks once for each identity while many look, and answers from what it has meanwhile', async () => {
  const { vms, resources, wait, now } = setUp()
  const first = await Promise.all([vms(mira), vms(mira), vms(mira)])
  expect(resources).toHaveBeenCalledTimes(1)
  expect(first[0].vms.map(({ vmid }) => vmid)).toEqual([100, 101])
  await vms(otto)
  expect(resources).toHaveBeenCalledTimes(2)

  wait(6)
  now([row(100)])
  // The old list at once; the new one is on its way.
  expect((await vms(mira)).vms).toHaveLength(2)
  await vi.waitFor(async () => expect((await vms(mira)).vms).toHaveLength(1))
  expect(resources).toHaveBeenCalledTimes(3)
})

it('keeps its tag while nothing changes, and has another when something does', async () => {
  const { vms, wait, now } = setUp()
  const { etag } = await vms(mira)
  wait(20)
  expect((await vms(mira)).etag).toBe(etag)
  wait(20)
  now([row(100, 'stopped')])
  expect((await vms(mira)).etag).not.toBe(etag)
})

it('waits for a fresh one where something was changed from here', async () => {
  const { list, vms, resources, now } = setUp()
  await vms(mira)
  now([row(100)])
  list.changed()
  expect((await vms(mira)).vms).toHaveLength(1)
  expect(resources.mock.lastCall?.[1]).toBe(true)
})

it('shows a state that was seen at the VM itself until Proxmox tells it', async () => {
  const { list, vms, wait } = setUp()
  await vms(mira)
  list.noteState(100, 'stopped')
  list.changed()
  expect((await vms(mira)).vms[0]).toMatchObject({ state: 'stopped', cpuFraction: null })
  wait(30)
  expect((await vms(mira)).vms[0]?.state).toBe('running')
})

it('answers nothing old when it may not ask any more', async () => {
  const { vms, resources, wait } = setUp()
  await vms(mira)
  resources.mockRejectedValue(new Error('the ticket has lapsed'))
  wait(20)
  await expect(vms(mira)).rejects.toThrow('lapsed')
})

it('takes facts only of a VM of the same name', async () => {
  const fact = {
    name: 'vm-100',
    address: '10.0.0.5',
    deployment: { id: 'd-1', name: null },
    health: 'healthy' as const,
    createdAt: null,
  }
  const { vms } = setUp(
    new Map([
      [100, fact],
      [101, { ...fact, name: 'other' }],
    ]),
  )
  const [own, other] = (await vms(mira)).vms
  expect(own).toMatchObject({ address: '10.0.0.5', health: 'healthy', deployment: { id: 'd-1' } })
  expect(other).toMatchObject({ address: null, health: null, deployment: null })
})
