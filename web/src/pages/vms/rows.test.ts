import type { VmRow } from '@deployer/core/vm.ts'
import { describe, expect, it } from 'vitest'
import { choicesOf, filtered, fits, select, sorted } from './rows.ts'

const vm = (vmid: number, more: Partial<VmRow> = {}): VmRow => ({
  vmid,
  name: `vm-${vmid}`,
  node: 'pve1',
  state: 'running',
  lock: null,
  tags: [],
  pool: null,
  cores: 2,
  cpuFraction: 0.1,
  memoryMiB: 1024,
  memoryUsedMiB: 512,
  diskGiB: 8,
  uptimeSeconds: 10,
  address: null,
  deployment: null,
  health: null,
  createdAt: null,
  ...more,
})

const ids = (vms: VmRow[]) => vms.map(({ vmid }) => vmid)

describe('search', () => {
  const web = vm(211, {
    name: 'web-01',
    address: '10.20.0.51',
    tags: ['staging'],
    deployment: { id: 'd-1', name: 'Web tier' },
  })
  it.each(['web', 'WEB-01', '211', '0.51', 'stag', 'web tier', 'pve1 web', ' '])(
    'finds by "%s"',
    (q) => expect(fits(web, q)).toBe(true),
  )
  it.each(['db', 'web db', '212'])('does not find by "%s"', (q) => expect(fits(web, q)).toBe(false))
})

describe('filters', () => {
  const all = [
    vm(1, { deployment: { id: 'd', name: null }, health: 'degraded' }),
    vm(2, { state: 'stopped', node: 'pve2', tags: ['lab'], health: 'unhealthy' }),
    vm(3, { tags: ['lab', 'web'] }),
  ]
  it.each([
    [{}, [1, 2, 3]],
    [{ show: 'here' }, [1]],
    [{ show: 'attention' }, [1]],
    [{ show: 'stopped' }, [2]],
    [{ tag: 'lab' }, [2, 3]],
    [{ tag: 'lab', node: 'pve1' }, [3]],
    [{ q: 'vm-2', node: 'pve1' }, []],
  ] as const)('%j', (search, expected) => expect(ids(filtered(all, search))).toEqual(expected))

  it('offer what there is, each once', () =>
    expect(choicesOf(all)).toEqual({ nodes: ['pve1', 'pve2'], tags: ['lab', 'web'] }))
})

describe('order', () => {
  const all = [
    vm(1, { name: 'web-10', address: '10.0.0.10', cpuFraction: null, createdAt: null }),
    vm(2, {
      name: 'web-9',
      address: '10.0.0.9',
      cpuFraction: 0.5,
      createdAt: '2026-01-02T00:00:00Z',
    }),
    vm(3, { name: null, address: null, cpuFraction: 0.2, createdAt: '2026-02-02T00:00:00Z' }),
  ]
  it.each([
    [{}, [2, 1, 3]],
    [{ sort: 'name', down: true }, [1, 2, 3]],
    [{ sort: 'address' }, [2, 1, 3]],
    [{ sort: 'cpu' }, [3, 2, 1]],
    [{ sort: 'cpu', down: true }, [2, 3, 1]],
    [{ sort: 'age' }, [3, 2, 1]],
    [{ sort: 'vmid', down: true }, [3, 2, 1]],
  ] as const)('%j', (search, expected) => expect(ids(sorted(all, search))).toEqual(expected))
})

describe('selection', () => {
  const order = [5, 4, 3, 2, 1]
  it('takes one row', () =>
    expect([...select(new Set([5]), order, 3, { on: true, from: null })]).toEqual([5, 3]))
  it('takes all between two rows, upwards and downwards', () => {
    expect([...select(new Set(), order, 2, { on: true, from: 4 })]).toEqual([4, 3, 2])
    expect([...select(new Set(), order, 4, { on: true, from: 2 })]).toEqual([4, 3, 2])
  })
  it('gives them back in the same way', () =>
    expect([...select(new Set(order), order, 1, { on: false, from: 3 })]).toEqual([5, 4]))
  it('takes the one row where the other is not shown any more', () =>
    expect([...select(new Set(), order, 2, { on: true, from: 99 })]).toEqual([2]))
})
