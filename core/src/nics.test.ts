import { describe, expect, test } from 'vitest'
import { planFor, requestWith } from './fixtures.ts'
import type { NetworkRequest } from './request.ts'

/** `net0` of a clone whose template has `virtio,bridge=vmbr0,firewall=1,queues=4`. */
const net0 = (network: NetworkRequest) => {
  const { vms } = planFor(
    requestWith({ defaults: { networks: [network] }, vms: [{ name: 'web-1' }] }),
  )
  const spec = vms[0]?.steps.find(({ kind }) => kind === 'configure')?.spec
  const value = spec?.kind === 'configure' ? spec.settings['net0'] : undefined
  return typeof value === 'string' ? value.replace(/=BC:24:11(:[\dA-F]{2}){3}/, '') : undefined
}

describe('a NIC of a clone has what the request says, and the rest from its template', () => {
  test.each<[string, NetworkRequest, string | undefined]>([
    ['nothing', {}, undefined],
    ['an address alone', { ip: 'dhcp' }, undefined],
    ['another bridge', { bridge: 'vmbr1' }, 'virtio,bridge=vmbr1,firewall=1,queues=4'],
    ['another model', { model: 'e1000' }, 'e1000,bridge=vmbr0,firewall=1,queues=4'],
    ['no firewall', { firewall: false }, 'virtio,bridge=vmbr0,queues=4'],
    ['a rate', { rateMBps: 12.5 }, 'virtio,bridge=vmbr0,firewall=1,queues=4,rate=12.5'],
    [
      'a MAC',
      { mac: '02:00:00:0a:0b:0c', vlan: 7 },
      'virtio=02:00:00:0A:0B:0C,bridge=vmbr0,firewall=1,tag=7,queues=4',
    ],
  ])('%s', (_what, network, value) => {
    expect(net0(network)).toBe(value)
  })
})

test('two VMs do not get one MAC', () => {
  const plan = planFor(requestWith({ defaults: { networks: [{ mac: '02:00:00:00:00:01' }] } }))
  expect(plan.blockers).toEqual([
    {
      code: 'mac-twice',
      message:
        'web-01 and web-02 would both have 02:00:00:00:00:01. Leave it out, or set it for a single VM.',
      field: 'defaults.networks.0.mac',
    },
  ])
})
