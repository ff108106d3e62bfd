import { describe, expect, test } from 'vitest'
import { checkUserData, checkWaysIn } from './check-user-data.ts'

const key =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDnJq8bYp2X8Qm0T7C2zN4w1kF3hV5sR6uE9aB0dLxYc ops@lab'
const hash =
  '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJuesI68OTLiBFdcbYEdFCoEOfaS35inz1'

const found = (document: string, use?: 'replace' | 'extend') =>
  checkUserData(document, use).map(
    ({ severity, code, line, column, path }) => `${severity} ${code} ${line}:${column} ${path}`,
  )

/** In a document with a way in, so that only the part at hand is judged. Its lines count from 1. */
const part = (text: string) =>
  found(`${text}\n#cloud-config`.replace(/^([^]*)\n#cloud-config$/, '#cloud-config\n$1'), 'extend')

describe('a right document raises nothing', () => {
  test.each([
    `ssh_authorized_keys: [${key}]`,
    `users:\n  - default\n  - name: ops\n    ssh_authorized_keys:\n      - ${key}\nssh_authorized_keys: [${key}]`,
    `users:\n  - name: ops\n    lock_passwd: false\n    hashed_passwd: ${hash}`,
    `password: ${hash}\nchpasswd: { expire: false }`,
    `chpasswd:\n  users:\n    - { name: ops, password: "${hash}" }\nusers: [{ name: ops }]`,
    `chpasswd:\n  list: |\n    ops:${hash}\n    guest:RANDOM\nusers: [{ name: ops }, { name: guest }]`,
    `ssh_import_id: [gh:someone]`,
    `users: [{ name: ops, ssh-authorized-keys: [${key}] }]`,
    `user: { name: ops, ssh_authorized_keys: [${key}] }`,
    `x: &keys [${key}]\nusers: [{ name: ops, ssh_authorized_keys: *keys }]`.replace(
      /^x: (.*)\n/,
      'ssh_authorized_keys: $1\n',
    ),
    `users: [{ name: svc, system: true }, { name: ops, ssh_authorized_keys: [${key}] }]`,
    `packages: [nginx, [vim, "2:9"], { apt: [curl] }]\nssh_authorized_keys: [${key}]`,
    `runcmd:\n  - echo one\n  - [sh, -c, "echo: two"]\nssh_authorized_keys: [${key}]`,
    `ntp:\nswap: { filename: /swap, size: auto }\nssh_authorized_keys: [${key}]`,
    `apt:\n  sources:\n    docker.list:\n      source: deb https://x stable main\nssh_authorized_keys: [${key}]`,
    `merge_how: list(append)+dict(recurse_list)\nssh_authorized_keys: [${key}]`,
  ])('%s', (text) => {
    expect(found(`#cloud-config\n${text}\n`)).toEqual([])
  })

  test('its first line may be in capitals', () => {
    expect(found(`#CLOUD-CONFIG\nssh_authorized_keys: [${key}]\n`)).toEqual([])
    expect(found('#Cloud-Config\npakages: [nginx]\n', 'extend')).toEqual([
      'error key-unknown 2:1 pakages',
    ])
  })
})

describe('keys', () => {
  test.each([
    ['pakages: [nginx]', 'error key-unknown 2:1 pakages'],
    ['package-update: true', 'error key-unknown 2:1 package-update'],
    ['ssh_authorised_keys: []', 'error key-unknown 2:1 ssh_authorised_keys'],
    ['frobnicate: 1', 'warning key-unknown 2:1 frobnicate'],
    ['network: {}', 'warning key-ignored 2:1 network'],
    [`users:\n  - name: ops\n    ssh_keys: [${key}]`, 'warning key-unknown 4:5 users.0.ssh_keys'],
    ['write_files:\n- path: /a\n  contents: x', 'error key-unknown 4:3 write_files.0.contents'],
    ['chpasswd: { expires: false }', 'error key-unknown 2:13 chpasswd.expires'],
    ['power_state: { mod: reboot }', 'error key-unknown 2:16 power_state.mod'],
  ])('%s', (text, expected) => {
    expect(part(text)).toContain(expected)
  })

  test('the nearest known name is in the message', () => {
    const messages = checkUserData('#cloud-config\npakages: [nginx]\n', 'extend')
    expect(messages.map(({ message }) => message)).toEqual([
      'cloud-init does not know pakages and ignores it. packages is the nearest that it knows.',
    ])
  })
})

describe('types and values', () => {
  test.each([
    ['packages: nginx', 'error type-wrong 2:11 packages'],
    ['runcmd:\n  - echo a: b', 'error type-wrong 3:5 runcmd.0'],
    ['users: [[ops]]\npackages: { a: b }', 'error type-wrong 3:11 packages'],
    [
      'write_files:\n- path: /a\n  permissions: 0644',
      'warning type-wrong 4:16 write_files.0.permissions',
    ],
    ['package_update: "yes"', 'warning type-wrong 2:17 package_update'],
    ['hostname: 0123', 'warning type-wrong 2:11 hostname'],
    ['timezone: [UTC]', 'error type-wrong 2:11 timezone'],
    [
      'write_files:\n- path: /a\n  encoding: bas64',
      'error value-unknown 4:13 write_files.0.encoding',
    ],
    ['power_state: { mode: restart }', 'error value-unknown 2:22 power_state.mode'],
  ])('%s', (text, expected) => {
    expect(part(text)).toEqual([expected])
  })

  test('a line with a colon says why it is a mapping', () => {
    const [issue] = checkUserData('#cloud-config\nruncmd:\n  - echo a: b\n', 'extend')
    expect(issue?.message).toContain('A colon followed by a blank makes a mapping')
  })
})

describe('passwords and logins', () => {
  test.each([
    [
      'users: [{ name: ops, passwd: geheim, lock_passwd: false }]',
      'error password-not-hashed 2:22 users.0.passwd',
    ],
    [
      'users: [{ name: ops, plain_text_passwd: x, lock_passwd: false }]',
      'warning password-clear 2:22 users.0.plain_text_passwd',
    ],
    [
      `users: [{ name: ops, passwd: "${hash}" }]`,
      'warning password-locked 2:22 users.0.lock_passwd',
    ],
    ['password: geheim', 'warning password-clear 2:1 password'],
    ['chpasswd: { list: ["ops:geheim"] }', 'warning password-clear 2:20 chpasswd.list'],
    [
      'chpasswd: { users: [{ name: ops, password: geheim }] }',
      'error password-not-hashed 2:34 chpasswd.users.0.password',
    ],
    [
      'chpasswd: { users: [{ name: ops, password: geheim, type: text }] }',
      'warning password-clear 2:34 chpasswd.users.0.password',
    ],
    ['users: [{ name: ops }]', 'warning user-without-login 2:9 users.0'],
  ])('%s', (text, expected) => {
    expect(part(text)).toEqual([expected])
  })

  test('a password that is a number', () => {
    expect(part('users: [{ name: ops, hashed_passwd: 12345, lock_passwd: false }]')).toContain(
      'error password-not-hashed 2:22 users.0.hashed_passwd',
    )
  })

  test.each([
    ['packages: [nginx]', 1],
    ['users: [default]', 2],
    ['users: []', 2],
    [`ssh_authorized_keys: [${key}]\nusers: [{ name: svc, system: true }]`, 3],
  ])('nobody can log in: %s', (text, line) => {
    const document = `#cloud-config\n${text}\n`
    expect(found(document)).toContain(`warning nobody-can-log-in ${line}:1 users`)
    expect(checkWaysIn(document).map(({ code }) => code)).toContain('nobody-can-log-in')
    expect(found(document, 'extend')).toEqual([])
  })
})

describe('the document itself', () => {
  test.each([
    ['', 'error document-empty 1:1 '],
    ['packages: [nginx]', 'error document-first-line 1:1 '],
    ['# cloud-config\npackages: [nginx]', 'error document-first-line 1:1 '],
    ['#cloud-config\n- a', 'error document-no-mapping 2:1 '],
    ['#cloud-config\na: [1', 'error yaml-syntax 2:6 '],
    ['#cloud-config\npackages:\n\t- nginx', 'error yaml-syntax 3:1 '],
    ['#cloud-config\npackages: [a]\npackages: [b]', 'error yaml-syntax 3:1 '],
    ['#cloud-config\nhostname: *nothing', 'error yaml-syntax 2:11 hostname'],
  ])('%j', (document, expected) => {
    expect(found(document)).toContain(expected)
  })

  test.each([
    '#!/bin/sh\nexit 1',
    '#include\nhttps://x',
    'Content-Type: multipart/mixed; boundary=x\n\n--x',
  ])('%j is not looked into', (document) => {
    expect(found(document)).toEqual([])
  })
})
