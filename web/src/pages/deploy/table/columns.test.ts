import type { NetworkRequest } from '@deployer/core/request.ts'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ColumnId, readCell } from './columns.ts'
import { nicsText, parseNics } from './nics.ts'

test.each<[ColumnId, string, string]>([
  ['name', ' web-01 ', 'web-01'],
  ['vmid', '300', '300'],
  ['ip', 'DHCP', 'dhcp'],
  ['ip', '10.0.0.7', '10.0.0.7/24'],
  ['ip', '10.0.0.7/16', '10.0.0.7/16'],
  ['cores', '4 cores', '4'],
  ['memory', '8192 MiB', '8 GiB'],
  ['memory', '0.5', '512 MiB'],
  ['disk', '1t', '1024 GiB'],
  ['tags', 'Web; canary', 'web canary'],
  ['tags', 'None', 'none'],
  ['vlan', 'none', 'none'],
  ['nameservers', '10.0.0.2 10.0.0.3', '10.0.0.2, 10.0.0.3'],
  ['onBoot', 'TRUE', 'yes'],
  ['start', '0', 'no'],
  ['ports', '22 443', '22, 443'],
  ['agentTimeout', '90', '90 s'],
  ['description', ' as typed ', ' as typed '],
])('%s %j is %j', (id, typed, text) => {
  expect(readCell(id, typed, '10.0.0.20/24')).toEqual({ ok: true, text })
  expect(readCell(id, text, '10.0.0.20/24')).toEqual({ ok: true, text })
})

test.each<[ColumnId, string]>([
  ['name', 'web-{1..3}'],
  ['name', 'no_dns'],
  ['vmid', '99'],
  ['node', 'pve 1'],
  ['ip', '10.0.0.300'],
  ['ip', 'fd00::5'],
  ['cores', '0'],
  ['memory', 'lots'],
  ['disk', '-1'],
  ['tags', '#1'],
  ['bridge', 'a b'],
  ['vlan', '4095'],
  ['gateway', '10.0.0'],
  ['nameservers', '1.1.1.1, x'],
  ['nics', 'vlan=20'],
  ['onBoot', 'maybe'],
  ['ports', '70000'],
  ['agentTimeout', '5'],
])('%s cannot be %j', (id, typed) => {
  expect(readCell(id, typed, '10.0.0.20/24').ok).toBe(false)
})

test('further NICs come back from their text', () => {
  const nic: fc.Arbitrary<NetworkRequest> = fc.record(
    {
      bridge: fc.constantFrom('vmbr0', 'vnet1'),
      vlan: fc.integer({ min: 1, max: 4094 }),
      ip: fc.constantFrom('dhcp', '10.0.0.5/24', 'fd00::5/64'),
      gateway: fc.constantFrom('10.0.0.1', 'fd00::1'),
      nameservers: fc.constantFrom(['10.0.0.2'], ['10.0.0.2', '10.0.0.3']),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.array(nic, { maxLength: 7 }), (nics) => {
      expect(parseNics(nicsText(nics))).toEqual(nics)
    }),
  )
})
