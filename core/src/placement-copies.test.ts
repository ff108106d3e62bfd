/** A template on local storage with a copy on other nodes. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withCopies } from './copies.ts'
import { cluster, clusterWith, localTemplate, planFor, requestWith } from './fixtures.ts'
import type { Inventory, Storage, Template } from './inventory.ts'
import type { PlannedVm } from './plan.ts'
import type { DeploymentRequest } from './request.ts'

const copyOn = (node: string, vmid: number, changes: Partial<Template> = {}): Template => ({
  ...localTemplate,
  vmid,
  node,
  disks: localTemplate.disks.map((disk) => ({
    ...disk,
    volid: `local-lvm:base-${vmid}-disk-0`,
  })),
  cloudInitVolume: `local-lvm:vm-${vmid}-cloudinit`,
  ...changes,
})

const clusterOf = (templates: Template[], changes: Partial<Inventory> = {}): Inventory => {
  const inventory = clusterWith(changes)
  return { ...inventory, templates: withCopies(templates, inventory) }
}

const onAll = clusterOf([localTemplate, copyOn('pve1', 9002), copyOn('pve3', 9003)])

const linked = { kind: 'template', vmid: 9001, clone: 'linked' } as const
const asked = (changes: Partial<DeploymentRequest> = {}) =>
  requestWith({ source: linked, ...changes })

/** Node, and the path of the clone call. */
const clonesOf = (vms: PlannedVm[]) =>
  vms.map((vm) => [vm.node, vm.steps[1]?.calls[0]?.path, vm.steps[1]?.calls[0]?.params['target']])

test('VMs are spread over all nodes, each cloned from the copy there', () => {
  const made = planFor(asked(), onAll)
  expect(made.blockers).toEqual([])
  expect(made.warnings).toEqual([])
  expect(clonesOf(made.vms)).toEqual([
    ['pve1', '/nodes/pve1/qemu/9002/clone', undefined],
    ['pve2', '/nodes/pve2/qemu/9001/clone', undefined],
    ['pve3', '/nodes/pve3/qemu/9003/clone', undefined],
  ])
  expect(made.vms.map((vm) => vm.placementReason)).toEqual([
    'Spread: pve1, with its own copy of the template (9002), has 0 VMs of this plan so far, and about 50 % of its local-lvm stays free.',
    'Spread: pve2 has 0 VMs of this plan so far, and about 45 % of its memory stays free.',
    'Spread: pve3, with its own copy of the template (9003), has 0 VMs of this plan so far, and about 20 % of its memory stays free.',
  ])
  expect(made.vms.map((vm) => vm.steps[1]?.slots)).toEqual(
    ['pve1', 'pve2', 'pve3'].map((node) => [{ kind: 'clone-local', key: `${node}/local-lvm` }]),
  )
})

const nodesFor = (vmid: number) =>
  planFor(asked({ source: { ...linked, vmid } }), onAll).vms.map((vm) => vm.node)

test('the same whichever of the copies is asked for, but for what they are cloned from', () => {
  expect(nodesFor(9002)).toEqual(nodesFor(9001))
  expect(nodesFor(9003)).toEqual(nodesFor(9001))
})

test('tags and description are those of the template that was asked for', () => {
  const inventory = clusterOf([
    localTemplate,
    copyOn('pve1', 9002, { tags: ['old'], description: 'Another text' }),
  ])
  const [vm] = planFor(asked({ placement: { node: 'pve1' } }), inventory).vms
  expect(vm?.steps[1]?.calls[0]?.params['description']).toMatch(/^Ubuntu for everyone\n/)
  expect(vm?.steps[2]?.spec).toMatchObject({ settings: { tags: 'ubuntu;{deployment}' } })
})

test('disks are where the copy has them', () => {
  const zfs: Storage[] = cluster.storages.map((storage) =>
    storage.name === 'local-lvm' && storage.node === 'pve1'
      ? { ...storage, name: 'tank', type: 'zfspool' }
      : storage,
  )
  const copy = copyOn('pve1', 9002, {
    disks: localTemplate.disks.map((disk) => ({ ...disk, storage: 'tank' })),
    cloudInitVolume: 'tank:vm-9002-cloudinit',
  })
  const inventory = clusterOf([localTemplate, copy], { storages: zfs })
  const request = asked({ source: { ...linked, clone: 'full' }, placement: { node: 'pve1' } })
  const made = planFor(request, inventory)
  expect(made.blockers).toEqual([])
  expect(made.vms[0]).toMatchObject({
    storage: 'tank',
    allocations: [{ storage: 'tank', node: 'pve1', sizeGiB: 12 }],
  })
  expect(made.vms[0]?.steps[1]?.slots).toEqual([
    { kind: 'clone-local', key: 'pve1/tank' },
    { kind: 'full-copy', key: 'pve1/tank' },
  ])
  expect(made.capacity.storages).toMatchObject([{ storage: 'tank', node: 'pve1', plannedGiB: 36 }])
})

test('the right to clone is needed on each copy that is used', () => {
  const { privileges } = planFor(asked(), onAll)
  const paths = privileges.filter((each) => each.privilege === 'VM.Clone').map(({ path }) => path)
  expect(paths).toEqual(['/vms/9002', '/vms/9001', '/vms/9003'])
})

const withCopyOnPve1 = (changes: Partial<Template>) =>
  clusterOf([localTemplate, copyOn('pve1', 9002, changes), copyOn('pve3', 9003)])

describe('a node whose copy will not do is left out', () => {
  test.each<[string, Partial<Template>, string]>([
    [
      'locked',
      { lock: 'backup' },
      'pve1 has a copy of the template, 9002, which is locked (backup).',
    ],
    [
      'on storage that makes no linked clones',
      { linkedClone: { possible: false, reason: 'lvm' } },
      'pve1 has a copy of the template, 9002, which makes no linked clones.',
    ],
  ])('%s', (_what, changes, message) => {
    const inventory = withCopyOnPve1(changes)
    expect(planFor(asked(), inventory).vms.map((vm) => vm.node)).toEqual(['pve2', 'pve3', 'pve2'])
    const { blockers } = planFor(asked({ placement: { node: 'pve1' } }), inventory)
    expect(blockers.map((blocker) => blocker.message)).toEqual([message])
  })

  test('one that the caller may not clone', () => {
    const inventory = {
      ...onAll,
      holds: (path: string, privilege: string) => path !== '/vms/9002' || privilege !== 'VM.Clone',
    }
    const made = planFor(asked(), inventory)
    expect(made.blockers).toEqual([])
    expect(made.vms.map((vm) => vm.node)).toEqual(['pve2', 'pve3', 'pve2'])
    const { blockers } = planFor(asked({ placement: { node: 'pve1' } }), inventory)
    expect(blockers.map(({ message }) => message)).toEqual([
      'pve1 has a copy of the template, 9002, which you may not clone.',
    ])
  })

  test('different, which is a warning', () => {
    const inventory = withCopyOnPve1({ memoryMiB: 512 })
    const made = planFor(asked(), inventory)
    expect(made.vms.map((vm) => vm.node)).toEqual(['pve2', 'pve3', 'pve2'])
    expect(made.warnings).toEqual([
      {
        code: 'copy-differs',
        message:
          "debian-13 (9002) on pve1 has the template's name, but other memory (512 MiB instead of 2048 MiB). So nothing is cloned from it.",
        field: 'source.vmid',
      },
    ])
    const elsewhere = planFor(asked({ placement: { node: 'pve2' } }), inventory)
    expect(elsewhere.warnings).toEqual([])
  })
})

const blockerOn = (node: string, inventory: Inventory) =>
  planFor(asked({ placement: { node } }), inventory).blockers

describe('a node without a copy', () => {
  test('is told what is possible', () => {
    expect(blockerOn('pve3', cluster)).toEqual([
      {
        code: 'template-is-local',
        message:
          'pve3 cannot read the template, whose scsi0 is on local-lvm of pve2 alone. Deploy to pve2, keep the template on shared storage (ceph-vm), or give pve3 a copy of it, named debian-13 as well.',
        field: 'placement.node',
      },
    ])
  })

  test('is told of no shared storage where there is none', () => {
    const storages = cluster.storages.filter((storage) => !storage.shared)
    expect(blockerOn('pve3', clusterOf([localTemplate], { storages }))[0]?.message).toContain(
      'keep the template on shared storage, or give pve3',
    )
  })

  test('is told to eject a CD image that is all that stands in the way', () => {
    const [template] = cluster.templates
    if (template === undefined) throw new Error('no template')
    const inventory = clusterOf([{ ...template, cdVolumes: ['local:iso/x.iso'] }])
    const { blockers } = planFor(requestWith({ placement: { node: 'pve3' } }), inventory)
    expect(blockers[0]?.message).toMatch(/ Eject the CD image in the template, deploy to pve1, /)
  })

  test('is no place for a full clone on its local storage either, and hears why', () => {
    const { blockers } = planFor(
      requestWith({
        source: { kind: 'template', vmid: 9000, clone: 'full' },
        defaults: { storage: 'local-lvm' },
        placement: { node: 'pve3' },
      }),
    )
    expect(blockers[0]?.message).toBe(
      "pve3 is not the template's node, and Proxmox clones to another node only onto shared storage, which local-lvm is not. Choose shared storage (ceph-vm), or deploy to pve1.",
    )
  })
})

const reasonFor = (node: string) =>
  planFor(asked({ placement: { node } }), onAll).vms[0]?.placementReason

test('what you chose is said with the copy that it has', () => {
  expect(reasonFor('pve1')).toBe('You chose pve1, with its own copy of the template (9002).')
  expect(reasonFor('pve2')).toBe('You chose pve2.')
})

describe('a template that cannot be used now', () => {
  const guest = {
    vmid: 9001,
    name: 'debian-13',
    node: 'pve2',
    kind: 'qemu' as const,
    status: 'unknown',
    template: true,
    tags: [],
    pool: null,
    lock: null,
  }
  const offline = (templates: Template[]) =>
    clusterOf(templates, {
      guests: [guest],
      nodes: cluster.nodes.map((node) => ({ ...node, online: node.name !== 'pve2' })),
    })
  const locked = { ...localTemplate, lock: 'backup' }

  test.each<[string, Inventory, string]>([
    ['offline', offline([]), 'debian-13 (9001) is on pve2, which is offline.'],
    [
      'offline, with a copy elsewhere',
      offline([copyOn('pve1', 9002)]),
      'debian-13 (9001) is on pve2, which is offline. Choose the one of that name on pve1, 9002.',
    ],
    [
      'locked',
      clusterOf([locked]),
      'debian-13 (9001) is locked (backup), and Proxmox refuses clones until that ends. Try again then.',
    ],
    [
      'locked, with a copy elsewhere',
      clusterOf([locked, copyOn('pve1', 9002)]),
      'debian-13 (9001) is locked (backup), and Proxmox refuses clones until that ends. Try again then, or choose the one of that name on pve1, 9002.',
    ],
  ])('%s', (_what, inventory, message) => {
    expect(planFor(asked(), inventory).blockers.map((each) => each.message)).toEqual([message])
  })
})

test('CPUs of another kind', () => {
  const nodes = cluster.nodes.map((node) =>
    node.name === 'pve1' ? { ...node, architecture: 'aarch64' } : node,
  )
  const mixed = clusterWith({ nodes })
  const request = requestWith({ source: { ...linked, vmid: 9000 } })
  // 9000 is at home on pve1, so it is made for aarch64.
  expect(new Set(planFor(request, mixed).vms.map((vm) => vm.node))).toEqual(new Set(['pve1']))
  const { blockers } = planFor({ ...request, placement: { node: 'pve2' } }, mixed)
  expect(blockers).toEqual([
    {
      code: 'architecture',
      message: 'pve2 has CPUs of x86_64, and the template is made for aarch64.',
      field: 'placement.node',
    },
  ])
})

test('no local storage gets more than it has while another node still has room', () => {
  const figures = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(
      figures,
      figures,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 12, max: 100 }),
      fc.constantFrom('spread' as const, 'pack' as const),
      (available, pending, count, diskGiB, strategy) => {
        const nodes = cluster.nodes.map(({ name }) => name)
        const inventory = clusterOf(onAll.templates, {
          nodes: cluster.nodes.map((node) => ({ ...node, memoryMiB: null })),
          storages: cluster.storages.map((storage) => ({
            ...storage,
            availableGiB: available[nodes.indexOf(storage.node)] ?? 0,
          })),
          pending: nodes.map((node, index) => ({
            vmid: 500 + index,
            name: `other-${index}`,
            node,
            memoryMiB: 0,
            allocations: [{ storage: 'local-lvm', node, sizeGiB: pending[index] ?? 0 }],
          })),
        })
        const made = planFor(
          asked({
            source: { ...linked, clone: 'full' },
            vms: [{ name: 'web-{n}', count }],
            defaults: { diskGiB },
            placement: { strategy },
          }),
          inventory,
        )
        const left = nodes.map((node, index) => {
          const planned = made.vms.filter((vm) => vm.node === node).length * diskGiB
          const before = (available[index] ?? 0) - (pending[index] ?? 0)
          return { planned, after: before - planned }
        })
        const over = left.some(({ planned, after }) => planned > 0 && after < 0)
        expect(over && left.some(({ after }) => after >= diskGiB)).toBe(false)
        expect(made.blockers.some(({ code }) => code === 'storage-full')).toBe(over)
      },
    ),
  )
})
