import { describe, expect, it } from 'vitest'
import {
  readBridges,
  readGuests,
  readIdBounds,
  readNodes,
  readQuorate,
  readStorages,
  readVersion,
} from './read.ts'

const GIB = 1024 ** 3

describe('from /cluster/resources', () => {
  it('reads nodes, with and without Sys.Audit', () => {
    const rows = [
      { type: 'node', id: 'node/pve2', node: 'pve2', status: 'offline', 'host-arch': 'aarch64' },
      {
        type: 'node',
        id: 'node/pve1',
        node: 'pve1',
        status: 'online',
        maxcpu: 16,
        cpu: 0.25,
        maxmem: 64 * GIB,
        mem: 16 * GIB,
        uptime: 60,
      },
    ]
    expect(readNodes(rows)).toEqual([
      {
        name: 'pve1',
        online: true,
        architecture: 'x86_64',
        cores: 16,
        cpuFraction: 0.25,
        memoryMiB: 65_536,
        memoryUsedMiB: 16_384,
        uptimeSeconds: 60,
      },
      {
        name: 'pve2',
        online: false,
        architecture: 'aarch64',
        cores: null,
        cpuFraction: null,
        memoryMiB: null,
        memoryUsedMiB: null,
        uptimeSeconds: null,
      },
    ])
  })

  it('reads storages', () => {
    const row = {
      type: 'storage',
      id: 'storage/pve1/ceph',
      node: 'pve1',
      storage: 'ceph',
      plugintype: 'rbd',
      content: 'images,rootdir',
      shared: 1,
      status: 'available',
      maxdisk: 100 * GIB,
      disk: 25 * GIB,
    } as const
    expect(
      readStorages([row, { ...row, status: 'unknown', shared: 0, maxdisk: 0, disk: 0 }]),
    ).toEqual([
      {
        name: 'ceph',
        node: 'pve1',
        type: 'rbd',
        shared: true,
        active: true,
        content: ['images', 'rootdir'],
        totalGiB: 100,
        availableGiB: 75,
      },
      {
        name: 'ceph',
        node: 'pve1',
        type: 'rbd',
        shared: false,
        active: false,
        content: ['images', 'rootdir'],
        totalGiB: 0,
        availableGiB: 0,
      },
    ])
  })

  it('reads guests, also one that Proxmox knows next to nothing of yet', () => {
    const rows = [
      {
        type: 'qemu',
        id: 'qemu/9000',
        vmid: 9000,
        node: 'pve1',
        name: 'tpl',
        status: 'stopped',
        template: 1,
        tags: 'a;b',
        lock: 'backup',
      } as const,
      {
        type: 'lxc',
        id: 'lxc/101',
        vmid: 101,
        node: 'pve1',
        name: 'ct',
        status: 'running',
        template: 0,
        pool: 'lab',
      } as const,
      { type: 'qemu', id: 'qemu/102', vmid: 102, node: 'pve2', status: 'unknown' },
      { type: 'sdn', id: 'sdn/pve1/localnetwork' },
    ]
    expect(readGuests(rows)).toEqual([
      {
        vmid: 9000,
        name: 'tpl',
        node: 'pve1',
        kind: 'qemu',
        status: 'stopped',
        template: true,
        tags: ['a', 'b'],
        pool: null,
        lock: 'backup',
      },
      {
        vmid: 101,
        name: 'ct',
        node: 'pve1',
        kind: 'lxc',
        status: 'running',
        template: false,
        tags: [],
        pool: 'lab',
        lock: null,
      },
      {
        vmid: 102,
        name: null,
        node: 'pve2',
        kind: 'qemu',
        status: 'unknown',
        template: false,
        tags: [],
        pool: null,
        lock: null,
      },
    ])
  })
})

it('reads bridges, Open vSwitch bridges and vnets, and nothing else', () => {
  const rows = [
    { iface: 'vmbr0', type: 'bridge', active: 1, comments: 'office\n' } as const,
    { iface: 'vmbr9', type: 'OVSBridge' },
    { iface: 'lab', type: 'vnet' },
    { iface: 'hidden', type: 'vnet' },
    { iface: 'eno1', type: 'eth', active: 1 } as const,
  ]
  const node = 'pve1'
  const local = { node, zone: 'localnetwork' }
  expect(readBridges(node, rows, new Map([['lab', 'campus']]))).toEqual([
    { ...local, name: 'vmbr0', kind: 'bridge', active: true, comment: 'office' },
    { ...local, name: 'vmbr9', kind: 'OVSBridge', active: false, comment: null },
    { name: 'lab', node, kind: 'vnet', zone: 'campus', active: true, comment: null },
    { name: 'hidden', node, kind: 'vnet', zone: null, active: true, comment: null },
  ])
})

describe('readQuorate', () => {
  const node = { type: 'node', id: 'node/pve1', name: 'pve1' }
  it.each([
    [
      'a cluster with quorum',
      [{ type: 'cluster', id: 'cluster', name: 'lab', quorate: 1 } as const, node],
      true,
    ],
    [
      'a cluster without',
      [{ type: 'cluster', id: 'cluster', name: 'lab', quorate: 0 } as const, node],
      false,
    ],
    ['a single node', [node], true],
    ['a caller who may not know', null, null],
  ])('%s', (_name, rows, quorate) => {
    expect(readQuorate(rows)).toBe(quorate)
  })
})

it.each([
  ['lower=5000,upper=6000', { min: 5000, max: 5999 }],
  [{ lower: '5000' }, { min: 5000, max: null }],
  [{ upper: 6000 }, { min: null, max: 5999 }],
  [undefined, { min: null, max: null }],
])('reads next-id %j', (nextId, bounds) => {
  expect(readIdBounds(nextId)).toEqual(bounds)
})

it.each([
  ['9.2.11', { major: 9, minor: 2 }],
  ['7.4-17', { major: 7, minor: 4 }],
  ['8', { major: 8, minor: 0 }],
])('reads version %s', (text, version) => {
  expect(readVersion(text)).toEqual(version)
})
