import { afterEach, expect, test } from 'vitest'
import { startSimulator, type Fault, type Simulator } from '../src/simulator.ts'
import { signIn } from './client.ts'

const running: Simulator[] = []

const withFaults = async (...faults: Fault[]) => {
  const simulator = await startSimulator({ speed: 100, faults, seed: 7 })
  running.push(simulator)
  return { simulator, root: await signIn(simulator, 'root@pam') }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

const clone = 'POST /nodes/{node}/qemu/{vmid}/clone'
const clonePath = '/nodes/pve1/qemu/9000/clone'

/** The statuses of sixty calls, of which three in ten are to fail. */
const outcomes = async () => {
  const { root } = await withFaults({
    kind: 'answer',
    call: 'GET *',
    status: 500,
    probability: 0.3,
  })
  const statuses: number[] = []
  for (let count = 0; count < 60; count += 1)
    statuses.push((await root.call('GET', '/version')).status)
  return statuses
}

test('a call that times out at the proxy may have been carried out', async () => {
  const { simulator, root } = await withFaults({
    kind: 'answer',
    call: clone,
    status: 596,
    effect: 'task-goes-on',
    times: 1,
  })
  expect(await root.call('POST', clonePath, { newid: 700 })).toMatchObject({ status: 596 })
  await simulator.tasks.settled()
  expect(simulator.world.guests.some(({ vmid }) => vmid === 700)).toBe(true)
  expect((await root.call('POST', clonePath, { newid: 701 })).status).toBe(200)
})

test('a fault without effect keeps the call from being carried out', async () => {
  const { simulator, root } = await withFaults({
    kind: 'answer',
    call: clone,
    status: 503,
    message: 'not now',
    times: 1,
  })
  expect(await root.call('POST', clonePath, { newid: 700 })).toMatchObject({
    status: 503,
    reason: 'not now',
  })
  expect(simulator.world.guests.some(({ vmid }) => vmid === 700)).toBe(false)
})

test('a part of all calls fails, the same part for the same seed', async () => {
  const first = await outcomes()
  const failed = first.filter((status) => status === 500).length
  expect(failed).toBeGreaterThan(8)
  expect(failed).toBeLessThan(30)
  expect(await outcomes()).toEqual(first)
})

test('a task fails with the text that was asked for', async () => {
  const { root } = await withFaults({
    kind: 'task-fails',
    type: 'qmstart',
    message: 'start failed: QEMU exited with code 1',
    times: 1,
  })
  const path = '/nodes/pve2/qemu/111/status/start'
  expect(await root.run('POST', path)).toBe('start failed: QEMU exited with code 1')
  expect(await root.run('POST', path)).toBe('OK')
})

test('a node that is down answers nothing, and its guests are unknown', async () => {
  const { simulator, root } = await withFaults({ kind: 'node-down', node: 'pve3' })
  expect(await root.call('GET', '/nodes/pve3/status')).toMatchObject({
    status: 595,
    reason: 'No route to host',
  })
  expect((await root.call('GET', '/nodes/pve1/status')).status).toBe(200)
  const { data } = await root.call('GET', '/cluster/resources', { type: 'node' })
  expect(data).toContainEqual(expect.objectContaining({ node: 'pve3', status: 'offline' }))
  simulator.clearFaults()
  expect((await root.call('GET', '/nodes/pve3/status')).status).toBe(200)
})

test('a locked template cannot be cloned', async () => {
  const { root } = await withFaults({ kind: 'guest-locked', vmid: 9000, lock: 'backup' })
  expect(await root.call('POST', clonePath, { newid: 700 })).toMatchObject({
    status: 500,
    reason: 'VM is locked (backup)',
  })
})

test('a full storage takes no more', async () => {
  const { root } = await withFaults({ kind: 'storage-full', storage: 'san-lvm' })
  const form = { newid: 700, full: 1, storage: 'san-lvm' }
  expect(await root.run('POST', clonePath, form)).toMatch(/insufficient free space/)
})

test('an agent may stay silent', async () => {
  const { simulator, root } = await withFaults({ kind: 'agent-silent', name: '^build' })
  expect(await root.run('POST', '/nodes/pve2/qemu/111/status/start')).toBe('OK')
  await simulator.clock.skip(10_000)
  expect(await root.call('POST', '/nodes/pve2/qemu/111/agent/ping')).toMatchObject({
    status: 500,
    reason: 'QEMU guest agent is not running',
  })
})

test('the journal has every call with its caller, its parameters and its status', async () => {
  const { simulator, root } = await withFaults()
  await root.call('POST', '/pools', { poolid: 'new' })
  expect(simulator.requests().at(-1)).toMatchObject({
    method: 'POST',
    path: '/pools',
    user: 'root@pam',
    params: { poolid: 'new' },
    status: 200,
  })
})
