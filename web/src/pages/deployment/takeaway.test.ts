import { expect, test } from 'vitest'
import { readRows, toggleRow } from './rows.ts'
import { takeaway } from './takeaway.ts'
import { vm } from './testing.ts'

const vms = [
  vm('web-01', {
    ip: '10.0.0.5',
    status: 'succeeded',
    validation: { outcome: 'healthy', checks: [], checkedAt: '' },
  }),
  vm('web-02', { ip: '10.0.0.115', vmid: 212, status: 'succeeded' }),
  vm('-web, "03"', { vmid: 213, status: 'failed' }),
]

test('hosts: one line for each address, names in a column', () => {
  expect(takeaway('hosts', vms)).toBe('10.0.0.5    web-01\n10.0.0.115  web-02\n')
  expect(takeaway('hosts', [])).toBe('')
})

test('CSV: quoted where needed, no formulas', () => {
  expect(takeaway('csv', vms)).toBe(
    [
      'name,vmid,node,ip,status,outcome',
      'web-01,211,pve1,10.0.0.5,succeeded,healthy',
      'web-02,212,pve1,10.0.0.115,succeeded,',
      '"\'-web, ""03""",213,pve1,,failed,',
      '',
    ].join('\n'),
  )
})

test('SSH: a host block for each address', () => {
  expect(takeaway('ssh', vms)).toBe(
    'Host web-01\n  HostName 10.0.0.5\n\nHost web-02\n  HostName 10.0.0.115\n',
  )
})

test('JSON: can be read back', () => {
  expect(JSON.parse(takeaway('json', vms))).toHaveLength(3)
  expect(JSON.parse(takeaway('json', vms))[2]).toEqual({
    name: '-web, "03"',
    vmid: 213,
    node: 'pve1',
    ip: null,
    status: 'failed',
    outcome: null,
  })
})

test('opened rows in the address', () => {
  expect(toggleRow(undefined, 'a')).toBe('a')
  expect(toggleRow('a', 'b')).toBe('a,b')
  expect(toggleRow('a,b', 'a')).toBe('b')
  expect(toggleRow('a', 'a')).toBeUndefined()
  expect([...readRows('')]).toEqual([])
})
