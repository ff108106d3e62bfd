import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { badDays } from '../src/bad-days.ts'
import { readFaults } from '../src/fault.ts'
import { startSimulator, type Fault, type Simulator } from '../src/simulator.ts'
import { demoWorld } from '../src/worlds/demo.ts'
import { signIn, type Client } from './client.ts'

const running: Simulator[] = []

/** Signed in before the first fault is given. */
const withFaults = async (faults: Fault[], { speed = 100, seed = 7 } = {}) => {
  const simulator = await startSimulator({ speed, seed })
  running.push(simulator)
  const root = await signIn(simulator, 'root@pam')
  for (const fault of faults) simulator.addFault(fault)
  return { simulator, root }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

const clone = 'POST /nodes/{node}/qemu/{vmid}/clone'
const clonePath = '/nodes/pve1/qemu/9000/clone'
const has = ({ world }: Simulator, vmid: number) =>
  world.guests.some((guest) => guest.vmid === vmid)

/** The status, or `dropped`. */
const outcomeOf = ({ call }: Client, method: string, path: string, form = {}) =>
  call(method, path, form).then(
    ({ status }) => status,
    () => 'dropped',
  )

describe('a connection that breaks', () => {
  test.each([
    ['before', false],
    ['after', true],
  ] as const)('%s the call is carried out', async (acting, made) => {
    const { simulator, root } = await withFaults([{ kind: 'drop', call: clone, acting, times: 1 }])
    expect(await outcomeOf(root, 'POST', clonePath, { newid: 700 })).toBe('dropped')
    await simulator.tasks.settled()
    expect(has(simulator, 700)).toBe(made)
  })
})

test('a fault comes when it is due, and goes', async () => {
  const { simulator, root } = await withFaults(
    [{ kind: 'node-down', node: 'pve3', afterSeconds: 60, forSeconds: 60 }],
    { speed: 1 },
  )
  const status = async () => (await root.call('GET', '/nodes/pve3/status')).status
  expect(await status()).toBe(200)
  await simulator.clock.skip(61_000)
  expect(await status()).toBe(595)
  await simulator.clock.skip(60_000)
  expect(await status()).toBe(200)
  expect(simulator.cluster.faults.report().log.map(({ text }) => text)).toEqual([
    'pve3 is down',
    'pve3 is down, over',
  ])
})

test('without quorum everything can be read and nothing written, and running tasks fail', async () => {
  const { simulator, root } = await withFaults([{ kind: 'no-quorum' }])
  expect((await root.call('GET', '/nodes/pve1/qemu/9000/config')).status).toBe(200)
  expect((await root.call('GET', '/cluster/status')).data).toContainEqual(
    expect.objectContaining({ type: 'cluster', quorate: 0 }),
  )
  expect(await root.call('POST', clonePath, { newid: 700 })).toMatchObject({
    status: 500,
    reason: 'cluster not ready - no quorum?',
  })
  simulator.clearFaults()
  const { data: upid } = await root.call('POST', clonePath, { newid: 701 })
  simulator.addFault({ kind: 'no-quorum' })
  await simulator.tasks.settled()
  expect(simulator.tasks.find(String(upid))?.exitstatus).toBe(
    "clone failed: cfs-lock 'storage-ceph-vm' error: no quorum!",
  )
})

test('a backup locks its VM for a while, and leaves the lock of another alone', async () => {
  const { simulator, root } = await withFaults(
    [{ kind: 'guest-locked', vmid: 9000, lock: 'backup', forSeconds: 60 }],
    { speed: 1 },
  )
  const lock = async () => (await root.call('GET', '/nodes/pve1/qemu/9000/config')).data
  expect(await lock()).toMatchObject({ lock: 'backup' })
  await simulator.clock.skip(61_000)
  expect(await lock()).not.toHaveProperty('lock')
})

const all: Fault = { kind: 'known-failures', call: clone, probability: 1 }

/** What fifteen clones meet; `between`: with others between them. */
const meet = async (between: boolean) => {
  const { simulator, root } = await withFaults([all], { speed: 1000 })
  const outcomes: (string | number)[] = []
  for (let newid = 700; newid < 715; newid += 1) {
    if (between) await outcomeOf(root, 'POST', '/nodes/pve1/qemu/9001/clone', { newid: 800 })
    outcomes.push(await outcomeOf(root, 'POST', clonePath, { newid }))
  }
  await simulator.tasks.settled()
  return outcomes
}

describe('known failures', () => {
  test('strike about the share of calls that was asked for, and only those', async () => {
    const { root } = await withFaults(
      [{ kind: 'known-failures', call: 'GET /version', probability: 0.3 }],
      { speed: 1000 },
    )
    let failed = 0
    for (let count = 0; count < 100; count += 1)
      if ((await outcomeOf(root, 'GET', '/version')) !== 200) failed += 1
    // Slow calls count as good ones here, and a second share of them is only late.
    expect(failed).toBeGreaterThan(10)
    expect(failed).toBeLessThan(45)
    expect(await outcomeOf(root, 'GET', '/nodes')).toBe(200)
  })

  test('are the same for the same seed and call, whatever happens in between', async () => {
    const first = await meet(false)
    expect(await meet(true)).toEqual(first)
    expect(new Set(first).size).toBeGreaterThan(1)
  })

  test('a call whose id somebody takes in the same moment leaves their VM alone', async () => {
    const { simulator, root } = await withFaults([all], { speed: 1000 })
    for (let newid = 700; newid < 800; newid += 1)
      await outcomeOf(root, 'POST', clonePath, { newid })
    await simulator.tasks.settled()
    const { otherVms, strikes } = simulator.cluster.faults.report()
    expect(strikes['id taken in the same moment']).toBe(otherVms.length)
    expect(otherVms.length).toBeGreaterThan(0)
    for (const { vmid, node, config } of otherVms)
      expect(simulator.world.guests.find((guest) => guest.vmid === vmid)).toMatchObject({
        node,
        config,
      })
  })
})

test('a creation fails in known ways: VMs of others stay, and what failed leaves nothing', async () => {
  const fault: Fault = { kind: 'known-failures', call: 'POST /nodes/{node}/qemu', probability: 1 }
  const { simulator, root } = await withFaults([fault], { speed: 1000 })
  for (let vmid = 700; vmid < 780; vmid += 1)
    await outcomeOf(root, 'POST', '/nodes/pve1/qemu', { vmid, scsi0: 'ceph-vm:1' })
  await simulator.tasks.settled()
  const exits = simulator.world.tasks.map(({ exitstatus = '' }) => exitstatus.replace(/\d+/, 'N'))
  expect(exits).toContain("unable to create VM N - cfs-lock 'storage-ceph-vm' error: no quorum!")
  expect(simulator.cluster.faults.report().strikes).toHaveProperty('id taken in the same moment')
  const { otherVms } = simulator.cluster.faults.report()
  for (const { vmid, config } of otherVms)
    expect(simulator.world.guests.find((guest) => guest.vmid === vmid)?.config).toEqual(config)
  const ids = new Set(simulator.world.guests.map(({ vmid }) => vmid))
  const orphans = simulator.world.volumes.filter(({ vmid }) => vmid !== undefined && !ids.has(vmid))
  expect(orphans).toEqual([])
})

test('somebody else makes VMs with the next id and edits others', async () => {
  const { simulator } = await withFaults([{ kind: 'other-client', everySeconds: 5 }], { speed: 1 })
  const before = new Set(simulator.world.guests.map(({ vmid }) => vmid))
  await simulator.clock.skip(200_000)
  const { otherVms } = simulator.cluster.faults.report()
  expect(otherVms.length).toBeGreaterThan(2)
  expect(otherVms.filter(({ vmid }) => before.has(vmid))).toEqual([])
  expect(simulator.world.guests.filter(({ config }) => config['startup'])).not.toEqual([])
})

test('a task may fail although its work is done', async () => {
  const { simulator, root } = await withFaults([])
  const upid = await simulator.cluster.faults.withFailingTask(
    { message: 'unexpected status', acting: 'after' },
    async () => {
      const task = simulator.tasks.start({
        node: 'pve1',
        type: 'qmstart',
        id: '1',
        caller: 'root@pam',
        run: (run) => run.log('done'),
      })
      return task
    },
  )
  await simulator.tasks.settled()
  expect(simulator.tasks.find(upid)).toMatchObject({
    log: ['done'],
    exitstatus: 'unexpected status',
  })
  expect((await root.call('GET', '/version')).status).toBe(200)
})

test('a bad day is the same for the same seed, and survives being written to a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'))
  const file = join(folder, 'faults.json')
  const options = { seed: 3, share: 0.1, seconds: 300 }
  try {
    const faults = badDays(demoWorld(), options)
    expect(badDays(demoWorld(), options)).toEqual(faults)
    expect(badDays(demoWorld(), { ...options, seed: 4 })).not.toEqual(faults)
    writeFileSync(file, JSON.stringify(faults))
    expect(readFaults(file)).toEqual(faults)
    writeFileSync(file, '[{"kind": "flood"}]')
    expect(() => readFaults(file)).toThrow(/is no list of faults: 0\.kind/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
