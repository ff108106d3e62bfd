import { describe, expect, test } from 'vitest'
import { type DeployForm, emptyTable, type FormField } from '../form.ts'
import { toRequest } from '../request.ts'
import {
  context,
  image,
  named,
  parsedOf,
  requestOf,
  sent,
  unattended,
  windows,
} from './fixtures.ts'
import { basisOf } from './profile.ts'

describe('from the form to the request', () => {
  test('Linux from an ISO: nothing is set up, so nothing is checked, and the profile says the rest', () => {
    const form: DeployForm = {
      ...named,
      source: 'iso',
      volid: 'local:iso/debian-13.iso',
      osType: 'linux',
    }
    expect(sent(form)).toEqual({
      source: { kind: 'iso', volid: 'local:iso/debian-13.iso', osType: 'linux' },
      defaults: { start: true },
      placement: { strategy: 'spread' },
      vms: [{ name: 'vm-{01..03}' }],
    })
  })

  test('Windows by hand has the drivers, and no answers', () => {
    expect(sent({ ...windows, answers: { administratorPassword: 'x' } })).toMatchObject({
      source: {
        kind: 'iso',
        volid: 'local:iso/Win11_24H2_English_x64.iso',
        osType: 'windows-11',
        driversVolid: 'local:iso/virtio-win-0.1.285.iso',
      },
      defaults: { start: true },
    })
    expect(requestOf(windows).source).not.toHaveProperty('unattended', expect.anything())
  })

  test('Windows unattended: what is not chosen has its usual value, and Remote Desktop is checked', () => {
    expect(sent(unattended)).toMatchObject({
      source: {
        unattended: {
          edition: { name: 'Windows 11 Pro' },
          administratorPassword: 'correct horse',
        },
      },
      defaults: { networks: [{ ip: 'dhcp' }], validate: { ports: [3389] } },
    })
    expect(requestOf({ ...unattended, osType: 'windows-server-2025' }).source).toMatchObject({
      unattended: { edition: { index: 2 } },
    })
  })

  test('a computer’s name has 15 characters where setup gives it, not where somebody does', () => {
    const long = { namePattern: 'a-name-of-18-chars' }
    expect(parsedOf({ ...windows, ...long }).ok).toBe(true)
    expect(parsedOf({ ...unattended, ...long })).toEqual({
      ok: false,
      errors: {
        namePattern:
          'a-name-of-18-chars has 18 characters. Windows computer names have at most 15.',
      },
    })
  })

  test('all answers', () => {
    const form: DeployForm = {
      ...unattended,
      answers: {
        edition: 'Windows 11 Enterprise',
        productKey: 'abcde-12345-abcde-12345-abcde',
        language: 'de-DE',
        keyboard: 'de-CH',
        timeZone: 'W. Europe Standard Time',
        administratorPassword: 'correct horse',
        user: { name: 'ops', password: 'battery staple', administrator: true },
        remoteDesktop: false,
        commands: ['echo one', 'echo two'],
      },
    }
    expect(sent(form)).toHaveProperty('source.unattended', {
      edition: { name: 'Windows 11 Enterprise' },
      productKey: 'ABCDE-12345-ABCDE-12345-ABCDE',
      language: 'de-DE',
      keyboard: 'de-CH',
      timeZone: 'W. Europe Standard Time',
      administratorPassword: 'correct horse',
      user: { name: 'ops', password: 'battery staple', administrator: true },
      remoteDesktop: false,
      commands: ['echo one', 'echo two'],
    })
  })

  test('going from Windows to Linux leaves nothing of Windows behind', () => {
    const linux: DeployForm = { ...unattended, volid: 'local:iso/debian-13.iso', osType: 'linux' }
    expect(sent(linux)).toEqual({
      source: { kind: 'iso', volid: 'local:iso/debian-13.iso', osType: 'linux' },
      defaults: { start: true },
      placement: { strategy: 'spread' },
      vms: [{ name: 'vm-{01..03}' }],
    })
  })

  test('an image has its first boot; a template that is made of it leaves that to its clones', () => {
    const form: DeployForm = { ...image, cloudInit: { users: [{ name: 'ops' }] } }
    expect(sent(form)).toMatchObject({
      source: { kind: 'image', volid: 'local:import/debian-13.qcow2' },
      defaults: {
        cloudInit: { users: [{ name: 'ops' }] },
        networks: [{ ip: 'dhcp' }],
        start: true,
      },
    })
    expect(sent({ ...form, convert: true })).toMatchObject({
      source: { convertToTemplate: true },
      defaults: {},
    })
    const { defaults } = requestOf({ ...form, convert: true })
    expect(defaults).toMatchObject({ cloudInit: undefined, start: undefined, validate: undefined })
  })

  test('hardware: only what somebody set', () => {
    const form: DeployForm = {
      ...image,
      hardware: { cpuType: 'host', sockets: '2', balloon: '0', tpm: true },
      drives: {
        boot: { bus: 'virtio' },
        more: [
          { size: '1t', storage: 'ceph-vm', ssd: true },
          { size: '20', storage: '' },
        ],
        order: 'virtio0 net0',
      },
      nic: { model: 'e1000', firewall: false, mac: 'BC:24:11:00:00:01', rate: '0,5' },
      storage: 'local-lvm',
    }
    expect(sent(form)).toMatchObject({
      defaults: {
        storage: 'local-lvm',
        hardware: {
          cpuType: 'host',
          sockets: 2,
          balloonMiB: 0,
          tpm: true,
          disk: { bus: 'virtio' },
          disks: [{ sizeGiB: 1024, storage: 'ceph-vm', ssd: true }, { sizeGiB: 20 }],
          bootOrder: ['virtio0', 'net0'],
        },
        networks: [
          { model: 'e1000', firewall: false, mac: 'BC:24:11:00:00:01', rateMBps: 0.5, ip: 'dhcp' },
        ],
      },
    })
  })

  test('a template is sent without what was set for ISOs', () => {
    const form: DeployForm = {
      ...unattended,
      source: 'template',
      template: 9000,
      hardware: { tpm: true },
    }
    const parsed = toRequest(form, null)
    expect(parsed.ok && JSON.parse(JSON.stringify(parsed.request))).toMatchObject({
      source: { kind: 'template', vmid: 9000, clone: 'linked' },
    })
    expect(JSON.stringify(parsed)).not.toMatch(/tpm|correct horse|virtio-win/)
  })

  test('cells of columns that make no sense are not sent', () => {
    const table = { ...emptyTable, overrides: { '0': { users: 'none', cores: '8', ports: '22' } } }
    expect(sent({ ...windows, table })).toHaveProperty('vms', [
      { name: 'vm-01', cores: 8 },
      { name: 'vm-{02..03}' },
    ])
  })
})

test('an image of Linux has a serial console, which can be taken away', () => {
  const { hardware } = basisOf(image, context)?.profile ?? {}
  expect(hardware).toMatchObject({ serialConsole: true })
  const form: DeployForm = { ...image, hardware: { serialConsole: false } }
  expect(sent(form)).toHaveProperty('defaults.hardware', { serialConsole: false })
})

describe('what cannot be read is said at its field', () => {
  test.each<[FormField, Partial<DeployForm>, string]>([
    ['volid', { volid: '' }, 'Choose an ISO'],
    ['osType', { osType: null }, 'Choose the system that it installs'],
    ['volid', { source: 'image', volid: '' }, 'Choose an image'],
    ['hardware', { hardware: { sockets: 'two' } }, 'A whole number from 1 to 4'],
    [
      'hardware',
      { hardware: { balloon: 'x' } },
      'A size such as 2 (GiB) or 512 MiB, or 0 for none',
    ],
    [
      'hardware',
      { hardware: { machine: 'i440fx' } },
      'q35, pc (that is i440fx), or a version of them such as pc-q35-9.0',
    ],
    [
      'drives',
      { drives: { boot: {}, more: [{ size: '', storage: '' }], order: '' } },
      'A size such as 20 (GiB) or 1t, at most 131072 GiB',
    ],
    [
      'drives',
      { drives: { boot: {}, more: [], order: 'scsi0, cdrom' } },
      'A device such as scsi0 or net0',
    ],
    ['nic', { nic: { rate: 'fast' } }, 'Megabytes a second, such as 10 or 0.5'],
    [
      'nic',
      { nic: { mac: '01:00:00:00:00:00' } },
      'A unicast MAC address, such as BC:24:11:00:00:01',
    ],
    ['answers', { setup: 'unattended' }, 'Give Administrator a password'],
    [
      'answers',
      { setup: 'unattended', answers: { askAdministratorPassword: true } },
      'Give the password of Administrator again',
    ],
    [
      'answers',
      { ...unattended, answers: { ...unattended.answers, user: { name: 'ops' } } },
      'Give ops a password',
    ],
    [
      'answers',
      { ...unattended, answers: { ...unattended.answers, askProductKey: true } },
      'Give the product key again',
    ],
  ])('%s: %j', (field, form, message) => {
    expect(parsedOf({ ...windows, ...form })).toEqual({ ok: false, errors: { [field]: message } })
  })
})
