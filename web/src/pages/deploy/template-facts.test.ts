import { expect, test } from 'vitest'
import { storageOn, ubuntu, windows } from './fixtures.ts'
import {
  diskAndNodes,
  oneOfEach,
  fittestFirst,
  healthTicks,
  matchesSearch,
  osLetters,
  templateAge,
} from './template-facts.ts'

const now = Date.parse('2026-11-23T12:00:00Z')

test.each([
  ['2026-11-17T11:00:00Z', '6 days old'],
  ['2026-11-22T11:00:00Z', '1 day old'],
  ['2026-11-23T01:00:00Z', 'new today'],
  [null, null],
  ['some day', null],
])('made %j reads %j', (createdAt, age) => {
  expect(templateAge(createdAt, now)).toBe(age)
})

test.each([
  [ubuntu, 'Ub'],
  [windows, 'Wi'],
  [{ name: '2024-rocky', osType: 'l26' }, 'Ro'],
  [{ name: '9000', osType: null }, 'Vm'],
])('letters of $name are %s', (template, letters) => {
  expect(osLetters(template)).toBe(letters)
})

test.each([
  [
    'shared, on every node',
    ['pve1', 'pve2', 'pve3'].map((node) => storageOn(node, 'ceph-vm', true)),
    '12 GiB on ceph-vm, all nodes',
  ],
  [
    'shared, on two of three',
    ['pve2', 'pve1'].map((node) => storageOn(node, 'ceph-vm', true)),
    '12 GiB on ceph-vm, pve1, pve2',
  ],
  [
    'local, though every node has one of that name',
    ['pve1', 'pve2', 'pve3'].map((node) => storageOn(node, 'ceph-vm', false)),
    '12 GiB on ceph-vm, pve1 only',
  ],
])('%s', (_what, storages, text) => {
  expect(diskAndNodes(ubuntu, storages, 3)).toBe(text)
})

test('copies on other nodes count as the same template', () => {
  const copies = [
    { ...ubuntu, vmid: 9002, node: 'pve1', copies: [{ vmid: 9003, node: 'pve2' }] },
    { ...ubuntu, vmid: 9003, node: 'pve2', copies: [{ vmid: 9002, node: 'pve1' }] },
  ]
  const one = (chosen: number | null) =>
    oneOfEach([...copies, windows], chosen).map(({ vmid }) => vmid)
  expect(one(null)).toEqual([9002, windows.vmid])
  expect(one(9003)).toEqual([9003, windows.vmid])
  expect(diskAndNodes({ ...ubuntu, copies: [{ vmid: 9003, node: 'pve2' }] }, [], 3)).toBe(
    '12 GiB on ceph-vm, pve1, pve2',
  )
})

test('a template without a disk says so', () => {
  expect(diskAndNodes({ ...ubuntu, disks: [] }, [], 3)).toBe('no disk, pve1 only')
})

test('ticks tell what fits, and why the rest does not', () => {
  expect(healthTicks(ubuntu).map(({ text }) => text)).toEqual([
    'agent',
    'cloud-init',
    'linked clones',
  ])
  const ticks = healthTicks({ ...windows, agent: false, lock: 'backup' })
  expect(ticks.map(({ text }) => text)).toEqual([
    'no agent',
    'no cloud-init',
    'full clones only',
    'locked (backup)',
  ])
  expect(ticks.every(({ ok, reason }) => !ok && reason !== null)).toBe(true)
  expect(ticks[2]?.reason).toBe('local-lvm has no snapshots')
})

test('the fittest come first, then by name', () => {
  const other = { ...ubuntu, name: 'debian-13' }
  expect(fittestFirst([windows, ubuntu, other]).map(({ name }) => name)).toEqual([
    'debian-13',
    'ubuntu-24.04',
    'server-2025',
  ])
})

test.each([
  ['UBU', true],
  ['900', true],
  ['linux', true],
  [' ', true],
  ['rocky', false],
])('the search %j finds ubuntu: %s', (search, found) => {
  expect(matchesSearch(ubuntu, search)).toBe(found)
})
