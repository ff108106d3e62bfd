import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { signIn, type Client, type Form } from './client.ts'

let simulator: Simulator
let root: Client

beforeAll(async () => {
  simulator = await startSimulator({ speed: 20, pvestatdSeconds: 1e6 })
  root = await signIn(simulator, 'root@pam')
})
afterAll(() => simulator.close())

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const recordOf = (value: unknown) => (isRecord(value) ? value : {})
const rowsOf = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : [])

/** The answer of the proxy's CONNECT, and what the guest says first. */
const connectTo = (target: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(simulator.guestProxyUrl)
    const socket = connect({ host: hostname, port: Number(port) })
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
    setTimeout(() => socket.destroy(), 200)
  })

const addresses = async (base: string): Promise<string[]> => {
  const { data } = await root.call('GET', `${base}/agent/network-get-interfaces`)
  return rowsOf(recordOf(data)['result'])
    .filter(({ name }) => name === 'eth0' || name === 'Ethernet')
    .flatMap((nic) => rowsOf(nic['ip-addresses']))
    .filter((row) => row['ip-address-type'] === 'ipv4')
    .map((row) => String(row['ip-address']))
}

const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const makeClone = async (template: number, newid: number, config: Form, form: Form = {}) => {
  expect(
    await root.run('POST', `/nodes/pve1/qemu/${template}/clone`, { newid, name: 'web', ...form }),
  ).toBe('OK')
  const base = `/nodes/${String(form['target'] ?? 'pve1')}/qemu/${newid}`
  expect(await root.run('POST', `${base}/config`, config)).toBe('OK')
  return base
}

const clone = (template: number, form: Form) =>
  root.call('POST', `/nodes/pve1/qemu/${template}/clone`, { newid: 690, ...form })

test('a linked clone on another node boots, and its agent and its ports answer after a while', async () => {
  const base = await makeClone(9000, 600, { ciuser: 'ops' }, { target: 'pve2' })
  const config = recordOf((await root.call('GET', `${base}/config`)).data)
  expect(config['scsi0']).toMatch(/^ceph-vm:base-9000-disk-0\/vm-600-disk-0,/)
  expect(await root.run('POST', `${base}/status/start`)).toBe('OK')
  const early = await root.call('POST', `${base}/agent/ping`)
  expect(early).toMatchObject({ status: 500, reason: 'QEMU guest agent is not running' })

  const began = simulator.clock.now()
  const [address = ''] = await until(async () => {
    const found = await addresses(base)
    return found.length > 0 ? found : undefined
  })
  expect(address).toMatch(/^10\.10\.0\.\d+$/)
  expect(simulator.clock.elapsed(began, simulator.clock.now())).toBeGreaterThan(8)
  const host = recordOf((await root.call('GET', `${base}/agent/get-host-name`)).data)
  expect(host['result']).toMatchObject({ 'host-name': 'web' })

  const ssh = await until(async () => {
    const text = await connectTo(`${address}:22`)
    return text.includes(' 200 ') ? text : undefined
  })
  expect(ssh).toContain('SSH-2.0-OpenSSH_')
  expect(await connectTo(`${address}:3389`)).toContain(' 502 Connection refused')
  expect(await root.run('POST', `${base}/status/shutdown`)).toBe('OK')
  expect(await connectTo(`${address}:22`)).toContain(' 502 No route to host')
  expect(await root.run('DELETE', base)).toBe('OK')
  expect(simulator.world.volumes.filter(({ vmid }) => vmid === 600)).toEqual([])
})

test('a fixed address is that of ipconfig0', async () => {
  const ipconfig0 = 'ip=10.10.7.7/16,gw=10.10.0.1'
  const base = await makeClone(9001, 601, { ipconfig0 })
  await root.run('POST', `${base}/status/start`)
  expect(await until(async () => (await addresses(base))[0])).toBe('10.10.7.7')
})

test('Windows answers on the port of its remote desktop', async () => {
  const base = await makeClone(9010, 602, { ipconfig0: 'ip=10.10.7.8/16' })
  await root.run('POST', `${base}/status/start`)
  const answer = await until(async () => {
    const text = await connectTo('10.10.7.8:3389')
    return text.includes(' 200 ') ? text : undefined
  })
  expect(answer).toContain(' 200 ')
  expect(await connectTo('10.10.7.8:22')).toContain(' 502 Connection refused')
})

test('a guest whose address nobody set stays without one, as cloud-init does', async () => {
  const base = await makeClone(9000, 603, { delete: 'ipconfig0' })
  await root.run('POST', `${base}/status/start`)
  await until(async () => {
    const { status } = await root.call('POST', `${base}/agent/ping`)
    return status === 200 ? true : undefined
  })
  await simulator.clock.skip(60_000)
  expect(await addresses(base)).toEqual([])
})

test('an old digest keeps a change out', async () => {
  const path = '/nodes/pve2/qemu/111/config'
  const digest = String(recordOf((await root.call('GET', path)).data)['digest'])
  expect((await root.call('PUT', path, { cores: 4, digest })).status).toBe(200)
  const late = await root.call('PUT', path, { cores: 6, digest })
  expect(late).toMatchObject({
    status: 500,
    reason: 'checksum mismatch (file change by other user?)',
  })
  const after = recordOf((await root.call('GET', path)).data)
  expect(after['cores']).toBe(4)
  expect(after['digest']).not.toBe(digest)
})

test('a full clone takes the time of its copy, reports on it, and takes room', async () => {
  const usedOf = async () => {
    const { data } = await root.call('GET', '/nodes/pve1/storage/san-lvm/status')
    return Number(recordOf(data)['used'])
  }
  const before = await usedOf()
  const began = simulator.clock.now()
  const form = { newid: 604, full: 1, storage: 'san-lvm' }
  expect(await root.run('POST', '/nodes/pve1/qemu/9000/clone', form)).toBe('OK')
  const seconds = simulator.clock.elapsed(began, simulator.clock.now())
  expect(seconds).toBeGreaterThan(8)
  expect(seconds).toBeLessThan(40)
  expect((await usedOf()) - before).toBeGreaterThanOrEqual(3.5 * 2 ** 30)
  const task = simulator.world.tasks.findLast(({ type }) => type === 'qmclone')
  expect(task?.log.filter((line) => line.startsWith('transferred ')).length).toBeGreaterThan(3)
})

test('what cannot be is refused with the words of the original', async () => {
  expect(await clone(9020, { full: 0 })).toMatchObject({
    status: 500,
    reason: "Linked clone feature is not supported for 'san-lvm:vm-9020-disk-0' (scsi0)",
  })
  expect((await clone(9002, { target: 'pve2' })).reason).toMatch(
    /^can't clone VM to node 'pve2' \(VM uses local storage\)$/,
  )
  expect(await clone(9000, { newid: 101 })).toMatchObject({
    status: 500,
    reason: 'unable to create VM 101: config file already exists',
  })
})

test('a new guest is in the lists at once, and has its name when pvestatd came by', async () => {
  // pvestatd comes by every ten seconds: at this speed no busy machine lets it come first.
  const own = await startSimulator({ speed: 2 })
  try {
    const admin = await signIn(own, 'root@pam')
    await admin.run('POST', '/nodes/pve1/qemu/9000/clone', { newid: 605, name: 'fresh' })
    const row = async () => {
      const { data } = await admin.call('GET', '/cluster/resources', { type: 'vm' })
      return rowsOf(data).find(({ vmid }) => vmid === 605)
    }
    expect(await row()).toMatchObject({ id: 'qemu/605', status: 'unknown' })
    expect(await row()).not.toHaveProperty('name')
    await own.clock.skip(10_000)
    expect(await row()).toMatchObject({ name: 'fresh', status: 'stopped' })
  } finally {
    await own.close()
  }
})
