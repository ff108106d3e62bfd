import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkUserData, checkWaysIn } from './check-user-data.ts'
import { ed25519, geheimHash, requests, rsa, tricky } from './fixtures.ts'
import { withMaskedPasswords } from './passwords.ts'
import { cloudInitOf, cloudInitSchema, type CloudInitRequest } from './request.ts'
import { generateUserData } from './user-data.ts'

const read = (cloudInit: CloudInitRequest, vmName = 'web-01'): Record<string, unknown> =>
  parse(generateUserData(cloudInit, vmName).text, { version: '1.1' })

describe.each(requests)('$title', ({ cloudInit, vmName }) => {
  test('the schema takes it', () => {
    expect(cloudInitSchema.safeParse(cloudInit).error?.issues).toBeUndefined()
  })

  test('our own checks find no fault with its document', () => {
    const issues = checkUserData(generateUserData(cloudInit, vmName).text)
    expect(issues.filter(({ code }) => code !== 'nobody-can-log-in')).toEqual([])
  })
})

test('what the defaults make', () => {
  expect(read({}, 'web-01.lab.example')).toMatchObject({
    hostname: 'web-01',
    fqdn: 'web-01.lab.example',
    users: ['default'],
    ssh_pwauth: false,
    package_update: true,
    package_upgrade: false,
    packages: ['openssh-server', 'qemu-guest-agent'],
    runcmd: [
      ['sh', '-c', expect.stringContaining('ssh.service')],
      ['sh', '-c', expect.stringContaining('qemu-guest-agent')],
    ],
  })
})

test.each<[string, CloudInitRequest, object]>([
  [
    'a hashed password opens SSH for passwords',
    { users: [{ name: 'a', passwordHash: geheimHash }] },
    {
      ssh_pwauth: true,
      users: [{ name: 'a', shell: '/bin/bash', lock_passwd: false, hashed_passwd: geheimHash }],
    },
  ],
  [
    'without one the password is locked',
    { users: [{ name: 'a', sshKeys: [rsa] }] },
    {
      ssh_pwauth: false,
      users: [{ name: 'a', shell: '/bin/bash', lock_passwd: true, ssh_authorized_keys: [rsa] }],
    },
  ],
  [
    'root may log in where it is listed',
    { users: [{ name: 'root', sshKeys: [rsa], sudo: true }] },
    {
      disable_root: false,
      users: [{ name: 'root', lock_passwd: true, ssh_authorized_keys: [rsa] }],
    },
  ],
  [
    'the user of the image',
    { defaultUser: { sshKeys: [ed25519], passwordHash: geheimHash } },
    {
      users: ['default'],
      ssh_authorized_keys: [ed25519],
      password: geheimHash,
      chpasswd: { expire: false },
      ssh_pwauth: true,
    },
  ],
  [
    'sudo brings its package',
    { users: [{ name: 'a', sudo: true }], packages: ['vim'] },
    { packages: ['openssh-server', 'qemu-guest-agent', 'sudo', 'vim'] },
  ],
  [
    'files of a user wait for the user',
    {
      writeFiles: [
        { path: '/a', content: 'x', owner: 'a:b' },
        { path: '/b', content: 'y', owner: 'root' },
      ],
    },
    {
      write_files: [
        { path: '/a', content: 'x', owner: 'a:b', defer: true },
        { path: '/b', content: 'y', owner: 'root' },
      ],
    },
  ],
  [
    'nothing to install, nothing to run',
    { agent: false, openssh: false },
    { package_update: false },
  ],
])('%s', (_what, cloudInit, expected) => {
  expect(read(cloudInit)).toMatchObject(expected)
})

test('nothing to install, nothing to run: no list is left empty', () => {
  expect(Object.keys(read({ agent: false, openssh: false }))).not.toContain('packages')
  expect(Object.keys(read({ agent: false, openssh: false }))).not.toContain('runcmd')
})

test('a plain password never reaches a document', () => {
  const users = [{ name: 'ops', password: 'geheim' }]
  expect(() => generateUserData({ users }, 'a')).toThrow('must be hashed')
  expect(generateUserData(withMaskedPasswords({ users }), 'a').text).not.toContain('geheim')
})

const text = fc.oneof(fc.constantFrom(...tricky), fc.string({ unit: 'binary', maxLength: 40 }))
const name = fc.stringMatching(/^[a-z_][a-z0-9_.-]{0,31}$/)

const anyRequest: fc.Arbitrary<CloudInitRequest> = fc.record(
  {
    users: fc.array(
      fc.record({ name, gecos: fc.stringMatching(/^[^:\r\n\0]{0,40}$/), sudo: fc.boolean() }),
      { maxLength: 3 },
    ),
    hostname: fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/),
    packages: fc.array(fc.stringMatching(/^[a-zA-Z0-9@][^\s\0]{0,20}$/), { maxLength: 4 }),
    writeFiles: fc.array(fc.record({ path: text.map((path) => `/${path}x`), content: text }), {
      maxLength: 4,
    }),
    commands: fc.array(
      fc.oneof(
        text.map((line) => `x${line}`),
        fc.array(text, { minLength: 1 }),
      ),
      {
        maxLength: 5,
      },
    ),
    agent: fc.boolean(),
  },
  { requiredKeys: [] },
)

test('what goes in as a text comes out as that text', () => {
  fc.assert(
    fc.property(anyRequest, (cloudInit) => {
      const { users, hostname, packages = [], writeFiles, commands = [] } = cloudInit
      const own = read({ ...cloudInit, openssh: false, agent: false })
      expect(own['hostname']).toBe(hostname ?? 'web-01')
      const listed = [...(users?.some((user) => user.sudo) ? ['sudo'] : []), ...packages]
      expect(own['packages'] ?? []).toEqual([...new Set(listed)])
      expect(own['runcmd'] ?? []).toEqual(commands)
      expect(own['write_files']).toEqual(writeFiles)
      const made = (users ?? []).map(({ name: user, gecos }) => ({ name: user, gecos }))
      expect(own['users']).toMatchObject(
        users === undefined || users.length === 0 ? ['default'] : made,
      )
    }),
    { numRuns: 300 },
  )
})

describe("a document of one's own", () => {
  const form: CloudInitRequest = {
    users: [{ name: 'ops', sshKeys: [ed25519], sudo: true }],
    packages: ['nginx'],
    timezone: 'UTC',
  }
  const merged = (document: string) =>
    generateUserData({ ...form, userData: { mode: 'extend', document } }, 'web-01')

  test('instead: word for word', () => {
    const document = '#cloud-config\npackages: [ vim ] # mine\n'
    const { text: made } = generateUserData(
      { ...form, userData: { mode: 'replace', document } },
      'a',
    )
    expect(made).toBe(document)
  })

  test('merged in: mappings and users by name, lists appended, else the document wins', () => {
    const { text: made, origins } = merged(
      '#cloud-config\nusers:\n  - name: ops\n    shell: /bin/sh\n  - name: b\npackages: [vim, nginx]\nruncmd: [echo a]\ntimezone: Europe/Rome\nswap: { size: 1G }\n',
    )
    expect(parse(made)).toMatchObject({
      hostname: 'web-01',
      timezone: 'Europe/Rome',
      swap: { size: '1G' },
      packages: ['openssh-server', 'qemu-guest-agent', 'sudo', 'nginx', 'vim'],
      users: [{ name: 'ops', shell: '/bin/sh', ssh_authorized_keys: [ed25519] }, { name: 'b' }],
      runcmd: [expect.any(Array), expect.any(Array), 'echo a'],
    })
    expect(origins).toEqual(
      expect.arrayContaining([
        { path: 'hostname', from: 'generated' },
        { path: 'timezone', from: 'document', replaced: '"UTC"' },
        { path: 'swap', from: 'document' },
        { path: 'packages.4', from: 'document' },
        { path: 'users.0.ssh_authorized_keys', from: 'generated' },
        { path: 'users.0.shell', from: 'document', replaced: '"/bin/bash"' },
        { path: 'users.1', from: 'document' },
        { path: 'runcmd.2', from: 'document' },
      ]),
    )
  })

  test.each([
    ['a script', '#!/bin/sh\necho ü\n', 'text/x-shellscript'],
    ['a template', '## template: jinja\n#cloud-config\nhostname: {{ v1.x }}\n', 'text/jinja2'],
    ['a list of addresses', '#include\nhttps://example.org/a\n', 'text/x-include-url'],
    ['YAML that cannot be read', '#cloud-config\na: [\n', 'text/cloud-config'],
  ])('%s becomes a part of its own', (_what, document, type) => {
    const { text: made } = merged(document)
    expect(made).toMatch(/^Content-Type: multipart\/mixed; boundary="/)
    expect(made.match(/^Content-Type: text\/.*$/gm)).toEqual([
      'Content-Type: text/cloud-config; charset="utf-8"',
      `Content-Type: ${type}; charset="utf-8"`,
    ])
    expect(merged(document).text).toBe(made)
  })

  test('somebody can log in, as the merged document tells', () => {
    expect(checkWaysIn(merged('#cloud-config\npackages: [vim]\n').text)).toEqual([])
  })
})

test('a row wins over the defaults, setting by setting', () => {
  const defaults: CloudInitRequest = { packages: ['a'], timezone: 'UTC', agent: false }
  expect(cloudInitOf(defaults, { packages: ['b'], timezone: undefined })).toEqual({
    packages: ['b'],
    timezone: 'UTC',
    agent: false,
  })
  expect(cloudInitOf(undefined, undefined)).toBeNull()
})
