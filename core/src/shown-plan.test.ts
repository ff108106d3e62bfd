import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cluster, clusterWith, requestWith } from './fixtures.ts'
import type { Inventory } from './inventory.ts'
import type { Plan } from './plan.ts'
import { planDeployment } from './planner.ts'

const request = requestWith({ vms: [{ name: 'web-{1..4}' }] })
const planned = (inventory: Inventory, shown?: Plan) =>
  planDeployment(request, inventory, { macSalt: 'test', shown: shown?.vms })

const usedMiB = (used: number[]) =>
  cluster.nodes.map((node, index) => ({ ...node, memoryUsedMiB: used[index] ?? 0 }))
const reserved = (ids: number[]) => ({ vmids: { ...cluster.vmids, reserved: ids } })

/** Of 128 GiB nodes; the most leaves room for the plan below what is tight. */
const memory = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 3, maxLength: 3 })
const ids = fc.uniqueArray(fc.integer({ min: 100, max: 120 }))

test('what was read is what is made, however memory moves and ids become free', () => {
  fc.assert(
    fc.property(memory, memory, ids, (before, after, taken) => {
      const read = planned(clusterWith({ nodes: usedMiB(before), ...reserved(taken) }))
      const now = clusterWith({ nodes: usedMiB(after), ...reserved([]) })
      expect(planned(now, read).hash).toBe(read.hash)
    }),
  )
})

describe('what can no longer be had is chosen anew', () => {
  const read = planned(cluster)
  const [first] = read.vms

  test('an id that is taken, and only that', () => {
    const now = planned(clusterWith(reserved([first?.vmid ?? 0])), read)
    const same = now.vms.filter((vm, index) => vm.vmid === read.vms[index]?.vmid)
    expect(same.map(({ name }) => name)).toEqual(['web-2', 'web-3', 'web-4'])
    expect(new Set(now.vms.map(({ vmid }) => vmid)).size).toBe(4)
  })

  test('an id outside the range', () => {
    const now = planned(clusterWith({ vmids: { ...cluster.vmids, min: 500 } }), read)
    expect(now.vms.map(({ vmid }) => vmid)).toEqual([500, 501, 502, 503])
  })

  test('a node that is down', () => {
    const nodes = cluster.nodes.map((node) => ({ ...node, online: node.name !== first?.node }))
    const now = planned(clusterWith({ nodes }), read)
    expect(now.vms.map(({ node }) => node)).not.toContain(first?.node)
    expect(now.vms.map(({ vmid }) => vmid)).toEqual(read.vms.map(({ vmid }) => vmid))
  })

  test('a node that is full by now', () => {
    const nodes = cluster.nodes.map((node) =>
      node.name === first?.node ? { ...node, memoryUsedMiB: node.memoryMiB } : node,
    )
    expect(planned(clusterWith({ nodes }), read).vms.map(({ node }) => node)).not.toContain(
      first?.node,
    )
  })
})
