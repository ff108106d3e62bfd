import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Template } from '@deployer/core/inventory.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { type DeployForm, emptyForm, type FormField } from './form.ts'
import { ubuntu, windows } from './fixtures.ts'
import { memoryText, parseList, parseMemoryMiB } from './reading.ts'
import { fromRequest } from './from-request.ts'
import { toRequest } from './request.ts'

const filled: DeployForm = { ...emptyForm, template: 9000, namePattern: 'web-{01..03}' }

function request(form: Partial<DeployForm>, template: Template | null = ubuntu): unknown {
  const parsed = toRequest({ ...filled, ...form }, template)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  // As it is sent.
  return JSON.parse(JSON.stringify(parsed.request))
}

describe('from the form to the request', () => {
  test('the least that it takes', () => {
    expect(request({})).toEqual({
      source: { kind: 'template', vmid: 9000, clone: 'linked' },
      defaults: { networks: [{ ip: 'dhcp' }], start: true, validate: { ports: [22] } },
      placement: { strategy: 'spread' },
      vms: [{ name: 'web-{01..03}' }],
    })
  })

  test('a Windows template without cloud-init, on a storage that cannot link', () => {
    expect(request({}, windows)).toEqual({
      source: { kind: 'template', vmid: 9000, clone: 'full' },
      defaults: { start: true, validate: { ports: [3389] } },
      placement: { strategy: 'spread' },
      vms: [{ name: 'web-{01..03}' }],
    })
  })

  test('everything', () => {
    expect(
      request({
        deploymentName: ' web tier ',
        namePattern: 'web-{n}',
        quantity: 7,
        size: 'custom',
        cores: '3',
        memory: '6144 MiB',
        disk: '40g',
        placement: 'node',
        node: 'pve2',
        clone: 'full',
        storage: 'local-lvm',
        pool: 'lab',
        bridge: 'vmbr1',
        vlan: '20',
        addressing: 'range',
        range: '10.0.0.{20..26}/24',
        gateway: '10.0.0.1',
        nameservers: '10.0.0.2, 10.0.0.3',
        ports: '22, 443',
        tags: 'Web staging',
        description: 'Front',
        onBoot: 'yes',
      }),
    ).toEqual({
      name: 'web tier',
      source: { kind: 'template', vmid: 9000, clone: 'full' },
      defaults: {
        cores: 3,
        memoryMiB: 6144,
        diskGiB: 40,
        storage: 'local-lvm',
        networks: [
          {
            bridge: 'vmbr1',
            vlan: 20,
            ip: '10.0.0.{20..26}/24',
            gateway: '10.0.0.1',
            nameservers: ['10.0.0.2', '10.0.0.3'],
          },
        ],
        description: 'Front',
        tags: ['web', 'staging'],
        onBoot: true,
        start: true,
        validate: { ports: [22, 443] },
      },
      placement: { node: 'pve2' },
      pool: 'lab',
      vms: [{ name: 'web-{n}', count: 7 }],
    })
  })

  test.each<[string, Partial<DeployForm>, object]>([
    ['a preset sends its figures', { size: 'medium' }, { cores: 2, memoryMiB: 4096 }],
    ['custom may set one of both', { size: 'custom', cores: '6' }, { cores: 6 }],
    ['fields of another size are not sent', { size: 'template', cores: '6', memory: '9' }, {}],
  ])('size: %s', (_what, form, sent) => {
    expect(request(form)).toHaveProperty('defaults', {
      ...sent,
      networks: [{ ip: 'dhcp' }],
      start: true,
      validate: { ports: [22] },
    })
  })

  test('a linked clone sends no storage, even if one was chosen for a full one', () => {
    expect(request({ clone: 'linked', storage: 'local-lvm' })).not.toHaveProperty(
      'defaults.storage',
    )
  })

  test('an address range that is not in use is not sent', () => {
    expect(
      request({ addressing: 'dhcp', range: '10.0.0.5/24', gateway: '10.0.0.1' }),
    ).toHaveProperty('defaults.networks', [{ ip: 'dhcp' }])
  })

  test('as the template: no network is sent at all', () => {
    expect(request({ addressing: 'template' })).not.toHaveProperty('defaults.networks')
  })

  test('what is not started is not checked', () => {
    expect(request({ start: false, ports: '22' })).toHaveProperty('defaults', {
      networks: [{ ip: 'dhcp' }],
      start: false,
    })
  })

  test('no ports means that none are checked', () => {
    expect(request({ ports: '' })).toHaveProperty('defaults.validate', { ports: [] })
  })
})

describe('what cannot be read is said at its field', () => {
  test.each<[FormField, Partial<DeployForm>, string]>([
    ['template', { template: null }, 'Choose a template'],
    ['namePattern', { namePattern: ' ' }, 'Give a name, or a pattern such as web-{01..10}'],
    ['cores', { size: 'custom', cores: 'four' }, 'A whole number from 1 to 512'],
    ['cores', { size: 'custom', cores: '0' }, 'A whole number from 1 to 512'],
    [
      'memory',
      { size: 'custom', memory: '8 eggs' },
      'A size such as 4 (GiB) or 512 MiB, at most 8192 GiB',
    ],
    ['size', { size: 'huge' }, 'Choose a size'],
    ['disk', { disk: 'big' }, 'A size such as 20 (GiB) or 1t, at most 131072 GiB'],
    ['disk', { disk: '8' }, 'The template has 12 GiB. Disks grow, never shrink.'],
    ['node', { placement: 'node' }, 'Choose a node'],
    ['vlan', { vlan: '4095' }, 'A VLAN tag from 1 to 4094'],
    ['range', { addressing: 'range' }, 'Give addresses such as 10.0.0.{20..29}/24'],
    ['ports', { ports: '22, ssh' }, 'Ports from 1 to 65535, divided by commas: 22, 443'],
    ['ports', { ports: '1 2 3 4 5 6 7 8 9 10 11' }, 'At most 10 ports'],
    [
      'tags',
      { tags: 'web, #1' },
      'Tags use lower-case letters, digits and _ - + . and start with a letter, digit or _',
    ],
  ])('%s: %j', (field, form, message) => {
    expect(toRequest({ ...filled, ...form }, ubuntu)).toEqual({
      ok: false,
      errors: { [field]: message },
    })
  })

  test('all of them at once', () => {
    const parsed = toRequest({ ...emptyForm, vlan: 'x', disk: 'y' }, null)
    expect(parsed.ok ? [] : Object.keys(parsed.errors).toSorted()).toEqual([
      'disk',
      'namePattern',
      'template',
      'vlan',
    ])
  })
})

const full: DeploymentRequest = {
  name: 'web tier',
  source: { kind: 'template', vmid: 9000, clone: 'full' },
  defaults: {
    cores: 2,
    memoryMiB: 4096,
    diskGiB: 20,
    storage: 'local-lvm',
    networks: [
      {
        bridge: 'vmbr0',
        vlan: 20,
        ip: '10.0.0.{20..29}/24',
        gateway: '10.0.0.1',
        nameservers: ['10.0.0.2'],
      },
      { bridge: 'vmbr1' },
    ],
    description: 'Front',
    tags: ['web'],
    onBoot: false,
    start: true,
    validate: { ports: [22, 443], agentTimeoutSeconds: 600 },
  },
  placement: { node: 'pve2' },
  pool: 'lab',
  vms: [{ name: 'web-{01..10}' }],
}

describe('from an earlier request to the form and back', () => {
  test.each<[string, DeploymentRequest]>([
    ['one pattern with everything set', full],
    ['a count', { ...full, vms: [{ name: 'web-{n}', count: 4 }] }],
    ['placement packed', { ...full, placement: { strategy: 'pack' } }],
    ['own cores only', { ...full, defaults: { ...full.defaults, cores: 3, memoryMiB: 3000 } }],
    ['not started', { ...full, defaults: { start: false } }],
  ])('%s comes back whole', (_what, original) => {
    expect(toRequest(fromRequest(original), ubuntu)).toEqual({ ok: true, request: original })
  })

  test('a preset is known by its figures', () => {
    expect(fromRequest(full)).toMatchObject({ size: 'medium', cores: '', memory: '' })
  })

  test('VMIDs are not taken over: the earlier VMs have them', () => {
    const form = fromRequest({
      ...full,
      vms: [
        { name: 'a', vmid: 300 },
        { name: 'b', vmid: 301 },
      ],
    })
    expect(toRequest(form, ubuntu)).toMatchObject({
      request: { vms: [{ name: 'a' }, { name: 'b' }] },
    })
    expect(JSON.stringify(form)).not.toMatch(/30[01]/)
  })

  test('the settings of a single row become those of all', () => {
    expect(
      fromRequest({ ...full, vms: [{ name: 'web-01', cores: 8, memoryMiB: 1024, node: 'pve3' }] }),
    ).toMatchObject({ size: 'custom', cores: '8', memory: '1', placement: 'node', node: 'pve3' })
  })

  test('the quantity follows the pattern', () => {
    expect(fromRequest(full).quantity).toBe(10)
    expect(fromRequest({ ...full, vms: [{ name: 'web-{n}', count: 4 }] }).quantity).toBe(4)
    expect(fromRequest({ ...full, vms: [{ name: 'web' }] }).quantity).toBe(1)
  })

  test('whatever the form asks for survives "deploy again"', () => {
    const form = fc.record({
      size: fc.constantFrom('template', 'small', 'x-large', 'custom'),
      cores: fc.constantFrom('', '1', '7'),
      memory: fc.constantFrom('', '2', '3000 MiB'),
      disk: fc.constantFrom('', '12', '1t'),
      placement: fc.constantFrom('spread', 'pack', 'node'),
      node: fc.constant('pve1'),
      clone: fc.constantFrom(null, 'linked', 'full'),
      storage: fc.constantFrom('', 'local-lvm'),
      bridge: fc.constantFrom('', 'vmbr1'),
      vlan: fc.constantFrom('', '20'),
      addressing: fc.constantFrom(null, 'template', 'dhcp', 'range'),
      range: fc.constant('10.0.0.{1..3}/24'),
      gateway: fc.constantFrom('', '10.0.0.254'),
      start: fc.boolean(),
      ports: fc.constantFrom(null, '', '22', '22 443'),
      tags: fc.constantFrom('', 'a b'),
      onBoot: fc.constantFrom('template', 'yes', 'no'),
    })
    fc.assert(
      fc.property(form, (fields) => {
        const first = toRequest({ ...filled, ...fields }, ubuntu)
        if (!first.ok) throw new Error(JSON.stringify(first.errors))
        expect(toRequest(fromRequest(first.request), ubuntu)).toEqual(first)
      }),
    )
  })
})

test.each([
  ['4', 4096],
  ['0.5', 512],
  ['512 MiB', 512],
  ['8g', 8192],
  ['', null],
  ['x', null],
])('memory %j is %j MiB', (text, memoryMiB) => {
  expect(parseMemoryMiB(text)).toBe(memoryMiB)
})

test('a memory size and its text agree', () => {
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 8_388_608 }), (memoryMiB) => {
      expect(parseMemoryMiB(memoryText(memoryMiB))).toBe(memoryMiB)
    }),
  )
})

test.each([
  ['22, 443', ['22', '443']],
  ['web staging;db', ['web', 'staging', 'db']],
  ['  ', []],
])('list %j is %j', (text, items) => {
  expect(parseList(text)).toEqual(items)
})
