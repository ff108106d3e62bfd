/** VMs that other deployments are still making. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cluster, clusterWith, fullClone, planFor, requestWith } from './fixtures.ts'
import type { PendingVm } from './inventory.ts'

const pending = (changes: Partial<PendingVm> = {}): PendingVm => ({
  vmid: 100,
  name: 'other-01',
  node: 'pve1',
  memoryMiB: 0,
  allocations: [],
  ...changes,
})

const clusterMaking = (...vms: PendingVm[]) => clusterWith({ pending: vms })

test('their ids are passed over, and refused where they are asked for', () => {
  const inventory = clusterMaking(pending({ vmid: 100 }), pending({ vmid: 104 }))
  expect(planFor(requestWith(), inventory).vms.map((vm) => vm.vmid)).toEqual([105, 106, 107])
  const { blockers } = planFor(requestWith({ vms: [{ name: 'a', vmid: 104 }] }), inventory)
  expect(blockers.map(({ code, field }) => [code, field])).toEqual([
    ['vmid-reserved', 'vms.0.vmid'],
  ])
})

test('their names are taken, in upper and lower case', () => {
  const inventory = clusterMaking(pending({ name: 'Web-02' }))
  expect(planFor(requestWith(), inventory).blockers).toEqual([
    {
      code: 'name-taken',
      message: 'web-02 is being made by another deployment: VM 100 on pve1. Choose another name.',
      vm: 'web-02',
      field: 'vms.0.name',
    },
  ])
})

test('memory that they will take sends VMs elsewhere, and the reason counts them', () => {
  const request = requestWith({ vms: [{ name: 'a' }] })
  expect(planFor(request).vms[0]?.node).toBe('pve1')
  const made = planFor(
    request,
    clusterMaking(
      pending({ memoryMiB: 40_000 }),
      pending({ node: 'pve2', memoryMiB: 1000 }),
      // Runs already, so the node's own figures have it.
      pending({ node: 'pve2', memoryMiB: 0 }),
    ),
  )
  expect(made.vms[0]).toMatchObject({
    node: 'pve2',
    placementReason:
      'Spread: pve2 has 0 VMs of this plan so far, and about 40 % of its memory stays free (counting 1 VM still being made).',
  })
  expect(made.capacity.nodes.map((node) => node.memoryPendingMiB)).toEqual([40_000, 1000, 0])
})

test('a warning about memory says what of it is theirs', () => {
  const made = planFor(
    requestWith({ placement: { node: 'pve1' } }),
    clusterMaking(pending({ memoryMiB: 71_680 })),
  )
  expect(made.warnings).toEqual([
    {
      code: 'memory-tight',
      message:
        'pve1 will be at 99 % of its memory: 126.8 GiB of 128 GiB, 70 GiB of it for VMs that are still being made.',
      field: 'placement',
    },
  ])
})

const room = (sizeGiB: number, storage: string, node: string | null) =>
  clusterMaking(pending({ allocations: [{ storage, node, sizeGiB }] }))

describe('room that they will take', () => {
  test('is not given out again on shared storage', () => {
    const request = requestWith({ source: fullClone, defaults: { diskGiB: 100 } })
    expect(planFor(request).blockers).toEqual([])
    const made = planFor(request, room(201, 'ceph-vm', null))
    expect(made.blockers).toEqual([
      {
        code: 'storage-full',
        message:
          'ceph-vm has 500 GiB free, 201 GiB of it for VMs that are still being made, and the full clones may come to 300 GiB. Choose another storage, smaller disks or fewer VMs.',
        field: 'source.clone',
      },
    ])
    expect(made.capacity.storages).toMatchObject([
      { storage: 'ceph-vm', availableGiB: 500, pendingGiB: 201, plannedGiB: 300 },
    ])
  })

  test('of a local storage is that of its node', () => {
    const request = requestWith({
      source: { ...fullClone, vmid: 9001 },
      defaults: { diskGiB: 100 },
    })
    const pendingOn = (node: string) =>
      planFor(request, room(201, 'local-lvm', node)).blockers.map(({ code }) => code)
    expect(pendingOn('pve1')).toEqual([])
    expect(pendingOn('pve2')).toEqual(['storage-full'])
  })

  test('counts in the warning of linked clones that all fill up', () => {
    const request = requestWith({ defaults: { diskGiB: 100 } })
    expect(planFor(request).warnings).toEqual([])
    expect(planFor(request, room(250, 'ceph-vm', null)).warnings).toMatchObject([
      { code: 'storage-overcommit' },
    ])
  })
})

test('no node gets more than it has while another has room, whatever others are making', () => {
  const figures = fc.array(fc.integer({ min: 0, max: 65_536 }), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(
      figures,
      figures,
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom('spread' as const, 'pack' as const),
      (used, others, count, strategy) => {
        const memoryMiB = 8192
        const inventory = clusterWith({
          nodes: cluster.nodes.map((node, i) => ({ ...node, memoryUsedMiB: used[i] ?? 0 })),
          pending: cluster.nodes.map(({ name }, i) =>
            pending({ vmid: 500 + i, node: name, memoryMiB: others[i] ?? 0 }),
          ),
        })
        const { capacity } = planFor(
          requestWith({
            vms: [{ name: 'web-{n}', count }],
            defaults: { memoryMiB },
            placement: { strategy },
          }),
          inventory,
        )
        const after = capacity.nodes.map((node, i) => ({
          vms: node.vms,
          leftMiB: 131_072 - (used[i] ?? 0) - (others[i] ?? 0) - node.memoryPlannedMiB,
        }))
        const over = after.some(({ vms, leftMiB }) => vms > 0 && leftMiB < 0)
        expect(over && after.some(({ leftMiB }) => leftMiB >= memoryMiB)).toBe(false)
      },
    ),
  )
})

const allocations = (clone: 'full' | 'linked', diskGiB?: number) =>
  planFor(
    requestWith({
      source: { ...fullClone, clone },
      ...(diskGiB !== undefined && { defaults: { diskGiB } }),
      vms: [{ name: 'a' }],
    }),
  ).vms[0]?.allocations

const on = (sizeGiB: number) => [{ storage: 'ceph-vm', node: null, sizeGiB }]

test('what a VM will take is in the plan: whole disks of full clones, growth of linked ones', () => {
  expect(allocations('full')).toEqual(on(12))
  expect(allocations('full', 20)).toEqual(on(20))
  expect(allocations('linked')).toEqual(on(0))
  expect(allocations('linked', 20)).toEqual(on(8))
})
