import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cluster,
  clusterWith,
  clusterWithTemplate,
  fullClone,
  planFor,
  requestWith,
} from './fixtures.ts'
import type { Inventory } from './inventory.ts'
import type { DeploymentRequest } from './request.ts'

const nodesOf = (request: Partial<DeploymentRequest>, inventory: Inventory = cluster) =>
  planFor(requestWith(request), inventory).vms.map((vm) => vm.node)

const used = (...memoryUsedMiB: (number | null)[]) =>
  clusterWith({
    nodes: cluster.nodes.map((node, index) => ({
      ...node,
      memoryUsedMiB: memoryUsedMiB[index] ?? null,
      memoryMiB: memoryUsedMiB[index] == null ? null : node.memoryMiB,
    })),
  })

const names = (count: number) => [{ name: 'web-{n}', count }]

describe('spread', () => {
  test('goes round, the emptiest node first', () => {
    expect(nodesOf({ vms: names(7) })).toEqual([
      'pve1',
      'pve2',
      'pve3',
      'pve1',
      'pve2',
      'pve3',
      'pve1',
    ])
  })

  test('leaves out a node that would be tight while others are not', () => {
    expect(nodesOf({ vms: names(4) }, used(10_000, 120_000, 20_000))).toEqual([
      'pve1',
      'pve3',
      'pve1',
      'pve3',
    ])
  })

  test('counts the VMs of the plan when it looks for room', () => {
    const nodes = nodesOf(
      { vms: names(8), defaults: { memoryMiB: 16_384 } },
      used(0, 80_000, 80_000),
    )
    expect(nodes.filter((node) => node === 'pve1')).toHaveLength(6)
  })

  test('is what happens when nothing is said, also without figures', () => {
    expect(nodesOf({ placement: { strategy: 'spread' } }, used(null, null, null))).toEqual(
      nodesOf({}, used(null, null, null)),
    )
    expect(nodesOf({}, used(null, null, null))).toEqual(['pve1', 'pve2', 'pve3'])
  })
})

describe('pack', () => {
  const pack = { strategy: 'pack' } as const

  test('fills the fullest node that has room, and stays on it', () => {
    expect(nodesOf({ placement: pack, vms: names(3) })).toEqual(['pve3', 'pve3', 'pve3'])
  })

  test('goes on to the next when it would be tight', () => {
    const nodes = nodesOf({ placement: pack, vms: names(4), defaults: { memoryMiB: 8192 } })
    expect(nodes).toEqual(['pve3', 'pve2', 'pve2', 'pve2'])
  })
})

test('a row may name its node', () => {
  expect(nodesOf({ vms: [{ name: 'a', node: 'pve3' }, { name: 'b' }] })).toEqual(['pve3', 'pve1'])
})

test('clones of a local template stay where it is, and the reason says so', () => {
  const made = planFor(requestWith({ source: { ...fullClone, vmid: 9001 } }))
  expect(made.blockers).toEqual([])
  expect(made.vms.map((vm) => vm.node)).toEqual(['pve2', 'pve2', 'pve2'])
  expect(made.vms[0]?.placementReason).toBe(
    'The template is on local storage of pve2, so its clones are there too.',
  )
})

test.each([
  ['a local CD image', clusterWithTemplate({ cdVolumes: ['local:iso/x.iso'] })],
  [
    'a local cloud-init drive',
    clusterWithTemplate({ cloudInitVolume: 'local-lvm:vm-9000-cloudinit' }),
  ],
])('%s keeps clones on the node of the template', (_what, inventory) => {
  expect(nodesOf({}, inventory)).toEqual(['pve1', 'pve1', 'pve1'])
})

test('a node without the bridge is passed over', () => {
  expect(nodesOf({ defaults: { networks: [{ bridge: 'vmbr1' }] } })).toEqual([
    'pve1',
    'pve2',
    'pve1',
  ])
})

test('when no node will do, every node says why, and the cure is the field of the one at home', () => {
  const made = planFor(
    requestWith({
      defaults: { networks: [{ bridge: 'vmbr7' }] },
      source: { ...fullClone, vmid: 9001 },
    }),
  )
  expect(made.blockers).toEqual([
    {
      code: 'bridge-unknown',
      message:
        'No node can take this VM: pve1 cannot read the template, whose scsi0 is on local-lvm of pve2 alone; pve2 has no bridge vmbr7; pve3 cannot read the template, whose scsi0 is on local-lvm of pve2 alone.',
      field: 'defaults.networks.0.bridge',
    },
  ])
})

test('small changes of memory in use move no VM', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 3 }),
      (more) => {
        // 5 % of a node are 6554 MiB; these start in the middle of such a step.
        const start = [50_000, 70_000, 89_000]
        const inventory = used(...start.map((each, index) => each + (more[index] ?? 0)))
        expect(nodesOf({ vms: names(3) }, inventory)).toEqual(['pve1', 'pve2', 'pve3'])
      },
    ),
  )
})

test('no node gets more than it has while another still has room', () => {
  const figures = fc.array(fc.integer({ min: 0, max: 131_072 }), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(
      figures,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 256, max: 32_768 }),
      fc.constantFrom('spread' as const, 'pack' as const),
      (usedMiB, count, memoryMiB, strategy) => {
        const made = planFor(
          requestWith({ vms: names(count), defaults: { memoryMiB }, placement: { strategy } }),
          used(...usedMiB),
        )
        const after = made.capacity.nodes.map(
          (node) => (node.memoryUsedMiB ?? 0) + node.memoryPlannedMiB,
        )
        const over = made.capacity.nodes.filter(
          (node, i) => node.vms > 0 && (after[i] ?? 0) > 131_072,
        )
        const room = after.filter((each) => each + memoryMiB <= 131_072)
        expect(over.length === 0 || room.length === 0).toBe(true)
      },
    ),
  )
})
