/** For the tests of what is written for guests. */
import type { CloudInitRequest } from './request.ts'
import { presets } from './presets.ts'

export const ed25519 =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAxY9yVCYl2xwyJ8BPF2NgyrQ6ZyjiLRV7uWiCjqNz6U ops@lab ed25519'
export const ecdsa =
  'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBChvmBqR35o0RJEL86scjlnfQ6VIhzs4ilEPRUi2u0D4SZNB7z7Pv2ziUkWeQ4vQ9/NTA1z7moT5llfdUqsxjNs= ops@lab ecdsa'
export const rsa =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDw6UR+BVZK315I8xmaavvdK5o1Xwpag8Vy+dw9j4rsmNfpbwr2iePjjj1BOhWybJiAttVwZ/0dkbt38fiYDLoeyLyrev3VF9TYOV61rSRl7kvccUtjZABdL860CSzzSp39CyFrJi/yuzvO+Zs8kDnakY21klgIUBZ0tvPYC3PMeq8EIPXOXknagYoNVW+jdfSDjqJKqbUmZ8stL4kesRbqxydj3MAjVkKd4Ja1nyntYH0ACgw4Z3oBhOY7Dq4isQaYrqhGEuOKIJsia3TM8GeGZHsxsjPs3VpNqL8rBLUGVl4lBwBbIFhjVAAx72Yb34VA67B2vqCnGnujgZZkcZFN'

/** Of `geheim`. */
export const geheimHash =
  '$6$saltstring$gUUU7Q1nHUlpW3Td/XNWQNCXldxCtDo4d5k5ezG8jW58.bfdBZvqtBPM1S1LRoM/fG4Mb/ZCXJKbZYUcbur6S0'

/** Texts that readers of YAML take for something else, or stumble over. */
export const tricky = [
  ['yes', 'no', 'on', 'Off', 'y', 'N', 'true', 'TRUE', 'null', '~', '', ' ', '\t', '\n', '\n\n'],
  ['0123', '0o17', '0x1F', '0b11', '1_000', '1e3', '1.5e+3', '.5', '.inf', '-.INF', '.nan', '+1'],
  ['12:30', '12:30:45', '1:1', '2020-01-01', '2001-12-14t21:59:43.10-05:00', '=', '<<', '-', '--'],
  ['---', '...', '- a', '? a', 'a: b', 'a:', ': a', ' a', 'a ', 'a #b', '#a', '#cloud-config'],
  ['&a', '*a', '!a', '!!str a', '|', '>', '%a', '@a', '`a`', '"', "'", '"a"', "'a'", '\\', '\\n'],
  ['[a]', '{a: b}', ']', '}', ',', 'a, b', '{{ a }}', '${a}', '$(a)', 'a\tb', '\ta', 'a\t'],
  [
    'a\n',
    'a\nb',
    'a\nb\n',
    'a\n\n\nb\n\n',
    '\na',
    '\n a',
    ' a\nb',
    'a\n  b\n c',
    'a\n\tb',
    '\ta\nb',
  ],
  [
    'a \nb',
    'a\n b \n',
    'a\r\nb',
    'a\rb',
    '\r',
    'a\n---\nb',
    'a\n...\n',
    '#!/bin/sh\necho "a: b" # c\n',
  ],
  [
    '\u0000',
    '\u0007',
    '\u001b[0m',
    '\u007f',
    '\u0080',
    '\u0085',
    'a\u0085b',
    '\u00a0',
    '\u2028',
    '\u2029',
  ],
  ['\ufeffa', 'a\ufeff', '\ufffe', '\uffff', 'ü', '€', '日本', '😀', 'e\u0301', '\u200b', '\u202e'],
  ['x'.repeat(200), `${'word '.repeat(60)}end`, `${'word '.repeat(60)}\nnext`],
].flat()

const key = { sshKeys: [ed25519] }

/** Requests as people make them, by what is special in each. */
const table: [string, CloudInitRequest][] = [
  ['nothing but the defaults', {}],
  ['a user with a key', { users: [{ name: 'ops', ...key }] }],
  ['a user with sudo', { users: [{ name: 'ops', ...key, sudo: true }] }],
  ['a user with a password', { users: [{ name: 'ops', passwordHash: geheimHash }] }],
  [
    'a password without SSH login by it',
    { users: [{ name: 'ops', ...key, passwordHash: geheimHash }], sshPasswordLogin: false },
  ],
  [
    'everything of a user',
    {
      users: [
        {
          name: 'anna',
          sshKeys: [ed25519, ecdsa, rsa],
          passwordHash: geheimHash,
          sudo: true,
          groups: ['adm', 'docker'],
          shell: '/bin/zsh',
          gecos: 'Anna Ångström, "Ops"',
        },
      ],
    },
  ],
  [
    'three users',
    {
      users: [
        { name: 'a', ...key },
        { name: 'b', ...key },
        { name: 'c.d-e_f', ...key },
      ],
    },
  ],
  [
    'users whose names look like other things',
    {
      users: [
        { name: 'yes', ...key },
        { name: 'null', ...key },
        { name: 'on', ...key },
      ],
    },
  ],
  ['root with a key', { users: [{ name: 'root', ...key }] }],
  ['a user beside the one of the image', { users: [{ name: 'ops', ...key }], defaultUser: 'keep' }],
  ['the user of the image with a key', { defaultUser: { sshKeys: [ed25519] } }],
  ['the user of the image with a password', { defaultUser: { passwordHash: geheimHash } }],
  [
    'the user of the image with all, and another',
    { defaultUser: { sshKeys: [rsa], passwordHash: geheimHash }, users: [{ name: 'ops', ...key }] },
  ],
  ['no user at all', { defaultUser: 'none' }],
  [
    'a key with options and a colon',
    { users: [{ name: 'ops', sshKeys: [`from="10.0.0.0/8,fd00::/8",no-pty ${ed25519}: # x`] }] },
  ],
  ['another host name', { hostname: 'db' }],
  ['a full host name', { hostname: 'db.lab.example' }],
  ['a domain', { domain: 'lab.example' }],
  ['a host name that looks like a number', { hostname: '0123' }],
  ['a host name that looks like a float', { hostname: '1e3', domain: '1.5' }],
  [
    'packages',
    { packages: ['nginx', 'postgresql-15', 'vim=2:9.0.1378-2', '@development-tools', 'g++'] },
  ],
  [
    'packages that are there already',
    { packages: ['openssh-server', 'qemu-guest-agent', 'curl', 'curl'] },
  ],
  ['an upgrade', { packageUpgrade: true }],
  ['no update of the lists', { packages: ['nginx'], packageUpdate: false }],
  ['no agent', { agent: false }],
  ['nothing installed', { agent: false, openssh: false }],
  ['time zone and locale', { timezone: 'America/Argentina/Buenos_Aires', locale: 'de_DE.UTF-8' }],
  ['a time zone with a sign', { timezone: 'Etc/GMT+5', locale: 'C' }],
  [
    'files',
    {
      writeFiles: [
        { path: '/etc/motd', content: 'Welcome: to "yes"\n' },
        { path: '/etc/empty', content: '' },
        {
          path: '/usr/local/bin/run',
          content: '#!/bin/sh\nset -e\n\n  echo "a: b" # c\n',
          permissions: '0755',
        },
        { path: '/home/ops/x y', content: 'yes', owner: 'ops:ops', permissions: '600' },
        { path: '/etc/binary', content: 'AAEC/w==', encoding: 'base64' },
        { path: '/etc/hosts', content: '10.0.0.5 db', append: true, owner: 'root:root' },
        { path: '/etc/dos.ini', content: '[a]\r\nb=1\r\n' },
      ],
    },
  ],
  [
    'files of every tricky text',
    { writeFiles: tricky.slice(0, 100).map((content, n) => ({ path: `/tmp/${n}`, content })) },
  ],
  [
    'commands',
    {
      commands: [
        'echo "a: b"',
        'systemctl enable --now nginx || true # why not',
        ['touch', '/tmp/a b', 'yes', '0123', '{x}'],
        'printf \'%s\\n\' "$HOME" > /tmp/home\nexit 0',
        '- dash',
        '@at',
        '%percent',
        '[ -e /etc/x ] && echo yes',
        '{ echo a; }',
        ': colon',
      ],
    },
  ],
  ['commands of every tricky text', { commands: tricky.filter((text) => text !== '') }],
  ...presets.map(({ title, cloudInit }): [string, CloudInitRequest] => [
    title,
    { ...cloudInit, users: [{ name: 'ops', ...key, sudo: true }] },
  ]),
  [
    'a document merged in',
    {
      users: [{ name: 'ops', ...key }],
      packages: ['nginx'],
      userData: {
        mode: 'extend',
        document:
          '#cloud-config\n# ours\npackages: [vim, nginx]\nusers:\n  - name: ops\n    shell: /bin/sh\nruncmd:\n  - echo done\nswap:\n  filename: /swap\n  size: 1G\npackage_upgrade: yes\n',
      },
    },
  ],
  [
    'a document of comments alone merged in',
    { defaultUser: key, userData: { mode: 'extend', document: '#cloud-config\n# nothing yet\n' } },
  ],
  [
    'a document instead',
    {
      userData: {
        mode: 'replace',
        document: `#cloud-config\nssh_authorized_keys:\n  - ${ed25519}\nfinal_message: "up after $UPTIME s"\n`,
      },
    },
  ],
]

export const requests = table.map(([title, cloudInit]) => ({
  title,
  vmName: 'web-01.lab.example',
  cloudInit,
}))
