import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cluster, clusterWith, planFor, requestWith } from './fixtures.ts'
import type { DeploymentRequest } from './request.ts'

const request = requestWith({
  defaults: { cores: 4, diskGiB: 20, networks: [{ bridge: 'vmbr0', ip: 'dhcp' }], validate: {} },
  vms: [{ name: 'web-{001..500}', vmid: 200 }],
})

const rightsOf = (
  holds: (path: string, privilege: string) => boolean,
  asked: DeploymentRequest = request,
) => planFor(asked, clusterWith({ holds })).privileges

const only = (privilege: string, rights: ReturnType<typeof rightsOf>) =>
  rights
    .filter((right) => right.privilege === privilege)
    .map(({ path, granted }) => `${path} ${granted ? 'yes' : 'no'}`)

describe('rights on hundreds of VMs', () => {
  test('are one row where each VM has what /vms has', () => {
    const all = rightsOf(() => true)
    expect(only('VM.Allocate', all)).toEqual(['/vms yes'])
    expect(all).toHaveLength(12)
    const none = rightsOf(() => false)
    expect(only('VM.Allocate', none)).toEqual(['/vms no'])
    expect(none).toHaveLength(12)
  })

  test.each<[string, (path: string) => boolean, string[]]>([
    [
      'an entry on one VM takes it away',
      (path) => path !== '/vms/201',
      ['/vms/200 yes', '/vms/201 no', '/vms/202 yes'],
    ],
    [
      'an entry on one VM gives it',
      (path) => path === '/vms/201',
      ['/vms/200 no', '/vms/201 yes', '/vms/202 no'],
    ],
    [
      'the entry on /vms does not propagate',
      (path) => path === '/vms',
      ['/vms/200 no', '/vms/201 no', '/vms/202 no'],
    ],
    [
      'each VM has an entry of its own',
      (path) => path.startsWith('/vms/'),
      ['/vms/200 yes', '/vms/201 yes', '/vms/202 yes'],
    ],
  ])('are a row for each VM where %s', (_what, holds, expected) => {
    const three = { ...request, vms: [{ name: 'web-{1..3}', vmid: 200 }] }
    expect(only('VM.Allocate', rightsOf(holds, three))).toEqual(expected)
  })

  test('name the VM where there is only one', () => {
    const one = { ...request, vms: [{ name: 'web', vmid: 200 }] }
    expect(
      only(
        'VM.Allocate',
        rightsOf(() => true, one),
      ),
    ).toEqual(['/vms/200 yes'])
  })

  test('are one row on the pool, whether it gives them or not', () => {
    const pooled = { ...request, pool: 'lab' }
    expect(
      only(
        'VM.Allocate',
        rightsOf((path) => path === '/pool/lab', pooled),
      ),
    ).toEqual(['/pool/lab yes'])
    expect(
      only(
        'VM.Allocate',
        rightsOf(() => false, pooled),
      ),
    ).toEqual(['/pool/lab no'])
    expect(
      only(
        'VM.Allocate',
        rightsOf((path) => path.startsWith('/vms'), pooled),
      ),
    ).toEqual(['/vms yes'])
  })
})

test.each<[string, string | null, number | undefined, string[]]>([
  ['a vnet is in its zone', 'campus', undefined, ['/sdn/zones/campus/lab yes']],
  ['a tag is below it', 'campus', 7, ['/sdn/zones/campus/lab/7 yes']],
  ['a zone that is not shown asks for nothing: who sees the vnet may use it', null, 7, []],
])('SDN.Use: %s', (_what, zone, vlan, expected) => {
  const lab = { name: 'lab', kind: 'vnet' as const, zone, active: true, comment: null }
  const inventory = clusterWith({
    bridges: [...cluster.bridges, ...cluster.nodes.map(({ name }) => ({ ...lab, node: name }))],
  })
  const network = { bridge: 'lab', ...(vlan !== undefined && { vlan }) }
  const made = planFor(requestWith({ defaults: { networks: [network] } }), inventory)
  expect(made.blockers).toEqual([])
  expect(only('SDN.Use', made.privileges)).toEqual([
    '/sdn/zones/localnetwork/vmbr0 yes',
    ...expected,
  ])
})

test('a plan asks for no right too few or too many: it says what its VMs say one by one', () => {
  const paths = ['/pool/lab', '/vms', '/vms/9000', '/vms/200', '/vms/201', '/vms/202']
  const privileges = ['VM.Allocate', 'VM.Config.Cloudinit', 'VM.Config.Network', 'VM.Clone']
  const granted = fc.uniqueArray(
    fc
      .tuple(fc.constantFrom(...paths), fc.constantFrom(...privileges))
      .map(([path, privilege]) => `${path} ${privilege}`),
  )
  fc.assert(
    fc.property(granted, fc.constantFrom(undefined, 'lab'), (given, pool) => {
      const holds = (path: string, privilege: string) => given.includes(`${path} ${privilege}`)
      const base = { ...request, ...(pool !== undefined && { pool }) }
      const missing = (vms: DeploymentRequest['vms']) =>
        rightsOf(holds, { ...base, vms })
          .filter((right) => !right.granted)
          .map(({ privilege }) => privilege)
      const together = missing([{ name: 'web-{1..3}', vmid: 200 }])
      const oneByOne = [200, 201, 202].flatMap((vmid) => missing([{ name: `web-${vmid}`, vmid }]))
      expect(new Set(together)).toEqual(new Set(oneByOne))
    }),
  )
})
