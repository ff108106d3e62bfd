import * as fc from 'fast-check'
import { osTypes } from '@deployer/core/hardware/request.ts'
import { toBlueprint } from '@deployer/core/blueprint.ts'
import { createIssueLog } from '@deployer/core/issues.ts'
import { expandRequest } from '@deployer/core/specs.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { describe, expect, test } from 'vitest'
import { loadDraft, saveDraft } from '../draft.ts'
import { type DeployForm, emptyForm, emptyTable, type FormField } from '../form.ts'
import { fromRequest } from '../from-request.ts'
import { toRequest } from '../request.ts'
import { basisOf } from './profile.ts'
import { emptyScratch } from './state.ts'

const context = { version: { major: 9, minor: 2 }, nodes: 3 }

const named: DeployForm = { ...emptyForm, namePattern: 'vm-{01..03}' }

const windows: DeployForm = {
  ...named,
  source: 'iso',
  volid: 'local:iso/Win11_24H2_English_x64.iso',
  osType: 'windows-11',
  drivers: 'local:iso/virtio-win-0.1.285.iso',
}

const unattended: DeployForm = {
  ...windows,
  setup: 'unattended',
  answers: { administratorPassword: 'correct horse' },
}

const image: DeployForm = { ...named, source: 'image', volid: 'local:import/debian-13.qcow2' }

const parsedOf = (form: DeployForm) => toRequest(form, basisOf(form, context))

function requestOf(form: DeployForm): DeploymentRequest {
  const parsed = parsedOf(form)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.request
}

/** As it is sent. */
const sent = (form: DeployForm): unknown => JSON.parse(JSON.stringify(requestOf(form)))

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

const option = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

const hardware = fc.record(
  {
    cpuType: fc.constantFrom('host', 'x86-64-v3'),
    sockets: fc.constantFrom('1', '2'),
    balloon: fc.constantFrom('0', '2', '512 MiB'),
    firmware: fc.constantFrom('bios' as const, 'uefi' as const),
    secureBoot: fc.boolean(),
    tpm: fc.boolean(),
    machine: fc.constantFrom('pc', 'pc-q35-9.0'),
    display: fc.constantFrom('std' as const, 'serial0' as const),
    agent: fc.boolean(),
  },
  { requiredKeys: [] },
)

const disk = fc.record(
  {
    bus: fc.constantFrom('scsi' as const, 'sata' as const),
    discard: fc.boolean(),
    cache: fc.constantFrom('none' as const, 'writeback' as const),
  },
  { requiredKeys: [] },
)

const scratchForm: fc.Arbitrary<DeployForm> = fc
  .record({
    source: fc.constantFrom('iso' as const, 'image' as const),
    volid: fc.constantFrom('local:iso/a.iso', 'nfs:import/b.qcow2'),
    osType: fc.constantFrom(...osTypes),
    drivers: fc.constantFrom('', 'local:iso/virtio-win.iso'),
    convert: fc.boolean(),
    setup: fc.constantFrom('hand' as const, 'unattended' as const),
    answers: fc.record({
      edition: option('3', 'Windows 11 Home'),
      language: option('de-DE'),
      administratorPassword: fc.constant('correct horse'),
      productKey: option('ABCDE-12345-ABCDE-12345-ABCDE'),
      user: option({ name: 'ops', password: 'battery staple' }),
      remoteDesktop: option(false),
      commands: option(['echo one']),
    }),
    hardware,
    drives: fc.record({
      boot: disk,
      more: fc.array(
        disk.map((options) => ({ ...options, size: '20', storage: 'ceph-vm' })),
        { maxLength: 2 },
      ),
      order: fc.constantFrom('', 'scsi0, net0'),
    }),
    nic: fc.record(
      { model: fc.constant('e1000' as const), firewall: fc.boolean(), rate: fc.constant('10') },
      { requiredKeys: [] },
    ),
    storage: fc.constantFrom('', 'local-lvm'),
    bridge: fc.constantFrom('', 'vmbr1'),
    disk: fc.constantFrom('', '80'),
    size: fc.constantFrom('template', 'custom'),
    cores: fc.constantFrom('', '6'),
    start: fc.boolean(),
    ports: fc.constantFrom(null, '', '3389'),
    overrides: fc.dictionary(
      fc.constantFrom('0', '1', '2'),
      fc.record(
        {
          cores: fc.constant('8'),
          hardware: fc.constantFrom('{"cpuType":"host"}', '{"tpm":false,"display":"none"}'),
          card: fc.constantFrom('none', 'model=vmxnet3 firewall=false rateMBps=5'),
          start: fc.constantFrom('yes', 'no'),
        },
        { requiredKeys: [] },
      ),
    ),
  })
  .map(({ overrides, ...fields }) => ({
    ...named,
    ...fields,
    table: { ...emptyTable, overrides },
  }))

/** What core makes of a request, VM by VM, without where each setting stands in it. */
function meant(form: DeployForm): unknown {
  const { vms: _vms, defaults: _defaults, ...rest } = requestOf(form)
  const specs = expandRequest(requestOf(form), createIssueLog()).map(({ row: _row, ...spec }) => ({
    ...spec,
    // What is not started is not checked, whatever it inherits.
    validate: spec.start ? spec.validate : null,
    networks: spec.networks.map(({ field: _field, ...network }) => network),
  }))
  return JSON.parse(JSON.stringify({ ...rest, specs }))
}

/** Secrets are typed again after "deploy again". */
function withSecrets(form: DeployForm, secrets: DeployForm): DeployForm {
  const { askAdministratorPassword: _one, askProductKey: _two, ...answers } = form.answers
  const { administratorPassword, productKey, user } = secrets.answers
  return {
    ...form,
    answers: {
      ...answers,
      ...(form.answers.askAdministratorPassword && { administratorPassword }),
      ...(form.answers.askProductKey && { productKey }),
      ...(answers.user && { user: { name: answers.user.name, password: user?.password } }),
    },
  }
}

test('whatever the form asks for survives "deploy again", drafts and blueprints; secrets are in none of them', () => {
  const items = new Map<string, string>()
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
  fc.assert(
    fc.property(scratchForm, (form) => {
      const first = meant(form)
      const request = requestOf(form)
      const again = fromRequest(request)
      expect(JSON.stringify(again)).not.toMatch(/correct horse|battery|ABCDE/)
      expect(meant(withSecrets(again, form))).toEqual(first)
      const blueprint = toBlueprint(request, { name: undefined })
      // A key is for one installation, and no blueprint asks for it.
      const keyless = { ...form, answers: { ...form.answers, productKey: undefined } }
      expect(meant(withSecrets(fromRequest(blueprint), form))).toEqual(meant(keyless))
      saveDraft(storage, form, new Date())
      expect(JSON.stringify([...items])).not.toMatch(/correct horse|battery|ABCDE/)
      expect(meant(withSecrets(loadDraft(storage)?.form ?? emptyForm, form))).toEqual(first)
    }),
    { numRuns: 100 },
  )
})

test('a draft of an earlier version has no such fields, and is read', () => {
  const { source: _source, volid: _volid, ...earlier } = { ...named, ...emptyScratch }
  const text = JSON.stringify({ version: 1, savedAt: 0, form: earlier })
  const storage = { getItem: () => text, setItem: () => {}, removeItem: () => {} }
  expect(loadDraft(storage)?.form).toEqual(named)
})
