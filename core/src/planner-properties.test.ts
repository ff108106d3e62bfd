import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ed25519, geheimHash } from './cloud-init/fixtures.ts'
import { cluster, planFor } from './fixtures.ts'
import { answers, drivers, image, installer, osTypes, scratchCluster } from './scratch/fixtures.ts'
import { planSchema } from './plan.ts'
import { deploymentRequestSchema, type DeploymentRequest } from './request.ts'

const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)

const network = fc.record({
  bridge: option(oneOf('vmbr0', 'vmbr1', 'vmbr9')),
  model: option(oneOf('virtio' as const, 'e1000' as const)),
  firewall: option(fc.boolean()),
  mac: option(oneOf('BC:24:11:00:00:01', 'bc:24:11:00:00:02')),
  rateMBps: option(oneOf(0.5, 100)),
  vlan: option(fc.integer({ min: 1, max: 4094 })),
  ip: option(
    oneOf('dhcp', '10.0.0.{n=20}/24', '10.0.0.{1..3}/24', '10.0.0.5/24', 'fd00::{n}/64', '{', 'x'),
  ),
  gateway: option(oneOf('10.0.0.1', 'fd00::ff', 'nowhere')),
  ip6: option(oneOf('auto', 'dhcp', 'fd00::{n}/64', 'fd00::5/64', '10.0.0.5/24', '{', 'x')),
  gateway6: option(oneOf('fe80::1', 'fd00::ff', '10.0.0.1', 'nowhere')),
  nameservers: option(fc.array(oneOf('10.0.0.2', '::1', 'dns'), { maxLength: 3 })),
  searchDomains: option(fc.array(oneOf('lab.example', 'example'), { maxLength: 2 })),
})

const cloudInit = fc.record({
  delivery: option(oneOf('auto' as const, 'native' as const, 'seed' as const, 'snippet' as const)),
  inherited: option(oneOf('clear' as const, 'keep' as const)),
  users: option(
    fc.array(
      fc.record({
        name: oneOf('ops', 'yes', 'root'),
        sshKeys: option(fc.constant<string[]>([ed25519])),
        passwordHash: option(fc.constant(geheimHash)),
        sudo: option(fc.boolean()),
      }),
      { maxLength: 2 },
    ),
  ),
  defaultUser: option(oneOf('keep' as const, 'none' as const)),
  hostname: option(oneOf('db', '0123')),
  packages: option(fc.array(oneOf('nginx', 'vim'), { maxLength: 2 })),
  agent: option(fc.boolean()),
  userData: option(
    fc.record({
      mode: oneOf('replace' as const, 'extend' as const),
      document: oneOf('', '#cloud-config\na: [', '#cloud-config\npackages: [vim]', '#!/bin/sh\n'),
    }),
  ),
})

const settings = {
  cores: option(fc.integer({ min: 1, max: 64 })),
  memoryMiB: option(fc.integer({ min: 16, max: 200_000 })),
  diskGiB: option(fc.integer({ min: 1, max: 700 })),
  storage: option(oneOf('ceph-vm', 'local-lvm', 'local', 'nope')),
  networks: option(fc.array(network, { maxLength: 3 })),
  description: option(oneOf('', 'text', 'vm-deployer fake web-01', 'x'.repeat(4000))),
  tags: option(fc.array(oneOf('lab', 'web', 'a.b'), { maxLength: 3 })),
  onBoot: option(fc.boolean()),
  start: option(fc.boolean()),
  cloudInit: option(cloudInit),
  validate: option(fc.record({ ports: option(fc.array(oneOf(22, 80, 22), { maxLength: 3 })) })),
}

const row = fc.record({
  name: oneOf(
    'web-{01..03}',
    'web',
    'a-{n}',
    'db-01',
    'b_{1..2}',
    '{',
    'c-{n=9}',
    'd-{1..40}',
    'e-{3..1}',
  ),
  count: option(fc.integer({ min: 1, max: 4 })),
  vmid: option(oneOf(101, 102, 110, 111, 5000)),
  node: option(oneOf('pve1', 'pve3', 'pve9')),
  ...settings,
  hardware: option(fc.record({ tpm: fc.boolean(), sockets: oneOf(1, 3) })),
})

const bus = option(oneOf('scsi' as const, 'virtio' as const, 'sata' as const, 'ide' as const))
const disk = {
  bus,
  format: option(oneOf('raw' as const, 'qcow2' as const)),
  ssd: option(fc.boolean()),
  iothread: option(fc.boolean()),
}

const hardware = fc.record({
  cpuType: option(oneOf('host', 'x86-64-v2-AES', 'custom-mine')),
  sockets: option(fc.integer({ min: 1, max: 4 })),
  balloonMiB: option(oneOf(0, 512, 100_000)),
  firmware: option(oneOf('bios' as const, 'uefi' as const)),
  secureBoot: option(fc.boolean()),
  tpm: option(fc.boolean()),
  machine: option(oneOf('pc', 'q35', 'pc-i440fx-9.0')),
  scsiController: option(oneOf('lsi' as const, 'virtio-scsi-pci' as const)),
  disk: option(fc.record(disk)),
  disks: option(
    fc.array(
      fc.record({
        sizeGiB: fc.integer({ min: 1, max: 100 }),
        storage: option(oneOf('local-lvm', 'local', 'nope')),
        ...disk,
      }),
      { maxLength: 8 },
    ),
  ),
  bootOrder: option(fc.array(oneOf('scsi0', 'ide2', 'ide1', 'net0', 'net9'), { maxLength: 3 })),
})

const sources = fc.oneof(
  fc.record({
    kind: fc.constant('template' as const),
    vmid: oneOf(9000, 9001, 101, 777),
    clone: oneOf('linked' as const, 'full' as const),
  }),
  fc.record({
    kind: fc.constant('iso' as const),
    volid: oneOf(installer, image, 'local:iso/gone.iso', 'nas:iso/a.iso'),
    osType: fc.constantFrom(...osTypes),
    driversVolid: option(oneOf(drivers, 'local:iso/none.iso')),
    unattended: option(fc.constant(answers)),
  }),
  fc.record({
    kind: fc.constant('image' as const),
    volid: oneOf(image, installer, 'local:import/a.ova'),
    osType: option(fc.constantFrom(...osTypes)),
    convertToTemplate: option(fc.boolean()),
  }),
)

const request: fc.Arbitrary<DeploymentRequest> = fc.record({
  source: sources,
  defaults: option(fc.record({ ...settings, hardware: option(hardware) })),
  placement: option(
    oneOf(
      { strategy: 'spread' } as const,
      { strategy: 'pack' } as const,
      { node: 'pve2' },
      { node: 'pve9' },
    ),
  ),
  pool: option(oneOf('lab', 'nope')),
  vms: fc.array(row, { minLength: 1, maxLength: 4 }),
})

/** The value at a dotted path; undefined where there is nothing. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null) return undefined
    return Object.entries(inner).find(([name]) => name === key)?.[1]
  }, value)
}

/** Fields that a message may name although the request leaves them out, because there is where the cure goes. */
const mayBeMissing =
  /^placement$|\.(networks|gateway6?|ip6|bridge|count|users|delivery|storage|cores|memoryMiB|diskGiB)$|^defaults\.|\.hardware\.|^source\.(driversVolid|unattended)/

test('any request that the schema takes is answered with a plan of the schema, the same each time', () => {
  fc.assert(
    fc.property(request, (asked) => {
      expect(deploymentRequestSchema.safeParse(asked).success).toBe(true)
      const plan = planFor(asked, scratchCluster)
      expect(planSchema.parse(plan)).toEqual(plan)
      expect(planFor(asked, scratchCluster)).toEqual(plan)

      for (const issue of [...plan.blockers, ...plan.warnings]) {
        expect(issue.message).toMatch(/^\S.*\.$/)
        const there = issue.field === undefined || at(asked, issue.field) !== undefined
        expect(there || mayBeMissing.test(issue.field ?? '')).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
})

const unique = (values: unknown[]) => new Set(values).size === values.length

/** What can be done on the cluster of the fixtures: names that differ, bridges that are there, room for all. */
const possible: fc.Arbitrary<DeploymentRequest> = fc
  .record({
    source: oneOf<DeploymentRequest['source']>(
      { kind: 'template', vmid: 9000, clone: 'linked' },
      { kind: 'template', vmid: 9000, clone: 'full' },
      { kind: 'iso', volid: installer, osType: 'linux' },
      { kind: 'iso', volid: installer, osType: 'windows-11', driversVolid: drivers },
      {
        kind: 'iso',
        volid: installer,
        osType: 'windows-server-2025',
        driversVolid: drivers,
        unattended: answers,
      },
      { kind: 'image', volid: image },
      { kind: 'image', volid: image, convertToTemplate: true },
    ),
    placement: option(oneOf({ strategy: 'spread' } as const, { strategy: 'pack' } as const)),
    counts: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 4 }),
    firstId: option(fc.integer({ min: 104, max: 120 })),
    nics: fc.array(fc.record({ bridge: oneOf('vmbr0', 'vmbr1'), ip: oneOf('dhcp', undefined) }), {
      maxLength: 4,
    }),
    start: option(fc.boolean()),
    ports: fc.array(oneOf(22, 80, 443), { maxLength: 4 }),
  })
  .map(({ source, placement, counts, firstId, nics, start, ports }) => ({
    source,
    placement,
    defaults: { networks: nics, start, validate: { ports } },
    vms: counts.map((count, index) => ({
      name: `r${index}-{n}`,
      count,
      vmid: index === 0 ? firstId : undefined,
    })),
  }))

test('what can be done has no blockers, and gives nothing twice and nothing that is taken', () => {
  fc.assert(
    fc.property(possible, (asked) => {
      const plan = planFor(asked, scratchCluster)
      expect(plan.blockers).toEqual([])
      const { vms } = plan
      expect(vms).toHaveLength(asked.vms.reduce((sum, each) => sum + (each.count ?? 1), 0))
      expect(unique(vms.map((vm) => vm.vmid))).toBe(true)
      expect(unique(vms.map((vm) => vm.name.toLowerCase()))).toBe(true)
      const taken = [...cluster.guests.map((guest) => guest.vmid), ...cluster.vmids.reserved]
      expect(vms.filter((vm) => taken.includes(vm.vmid))).toEqual([])
      const text = JSON.stringify(vms.map((vm) => vm.steps.map((step) => step.calls)))
      const macs = text.match(/BC:24:11(:[\dA-F]{2}){3}/g) ?? []
      expect(unique(macs)).toBe(true)
      expect(macs).toHaveLength(vms.length * (asked.defaults?.networks?.length ?? 0))
      for (const vm of vms) expect(unique(vm.steps.map((step) => step.id))).toBe(true)
    }),
  )
})
