import { expect, test } from 'vitest'
import { fieldOfPath, formFields, sectionOf } from './fields.ts'
import { emptyForm } from './form.ts'

test.each([
  ['defaults.diskGiB', 'disk', 'size'],
  ['defaults.cores', 'cores', 'size'],
  ['defaults.memoryMiB', 'memory', 'size'],
  ['defaults.storage', 'storage', 'where'],
  ['defaults.networks.0.bridge', 'bridge', 'network'],
  ['defaults.networks.0.vlan', 'vlan', 'network'],
  ['defaults.networks.0.ip', 'range', 'network'],
  ['defaults.networks.0.gateway', 'gateway', 'network'],
  ['defaults.networks.0.nameservers.1', 'nameservers', 'network'],
  ['defaults.networks.1.bridge', 'bridge', 'network'],
  ['defaults.networks', 'bridge', 'network'],
  ['defaults.networks.0.model', 'nic', 'network'],
  ['defaults.networks.0.rateMBps', 'nic', 'network'],
  ['defaults.hardware', 'hardware', 'profile'],
  ['defaults.hardware.cpuType', 'hardware', 'profile'],
  ['defaults.hardware.disk.bus', 'drives', 'drives'],
  ['defaults.hardware.disks.0.storage', 'drives', 'drives'],
  ['vms.0.hardware.bootOrder', 'drives', 'drives'],
  ['source.volid', 'volid', 'what'],
  ['source.osType', 'osType', 'what'],
  ['source.driversVolid', 'drivers', 'what'],
  ['source.convertToTemplate', 'convert', 'what'],
  ['source.unattended.user.name', 'answers', 'access'],
  ['defaults.validate.ports.0', 'ports', 'after'],
  ['defaults.tags.2', 'tags', 'after'],
  ['defaults.start', 'start', 'after'],
  ['defaults.onBoot', 'onBoot', 'after'],
  ['defaults.description', 'description', 'after'],
  ['source', 'template', 'what'],
  ['source.vmid', 'template', 'what'],
  ['source.clone', 'clone', 'where'],
  ['placement', 'placement', 'where'],
  ['placement.node', 'node', 'where'],
  ['pool', 'pool', 'where'],
  ['name', 'deploymentName', 'after'],
  ['vms', 'quantity', 'names'],
  ['vms.0.name', 'namePattern', 'names'],
  ['vms.0.count', 'quantity', 'names'],
  ['vms.0.diskGiB', 'disk', 'size'],
  ['vms.0.networks.0.ip', 'range', 'network'],
  ['vms.0.node', 'node', 'where'],
  ['vms.3.name', 'table', 'names'],
  ['request.vms.0.name', 'namePattern', 'names'],
  ['/request/defaults/cores', 'cores', 'size'],
] as const)('%s is edited in the field %s of section %s', (path, field, section) => {
  expect(fieldOfPath(path)).toBe(field)
  expect(sectionOf(field)).toBe(section)
})

test.each(['', 'planHash', 'defaults', 'defaults.colour', 'nonsense.0'])(
  '%j has no field on the page',
  (path) => {
    expect(fieldOfPath(path)).toBeNull()
  },
)

test('every field of the form stands in a section, once', () => {
  expect(formFields.toSorted()).toEqual(Object.keys(emptyForm).toSorted())
})
