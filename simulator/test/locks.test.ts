import { afterEach, expect, test } from 'vitest'
import { createClock } from '../src/clock.ts'
import { createLocks } from '../src/locks.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../src/simulator.ts'
import { signIn } from './client.ts'

const running: Simulator[] = []

const start = async (options: SimulatorOptions = {}) => {
  const simulator = await startSimulator({ speed: 20, ...options })
  running.push(simulator)
  return { simulator, root: await signIn(simulator, 'root@pam') }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

const ids = (count: number) => Array.from({ length: count }, (_, index) => 700 + index)

test.each([
  ['linked', { full: 0 }],
  ['full', { full: 1, storage: 'local-lvm' }],
])('eight %s clones of one template run side by side', async (_, form) => {
  const { simulator, root } = await start({ speed: 20 })
  let most = 0
  const looking = setInterval(() => {
    const cloning = simulator.world.guests.filter(({ config }) => config['lock'] === 'clone')
    most = Math.max(most, cloning.length)
  }, 1)
  const ends = await Promise.all(
    ids(8).map((newid) => root.run('POST', '/nodes/pve1/qemu/9000/clone', { newid, ...form })),
  )
  clearInterval(looking)
  expect(ends).toEqual(ids(8).map(() => 'OK'))
  expect(most).toBeGreaterThan(4)
})

test('the shared storage lets one clone in after the other, and the last of many time out', async () => {
  const { root } = await start({ speed: 50 })
  const ends = await Promise.all(
    ids(40).map((newid) => root.run('POST', '/nodes/pve1/qemu/9000/clone', { newid })),
  )
  const failed = ends.filter((text) => text !== 'OK')
  expect(ends.filter((text) => text === 'OK').length).toBeGreaterThan(5)
  expect(failed.length).toBeGreaterThan(0)
  for (const text of failed)
    expect(text).toBe("clone failed: cfs-lock 'storage-ceph-vm' error: got lock request timeout")
})

test('a clone is locked until it is whole, and leaves nothing when it is stopped', async () => {
  const { simulator, root } = await start()
  const form = { newid: 700, full: 1, storage: 'local-lvm' }
  const { data } = await root.call('POST', '/nodes/pve1/qemu/9010/clone', form)
  while (!simulator.world.guests.some(({ vmid }) => vmid === 700))
    await new Promise((resolve) => setTimeout(resolve, 5))
  expect(await root.call('POST', '/nodes/pve1/qemu/9000/clone', { newid: 700 })).toMatchObject({
    status: 500,
    reason: 'unable to create VM 700: config file already exists',
  })
  expect(await root.run('POST', '/nodes/pve1/qemu/700/status/start')).toBe(
    "can't lock file '/var/lock/qemu-server/lock-700.conf' - got timeout",
  )
  expect(simulator.world.guests.find(({ vmid }) => vmid === 700)?.config['lock']).toBe('clone')
  expect(
    await root.call('DELETE', `/nodes/pve1/tasks/${encodeURIComponent(String(data))}`),
  ).toMatchObject({ status: 200 })
  await simulator.tasks.settled()
  expect(simulator.tasks.find(String(data))?.exitstatus).toMatch(
    /^clone failed: copy failed: command '\/usr\/bin\/qemu-img convert .*interrupted by signal$/,
  )
  expect(simulator.world.guests.some(({ vmid }) => vmid === 700)).toBe(false)
  expect(simulator.world.volumes.some(({ vmid }) => vmid === 700)).toBe(false)
})

test('shared holders of a file keep an exclusive one out until its timeout', async () => {
  const clock = createClock(100)
  const locks = createLocks(clock, () => 1)
  const shared = { exclusive: false, timeoutSeconds: 10 }
  const [one, two] = await Promise.all([
    locks.flock('pve1', '/lock', shared),
    locks.flock('pve1', '/lock', shared),
  ])
  const refused = locks.flock('pve1', '/lock', { exclusive: true, timeoutSeconds: 10 })
  await expect(refused).rejects.toThrow("can't lock file '/lock' - got timeout")
  one()
  two()
  two()
  const release = await locks.flock('pve1', '/lock', { exclusive: true, timeoutSeconds: 10 })
  const other = await locks.flock('pve2', '/lock', { exclusive: true, timeoutSeconds: 10 })
  release()
  other()
  clock.close()
})

test('who came first to a file gets it first', async () => {
  const clock = createClock(100)
  const locks = createLocks(clock, () => 1)
  const exclusive = { exclusive: true, timeoutSeconds: 60 }
  const first = await locks.flock('pve1', '/lock', exclusive)
  const order: number[] = []
  const waiting = [1, 2, 3].map(async (number) => {
    const release = await locks.flock('pve1', '/lock', exclusive)
    order.push(number)
    release()
  })
  first()
  await Promise.all(waiting)
  expect(order).toEqual([1, 2, 3])
  clock.close()
})

test('a cluster-wide lock is given up after ten seconds', async () => {
  const clock = createClock(200)
  const locks = createLocks(clock, () => 1)
  const release = await locks.cfs('storage-ceph-vm')
  const began = clock.now()
  await expect(locks.cfs('storage-ceph-vm')).rejects.toThrow(
    "cfs-lock 'storage-ceph-vm' error: got lock request timeout",
  )
  expect(clock.elapsed(began, clock.now())).toBeGreaterThan(9)
  release()
  await locks.cfs('storage-ceph-vm')
  clock.close()
})
