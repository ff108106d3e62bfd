import { expect, test } from 'vitest'
import { cluster, clusterWithTemplate, planFor, requestWith } from './fixtures.ts'
import type { NetworkRequest } from './request.ts'

const codes = (networks: NetworkRequest[], inventory = cluster) => {
  const made = planFor(requestWith({ defaults: { networks } }), inventory)
  return {
    blockers: made.blockers.map(({ code, field }) => `${code} ${field ?? ''}`),
    warnings: made.warnings.map(({ code }) => code),
  }
}

test.each<[string, NetworkRequest]>([
  ['address-syntax 0.ip', { ip: '10.0.0.300/24' }],
  ['address-syntax 0.ip', { ip: '10.0.0.{n=3}' }],
  ['address-syntax 0.ip', { ip: 'auto' }],
  ['address-syntax 0.gateway', { ip: '10.0.0.{n=5}/24', gateway: '10.0.0' }],
  ['address-syntax 0.nameservers.1', { ip: 'dhcp', nameservers: ['10.0.0.2', 'dns.example'] }],
  ['count-mismatch 0.ip', { ip: '10.0.0.{1..2}/24', gateway: '10.0.0.9' }],
  ['pattern-range 0.ip', { ip: '10.0.0.{9..2}/24' }],
  ['address-twice 0.ip', { ip: '10.0.0.5/24', gateway: '10.0.0.1' }],
  ['address-not-a-host 0.ip', { ip: '10.0.0.{n=0}/24', gateway: '10.0.0.9' }],
  ['address-not-a-host 0.ip', { ip: '10.0.0.{n=253}/24', gateway: '10.0.0.9' }],
  ['gateway-outside 0.gateway', { ip: '10.0.0.{n=5}/24', gateway: '10.0.1.1' }],
  ['gateway-family 0.gateway', { ip: '10.0.0.{n=5}/24', gateway: 'fd00::1' }],
  ['gateway-with-dhcp 0.gateway', { ip: 'dhcp', gateway: '10.0.0.1' }],
  ['gateway-without-address 0.gateway', { gateway: '10.0.0.1' }],
  ['gateway-is-address 0.gateway', { ip: '10.0.0.{n=1}/24', gateway: '10.0.0.1' }],
  ['address-syntax 0.ip6', { ip6: '10.0.0.x' }],
  ['address-family 0.ip6', { ip6: '10.0.0.{n=5}/24' }],
  ['address-family 0.ip6', { ip: 'fd00::{n=5}/64', ip6: 'auto' }],
  ['address-twice 0.ip6', { ip: 'dhcp', ip6: 'fd00::5/64' }],
  ['address-not-a-host 0.ip6', { ip6: 'fd00::{n=0}/64' }],
  ['gateway-outside 0.gateway6', { ip6: 'fd00::{n=5}/64', gateway6: 'fd01::1' }],
  ['gateway-family 0.gateway6', { ip6: 'fd00::{n=5}/64', gateway6: '10.0.0.1' }],
  ['gateway-with-auto 0.gateway6', { ip6: 'auto', gateway6: 'fd00::1' }],
  ['gateway-with-dhcp 0.gateway6', { ip6: 'dhcp', gateway6: 'fd00::1' }],
  ['gateway-without-address 0.gateway6', { ip: 'dhcp', gateway6: 'fd00::1' }],
  ['bridge-unknown 0.bridge', { bridge: 'vmbr7' }],
])('blocker %s', (expected, network) => {
  const [code, rest] = expected.split(' ')
  expect(codes([network]).blockers).toContain(`${code} defaults.networks.${rest}`)
})

test.each<[string, NetworkRequest]>([
  ['DHCP', { ip: 'dhcp' }],
  ['fixed IPv4', { ip: '10.0.0.{n=5}/24', gateway: '10.0.0.1', nameservers: ['10.0.0.2'] }],
  ['fixed IPv6, gateway on the link', { ip: 'fd00::{n=5}/64', gateway: 'fe80::1' }],
  ['IPv6 without gateway', { ip: 'fd00::{n=5}/64' }],
  ['nothing', {}],
  ['both families, SLAAC', { ip: 'dhcp', ip6: 'auto', searchDomains: ['lab.example'] }],
  [
    'both families, fixed',
    { ip: '10.0.0.{n=5}/24', gateway: '10.0.0.1', ip6: 'fd00::{n=5}/64', gateway6: 'fe80::1' },
  ],
])('%s raises nothing', (_what, network) => {
  expect(codes([network])).toEqual({ blockers: [], warnings: [] })
})

test.each<[string, NetworkRequest, Record<string, string>]>([
  ['DHCP for both', { ip: 'dhcp', ip6: 'dhcp' }, { ipconfig0: 'ip=dhcp,ip6=dhcp' }],
  ['SLAAC alone', { ip6: 'auto' }, { ipconfig0: 'ip6=auto' }],
  [
    'fixed ones, DNS',
    {
      ip: '10.0.0.{n=5}/24',
      gateway: '10.0.0.1',
      ip6: 'fd00::{n=5}/64',
      gateway6: 'fe80::1',
      nameservers: ['10.0.0.2', 'FD00::2'],
      searchDomains: ['lab.example', 'example'],
    },
    {
      ipconfig0: 'ip=10.0.0.5/24,gw=10.0.0.1,ip6=fd00::5/64,gw6=fe80::1',
      nameserver: '10.0.0.2 fd00::2',
      searchdomain: 'lab.example example',
    },
  ],
  [
    'IPv6 in ip',
    { ip: 'fd00::{n=5}/64', gateway: 'fd00::1' },
    { ipconfig0: 'ip6=fd00::5/64,gw6=fd00::1' },
  ],
])('what Proxmox is told: %s', (_what, network, expected) => {
  const made = planFor(requestWith({ defaults: { networks: [network] } }))
  const configure = made.vms[0]?.steps.find((step) => step.kind === 'configure')
  expect(configure?.calls[1]?.params).toMatchObject(expected)
})

test('a second NIC that the template lacks needs a bridge', () => {
  expect(codes([{}, { vlan: 5 }]).blockers).toEqual(['bridge-missing defaults.networks.1.bridge'])
})

test('one plain address for many VMs is one blocker, with the pattern to use', () => {
  const made = planFor(
    requestWith({ defaults: { networks: [{ ip: '10.0.0.5/24', gateway: '10.0.0.1' }] } }),
  )
  expect(made.blockers.map((blocker) => blocker.message)).toEqual([
    'web-01 and web-02 would both get 10.0.0.5. Use a pattern such as 10.0.0.{n=5}/24.',
  ])
})

test('patterns of two rows that overlap clash where they do', () => {
  const made = planFor(
    requestWith({
      vms: [
        { name: 'a-{1..3}', networks: [{ ip: '10.0.0.{1..3}/24', gateway: '10.0.0.254' }] },
        { name: 'b-{1..3}', networks: [{ ip: '10.0.0.{3..5}/24', gateway: '10.0.0.254' }] },
      ],
    }),
  )
  expect(made.blockers).toEqual([
    {
      code: 'address-twice',
      message: 'a-3 and b-1 would both get 10.0.0.3. Use a pattern such as 10.0.0.{n=3}/24.',
      vm: 'b-1',
      field: 'vms.1.networks.0.ip',
    },
  ])
})

const onVlan = (vlan: number): NetworkRequest => ({
  bridge: 'vmbr0',
  vlan,
  ip: '10.0.0.5/24',
  gateway: '10.0.0.1',
})

test('the same address on another VLAN is another host', () => {
  const made = planFor(
    requestWith({
      vms: [
        { name: 'a', networks: [onVlan(1)] },
        { name: 'b', networks: [onVlan(2)] },
      ],
    }),
  )
  expect(made.blockers).toEqual([])
})

test('an address that is the gateway of others', () => {
  const made = planFor(
    requestWith({
      vms: [
        { name: 'a', networks: [{ ip: '10.0.0.1/24' }] },
        { name: 'b', networks: [{ ip: '10.0.0.2/24', gateway: '10.0.0.1' }] },
      ],
    }),
  )
  expect(made.blockers.map((blocker) => [blocker.code, blocker.vm])).toEqual([
    ['address-is-gateway', 'a'],
  ])
})

test('addresses of the defaults count over the rows that use them', () => {
  const made = planFor(
    requestWith({
      defaults: { networks: [{ ip: '10.0.0.{20..22}/24', gateway: '10.0.0.1' }] },
      vms: [{ name: 'a-{1..2}' }, { name: 'own', networks: [{ ip: 'dhcp' }] }, { name: 'b' }],
    }),
  )
  expect(made.blockers).toEqual([])
  expect(made.vms.map((vm) => vm.ip)).toEqual(['10.0.0.20', '10.0.0.21', null, '10.0.0.22'])
})

test.each<[string, NetworkRequest, 'blockers' | 'warnings', string]>([
  [
    'a fixed address',
    { ip: '10.0.0.{n=5}/24' },
    'blockers',
    'no-cloud-init-drive defaults.networks.0.ip',
  ],
  ['DHCP', { ip: 'dhcp' }, 'warnings', 'no-cloud-init-drive'],
])('without a cloud-init drive: %s', (_what, network, list, expected) => {
  const inventory = clusterWithTemplate({ cloudInitDrive: null, cloudInitVolume: null })
  expect(codes([network], inventory)[list]).toContain(expected)
})

test.each<[string, NetworkRequest, Record<string, string>]>([
  ['no-gateway', { ip: '10.0.0.{n=5}/24' }, {}],
  ['custom-network-data', { ip: 'dhcp' }, { cicustom: 'network=local:snippets/n.yaml' }],
])('warning %s', (code, network, inherited) => {
  expect(codes([network], clusterWithTemplate({ inherited })).warnings).toEqual([code])
})
