import { expect, test } from 'vitest'
import { planFor } from '../fixtures.ts'
import type { Storage } from '../inventory.ts'
import { fromIso, scratchCluster, scratchClusterWith } from './fixtures.ts'

const nas = (node: string): Storage => ({
  name: 'nas',
  node,
  type: 'nfs',
  shared: true,
  active: true,
  content: ['iso'],
  totalGiB: null,
  availableGiB: null,
})

test('only the nodes that have the ISO take VMs', () => {
  const volumes = scratchCluster.volumes.filter(({ node }) => node === 'pve3')
  const inventory = scratchClusterWith({ volumes })
  const plan = planFor(fromIso('linux', { vms: [{ name: 'vm-{1..3}' }] }), inventory)
  expect(plan.blockers).toEqual([])
  expect(plan.vms.map(({ node }) => node)).toEqual(['pve3', 'pve3', 'pve3'])
  expect(plan.vms[0]?.placementReason).toBe('pve3 alone has the ISO on its storage.')
})

test('a shared storage that a node does not have keeps VMs off that node', () => {
  const inventory = scratchClusterWith({
    storages: [...scratchCluster.storages, nas('pve2'), nas('pve3')],
    volumes: [
      { volid: 'nas:iso/a.iso', storage: 'nas', node: null, content: 'iso', diskGiB: null },
    ],
  })
  const source = { kind: 'iso', volid: 'nas:iso/a.iso', osType: 'linux' } as const
  const plan = planFor(fromIso('linux', { source, vms: [{ name: 'vm-{1..4}' }] }), inventory)
  expect(plan.blockers).toEqual([])
  expect(new Set(plan.vms.map(({ node }) => node))).toEqual(new Set(['pve2', 'pve3']))
})

test('disks without a storage go where there is the most room', () => {
  const storages = scratchCluster.storages.map((storage) =>
    storage.name === 'local-lvm' ? { ...storage, availableGiB: 900 } : storage,
  )
  const plan = planFor(fromIso('linux'), scratchClusterWith({ storages }))
  expect(plan.vms[0]?.storage).toBe('local-lvm')
})

test('disks in a format that only files have go to a directory, and say so where there is none', () => {
  const request = fromIso('linux', { defaults: { hardware: { disk: { format: 'qcow2' } } } })
  const storages = scratchCluster.storages.map((storage) =>
    storage.name === 'local' ? { ...storage, content: [...storage.content, 'images'] } : storage,
  )
  expect(planFor(request, scratchClusterWith({ storages })).vms[0]?.storage).toBe('local')
  const [blocker] = planFor(request, scratchCluster).blockers
  expect(blocker).toMatchObject({ code: 'no-disk-storage' })
  expect(blocker?.message).toContain('storage that takes disk images as files')
})

test('a VM whose disk has a format goes to a directory beside one whose disk has none', () => {
  const storages = scratchCluster.storages.map((storage) => ({
    ...storage,
    ...(storage.name === 'local' && { content: [...storage.content, 'images'], availableGiB: 90 }),
    ...(storage.name === 'local-lvm' && { availableGiB: 900 }),
  }))
  const vms = [
    { name: 'plain', node: 'pve1' },
    { name: 'file', node: 'pve1', hardware: { disk: { format: 'qcow2' as const } } },
  ]
  const plan = planFor(fromIso('linux', { vms }), scratchClusterWith({ storages }))
  expect(plan.vms.map(({ storage }) => storage)).toEqual(['local-lvm', 'local'])
})

test('a storage that is not there is told at the disk of each VM', () => {
  const hardware = { disks: [{ sizeGiB: 1, storage: 'nowhere' }] }
  const vms = [
    { name: 'one', node: 'pve1', hardware },
    { name: 'two', node: 'pve1', hardware },
  ]
  const { blockers } = planFor(fromIso('linux', { vms }), scratchCluster)
  expect(blockers.map(({ field }) => field)).toEqual([
    'vms.0.hardware.disks.0.storage',
    'vms.1.hardware.disks.0.storage',
  ])
})

test.each([
  ['lvm', { blockers: ['storage-full'], warnings: [] }],
  ['lvmthin', { blockers: [], warnings: ['storage-overcommit'] }],
])('new disks that are larger than the room on %s', (type, codes) => {
  const storages = scratchCluster.storages.map((storage) =>
    storage.name === 'local-lvm' ? { ...storage, type, availableGiB: 10 } : storage,
  )
  const request = fromIso('linux', { defaults: { storage: 'local-lvm' } })
  const plan = planFor(request, scratchClusterWith({ storages }))
  expect(plan.blockers.map(({ code }) => code)).toEqual(codes.blockers)
  expect(plan.warnings.map(({ code }) => code)).toEqual(codes.warnings)
})
