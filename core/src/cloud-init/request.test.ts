import { describe, expect, test } from 'vitest'
import { ecdsa, ed25519, geheimHash, rsa } from './fixtures.ts'
import { cloudInitSchema, hostNamesOf, sshPasswordLoginOf } from './request.ts'
import { parseSshKey } from './ssh-keys.ts'

const problems = (input: unknown) =>
  cloudInitSchema.safeParse(input).error?.issues.map((issue) => issue.path.join('.')) ?? []

describe('what a request cannot say', () => {
  test.each<[string, unknown]>([
    ['users.0.name', { users: [{ name: 'Ops' }] }],
    ['users.0.name', { users: [{ name: 'a b' }] }],
    ['users.0.name', { users: [{ name: 'default' }] }],
    ['users.0.password', { users: [{ name: 'a', password: 'a\nroot:b' }] }],
    ['users.0.password', { users: [{ name: 'a', password: '' }] }],
    ['users.0.passwordHash', { users: [{ name: 'a', passwordHash: 'geheim' }] }],
    ['users.0.passwordHash', { users: [{ name: 'a', passwordHash: '********' }] }],
    ['users.0.passwordHash', { users: [{ name: 'a', passwordHash: `${geheimHash}:0:0` }] }],
    ['users.0.sshKeys.0', { users: [{ name: 'a', sshKeys: ['ssh-rsa x'] }] }],
    ['users.0.gecos', { users: [{ name: 'a', gecos: 'a:b' }] }],
    ['users.0.shell', { users: [{ name: 'a', shell: 'bash' }] }],
    ['users.0', { users: [{ name: 'a', passwd: 'x' }] }],
    ['hostname', { hostname: 'a_b' }],
    ['packages.0', { packages: ['-y'] }],
    ['packages.0', { packages: ['a b'] }],
    ['writeFiles.0.path', { writeFiles: [{ path: 'etc/a', content: '' }] }],
    [
      'writeFiles.0.permissions',
      { writeFiles: [{ path: '/a', content: '', permissions: '0o644' }] },
    ],
    ['writeFiles.0.owner', { writeFiles: [{ path: '/a', content: '', owner: 'a:b:c' }] }],
    ['timezone', { timezone: '../etc/passwd' }],
    ['delivery', { delivery: 'ssh' }],
    ['', { pakages: ['a'] }],
  ])('%s in %j', (path, input) => {
    expect(problems(input)).toEqual([path])
  })
})

describe('SSH keys', () => {
  test.each([ed25519, ecdsa, rsa, `  ${ed25519}  `, `no-pty,from="10.0.0.0/8" ${rsa}`])(
    '%s',
    (key) => {
      expect(problems({ users: [{ name: 'a', sshKeys: [key] }] })).toEqual([])
    },
  )

  test('its parts', () => {
    expect(parseSshKey(`command="a b" ${ed25519}`)).toEqual({
      type: 'ssh-ed25519',
      data: ed25519.split(' ')[1],
      comment: 'ops@lab ed25519',
      options: 'command="a b"',
    })
  })

  test.each([
    ['-----BEGIN OPENSSH PRIVATE KEY-----', 'private key'],
    [`${ed25519}\n${rsa}`, 'several lines'],
    [ed25519.replace('ssh-ed25519', 'ssh-rsa'), 'cut off or altered'],
    [ed25519.slice(0, 30), 'cut off or altered'],
    [ed25519.slice(0, 48), 'cut off or altered'],
    [rsa.slice(0, 208), 'cut off or altered'],
    ['ssh-ed25519 AAAA=AAA', 'cut off or altered'],
    ['', 'no public SSH key'],
    ['hello', 'no public SSH key'],
  ])('%j is refused: %s', (key, reason) => {
    const { error } = cloudInitSchema.safeParse({ users: [{ name: 'a', sshKeys: [key] }] })
    expect(error?.issues.map(({ message }) => message).join()).toContain(reason)
  })
})

test.each([
  [{}, 'web-01', { hostname: 'web-01', fqdn: null }],
  [{}, 'web-01.lab.example', { hostname: 'web-01', fqdn: 'web-01.lab.example' }],
  [{ domain: 'lab' }, 'web-01', { hostname: 'web-01', fqdn: 'web-01.lab' }],
  [{ domain: 'lab' }, 'web-01.other', { hostname: 'web-01', fqdn: 'web-01.lab' }],
  [{ hostname: 'db' }, 'web-01.lab', { hostname: 'db', fqdn: null }],
  [{ hostname: 'db.x' }, 'web-01', { hostname: 'db', fqdn: 'db.x' }],
])('names of %j on %s', (cloudInit, vmName, expected) => {
  expect(hostNamesOf(cloudInit, vmName)).toEqual(expected)
})

test.each([
  [{}, false],
  [{ users: [{ name: 'a' }] }, false],
  [{ users: [{ name: 'a', password: 'x' }] }, true],
  [{ defaultUser: { passwordHash: geheimHash } }, true],
  [{ users: [{ name: 'a', password: 'x' }], sshPasswordLogin: false }, false],
  [{ sshPasswordLogin: true }, true],
])('SSH takes passwords with %j: %s', (cloudInit, expected) => {
  expect(sshPasswordLoginOf(cloudInit)).toBe(expected)
})
