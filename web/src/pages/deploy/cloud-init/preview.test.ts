import type { PlannedVm } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { expect, test } from 'vitest'
import { emptyPlan } from '../fixtures.ts'
import { deliveriesOf } from './deliveries.ts'
import { documentsOf, nativeSettings, vmNamesOf } from './preview.ts'

const request: DeploymentRequest = {
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: {
    networks: [{ ip: '10.0.0.{n=20}/24', gateway: '10.0.0.1' }],
    cloudInit: {
      users: [{ name: 'ops', password: 'geheim' }],
      packages: ['nginx'],
      userData: { mode: 'extend', document: '#cloud-config\npackages: [git]\nssh_pwauth: false\n' },
    },
  },
  vms: [{ name: 'web-{01..02}' }, { name: 'db', cloudInit: { packages: ['postgresql'] } }],
}

const planned = (
  steps: PlannedVm['steps'],
  cloudInit: PlannedVm['cloudInit'] = null,
): PlannedVm => ({
  name: 'web-01',
  row: 0,
  vmid: 100,
  node: 'pve1',
  placementReason: '',
  storage: 'ceph-vm',
  cores: 2,
  memoryMiB: 2048,
  diskGiB: 12,
  allocations: [],
  ip: null,
  cloudInit,
  steps,
})

const configure = (settings: Record<string, string>): PlannedVm['steps'] => [
  {
    id: 'configure',
    kind: 'configure',
    title: 'Configure',
    note: null,
    slots: [],
    spec: { kind: 'configure', node: 'pve1', settings, remove: [] },
    calls: [
      { method: 'POST', path: '/nodes/pve1/qemu/100/config', params: settings, changes: true },
    ],
  },
]

test('every VM has documents of its own, merged with the person’s, without a password', () => {
  expect(vmNamesOf(request)).toEqual(['web-01', 'web-02', 'db'])
  const second = documentsOf(request, 'web-02', null)
  expect(second?.['user-data']).toContain('hostname: web-02')
  expect(second?.['user-data']).toMatch(/- nginx\n.*- git/)
  expect(second?.['user-data']).not.toContain('geheim')
  expect(second?.['user-data']).toContain('hashed_passwd: "********"')
  expect(second?.['network-config']).toContain('10.0.0.21/24')
  expect(second?.['meta-data']).toContain('local-hostname: web-02')
  expect(second?.replaced).toEqual([{ path: 'ssh_pwauth', value: 'true' }])
  expect(documentsOf(request, 'db', null)?.['user-data']).toContain('- postgresql')
})

test('the MAC is the plan’s, and its own documents go before', () => {
  const vm = planned(configure({ net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0' }))
  expect(documentsOf(request, 'web-01', vm)?.['network-config']).toContain('bc:24:11:00:00:01')
})

test('without settings there is nothing to show', () => {
  const { cloudInit: _none, ...defaults } = request.defaults ?? {}
  const without = { ...request, defaults, vms: [{ name: 'a' }] }
  expect(documentsOf(without, 'a', null)).toBeNull()
  expect(documentsOf(request, 'nobody', null)).toBeNull()
})

test('Proxmox’s own settings can be read', () => {
  const vm = planned(configure({ ciuser: 'ops', sshkeys: 'ssh-ed25519%20AAAA%0A', cores: '2' }))
  expect(nativeSettings(vm)).toEqual([
    ['ciuser', 'ops'],
    ['sshkeys', 'ssh-ed25519 AAAA'],
  ])
})

test('each way of delivery is said once', () => {
  const seed = { delivery: 'seed', reason: 'Packages.' } as const
  const vms = [
    planned([], seed),
    planned([], seed),
    planned([]),
    planned([], { ...seed, delivery: 'native' }),
  ]
  expect(
    deliveriesOf({ ...emptyPlan, vms }).map(({ title, vms: count }) => [title, count]),
  ).toEqual([
    ['By a seed image', 2],
    ['By Proxmox’s own settings', 1],
  ])
})
