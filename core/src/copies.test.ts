import { describe, expect, test } from 'vitest'
import { differenceOf, localVolumeOf, withCopies } from './copies.ts'
import { cluster, localTemplate, sharedTemplate } from './fixtures.ts'
import type { Template } from './inventory.ts'

const copy = (vmid: number, node: string, changes: Partial<Template> = {}): Template => ({
  ...localTemplate,
  vmid,
  node,
  ...changes,
})

/** VMIDs of the copies of each template. */
const copiesIn = (templates: Template[], inventory = cluster) =>
  Object.fromEntries(
    withCopies(templates, inventory).map(({ vmid, copies }) => [
      vmid,
      copies.map((each) => `${each.node}/${each.vmid}`),
    ]),
  )

describe('copies', () => {
  test('are those of the same name on the other nodes, each for all', () => {
    expect(copiesIn([localTemplate, copy(9002, 'pve1'), copy(9003, 'pve3')])).toEqual({
      9001: ['pve1/9002', 'pve3/9003'],
      9002: ['pve2/9001', 'pve3/9003'],
      9003: ['pve2/9001', 'pve1/9002'],
    })
  })

  test('are one for each node, the lowest VMID, whatever the order', () => {
    expect(copiesIn([copy(9005, 'pve1'), copy(9004, 'pve1'), localTemplate])).toEqual({
      9001: ['pve1/9004'],
      9004: ['pve2/9001'],
      9005: ['pve2/9001'],
    })
  })

  test.each<[string, Partial<Template>]>([
    ['another name', { name: 'debian-12' }],
    ['the same node', { node: 'pve2' }],
    ['other disks', { disks: [] }],
    [
      'shared storage',
      { disks: sharedTemplate.disks, cloudInitVolume: sharedTemplate.cloudInitVolume },
    ],
  ])('are none with %s', (_what, changes) => {
    expect(copiesIn([localTemplate, copy(9002, 'pve1', changes)])[9001]).toEqual([])
  })

  test('may lie on storages of other names, and have other tags and texts', () => {
    const changes: Partial<Template> = {
      disks: localTemplate.disks.map((disk) => ({
        ...disk,
        storage: 'local-zfs',
        volid: 'local-zfs:base-9002-disk-0',
      })),
      cloudInitVolume: 'local-zfs:vm-9002-cloudinit',
      tags: ['other'],
      description: 'Made on Monday',
      createdAt: '2026-01-01T00:00:00.000Z',
    }
    expect(copiesIn([localTemplate, copy(9002, 'pve1', changes)])[9001]).toEqual(['pve1/9002'])
  })

  test('are none on CPUs of another kind, unless the config names the kind', () => {
    const nodes = cluster.nodes.map((node) =>
      node.name === 'pve1' ? { ...node, architecture: 'aarch64' } : node,
    )
    const mixed = { ...cluster, nodes }
    expect(copiesIn([localTemplate, copy(9002, 'pve1')], mixed)[9001]).toEqual([])
    const named = copy(9002, 'pve1', { inherited: { ...localTemplate.inherited, arch: 'x86_64' } })
    expect(copiesIn([localTemplate, named], mixed)[9001]).toEqual(['pve1/9002'])
  })
})

test.each<[string, Partial<Template>]>([
  ['OS type (none instead of l26)', { osType: null }],
  [
    'disks (scsi0 of 20 GiB to boot from instead of scsi0 of 12 GiB to boot from)',
    { disks: localTemplate.disks.map((disk) => ({ ...disk, sizeGiB: 20 })) },
  ],
  [
    'disks (virtio0 of 12 GiB to boot from instead of scsi0 of 12 GiB to boot from)',
    { disks: localTemplate.disks.map((disk) => ({ ...disk, key: 'virtio0' })) },
  ],
  ['CPUs (2 × 1 instead of 1 × 2)', { sockets: 2, cores: 1 }],
  ['memory (4096 MiB instead of 2048 MiB)', { memoryMiB: 4096 }],
  ['NICs (none instead of net0: virtio=auto,bridge=vmbr0,firewall=1,queues=4)', { nics: [] }],
  ['cloud-init drive (none instead of ide2)', { cloudInitDrive: null }],
  ['CD images (local:iso/x.iso instead of none)', { cdVolumes: ['local:iso/x.iso'] }],
  ['guest agent (disabled instead of enabled)', { agent: false }],
  [
    'settings (balloon: 512 ipconfig0: ip=dhcp instead of ipconfig0: ip=dhcp)',
    {
      inherited: { ipconfig0: 'ip=dhcp', balloon: '512' },
    },
  ],
  [
    'architecture (aarch64 instead of x86_64)',
    { inherited: { ipconfig0: 'ip=dhcp', arch: 'aarch64' } },
  ],
])('a copy differs: %s', (difference, changes) => {
  expect(differenceOf(localTemplate, copy(9002, 'pve1', changes), cluster)).toBe(difference)
})

test.each<[string, string | undefined, Template]>([
  ['all shared', undefined, sharedTemplate],
  ['a disk', 'scsi0', localTemplate],
  [
    'the cloud-init drive',
    'cloud-init drive',
    { ...sharedTemplate, cloudInitVolume: 'local-lvm:vm-9000-cloudinit' },
  ],
  ['a CD image', 'CD image local:iso/x.iso', { ...sharedTemplate, cdVolumes: ['local:iso/x.iso'] }],
  [
    'a disk of the host',
    'scsi0',
    { ...sharedTemplate, disks: sharedTemplate.disks.map((disk) => ({ ...disk, storage: '' })) },
  ],
])('what is local of a template: %s', (_what, name, template) => {
  expect(localVolumeOf(template, cluster)?.name).toBe(name)
})
