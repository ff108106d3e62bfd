import { expect, test } from 'vitest'
import type { Section } from './fields.ts'
import { ubuntu, windows } from './fixtures.ts'
import { type DeployForm, emptyForm } from './form.ts'
import { summaryOf } from './summaries.ts'

function summary(section: Section, form: Partial<DeployForm>, template = ubuntu, vmCount = 3) {
  const whole = { ...emptyForm, template: template.vmid, ...form }
  return summaryOf(section, { form: whole, template, plan: null, vmCount, nodeCount: 3 }).join(
    ' / ',
  )
}

test.each<[Section, Partial<DeployForm>, string]>([
  ['what', {}, 'ubuntu-24.04 / 9000'],
  ['names', {}, 'No name yet'],
  ['names', { namePattern: 'web-{01..03}' }, '3 VMs / web-{01..03}'],
  ['size', {}, 'As the template / 2 cores / 2 GiB / disk 12 GiB'],
  ['size', { size: 'medium', disk: '20' }, 'Medium / 2 cores / 4 GiB / disk 20 GiB'],
  [
    'size',
    { size: 'custom', cores: '1', memory: '512 MiB', disk: '1t' },
    'Custom / 1 core / 512 MiB / disk 1t',
  ],
  ['where', {}, 'Spread over 3 nodes / ceph-vm / linked clone'],
  [
    'where',
    { placement: 'pack', clone: 'full', storage: 'local-lvm', pool: 'lab' },
    'Packed on few of 3 nodes / local-lvm / full clone / pool lab',
  ],
  ['where', { placement: 'node' }, 'No node chosen / ceph-vm / linked clone'],
  ['where', { placement: 'node', node: 'pve2' }, 'On pve2 / ceph-vm / linked clone'],
  ['network', {}, 'vmbr0 / DHCP'],
  [
    'network',
    { bridge: 'vmbr1', vlan: '20', addressing: 'range', range: '10.0.0.{1..3}/24' },
    'vmbr1 / VLAN 20 / 10.0.0.{1..3}/24',
  ],
  ['after', {}, 'Start, wait for agent, port 22'],
  ['after', { ports: '', tags: 'web staging' }, 'Start, wait for agent / tags web, staging'],
  ['after', { start: false, onBoot: 'yes' }, 'Created, not started / starts at boot'],
])('%s with %j', (section, form, text) => {
  expect(summary(section, form)).toBe(text)
})

test('a Windows template is cloned in full and checked by Remote Desktop', () => {
  expect(summary('where', {}, windows)).toBe('Spread over 3 nodes / ceph-vm / full clone')
  expect(summary('network', {}, windows)).toBe('vmbr0 / addresses as the template')
  expect(summary('after', {}, windows)).toBe('Start, wait for agent, port 3389')
})
