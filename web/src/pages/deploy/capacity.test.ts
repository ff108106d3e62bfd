import { expect, test } from 'vitest'
import { nodeBars, storageBars, totalsOf } from './capacity.ts'
import { emptyPlan } from './fixtures.ts'
import { privilegeLines } from './privileges.ts'

test('totals, with the unit apart', () => {
  const totals = { vms: 1, cores: 20, memoryMiB: 40_960, diskGiB: 2048, calls: 4 }
  expect(totalsOf({ ...emptyPlan, totals })).toEqual([
    { value: '1', unit: '', label: 'VM' },
    { value: '20', unit: '', label: 'cores' },
    { value: '40', unit: 'GiB', label: 'memory' },
    { value: '2', unit: 'TiB', label: 'disk' },
  ])
})

test('memory by node, in GiB; a node that hides its figures has no bar', () => {
  const node = {
    node: 'pve1',
    vms: 4,
    memoryMiB: 131_072,
    memoryUsedMiB: 53_248,
    memoryPendingMiB: 0,
    memoryPlannedMiB: 16_384,
  }
  const nodes = [
    node,
    { ...node, node: 'pve2', vms: 0, memoryPlannedMiB: 0 },
    { ...node, node: 'pve3', memoryMiB: null },
  ]
  expect(nodeBars({ ...emptyPlan, capacity: { nodes, storages: [] } })).toEqual([
    {
      name: 'pve1',
      used: 52,
      pending: 0,
      planned: 16,
      total: 128,
      caption: '52 to 68 of 128 GiB',
      gain: '+4 VMs',
    },
    {
      name: 'pve2',
      used: 52,
      pending: 0,
      planned: 0,
      total: 128,
      caption: '52 of 128 GiB',
      gain: 'none',
    },
  ])
})

test('what other deployments are still making counts, and is told apart', () => {
  const capacity = {
    nodes: [
      {
        node: 'pve1',
        vms: 4,
        memoryMiB: 131_072,
        memoryUsedMiB: 53_248,
        memoryPendingMiB: 4096,
        memoryPlannedMiB: 16_384,
      },
    ],
    storages: [
      {
        storage: 'local-lvm',
        node: 'pve1',
        totalGiB: 500,
        availableGiB: 100,
        pendingGiB: 30,
        plannedGiB: 20,
      },
    ],
  }
  expect(nodeBars({ ...emptyPlan, capacity })).toMatchObject([
    { pending: 4, planned: 16, caption: '52 to 72 of 128 GiB, 4 GiB of it for VMs being made' },
  ])
  expect(storageBars({ ...emptyPlan, capacity })).toMatchObject([
    {
      pending: 30,
      caption: 'local-lvm: 100 to 50 free of 500 GiB, 30 GiB of it for VMs being made',
    },
  ])
})

test('room of storages, the shared one named so', () => {
  const storages = [
    {
      storage: 'ceph-vm',
      node: null,
      totalGiB: 4000,
      availableGiB: 1900,
      pendingGiB: 0,
      plannedGiB: 200,
    },
    {
      storage: 'local-lvm',
      node: 'pve1',
      totalGiB: 500,
      availableGiB: 100,
      pendingGiB: 0,
      plannedGiB: 0,
    },
  ]
  expect(storageBars({ ...emptyPlan, capacity: { nodes: [], storages } })).toMatchObject([
    { name: 'shared', used: 2100, caption: 'ceph-vm: 1.86 to 1.66 free of 3.91 TiB' },
    {
      name: 'pve1',
      used: 400,
      caption: 'local-lvm: 100 free of 500 GiB. Linked clones take room as they are written to',
      gain: 'none yet',
    },
  ])
})

test('privileges of many VMs read as few lines, what is missing first', () => {
  expect(
    privilegeLines([
      { privilege: 'VM.Config.CPU', path: '/vms/211', granted: true },
      { privilege: 'VM.Config.CPU', path: '/vms/212', granted: true },
      { privilege: 'VM.Clone', path: '/vms/9000', granted: false },
    ]),
  ).toEqual([
    { privilege: 'VM.Clone', granted: false, paths: '/vms/9000' },
    { privilege: 'VM.Config.CPU', granted: true, paths: '/vms/211 and 1 more' },
  ])
})
