/** Our documents, as Debian's own cloud-init reads them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { parseAddress, parseCidr } from '../core/src/addresses.ts'
import { checkUserData } from '../core/src/cloud-init/check-user-data.ts'
import { requests, tricky } from '../core/src/cloud-init/fixtures.ts'
import { generateMetaData } from '../core/src/cloud-init/meta-data.ts'
import { generateNetworkConfig, type GuestNic } from '../core/src/cloud-init/network-config.ts'
import { generateUserData } from '../core/src/cloud-init/user-data.ts'
import { toYaml } from '../core/src/cloud-init/yaml.ts'

const installed = spawnSync('cloud-init', ['--version']).status === 0
// Whoever may install it, as continuous integration does, gets a failure instead of a skip.
const skip = !installed && process.getuid?.() !== 0
const why = skip ? ' (skipped: install the Debian package cloud-init)' : ''

const folder = mkdtempSync(join(tmpdir(), 'guest-documents-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs Python with cloud-init's modules; `input` arrives as JSON in `given`, and the answer is printed as JSON. */
function python(script: string, input: unknown): unknown {
  const program = `import json, sys\ngiven = json.load(sys.stdin)\n${script}\njson.dump(answer, sys.stdout)`
  const answer = execFileSync('/usr/bin/python3', ['-c', program], {
    input: JSON.stringify(input),
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(answer.toString())
}

function schemaVerdict(document: string): string {
  const file = join(folder, 'user-data')
  writeFileSync(file, document)
  const { stdout, stderr } = spawnSync('cloud-init', ['schema', '--config-file', file])
  return `${stdout.toString()}${stderr.toString()}`.replaceAll(file, 'user-data').trim()
}

describe.skipIf(skip)(`user-data of a request${why}`, () => {
  test.each(requests)('$title', ({ cloudInit, vmName }) => {
    const { text } = generateUserData(cloudInit, vmName)
    expect(schemaVerdict(text)).toBe('Valid cloud-config: user-data')
  })

  test('PyYAML reads every text as that text', () => {
    const text = fc.oneof(
      fc.constantFrom(...tricky),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.array(fc.constantFrom(...tricky), { maxLength: 4 }).map((parts) => parts.join('')),
    )
    const values = [...tricky, ...fc.sample(text, 2000)].map((value) => ({
      value,
      list: [value, [value]],
    }))
    const documents = values.map(toYaml)
    const read = python('import yaml\nanswer = [yaml.safe_load(text) for text in given]', documents)
    expect(read).toEqual(values)
  })

  test.each([
    ['a script', '#!/bin/sh\necho "grüße"\n', 'text/x-shellscript'],
    [
      'a template',
      '## template: jinja\n#cloud-config\nruncmd: [echo {{ v1.distro }}]\n',
      'text/jinja2',
    ],
    [
      'a multi-part document',
      'Content-Type: multipart/mixed; boundary="x"\nMIME-Version: 1.0\n\n--x\nContent-Type: text/x-shellscript\n\n#!/bin/sh\necho a\n\n--x--\n',
      'text/x-shellscript',
    ],
  ])('the parts of a document with %s', (_what, document, type) => {
    const userData = { mode: 'extend' as const, document }
    const { text } = generateUserData({ userData }, 'web-01')
    const parts = python(
      `from cloudinit.user_data import UserDataProcessor
message = UserDataProcessor({}).process(given.encode())
answer = [[p.get_content_type(), p.get_payload(decode=True).decode()] for p in message.walk()
          if p.get_content_maintype() != 'multipart']`,
      text,
    )
    const last = document.startsWith('Content-Type') ? '#!/bin/sh\necho a' : document
    expect(parts).toEqual([
      ['text/cloud-config', expect.stringContaining('hostname: web-01')],
      [type, expect.stringContaining(last.trimEnd())],
    ])
  })
})

/** Valid for cloud-init's own check: unknown keys pass it. */
describe.skipIf(skip)(`what cloud-init's own check lets pass, ours finds${why}`, () => {
  test.each([
    ['pakages: [nginx]', 'key-unknown'],
    ['ssh_authorised_keys: [a]', 'key-unknown'],
    ['network: { version: 2 }', 'key-ignored'],
    ['users: [{ name: ops, passwd: geheim, lock_passwd: false }]', 'password-not-hashed'],
    ['users: [{ name: ops }]', 'user-without-login'],
    ['password: geheim', 'password-clear'],
    ['packages: [nginx]', 'nobody-can-log-in'],
  ])('%s', (text, code) => {
    const document = `#cloud-config\n${text}\n`
    expect(schemaVerdict(document)).toBe('Valid cloud-config: user-data')
    expect(checkUserData(document).map((issue) => issue.code)).toContain(code)
  })
})

describe.skipIf(skip)(`what cloud-init's own check finds, ours finds too${why}`, () => {
  test.each([
    'packages: nginx',
    'runcmd:\n  - echo a: b',
    'chpasswd: { expires: false }',
    'write_files: [{ path: /a, contents: x }]',
    'write_files: [{ path: /a, permissions: 0644 }]',
    'write_files: [{ path: /a, encoding: rot13 }]',
    'timezone: [UTC]',
    'users: [{ name: ops, sshkeys: [a] }]',
    'power_state: { mode: restart }',
    'ntp: { servers: a }',
    'a: [',
  ])('%s', (text) => {
    const document = `#cloud-config\n${text}\n`
    expect(schemaVerdict(document)).not.toContain('Valid')
    expect(checkUserData(document, 'extend')).not.toEqual([])
  })
})

const cidr = (text: string) => parseCidr(text)
const address = (text: string) => parseAddress(text)
const macs = ['bc:24:11:00:00:01', 'bc:24:11:00:00:02', 'bc:24:11:00:00:03']

const network = (changes: Partial<NonNullable<GuestNic['network']>>): GuestNic['network'] => ({
  ip: null,
  gateway: null,
  ip6: null,
  gateway6: null,
  nameservers: [],
  searchDomains: [],
  ...changes,
})

const fixed = network({
  ip: cidr('10.0.0.5/24'),
  gateway: address('10.0.0.1'),
  ip6: cidr('fd00::5/64'),
  gateway6: address('fe80::1'),
  nameservers: ['10.0.0.2', 'fd00::2'].map(address).filter((each) => each !== null),
  searchDomains: ['lab.example', 'example'],
})

/** The files that a guest would have, by the program that sets up its network. */
function rendered(kind: string, distro: string, networks: GuestNic['network'][]): string {
  const nics = networks.map((each, index) => ({ index, mac: macs[index] ?? '', network: each }))
  const out = mkdtempSync(join(folder, 'network-'))
  const file = join(out, 'network-config')
  writeFileSync(file, generateNetworkConfig(nics))
  const names = nics.flatMap(({ index, mac }) => ['--mac', `eth${index},${mac}`])
  const target = join(out, 'root')
  execFileSync(
    'cloud-init',
    // prettier-ignore
    ['devel', 'net-convert', '--network-data', file, '--kind', 'yaml', '--output-kind', kind, '--distro', distro, '--directory', target, ...names],
    { stdio: 'pipe' },
  )
  const files = readdirSync(target, { recursive: true, withFileTypes: true })
  return files
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

describe.skipIf(skip)(`the network of a guest${why}`, () => {
  const dhcp = network({ ip: 'dhcp' })
  const both = network({ ip: 'dhcp', ip6: 'dhcp' })

  const slaac = network({ ip: 'dhcp', ip6: 'auto' })

  test.each<[string, string, GuestNic['network'][], string[]]>([
    [
      'eni',
      'debian',
      [fixed],
      [
        'iface eth0 inet static\n    address 10.0.0.5/24\n    dns-nameservers 10.0.0.2 fd00::2\n',
        'gateway 10.0.0.1',
        'iface eth0 inet6 static\n    address fd00::5/64\n    gateway fe80::1',
        'dns-search lab.example example',
      ],
    ],
    ['eni', 'debian', [dhcp, null], ['iface eth0 inet dhcp', 'iface eth1 inet dhcp']],
    ['eni', 'debian', [both], ['iface eth0 inet dhcp', 'iface eth0 inet6 dhcp']],
    ['eni', 'debian', [slaac], ['iface eth0 inet dhcp\n    accept_ra 1']],
    [
      'netplan',
      'ubuntu',
      [fixed],
      [
        'macaddress: bc:24:11:00:00:01',
        'set-name: eth0',
        '- 10.0.0.5/24',
        '- fd00::5/64',
        'gateway4: 10.0.0.1',
        'gateway6: fe80::1',
        '- lab.example',
      ],
    ],
    ['netplan', 'ubuntu', [slaac], ['accept-ra: true', 'dhcp4: true', 'dhcp6: false']],
    [
      'networkd',
      'debian',
      [fixed],
      [
        'MACAddress=bc:24:11:00:00:01',
        'Address=10.0.0.5/24',
        'Address=fd00::5/64',
        '[Route]\nGateway=10.0.0.1',
        '[Route]\nGateway=fe80::1',
        'DNS=10.0.0.2',
        'Domains=lab.example',
      ],
    ],
    [
      'sysconfig',
      'rhel',
      [fixed],
      [
        'HWADDR=bc:24:11:00:00:01',
        'IPADDR=10.0.0.5',
        'GATEWAY=10.0.0.1',
        'IPV6ADDR=fd00::5/64',
        'IPV6_DEFAULTGW=fe80::1',
        'DNS1=10.0.0.2',
      ],
    ],
    ['sysconfig', 'rhel', [dhcp, fixed], ['BOOTPROTO=dhcp', 'DEVICE=eth1', 'IPADDR=10.0.0.5']],
    [
      'network-manager',
      'rhel',
      [fixed],
      ['address1=10.0.0.5/24', 'gateway=10.0.0.1', 'gateway=fe80::1'],
    ],
  ])('%s on %s', (kind, distro, networks, expected) => {
    const files = rendered(kind, distro, networks)
    for (const line of expected) expect(files).toContain(line)
  })

  test('meta-data is what the seed needs', () => {
    const document = generateMetaData('1e3', { hostname: '0123', fqdn: null })
    expect(python('import yaml\nanswer = yaml.safe_load(given)', document)).toEqual({
      'instance-id': '1e3',
      'local-hostname': '0123',
    })
  })
})
