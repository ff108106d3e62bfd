import { describe, expect, test } from 'vitest'
import { cloudInitFormSchema } from './form-schema.ts'
import {
  type CloudInitForm,
  cloudInitSummary,
  fromCloudInit,
  hideSecrets,
  withoutSecrets,
  withSetting,
} from './state.ts'
import { toCloudInit } from './to-cloud-init.ts'

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAu4sH7Rb44Lc6W68uoRl3/1AOkJnEGRjce6t8n9UKiD ops'
const hash = `$6$saltstring$${'a'.repeat(86)}`

describe('passwords', () => {
  const full: CloudInitForm = {
    users: [{ name: 'ops', password: 'geheim', sshKeys: [key] }, { name: 'dev' }],
    defaultUser: { passwordHash: hash },
    adminPassword: 'geheim',
    packages: ['nginx'],
  }

  test('none is kept, and each is asked for again', () => {
    const kept = withoutSecrets(full)
    expect(JSON.stringify(kept)).not.toMatch(/geheim|\$6\$/)
    expect(kept).toEqual({
      users: [{ name: 'ops', askPassword: true, sshKeys: [key] }, { name: 'dev' }],
      defaultUser: { askPassword: true },
      askAdminPassword: true,
      packages: ['nginx'],
    })
    // As it is read back from the browser's storage.
    expect(cloudInitFormSchema.parse(kept)).toEqual(kept)
    expect(withoutSecrets(kept)).toEqual(kept)
    expect(
      toCloudInit(kept)
        .problems.map(({ path }) => path)
        .toSorted(),
    ).toEqual(['adminPassword', 'defaultUser.password', 'users.0.password'])
  })

  test('given again, nothing is missing and nothing of ours is sent', () => {
    const { cloudInit, problems } = toCloudInit({
      users: [{ name: 'ops', askPassword: true, password: 'neu' }],
    })
    expect(problems).toEqual([])
    expect(cloudInit).toEqual({ users: [{ name: 'ops', password: 'neu' }] })
  })

  test('a hash is sent as one', () => {
    expect(toCloudInit({ users: [{ name: 'ops', password: hash }] }).cloudInit).toEqual({
      users: [{ name: 'ops', passwordHash: hash }],
    })
  })

  test('an earlier request has them masked, and is not taken for one without', () => {
    const earlier = { users: [{ name: 'ops', passwordHash: '********' }] }
    expect(fromCloudInit(earlier)).toEqual({ users: [{ name: 'ops', askPassword: true }] })
  })
})

describe('what a document says in secret is not kept', () => {
  test.each([
    ['password: geheim', 'password: "********"'],
    ['password: geheim # mine', 'password: "********"'],
    [
      'users:\n  - name: ops\n    plain_text_passwd: ge heim',
      'users:\n  - name: ops\n    plain_text_passwd: "********"',
    ],
    ['- passwd: "geheim"', '- passwd: "********"'],
    [
      'users: [{ name: ops, passwd: geheim, sudo: x }]',
      'users: [{ name: ops, passwd: "********", sudo: x }]',
    ],
    ["users: [{ 'passwd': 'ge, heim' }]", `users: [{ 'passwd': "********" }]`],
    [
      'chpasswd:\n  list: |\n    ops:geheim\n    dev:R',
      'chpasswd:\n  list: |\n    ops:********\n    dev:R',
    ],
    ['chpasswd:\n  list:\n    - ops:geheim', 'chpasswd:\n  list:\n    - ops:********'],
    [`runcmd:\n  - usermod -p '${hash}' ops`, `runcmd:\n  - usermod -p '********' ops`],
  ])('%j', (document, kept) => {
    expect(hideSecrets(document)).toBe(kept)
    expect(hideSecrets(kept)).toBe(kept)
    const [problem] = toCloudInit({ userData: { mode: 'extend', document: kept } }).problems
    expect(problem?.message).toMatch(/^The password in line \d/)
  })

  test.each([
    '#cloud-config\nssh_pwauth: true\nchpasswd: { expire: false }\npackages: [nginx]\n',
    'write_files:\n  - path: /etc/app\n    content: |\n      url: http://x:80/\n',
    'users:\n  - name: ops\n    lock_passwd: false\n',
    'password:\n',
  ])('what is none stays: %j', (document) => {
    expect(hideSecrets(document)).toBe(document)
  })
})

test.each<[CloudInitForm, unknown]>([
  [{}, undefined],
  [{ packages: ['nginx'] }, { packages: ['nginx'] }],
  [{ agent: true }, { agent: true }],
])('%j asks for %j', (form, cloudInit) => {
  expect(toCloudInit(form)).toEqual({ cloudInit, problems: [] })
})

test('an empty one of an earlier request is not lost: it brings the agent', () => {
  expect(fromCloudInit(undefined)).toEqual({})
  expect(fromCloudInit({})).toEqual({ agent: true })
})

test.each([
  ['', {}],
  [undefined, {}],
  ['UTC', { timezone: 'UTC' }],
])('%j as the time zone is %j', (timezone, form) => {
  expect(withSetting<CloudInitForm, 'timezone'>({ timezone: 'CET' }, 'timezone', timezone)).toEqual(
    form,
  )
})

describe('the line of the folded section', () => {
  test.each<[CloudInitForm, string[]]>([
    [{}, ['Users and software as the template has them']],
    [{ agent: true }, ['SSH server and guest agent']],
    [
      {
        users: [{ name: 'ops', sshKeys: [key, key], sudo: true }],
        packages: ['nginx'],
        commands: ['x'],
      },
      ['ops with 2 SSH keys and sudo', 'nginx', '1 command'],
    ],
    [
      {
        users: [{ name: '', askPassword: true }, { name: 'dev' }],
        packages: ['a', 'b', 'c', 'd'],
        writeFiles: [{ path: '/a', content: '' }],
      },
      ['a user with a password', '1 more user', '4 packages', '1 file'],
    ],
    [{ userData: { mode: 'replace', document: '#' } }, ['a document of your own']],
  ])('%j', (form, parts) => {
    expect(cloudInitSummary(form, false)).toEqual(parts)
  })
})
