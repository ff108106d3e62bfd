import { describe, expect, test } from 'vitest'
import {
  cluster,
  clusterWith,
  clusterWithTemplate,
  fullClone as full,
  planFor,
  requestWith,
} from './fixtures.ts'
import type { Inventory } from './inventory.ts'
import type { DeploymentRequest, VmRow } from './request.ts'

type Case = { what: string; code: string; field?: string; request?: Asked; cluster?: Inventory }
type Asked = Partial<DeploymentRequest>

const rows = (...vms: VmRow[]): Asked => ({ vms })
const to = (node: string, more: Asked = {}): Asked => ({ placement: { node }, ...more })
const storage = (name: string): Asked => ({ source: full, defaults: { storage: name } })
const offline = clusterWith({
  nodes: cluster.nodes.map((node) => ({ ...node, online: node.name !== 'pve2' })),
})
const inactive = clusterWith({ storages: cluster.storages.map((s) => ({ ...s, active: false })) })
const fewIds = clusterWith({ vmids: { min: 100, max: 102, reserved: [] } })

const cases: Case[] = [
  {
    what: 'unknown',
    code: 'template-unknown',
    field: 'source.vmid',
    request: { source: { ...full, vmid: 777 } },
  },
  {
    what: 'a VM',
    code: 'not-a-template',
    field: 'source.vmid',
    request: { source: { ...full, vmid: 101 } },
  },
  { what: 'no quorum', code: 'no-quorum', cluster: clusterWith({ quorate: false }) },
  { what: 'pool', code: 'pool-unknown', field: 'pool', request: { pool: 'nope' } },
  {
    what: 'brace',
    code: 'pattern-braces',
    field: 'vms.0.name',
    request: rows({ name: 'web-{01..' }),
  },
  {
    what: 'how many',
    code: 'count-missing',
    field: 'vms.0.name',
    request: rows({ name: 'web-{n}' }),
  },
  {
    what: 'count',
    code: 'count-mismatch',
    field: 'vms.0.count',
    request: rows({ name: 'a-{1..3}', count: 4 }),
  },
  {
    what: '501 VMs',
    code: 'too-many-vms',
    field: 'vms',
    request: rows({ name: 'a-{001..500}' }, { name: 'b' }),
  },
  {
    what: 'range of 501',
    code: 'too-many-vms',
    field: 'vms.0.name',
    request: rows({ name: 'a-{001..501}' }),
  },
  {
    what: 'characters',
    code: 'name-characters',
    field: 'vms.0.name',
    request: rows({ name: 'a_{1..3}' }),
  },
  {
    what: 'name of a VM',
    code: 'name-taken',
    field: 'vms.0.name',
    request: rows({ name: 'DB-01' }),
  },
  {
    what: 'of a container',
    code: 'name-taken',
    field: 'vms.0.name',
    request: rows({ name: 'cache' }),
  },
  {
    what: 'name twice',
    code: 'name-twice',
    field: 'vms.1.name',
    request: rows({ name: 'a' }, { name: 'A' }),
  },
  {
    what: 'id of a VM',
    code: 'vmid-taken',
    field: 'vms.0.vmid',
    request: rows({ name: 'a', vmid: 101 }),
  },
  {
    what: 'of a container',
    code: 'vmid-taken',
    field: 'vms.0.vmid',
    request: rows({ name: 'a', vmid: 103 }),
  },
  {
    what: 'reserved id',
    code: 'vmid-reserved',
    field: 'vms.0.vmid',
    request: rows({ name: 'a', vmid: 102 }),
  },
  {
    what: 'id too high',
    code: 'vmid-range',
    field: 'vms.0.vmid',
    request: rows({ name: 'a', vmid: 5000 }),
  },
  {
    what: 'id twice, the first by counting up',
    code: 'vmid-twice',
    field: 'vms.1.vmid',
    request: rows({ name: 'a-{1..3}', vmid: 110 }, { name: 'b', vmid: 112 }),
  },
  { what: 'no ids left', code: 'vmids-exhausted', field: 'vms', cluster: fewIds },
  {
    what: 'smaller',
    code: 'disk-shrinks',
    field: 'defaults.diskGiB',
    request: { defaults: { diskGiB: 8 } },
  },
  {
    what: 'smaller row',
    code: 'disk-shrinks',
    field: 'vms.0.diskGiB',
    request: rows({ name: 'a', diskGiB: 8 }),
  },
  {
    what: 'linked with storage',
    code: 'storage-with-linked',
    field: 'defaults.storage',
    request: { defaults: { storage: 'ceph-vm' } },
  },
  { what: 'unknown', code: 'storage-unknown', field: 'defaults.storage', request: storage('nope') },
  {
    what: 'ISO only',
    code: 'storage-content',
    field: 'defaults.storage',
    request: to('pve1', storage('local')),
  },
  {
    what: 'local',
    code: 'storage-not-shared',
    field: 'defaults.storage',
    request: to('pve2', storage('local-lvm')),
  },
  {
    what: 'inactive',
    code: 'storage-inactive',
    field: 'source.vmid',
    request: to('pve1'),
    cluster: inactive,
  },
  {
    what: 'no room',
    code: 'storage-full',
    field: 'source.clone',
    request: { source: full, defaults: { diskGiB: 200 } },
  },
  { what: 'unknown node', code: 'node-unknown', field: 'placement.node', request: to('pve9') },
  {
    what: 'of a row',
    code: 'node-unknown',
    field: 'vms.0.node',
    request: rows({ name: 'a', node: 'pve9' }),
  },
  {
    what: 'offline',
    code: 'node-offline',
    field: 'placement.node',
    request: to('pve2'),
    cluster: offline,
  },
  {
    what: 'local template elsewhere',
    code: 'template-is-local',
    field: 'placement.node',
    request: to('pve1', { source: { ...full, vmid: 9001 } }),
  },
  {
    what: 'CPUs',
    code: 'too-many-cores',
    field: 'defaults.cores',
    request: { defaults: { cores: 32 } },
  },
]

test.each(cases)('blocker $code: $what', ({ code, field, request, cluster: inventory }) => {
  const { blockers } = planFor(requestWith(request), inventory)
  expect(blockers.map((blocker) => [blocker.code, blocker.field])).toContainEqual([code, field])
  for (const { message } of blockers) expect(message).toMatch(/^\S.*\.$/)
})

test.each([
  ['template-locked', { lock: 'backup' }],
  ['linked-not-possible', { linkedClone: { possible: false, reason: 'lvm has no snapshots.' } }],
  ['template-offline', { node: 'pve8' }],
  ['name-too-long-windows', { osType: 'win11' }],
  ['address-inherited', { inherited: { ipconfig0: 'ip=10.0.0.9/24,gw=10.0.0.1' } }],
  ['template-is-local', { cdVolumes: ['local:iso/setup.iso'] }],
  ['template-is-local', { cloudInitVolume: 'local-lvm:vm-9000-cloudinit' }],
  ['no-boot-disk', { disks: [] }],
])('blocker %s by the template: %j', (code, changes) => {
  const request = to('pve2', {
    ...rows({ name: 'web-servers-{0001..0003}.lab' }),
    defaults: { diskGiB: 20 },
  })
  const { blockers } = planFor(requestWith(request), clusterWithTemplate(changes))
  expect(blockers.map((blocker) => blocker.code)).toContain(code)
})

test('the same about several VMs is said once, and names none of them', () => {
  const { blockers } = planFor(requestWith({ defaults: { diskGiB: 8 } }))
  expect(blockers).toEqual([
    {
      code: 'disk-shrinks',
      message:
        "The template's scsi0 has 12 GiB, and 8 GiB are asked for. Disks grow, never shrink: ask for at least 12 GiB.",
      field: 'defaults.diskGiB',
    },
  ])
})

const holdsSome = (path: string, privilege: string) =>
  privilege !== 'VM.Clone' && !(privilege === 'VM.Allocate' && path.startsWith('/vms'))

describe('rights', () => {
  test('each one that is missing is named once, with its path', () => {
    const { blockers, privileges } = planFor(requestWith(), clusterWith({ holds: holdsSome }))
    expect(blockers.map((blocker) => blocker.message)).toEqual([
      'You may not clone this template. Proxmox asks for VM.Clone on /vms/9000.',
      'You may not create VMs here. Proxmox asks for VM.Allocate on /vms, or on each of the new VMs. Choose a pool in which you may.',
    ])
    expect(privileges.filter((each) => !each.granted)).toEqual([
      { path: '/vms/9000', privilege: 'VM.Clone', granted: false },
      { path: '/vms', privilege: 'VM.Allocate', granted: false },
    ])
  })

  test('a right on the pool does as well as one on each VM', () => {
    const { privileges } = planFor(requestWith({ pool: 'lab' }), clusterWith({ holds: holdsSome }))
    expect(privileges).toContainEqual({
      path: '/pool/lab',
      privilege: 'VM.Allocate',
      granted: true,
    })
  })

  test.each([
    [7, ['VM.Monitor']],
    [8, ['VM.Monitor', 'SDN.Use']],
    [9, ['VM.GuestAgent.Audit', 'SDN.Use']],
  ])('version %i asks for %j', (major, expected) => {
    const made = planFor(
      requestWith({ defaults: { validate: {} } }),
      clusterWith({ version: { major, minor: 0 } }),
    )
    const asked = made.privileges.map((each) => each.privilege)
    const versioned = ['VM.Monitor', 'VM.GuestAgent.Audit', 'SDN.Use']
    expect(versioned.filter((each) => asked.includes(each)).toSorted()).toEqual(expected.toSorted())
  })
})

const noAgent = clusterWithTemplate({ agent: false })
const warnings: Case[] = [
  {
    what: 'near the limit',
    code: 'memory-tight',
    request: to('pve3', { defaults: { memoryMiB: 6000 } }),
  },
  {
    what: 'over it',
    code: 'memory-overcommit',
    request: to('pve3', { defaults: { memoryMiB: 20_000 } }),
  },
  { what: 'if disks fill', code: 'storage-overcommit', request: { defaults: { diskGiB: 400 } } },
  {
    what: 'no agent',
    code: 'agent-missing',
    request: { defaults: { validate: {} } },
    cluster: noAgent,
  },
  {
    what: 'nowhere to connect',
    code: 'port-without-address',
    request: { defaults: { validate: { ports: [22] } } },
    cluster: noAgent,
  },
  { what: 'checks', code: 'not-started', request: { defaults: { start: false, validate: {} } } },
  {
    what: 'CD',
    code: 'cd-image',
    cluster: clusterWithTemplate({ cdVolumes: ['local:iso/x.iso'] }),
  },
  {
    what: 'protection',
    code: 'protection-inherited',
    cluster: clusterWithTemplate({ inherited: { protection: '1' } }),
  },
  {
    what: 'one fixed address',
    code: 'address-inherited',
    request: rows({ name: 'a' }),
    cluster: clusterWithTemplate({ inherited: { ipconfig0: 'ip=10.0.0.9/24' } }),
  },
]

test.each(warnings)('warning $code: $what', ({ code, request, cluster: inventory }) => {
  const made = planFor(requestWith(request), inventory)
  expect(made.blockers).toEqual([])
  expect(made.warnings.map((warning) => warning.code)).toContain(code)
})
