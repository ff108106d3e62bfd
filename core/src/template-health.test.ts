import { describe, expect, it } from 'vitest'
import { sharedTemplate } from './fixtures.ts'
import type { Template } from './inventory.ts'
import {
  type HealthCheck,
  nextVersionName,
  templateHealth,
  type TemplateHardware,
  templateHealthSchema,
} from './template-health.ts'

const now = new Date('2026-11-23T12:00:00Z')

const hardware: TemplateHardware = {
  machine: 'q35',
  bios: 'ovmf',
  scsiController: 'virtio-scsi-single',
  serial: true,
  efiType: '4m',
  tpm: false,
}

const healthOf = (
  template: Partial<Template>,
  more: Partial<TemplateHardware> = {},
  linkedClones: { vmid: number; name: string | null; node: string }[] | null = [],
) =>
  templateHealth({
    template: { ...sharedTemplate, createdAt: '2026-11-01T00:00:00Z', ...template },
    hardware: { ...hardware, ...more },
    linkedClones,
    now,
  })

const windows: Partial<Template> = { osType: 'win11', cloudInitDrive: null, inherited: {} }

describe('a template as it should be', () => {
  it('is good in every point, and says so', () => {
    const health = healthOf({})
    expect(templateHealthSchema.parse(health)).toEqual(health)
    expect(health.status).toBe('good')
    expect(health.checks.map(({ code, status, fix }) => [code, status, fix])).toEqual([
      ['agent', 'good', null],
      ['cloud-init', 'good', null],
      ['disk-bus', 'good', null],
      ['serial', 'good', null],
      ['firmware', 'good', null],
      ['network', 'good', null],
      ['age', 'good', null],
    ])
  })

  it('may be Windows without cloud-init and serial console', () => {
    const health = healthOf(windows, { serial: false, tpm: true })
    expect(health.status).toBe('note')
    expect(health.checks.map(({ code }) => code)).not.toContain('serial')
  })
})

type Row = [
  what: string,
  template: Partial<Template>,
  hardware: Partial<TemplateHardware>,
  code: HealthCheck['code'],
  status: HealthCheck['status'],
  command: string | null,
]

const boot = { storage: 'ceph-vm', volid: 'ceph-vm:base-9000-disk-0', sizeGiB: 12, boot: true }
const nic = { key: 'net0', bridge: 'vmbr0', vlan: null, firewall: false, options: '' }

const rows: Row[] = [
  ['no agent', { agent: false }, {}, 'agent', 'warning', 'qm set 9000 --agent enabled=1'],
  [
    'no cloud-init drive',
    { cloudInitDrive: null },
    {},
    'cloud-init',
    'warning',
    'qm set 9000 --ide2 ceph-vm:cloudinit',
  ],
  [
    'Windows without one',
    windows,
    { tpm: true },
    'cloud-init',
    'note',
    'qm set 9000 --ide2 ceph-vm:cloudinit',
  ],
  ['a SATA disk', { disks: [{ key: 'sata0', ...boot }] }, {}, 'disk-bus', 'warning', null],
  ['an LSI controller', {}, { scsiController: 'lsi' }, 'disk-bus', 'warning', null],
  [
    'a virtio disk',
    { disks: [{ key: 'virtio0', ...boot }] },
    { scsiController: 'lsi' },
    'disk-bus',
    'good',
    null,
  ],
  ['no boot disk', { disks: [] }, {}, 'disk-bus', 'bad', 'qm set 9000 --boot order=scsi0'],
  ['no serial console', {}, { serial: false }, 'serial', 'note', 'qm set 9000 --serial0 socket'],
  ['a BIOS', {}, { bios: 'seabios', machine: null }, 'firmware', 'good', null],
  ['Windows 11 with a BIOS', windows, { bios: 'seabios' }, 'firmware', 'bad', null],
  [
    'UEFI without EFI disk',
    {},
    { efiType: null },
    'firmware',
    'bad',
    'qm set 9000 --efidisk0 ceph-vm:1,efitype=4m,pre-enrolled-keys=1',
  ],
  ['a small EFI disk', {}, { efiType: '2m' }, 'firmware', 'note', null],
  [
    'Windows 11 without TPM',
    windows,
    {},
    'tpm',
    'warning',
    'qm set 9000 --tpmstate0 ceph-vm:1,version=v2.0',
  ],
  ['an emulated card', { nics: [{ ...nic, model: 'e1000' }] }, {}, 'network', 'note', null],
  ['no card', { nics: [] }, {}, 'network', 'note', null],
  ['an ISO', { cdVolumes: ['local:iso/debian.iso'] }, {}, 'cd', 'note', null],
  ['a year', { createdAt: '2025-11-23T12:00:00Z' }, {}, 'age', 'warning', null],
  ['a lock', { lock: 'backup' }, {}, 'lock', 'warning', 'qm unlock 9000'],
  ['protection', { inherited: { protection: '1' } }, {}, 'protection', 'note', null],
]

describe('a template', () => {
  it.each(rows)(
    'with %s says so, and what to do',
    (_what, template, more, code, status, command) => {
      const found = healthOf(template, more).checks.find((check) => check.code === code)
      expect(found?.status).toBe(status)
      expect(found?.fix?.command ?? null).toBe(command)
    },
  )

  it('has its worst points first, and is as bad as the worst', () => {
    const health = healthOf({ agent: false }, { serial: false, efiType: null })
    expect(health.status).toBe('bad')
    expect(health.checks.slice(0, 4).map(({ status }) => status)).toEqual([
      'bad',
      'warning',
      'note',
      'good',
    ])
  })

  it('tells which clones hang on it', () => {
    const clones = [{ vmid: 105, name: 'web', node: 'pve1' }]
    expect(healthOf({}, {}, clones)).toMatchObject({ linkedClones: clones, status: 'note' })
    expect(healthOf({}, {}, null).checks.map(({ code }) => code)).not.toContain('linked-clones')
  })

  it('of which nobody knows the age says nothing of it', () => {
    expect(healthOf({ createdAt: null }).checks.map(({ code }) => code)).not.toContain('age')
  })
})

it.each([
  ['ubuntu-24.04', [], 'ubuntu-24.04-v2'],
  ['ubuntu-24.04', ['ubuntu-24.04', 'ubuntu-24.04-v2', 'ubuntu-22.04-v9'], 'ubuntu-24.04-v3'],
  ['ubuntu-24.04-v2', ['ubuntu-24.04', 'ubuntu-24.04-v5'], 'ubuntu-24.04-v6'],
  ['base-v', [], 'base-v-v2'],
] as const)('the version after %s beside %j is %s', (name, taken, next) => {
  expect(nextVersionName(name, taken)).toBe(next)
})
