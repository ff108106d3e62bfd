import { describe, expect, test } from 'vitest'
import { ubuntu, windows } from './fixtures.ts'
import {
  bootDisk,
  defaultsFor,
  type DeployForm,
  emptyForm,
  type FormField,
  provenanceOf,
  strongest,
} from './form.ts'

describe('defaults follow the template', () => {
  test.each([
    ['none', null, { clone: 'linked', addressing: 'dhcp', ports: '22' }],
    ['Linux', ubuntu, { clone: 'linked', addressing: 'dhcp', ports: '22' }],
    ['Windows', windows, { clone: 'full', addressing: 'template', ports: '3389' }],
    [
      'no known system',
      { ...ubuntu, osType: null },
      { clone: 'linked', addressing: 'dhcp', ports: '22' },
    ],
  ] as const)('%s', (_what, template, defaults) => {
    expect(defaultsFor(template)).toEqual(defaults)
  })
})

test('the disk that grows is the one that boots', () => {
  const [system] = ubuntu.disks
  if (system === undefined) throw new Error('the fixture has a disk')
  const data = { ...system, key: 'scsi1', boot: false }
  expect(bootDisk({ ...ubuntu, disks: [data, system] })).toBe(system)
  expect(bootDisk({ ...ubuntu, disks: [data] })).toBe(data)
  expect(bootDisk({ ...ubuntu, disks: [] })).toBeNull()
})

describe('where a value comes from', () => {
  test.each<[FormField, Partial<DeployForm>, string | null]>([
    ['cores', {}, 'template'],
    ['cores', { size: 'medium' }, 'preset'],
    ['cores', { size: 'custom' }, 'template'],
    ['cores', { size: 'custom', cores: '3' }, 'you'],
    ['disk', {}, 'template'],
    ['disk', { disk: '20' }, 'you'],
    ['clone', {}, 'preset'],
    ['clone', { clone: 'linked' }, 'preset'],
    ['clone', { clone: 'full' }, 'you'],
    ['addressing', {}, 'preset'],
    ['addressing', { addressing: 'dhcp' }, 'preset'],
    ['addressing', { addressing: 'template' }, 'template'],
    ['addressing', { addressing: 'range' }, 'you'],
    ['ports', {}, 'preset'],
    ['ports', { ports: '22' }, 'preset'],
    ['ports', { ports: '' }, 'you'],
    ['bridge', { bridge: 'vmbr1' }, 'you'],
    ['placement', {}, 'preset'],
    ['placement', { placement: 'pack' }, 'you'],
    ['start', { start: false }, 'you'],
    ['onBoot', {}, 'template'],
    ['namePattern', { namePattern: 'web' }, null],
  ])('%s of %j is %s', (field, form, source) => {
    expect(provenanceOf(field, { ...emptyForm, ...form }, ubuntu)).toBe(source)
  })

  test('of several the strongest: you, then preset, then template', () => {
    const fields: FormField[] = ['bridge', 'addressing', 'vlan']
    expect(strongest(fields, emptyForm, ubuntu)).toBe('preset')
    expect(strongest(fields, { ...emptyForm, vlan: '20' }, ubuntu)).toBe('you')
    expect(strongest(fields, emptyForm, windows)).toBe('template')
    expect(strongest(['namePattern'], emptyForm, ubuntu)).toBeNull()
  })
})
