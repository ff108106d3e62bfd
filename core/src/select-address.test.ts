import { describe, expect, test } from 'vitest'
import { type AgentInterface, macsOf, selectAddress } from './select-address.ts'

const nic = (name: string, mac: string, ...addresses: string[]): AgentInterface => ({
  name,
  'hardware-address': mac,
  'ip-addresses': addresses.map((address) => ({
    'ip-address': address,
    'ip-address-type': address.includes(':') ? 'ipv6' : 'ipv4',
    prefix: address.includes(':') ? 64 : 24,
  })),
})

const mac = 'BC:24:11:00:00:01'
const second = 'BC:24:11:00:00:02'
const lo = nic('lo', '00:00:00:00:00:00', '127.0.0.1', '::1')
const docker = nic('docker0', '02:42:ac:11:00:01', '172.17.0.1')
const eth0 = (...addresses: string[]) => nic('eth0', mac.toLowerCase(), ...addresses)

const select = (interfaces: AgentInterface[], expected: string | null = null, macs = [mac]) =>
  selectAddress(interfaces, { macs, expected })

test.each([
  ['the NIC with our MAC, not docker0', [lo, docker, eth0('10.0.0.5')], '10.0.0.5'],
  ['IPv4 before IPv6', [eth0('fe80::1', '2001:db8::5', '10.0.0.5')], '10.0.0.5'],
  ['public before unique-local IPv6', [eth0('fd00::5', '2001:db8::5')], '2001:db8::5'],
  ['IPv6 alone', [eth0('fe80::1', 'fd00::5')], 'fd00::5'],
  ['not 169.254', [eth0('169.254.7.8')], null],
  ['not fe80 alone', [eth0('fe80::1')], null],
  ['not fe80 with a zone, as Windows writes it', [eth0('fe80::1%5')], null],
  ['no addresses at all', [{ name: 'eth0', 'hardware-address': mac }], null],
  ['no interface of ours', [lo, docker], null],
  ['nothing', [], null],
])('%s', (_what, interfaces, address) => {
  expect(select(interfaces).address).toBe(address)
})

test('the order of the NICs decides, not that of the answer', () => {
  const interfaces = [nic('eth1', second, '10.1.0.5'), eth0('10.0.0.5')]
  const selected = select(interfaces, null, [mac, second])
  expect(selected.address).toBe('10.0.0.5')
  expect(selected.all).toEqual(['10.0.0.5', '10.1.0.5'])
})

describe('with an address that was asked for', () => {
  test('it wins over others', () => {
    expect(select([eth0('10.0.0.9', '10.0.0.5')], '10.0.0.5')).toMatchObject({
      address: '10.0.0.5',
      all: ['10.0.0.5', '10.0.0.9'],
      asExpected: true,
    })
  })

  test('another one is shown, and said to be another', () => {
    expect(select([eth0('10.0.0.9')], '10.0.0.5')).toMatchObject({
      address: '10.0.0.9',
      asExpected: false,
      evidence: '10.0.0.9 on eth0 (bc:24:11:00:00:01), while the request set 10.0.0.5.',
    })
  })

  test('IPv6 is compared in normal form', () => {
    expect(select([eth0('FD00:0::5')], 'fd00::5')).toMatchObject({
      address: 'fd00::5',
      asExpected: true,
    })
  })
})

test.each([
  [[lo, docker], 'The agent reports no interface with MAC BC:24:11:00:00:01, only lo, docker0.'],
  [[eth0()], 'The NIC has no address yet: no answer from DHCP, or the network is not up.'],
  [
    [eth0('169.254.7.8')],
    'The NIC has only 169.254.7.8, which nobody else can reach: no answer from DHCP yet.',
  ],
  [[eth0('10.0.0.5')], '10.0.0.5 on eth0 (bc:24:11:00:00:01)'],
])('evidence %#', (interfaces, evidence) => {
  expect(select(interfaces).evidence).toBe(evidence)
})

test('MACs come from the config, in the order of the NICs', () => {
  expect(
    macsOf({
      net10: `virtio=${second},bridge=vmbr0`,
      net0: `virtio=${mac},bridge=vmbr0,tag=20`,
      net1: 'virtio,bridge=vmbr0',
      name: mac,
      cores: 2,
    }),
  ).toEqual([mac, second])
})
