import { expect, test } from 'vitest'
import { ed25519 } from './cloud-init/fixtures.ts'
import type { CloudInitRequest } from './cloud-init/request.ts'
import { clusterWithTemplate, planFor, requestWith } from './fixtures.ts'

const ops = { name: 'ops', sshKeys: [ed25519] }

const codes = (cloudInit: CloudInitRequest, osType = 'l26') => {
  const request = requestWith({ defaults: { cloudInit: { inherited: 'clear' }, networks: [] } })
  const vms = request.vms.map((row) => ({ ...row, cloudInit }))
  const { blockers, warnings } = planFor({ ...request, vms }, clusterWithTemplate({ osType }))
  return {
    blockers: blockers.map(
      ({ code, field }) => `${code} ${field?.replace('vms.0.cloudInit.', '')}`,
    ),
    warnings: warnings.map(
      ({ code, field }) => `${code} ${field?.replace('vms.0.cloudInit.', '')}`,
    ),
  }
}

test.each<[string, CloudInitRequest]>([
  [
    'document-yaml-syntax userData.document',
    { users: [ops], userData: { mode: 'extend', document: '#cloud-config\na: [' } },
  ],
  [
    'document-key-unknown userData.document',
    { users: [ops], userData: { mode: 'extend', document: '#cloud-config\npakages: [a]' } },
  ],
  [
    'document-first-line userData.document',
    { users: [ops], userData: { mode: 'replace', document: 'packages: [a]' } },
  ],
  [
    'document-password-not-hashed userData.document',
    {
      userData: {
        mode: 'replace',
        document: '#cloud-config\nusers: [{ name: a, passwd: b, lock_passwd: false }]',
      },
    },
  ],
  [
    'hash-unknown defaultUser.passwordHash',
    { defaultUser: { passwordHash: '$y$j9T$abcdefghij$0123456789' } },
  ],
  ['user-twice users.1.name', { users: [ops, ops] }],
  ['admin-password-without-windows adminPassword', { users: [ops], adminPassword: 'x' }],
])('blocker %s', (expected, cloudInit) => {
  expect(codes(cloudInit).blockers).toContain(expected)
})

test.each<[string, CloudInitRequest]>([
  ['user-without-login users', { users: [ops, { name: 'a' }] }],
  ['nobody-can-log-in users', { packages: ['nginx'] }],
  ['nobody-can-log-in users', { defaultUser: 'none' }],
  [
    'file-twice writeFiles.1.path',
    {
      users: [ops],
      writeFiles: [
        { path: '/a', content: 'x' },
        { path: '/a', content: 'y' },
      ],
    },
  ],
  [
    'document-replaces userData.mode',
    {
      users: [ops],
      userData: { mode: 'replace', document: `#cloud-config\nssh_authorized_keys: [${ed25519}]` },
    },
  ],
  ['host-name-twice hostname', { users: [ops], hostname: 'db' }],
])('warning %s', (expected, cloudInit) => {
  expect(codes(cloudInit).warnings).toContain(expected)
})

test('Windows: the clear password is told', () => {
  expect(codes({ adminPassword: 'Secret.1' }, 'win11').warnings).toContain(
    'password-in-the-clear adminPassword',
  )
})

test('a user with a password alone can log in', () => {
  const request = requestWith({
    defaults: { cloudInit: { users: [{ name: 'ops', passwordHash: '$6$saltstring$abcdefghij' }] } },
  })
  expect(planFor(request).warnings.map(({ code }) => code)).not.toContain('nobody-can-log-in')
})

test('the same fault in the settings of many VMs is told once, without a name', () => {
  const userData = { mode: 'extend' as const, document: '#cloud-config\npakages: [a]' }
  const { blockers } = planFor(requestWith({ defaults: { cloudInit: { users: [ops], userData } } }))
  expect(blockers.filter(({ code }) => code === 'document-key-unknown')).toEqual([
    {
      code: 'document-key-unknown',
      message:
        'Line 2, column 1: cloud-init does not know pakages and ignores it. packages is the nearest that it knows.',
      field: 'defaults.cloudInit.userData.document',
    },
  ])
})
