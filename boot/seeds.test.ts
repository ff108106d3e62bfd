/** Our seeds, as Debian applies them at its first boot: its own systemd, cloud-init and sshd. */
import { rmSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { bootGuest, type Guest, type GuestOptions } from './guest.ts'
import { createLogin } from './login.ts'
import { whyNoGuests } from './root.ts'
import { type Asked, seedOf } from './seed.ts'

const reason = whyNoGuests()
const skip = reason !== null
const why = skip ? ` (skipped: ${reason})` : ''

const login = createLogin()
const sshKeys = [login.publicKey]
const ops = { name: 'ops', sshKeys }
const PASSWORD = `it's "$5", ä # b`

let booted: Guest | null = null
afterEach(async () => {
  await booted?.close()
  booted = null
})
afterAll(() => rmSync(login.folder, { recursive: true }))

const boot = async (
  asked: Asked,
  options: Partial<Pick<GuestOptions, 'renderer' | 'image'>> = {},
): Promise<Guest> => {
  booted = await bootGuest({ ...seedOf(asked), renderer: 'netplan', ...options })
  return booted
}

const done = { verdict: 'done', errors: [], warnings: [] }
const said = (output: string) => ({ status: 0, output })
const refused = { status: 255, output: expect.stringContaining('Permission denied') }

describe.skipIf(skip)(`users${why}`, () => {
  test('log in with key and password, with their groups, shell and rights', async () => {
    const guest = await boot({
      cloudInit: {
        users: [
          {
            ...ops,
            password: PASSWORD,
            sudo: true,
            groups: ['adm', 'brandnew'],
            gecos: 'Ops Ångström, "on call"',
          },
          { name: 'anna', password: PASSWORD, shell: '/bin/sh' },
          { name: 'yes', sshKeys },
        ],
        agent: false,
      },
    })
    expect(guest.verdict()).toMatchObject(done)
    expect(login.withKey(guest, 'ops@10.0.0.5')).toEqual(said('ops'))
    expect(login.withKey(guest, 'ops@fd00::5')).toEqual(said('ops'))
    expect(login.withKey(guest, 'yes@10.0.0.5')).toEqual(said('yes'))
    expect(login.withPassword(guest, 'ops@10.0.0.5', PASSWORD)).toEqual(said('ops'))
    expect(login.withPassword(guest, 'anna@10.0.0.5', PASSWORD, 'echo $0')).toEqual(said('sh'))
    expect(login.withPassword(guest, 'ops@10.0.0.5', 'geheim')).toEqual(refused)
    expect(login.withKey(guest, 'anna@10.0.0.5')).toEqual(refused)
    expect(login.withKey(guest, 'ops@10.0.0.5', 'id -nG').output.split(' ').toSorted()).toEqual([
      'adm',
      'brandnew',
      'ops',
    ])
    expect(login.withKey(guest, 'ops@10.0.0.5', 'sudo -n id -un')).toEqual(said('root'))
    expect(login.withKey(guest, 'yes@10.0.0.5', 'sudo -n id -un').status).toBe(1)
    expect(guest.run('getent passwd ops').output).toContain(
      ':Ops Ångström, "on call":/home/ops:/bin/bash',
    )
    expect(guest.run('id debian').status).toBe(1)
  })

  test('with keys alone cannot be tried with passwords', async () => {
    const guest = await boot({ cloudInit: { users: [ops], agent: false } })
    expect(guest.verdict()).toMatchObject(done)
    expect(login.withKey(guest, 'ops@10.0.0.5')).toEqual(said('ops'))
    const { output } = login.withPassword(guest, 'ops@10.0.0.5', 'x')
    expect(output).toContain('Permission denied (publickey).')
    expect(guest.run('passwd --status ops').output).toMatch(/^ops L /)
  })

  test('have a password for the console alone where SSH shall not take it', async () => {
    const guest = await boot({
      cloudInit: {
        users: [{ ...ops, password: PASSWORD }],
        sshPasswordLogin: false,
        agent: false,
      },
    })
    expect(guest.verdict()).toMatchObject(done)
    expect(login.withKey(guest, 'ops@10.0.0.5')).toEqual(said('ops'))
    expect(login.withPassword(guest, 'ops@10.0.0.5', PASSWORD).output).toContain(
      'Permission denied (publickey).',
    )
    expect(guest.run('passwd --status ops').output).toMatch(/^ops P /)
  })

  test('of the image keep their name and get key and password', async () => {
    const guest = await boot({
      cloudInit: { defaultUser: { sshKeys, password: PASSWORD }, agent: false },
    })
    expect(guest.verdict()).toMatchObject(done)
    expect(login.withKey(guest, 'debian@10.0.0.5', 'sudo -n id -un')).toEqual(said('root'))
    expect(login.withPassword(guest, 'debian@10.0.0.5', PASSWORD)).toEqual(said('debian'))
  })

  test('root has a key and a password where they are its own', async () => {
    const guest = await boot({
      cloudInit: { users: [{ name: 'root', sshKeys, password: PASSWORD }], agent: false },
    })
    expect(guest.verdict()).toMatchObject(done)
    expect(login.withKey(guest, 'root@10.0.0.5')).toEqual(said('root'))
    expect(guest.run('passwd --status root').output).toMatch(/^root P /)
  })

  test('there are none but root, which nobody may enter, where none is asked for', async () => {
    const guest = await boot({ cloudInit: { defaultUser: 'none', agent: false } })
    expect(guest.verdict()).toMatchObject(done)
    expect(guest.run('getent passwd | grep -c :/home/').output).toBe('0')
    expect(guest.run('passwd --status root').output).toMatch(/^root L /)
  })
})

describe.skipIf(skip)(`what a guest sets up${why}`, () => {
  test('packages, files, names, time zone, and commands in their order after all else', async () => {
    const guest = await boot({
      name: 'db-01.lab.example',
      cloudInit: {
        users: [ops],
        timezone: 'America/Argentina/Buenos_Aires',
        locale: 'de_DE.UTF-8',
        packages: ['hello'],
        writeFiles: [
          { path: '/etc/motd', content: 'yes: "no" # ü\n  1e3\n' },
          { path: '/srv/binary', content: 'AAEC/w==', encoding: 'base64', permissions: '0600' },
          { path: '/home/ops/a b', content: '0123', owner: 'ops:ops', permissions: '0640' },
          { path: '/etc/issue', content: 'more', append: true },
        ],
        commands: [
          'hello > /srv/order',
          'cat "/home/ops/a b" >> /srv/order; echo >> /srv/order',
          ['sh', '-c', 'echo "$0" >> /srv/order', 'a b; $HOME "x"'],
          'false # does not stop the others',
          'cd /srv && printf \'%s\\n\' "$(hostname) $(hostname -f)" >> order',
        ],
      },
    })
    expect(guest.verdict()).toMatchObject(done)
    expect(guest.file('/srv/order').split('\n')).toEqual([
      'Hello, world!',
      '0123',
      'a b; $HOME "x"',
      'db-01 db-01.lab.example',
      '',
    ])
    expect(
      guest.run('dpkg-query --show --showformat="\\${Status} " hello qemu-guest-agent').output,
    ).toBe('install ok installed install ok installed')
    expect(guest.file('/etc/motd')).toBe('yes: "no" # ü\n  1e3\n')
    expect(guest.run('od -An -tx1 /srv/binary').output).toBe('00 01 02 ff')
    expect(guest.run('stat -c "%a %U:%G" /srv/binary "/home/ops/a b"').output).toBe(
      '600 root:root\n640 ops:ops',
    )
    expect(guest.file('/etc/issue')).toMatch(/^Debian[^]*more$/)
    expect(guest.file('/etc/hostname')).toBe('db-01\n')
    expect(guest.run('date +%Z').output).toBe('-03')
    expect(guest.run('. /etc/default/locale; LANG=$LANG date -d 2026-03-03 +%B').output).toBe(
      'März',
    )
  })

  test('an SSH server and the agent, where the image has neither', async () => {
    const guest = await boot(
      { cloudInit: { users: [{ ...ops, password: PASSWORD, sudo: true }] } },
      { image: 'SUDO_FORCE_REMOVE=yes apt-get -qq --yes purge openssh-server sudo' },
    )
    expect(guest.verdict()).toMatchObject(done)
    expect(login.withKey(guest, 'ops@10.0.0.5', 'sudo -n id -un')).toEqual(said('root'))
    expect(login.withPassword(guest, 'ops@10.0.0.5', PASSWORD)).toEqual(said('ops'))
    expect(guest.run('systemctl is-enabled ssh').output).toBe('enabled')
  })
})
