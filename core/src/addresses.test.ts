import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  hostProblem,
  inNetwork,
  isUsableAddress,
  networkOf,
  parseAddress,
  parseCidr,
} from './addresses.ts'

test.each([
  ['10.0.0.5/24', '10.0.0.5'],
  ['FD00:0:0::5/64', 'fd00::5'],
  ['fd00::10/64', 'fd00::10'],
  ['10.0.0.5/32', '10.0.0.5'],
])('%s is read as %s', (text, normal) => {
  expect(parseCidr(text)?.text).toBe(normal)
})

test.each([
  '10.0.0.5',
  '10.0.0.5/33',
  '10.0.0.5/0',
  '10.0.0.256/24',
  '10.0.0.020/24',
  '10.0.5/24',
  '0x0a.0.0.5/24',
  'fd00::5/129',
  'fd00::5::1/64',
  'fe80::1%eth0/64',
  'dhcp',
  '',
  '10.0.0.5/24/24',
])('%s is no address with prefix', (text) => {
  expect(parseCidr(text)).toBeNull()
})

describe('hosts', () => {
  test.each([
    ['10.0.0.1/24', null],
    ['10.0.0.0/31', null],
    ['10.0.0.1/31', null],
    ['10.0.0.0/32', null],
    ['fd00::1/64', null],
    ['fd00::ffff:ffff:ffff:ffff/64', null],
    ['10.0.0.0/24', 'network'],
    ['10.0.0.255/24', 'broadcast'],
    ['10.0.1.255/23', 'broadcast'],
    ['fd00::/64', 'network'],
    ['127.0.0.1/8', 'loopback'],
    ['224.0.0.5/24', 'multicast'],
    ['::1/64', 'loopback'],
    ['ff02::1/64', 'multicast'],
  ])('%s: %s', (text, word) => {
    const cidr = parseCidr(text)
    if (cidr === null) throw new Error(text)
    expect(hostProblem(cidr) ?? '').toMatch(word ?? /^$/)
  })
})

test.each([
  ['10.0.0.1', '10.0.0.5/24', true],
  ['10.0.1.1', '10.0.0.5/24', false],
  ['10.0.1.1', '10.0.0.5/23', true],
  ['fd00::1', 'fd00::5/64', true],
  ['fd01::1', 'fd00::5/64', false],
  ['10.0.0.1', 'fd00::5/64', false],
])('%s in the network of %s: %s', (address, network, inside) => {
  const [a, n] = [parseAddress(address), parseCidr(network)]
  if (a === null || n === null) throw new Error('test data')
  expect(inNetwork(a, n)).toBe(inside)
})

test.each([
  ['10.0.0.5', true],
  ['169.254.3.4', false],
  ['fe80::1', false],
  ['fd00::1', true],
  ['::1', false],
  ['127.0.0.1', false],
])('%s is usable: %s', (text, usable) => {
  const address = parseAddress(text)
  expect(address !== null && isUsableAddress(address)).toBe(usable)
})

test('an address is in its own network, and the network is in normal form', () => {
  const family = fc.oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 32 })),
    fc.tuple(fc.ipV6(), fc.integer({ min: 1, max: 128 })),
  )
  fc.assert(
    fc.property(family, ([address, prefix]) => {
      const cidr = parseCidr(`${address}/${prefix}`)
      if (cidr === null) throw new Error(address)
      expect(inNetwork(cidr, cidr)).toBe(true)
      const network = parseCidr(networkOf(cidr))
      expect(network === null ? null : networkOf(network)).toBe(networkOf(cidr))
      expect(parseAddress(cidr.text)?.text).toBe(cidr.text)
    }),
  )
})
