import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readUserData } from '../src/first-boot/cloud-config.ts'
import { readNetwork } from '../src/first-boot/network.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { signIn, type Client, type Form } from './client.ts'

let folder: string
let simulator: Simulator
let root: Client

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snippets-'))
  simulator = await startSimulator({ speed: 200, pvestatdSeconds: 1e6, snippetFolder: folder })
  root = await signIn(simulator, 'root@pam')
})
afterAll(async () => {
  await simulator.close()
  await rm(folder, { recursive: true })
})

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

let nextId = 700
const start = async (config: Form, template = 9000): Promise<string> => {
  nextId += 1
  const form = { newid: nextId, name: `vm-${nextId}` }
  expect(await root.run('POST', `/nodes/pve1/qemu/${template}/clone`, form)).toBe('OK')
  const base = `/nodes/pve1/qemu/${nextId}`
  expect(await root.run('POST', `${base}/config`, config)).toBe('OK')
  expect(await root.run('POST', `${base}/status/start`)).toBe('OK')
  await simulator.clock.skip(300_000)
  return base
}

const read = async (base: string, file: string): Promise<string> => {
  const { status, reason, data } = await root.call('GET', `${base}/agent/file-read`, { file })
  return status === 200 && isRecord(data) ? String(data['content']) : reason
}

const final = async (base: string) => {
  const status: unknown = JSON.parse(await read(base, '/run/cloud-init/status.json'))
  const v1 = isRecord(status) ? status['v1'] : undefined
  return isRecord(v1) ? v1['modules-final'] : undefined
}

test("a guest reports what Proxmox's keys made of it", async () => {
  const base = await start({ ciuser: 'ops', ipconfig0: 'ip=10.10.7.5/24,ip6=fd00::5/64' })
  expect(await read(base, '/etc/hostname')).toBe(`vm-${nextId}\n`)
  expect(await read(base, '/etc/passwd')).toContain('\nops:x:1000:')
  expect(await final(base)).toMatchObject({ errors: [], recoverable_errors: {} })
  expect(await read(base, '/run/cloud-init/result.json')).toContain('DataSourceNoCloud')
  const { data } = await root.call('GET', `${base}/agent/network-get-interfaces`)
  expect(JSON.stringify(data)).toContain('"10.10.7.5"')
  expect(JSON.stringify(data)).toContain('"fd00::5"')
})

test('a snippet wins over the keys, and has to be there at the start', async () => {
  await writeFile(join(folder, 'user.yaml'), '#cloud-config\nhostname: own\nusers: [ada]\n')
  const base = await start({ ciuser: 'ops', cicustom: 'user=local:snippets/user.yaml' })
  expect(await read(base, '/etc/hostname')).toBe('own\n')
  expect(await read(base, '/etc/passwd')).toMatch(/\nada:x:(?!.*\nops:)/s)
  expect(await root.run('POST', `${base}/status/stop`)).toBe('OK')
  await rm(join(folder, 'user.yaml'))
  expect(await root.run('POST', `${base}/status/start`)).toBe(
    "volume 'local:snippets/user.yaml' does not exist",
  )
})

test('without a drive cloud-init does not run', async () => {
  const base = await start({ delete: 'ide2' })
  expect(await read(base, '/run/cloud-init/status.json')).toBe(
    "Agent error: failed to open file '/run/cloud-init/status.json' (mode: 'r'): No such file or directory",
  )
})

test('the image whose cloud-init fails tells the module', async () => {
  const base = await start({ ciuser: 'ops' }, 9040)
  expect(await final(base)).toMatchObject({ errors: [expect.stringContaining("('ntp', ")] })
})

test.each([
  ['packages: [nonexistent-tool]', 'package_update_upgrade_install'],
  ['runcmd: ["echo one", "exit 3"]', 'scripts_user'],
  ['runcmd: [[/bin/false]]', 'scripts_user'],
  ['users: [a', 'Failed loading yaml blob'],
])('%s fails', async (line, module) => {
  await writeFile(join(folder, 'bad.yaml'), `#cloud-config\n${line}\n`)
  const base = await start({ cicustom: 'user=local:snippets/bad.yaml' })
  expect(await final(base)).toMatchObject({ errors: [expect.stringContaining(module)] })
})

test('an unknown key is recovered from, and told in the log', async () => {
  await writeFile(join(folder, 'odd.yaml'), '#cloud-config\npakages: [nginx]\n')
  const base = await start({ cicustom: 'user=local:snippets/odd.yaml' })
  expect(await final(base)).toMatchObject({
    errors: [],
    recoverable_errors: { WARNING: [expect.stringContaining('schema validation')] },
  })
  expect(await read(base, '/var/log/cloud-init-output.log')).toContain("'pakages' was unexpected")
})

test('an image without an agent has one when cloud-init has installed it', async () => {
  await writeFile(join(folder, 'agent.yaml'), '#cloud-config\npackages: [qemu-guest-agent]\n')
  const without = await start({ agent: 'enabled=1' }, 9002)
  expect(await root.call('POST', `${without}/agent/ping`)).toMatchObject({ status: 500 })
  const base = await start({ agent: 'enabled=1', cicustom: 'user=local:snippets/agent.yaml' }, 9002)
  expect(await root.call('POST', `${base}/agent/ping`)).toMatchObject({ status: 200 })
})

describe('a user-data document', () => {
  test.each([
    ['', {}],
    [
      '#cloud-config\nhostname: a\nuser: ops\nusers: [default, {name: ada}]\n',
      { hostname: 'a', users: ['ops', 'ada'] },
    ],
    ['#!/bin/sh\nexit 1\n', { commands: ['exit 1'] }],
    ['hostname: a\n', { warnings: [expect.stringContaining('Unhandled non-multipart')] }],
    ['#cloud-config\n- a\n', { errors: [expect.stringContaining('got list')] }],
    [
      '#cloud-config\npackages: nginx\n',
      { packages: [], warnings: [expect.stringContaining("'array'")] },
    ],
    [
      'Content-Type: multipart/mixed; boundary="==b=="\nMIME-Version: 1.0\n\n--==b==\nContent-Type: text/cloud-config\n\n#cloud-config\nhostname: a\n--==b==\nContent-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\nIyEvYmluL3NoCnRydWUK\n--==b==--\n',
      { hostname: 'a', commands: ['true'] },
    ],
  ])('%j', (text, expected) => {
    expect(readUserData(text)).toMatchObject(expected)
  })
})

describe('a network document', () => {
  const mac = 'bc:24:11:00:00:01'
  test.each([
    [
      `version: 1\nconfig:\n- type: physical\n  name: eth0\n  mac_address: '${mac}'\n  subnets:\n  - type: static\n    address: '10.0.0.5'\n    netmask: '255.255.252.0'\n`,
      { dhcp4: false, auto6: false, addresses: ['10.0.0.5/22'] },
    ],
    [
      `version: 2\nethernets:\n  eth0:\n    match: {macaddress: '${mac.toUpperCase()}'}\n    dhcp4: true\n    accept-ra: true\n`,
      { dhcp4: true, auto6: true, addresses: [] },
    ],
    [
      `network:\n  version: 2\n  ethernets:\n    a:\n      match: {macaddress: '${mac}'}\n      addresses: [10.0.0.5/24, 'fd00::5/64']\n`,
      { dhcp4: false, auto6: false, addresses: ['10.0.0.5/24', 'fd00::5/64'] },
    ],
  ])('%j', (text, expected) => {
    expect(readNetwork(text).get(mac)).toEqual(expected)
  })

  test.each(['version: 3\n', 'eth0: dhcp\n', 'version: [\n'])('%j cannot be read', (text) => {
    expect(() => readNetwork(text)).toThrow(Error)
  })
})
