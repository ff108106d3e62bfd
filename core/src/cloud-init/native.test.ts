import { describe, expect, test } from 'vitest'
import { parseAddress, parseCidr } from '../addresses.ts'
import { ecdsa, ed25519, geheimHash } from './fixtures.ts'
import { ipConfig } from './native.ts'
import { nativeGaps, nativeKeys, type NativeGuest } from './native-keys.ts'
import type { CloudInitRequest } from './request.ts'

const linux: NativeGuest = {
  agent: true,
  windows: false,
  version: { major: 9, minor: 0 },
  vmName: 'web-01',
  searchDomains: [],
}
const windows: NativeGuest = { ...linux, windows: true }
const ops = { name: 'ops', sshKeys: [ed25519], sudo: true }

describe("what Proxmox's own keys can say", () => {
  test.each<[string, CloudInitRequest, NativeGuest]>([
    ['nothing but defaults', {}, linux],
    ['one user with all rights', { users: [ops] }, linux],
    ['a key for the user of the image', { defaultUser: { sshKeys: [ed25519] } }, linux],
    [
      'a password that SSH does not take',
      { users: [{ ...ops, passwordHash: geheimHash }], sshPasswordLogin: false },
      linux,
    ],
    ['an upgrade', { packageUpgrade: true }, { ...linux, version: { major: 7, minor: 4 } }],
    ['a guest without an agent', { agent: false }, { ...linux, agent: false }],
    ['a search domain', {}, { ...linux, searchDomains: ['lab.example'] }],
    [
      'two, where the VM has its full name',
      {},
      { ...linux, vmName: 'web.lab', searchDomains: ['a', 'b'] },
    ],
    ['Windows with a password', { adminPassword: 'Secret.1' }, windows],
    ['Windows with a key', { defaultUser: { sshKeys: [ed25519] } }, windows],
  ])('%s', (_what, cloudInit, guest) => {
    expect(nativeGaps(cloudInit, guest)).toEqual([])
  })
})

describe("what Proxmox's own keys cannot say", () => {
  test.each<[string, CloudInitRequest, NativeGuest]>([
    ['carry a user-data document', { userData: { mode: 'extend', document: '' } }, linux],
    ['install packages', { packages: ['nginx'] }, linux],
    ['run commands', { commands: ['true'] }, linux],
    ['write files', { writeFiles: [{ path: '/a', content: '' }] }, linux],
    ['set another host name', { domain: 'lab.example' }, linux],
    ['set the time zone', { timezone: 'UTC' }, linux],
    ['set the locale', { locale: 'C' }, linux],
    ['make several users', { users: [ops, { ...ops, name: 'b' }] }, linux],
    ['make several users', { users: [ops], defaultUser: 'keep' }, linux],
    ['set the rights, groups or shell of a user', { users: [{ ...ops, sudo: false }] }, linux],
    ['set the rights, groups or shell of a user', { users: [{ ...ops, groups: ['a'] }] }, linux],
    ["leave the image's own user out", { defaultUser: 'none' }, linux],
    ['let SSH take passwords', { users: [{ ...ops, passwordHash: geheimHash }] }, linux],
    ['install the guest agent', {}, { ...linux, agent: false }],
    ['install the guest agent', { agent: true }, linux],
    [
      'leave out the upgrade of all packages before Proxmox VE 8',
      {},
      { ...linux, version: { major: 7, minor: 4 } },
    ],
    ['make a user called yes', { users: [{ ...ops, name: 'yes' }] }, linux],
    ['keep the name 0123 a text', {}, { ...linux, vmName: '0123' }],
    ['keep the name 2026-01-02 a text', {}, { ...linux, vmName: '2026-01-02.lab' }],
    [
      'carry an SSH key with a colon or a # after a blank',
      { users: [{ ...ops, sshKeys: [`${ed25519} # mine`] }] },
      linux,
    ],
    [
      'have several search domains without breaking the full host name',
      {},
      { ...linux, searchDomains: ['a', 'b'] },
    ],
    [
      'take a hash other than $5$, $6$, $2a$ or $2y$, which Proxmox would hash again',
      {
        users: [{ ...ops, passwordHash: '$y$j9T$abcdefghij$0123456789' }],
        sshPasswordLogin: false,
      },
      linux,
    ],
    ['make users in Windows', { users: [ops] }, windows],
    [
      'use a hashed password in Windows (set adminPassword)',
      { defaultUser: { passwordHash: geheimHash } },
      windows,
    ],
    [
      'set the administrator password of Windows before Proxmox VE 8.3',
      { adminPassword: 'x' },
      { ...windows, version: { major: 8, minor: 2 } },
    ],
    ['run commands', { commands: ['dir'] }, windows],
  ])('%s', (gap, cloudInit, guest) => {
    expect(nativeGaps(cloudInit, guest)).toEqual([gap])
  })
})

test.each<[string, CloudInitRequest, { windows: boolean; major: number }, object]>([
  [
    'a user',
    { users: [{ ...ops, passwordHash: geheimHash }] },
    { windows: false, major: 9 },
    {
      ciuser: 'ops',
      cipassword: geheimHash,
      sshkeys: encodeURIComponent(ed25519),
      ciupgrade: false,
    },
  ],
  [
    'the user of the image',
    { defaultUser: { sshKeys: [` ${ed25519}`, ecdsa] }, packageUpgrade: true },
    { windows: false, major: 8 },
    { sshkeys: encodeURIComponent(`${ed25519}\n${ecdsa}`), ciupgrade: true },
  ],
  ['before ciupgrade', {}, { windows: false, major: 7 }, {}],
  [
    'Windows: the password is a placeholder',
    { adminPassword: 'Secret.1', defaultUser: { sshKeys: [ed25519] } },
    { windows: true, major: 9 },
    { citype: 'configdrive2', cipassword: '{adminPassword}', sshkeys: encodeURIComponent(ed25519) },
  ],
])('keys of %s', (_what, cloudInit, on, expected) => {
  expect(nativeKeys(cloudInit, on)).toEqual(expected)
})

test('keys are in the alphabet that Proxmox takes', () => {
  const { sshkeys } = nativeKeys(
    { defaultUser: { sshKeys: [`${ed25519} ü'(x)~!*`] } },
    { windows: false, major: 9 },
  )
  // qemu-server src/PVE/QemuServer.pm, format urlencoded of pve-common.
  expect(sshkeys).toMatch(/^[-%a-zA-Z0-9_.!~*'()]*$/)
})

test('a plain password makes no key', () => {
  const users = [{ ...ops, password: 'geheim' }]
  expect(() => nativeKeys({ users }, { windows: false, major: 9 })).toThrow('must be hashed')
})

const asked = (changes: Partial<Parameters<typeof ipConfig>[0]>) =>
  ipConfig({ ip: null, gateway: null, ip6: null, gateway6: null, ...changes })

test('ipconfigN', () => {
  const [ip, ip6] = [parseCidr('10.0.0.5/24'), parseCidr('FD00::5/64')]
  const [gateway, gateway6] = [parseAddress('10.0.0.1'), parseAddress('fe80::1')]
  expect(asked({})).toBeNull()
  expect(asked({ ip: 'dhcp' })).toBe('ip=dhcp')
  expect(asked({ ip: 'dhcp', ip6: 'auto' })).toBe('ip=dhcp,ip6=auto')
  expect(asked({ ip, gateway })).toBe('ip=10.0.0.5/24,gw=10.0.0.1')
  expect(asked({ ip: ip6, gateway: gateway6 })).toBe('ip6=fd00::5/64,gw6=fe80::1')
  expect(asked({ ip, gateway, ip6, gateway6 })).toBe(
    'ip=10.0.0.5/24,gw=10.0.0.1,ip6=fd00::5/64,gw6=fe80::1',
  )
})
