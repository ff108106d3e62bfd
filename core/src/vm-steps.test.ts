import { describe, expect, test } from 'vitest'
import {
  cluster,
  clusterWithTemplate,
  fullClone as full,
  planFor as plan,
  requestWith,
  sharedTemplate,
} from './fixtures.ts'
import type { DeploymentRequest } from './request.ts'

const configure = (request: Partial<DeploymentRequest>, inventory = cluster) => {
  const made = plan(requestWith(request), inventory)
  const spec = made.vms[0]?.steps.find((step) => step.kind === 'configure')?.spec
  return spec?.kind === 'configure' ? spec : undefined
}

const slots = (request: Partial<DeploymentRequest>) =>
  plan(requestWith(request)).vms[0]?.steps[1]?.slots

describe('steps', () => {
  test.each([
    [
      'bridge and VLAN',
      [{ bridge: 'vmbr1', vlan: 20 }],
      /^virtio=BC:24:11:..:..:..,bridge=vmbr1,firewall=1,tag=20,queues=4$/,
    ],
    [
      'a bridge alone is untagged',
      [{ bridge: 'vmbr1' }],
      /^virtio=[^,]+,bridge=vmbr1,firewall=1,queues=4$/,
    ],
    ['a VLAN alone', [{ vlan: 7 }], /^virtio=[^,]+,bridge=vmbr0,firewall=1,tag=7,queues=4$/],
  ])('net0: %s', (_what, networks, value) => {
    const inventory = clusterWithTemplate({
      nics: sharedTemplate.nics.map((nic) => ({ ...nic, vlan: 5 })),
    })
    expect(configure({ defaults: { networks } }, inventory)?.settings['net0']).toMatch(value)
  })

  test('an address alone leaves the NIC as it is', () => {
    expect(configure({ defaults: { networks: [{ ip: 'dhcp' }] } })?.settings).toEqual({
      ipconfig0: 'ip=dhcp',
      tags: 'ubuntu;{deployment}',
    })
  })

  test('a second NIC is added with its own address', () => {
    const networks = [{}, { bridge: 'vmbr1', ip: 'fd00::{n=1}/64', gateway: 'fe80::1' }]
    expect(configure({ defaults: { networks } })?.settings).toEqual({
      net1: expect.stringMatching(/^virtio=BC:24:11:[^,]+,bridge=vmbr1$/),
      ipconfig1: 'ip6=fd00::1/64,gw6=fe80::1',
      tags: 'ubuntu;{deployment}',
    })
  })

  test('a cloud-init drive without any ipconfig would leave the guest without network, so DHCP is set', () => {
    expect(configure({}, clusterWithTemplate({ inherited: {} }))?.settings).toMatchObject({
      ipconfig0: 'ip=dhcp',
    })
  })

  test('cores are vCPUs in all, whatever sockets the template has', () => {
    const inventory = clusterWithTemplate({
      sockets: 2,
      inherited: { vcpus: '2', ipconfig0: 'ip=dhcp' },
    })
    expect(configure({ defaults: { cores: 4 } }, inventory)).toMatchObject({
      settings: { cores: 4, sockets: 1 },
      remove: ['vcpus'],
    })
    expect(plan(requestWith(), inventory).vms[0]?.cores).toBe(4)
  })

  test('the balloon never exceeds the memory', () => {
    const inventory = clusterWithTemplate({ inherited: { balloon: '4096' } })
    expect(configure({ defaults: { memoryMiB: 1024 } }, inventory)?.settings).toMatchObject({
      memory: 1024,
      balloon: 1024,
    })
  })

  test('a template that was deployed by us hands down neither stamp nor tag', () => {
    const inventory = clusterWithTemplate({
      description: 'Golden\n\nvm-deployer d-old base',
      tags: ['ubuntu', 'd-old'],
    })
    const [vm] = plan(requestWith(), inventory).vms
    expect(vm?.steps[1]?.spec).toMatchObject({
      description: 'Golden\n\nvm-deployer {deployment} web-01',
    })
    expect(vm?.steps[2]?.spec).toMatchObject({ settings: { tags: 'ubuntu;{deployment}' } })
  })

  test('without an agent a port check on a fixed address stays', () => {
    const made = plan(
      requestWith({
        defaults: {
          networks: [{ ip: '10.0.0.{n=5}/24', gateway: '10.0.0.1' }],
          validate: { ports: [22] },
        },
      }),
      clusterWithTemplate({ agent: false }),
    )
    expect(made.vms[1]?.steps.map((step) => step.id)).toEqual([
      'reserve-id',
      'clone',
      'configure',
      'start',
      'check-port-22',
    ])
    expect(made.vms[1]?.steps[4]?.spec).toMatchObject({ address: '10.0.0.6' })
    expect(made.vms[1]?.ip).toBe('10.0.0.6')
  })

  test('slots: a linked clone on shared storage, a full one from local to shared', () => {
    expect(slots({})).toEqual([{ kind: 'clone-shared', key: 'ceph-vm' }])
    expect(slots({ source: { ...full, vmid: 9001 }, defaults: { storage: 'ceph-vm' } })).toEqual([
      { kind: 'clone-shared', key: 'ceph-vm' },
      { kind: 'full-copy', key: 'pve2/local-lvm' },
    ])
    expect(slots({ source: { ...full, vmid: 9001, clone: 'linked' } })).toEqual([
      { kind: 'clone-local', key: 'pve2/local-lvm' },
    ])
  })
})
