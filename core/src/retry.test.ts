import { describe, expect, test } from 'vitest'
import { MASKED } from './cloud-init/passwords.ts'
import { cluster, clusterWith, fullClone, planFor, requestWith } from './fixtures.ts'
import type { Inventory } from './inventory.ts'
import type { DeploymentRequest, RetryChanges } from './request.ts'
import { type FailedVm, type FailedVms, planRetry, planUnchanged } from './retry.ts'
import type { SeenVm } from './undo.ts'

const ours: SeenVm = { kind: 'ours', node: 'pve1', running: false, pool: null, protected: false }

/** The deployment of this request, of which each VM failed at its start. */
const failedOf = (
  request: DeploymentRequest,
  seen: (name: string) => SeenVm = () => ours,
  more: Partial<FailedVm> = {},
): FailedVms => {
  const plan = planFor(request)
  const vms = plan.vms.map((planned) => ({
    id: `d-1-${planned.name}`,
    run: 1,
    name: planned.name,
    vmid: planned.vmid,
    node: planned.node,
    changes: null,
    steps: planned.steps.map((step) => ({ step, done: step.kind !== 'start' })),
    planned,
    cloned: true,
    seen: seen(planned.name),
    ...more,
  }))
  return { id: 'd-1', request, plan, vms }
}

const plan = (failed: FailedVms, changes: RetryChanges, inventory: Inventory = cluster) =>
  planRetry(failed, changes, inventory, { macSalt: 'test' })
const codes = (issues: { code: string }[]) => issues.map(({ code }) => code)

describe('planRetry', () => {
  test('has every VM under its VMID, with its own settings and what changes', () => {
    const failed = failedOf(
      requestWith({
        defaults: { cores: 2, memoryMiB: 1024 },
        vms: [{ name: 'web-{01..02}', cores: 4 }, { name: 'db' }],
      }),
    )
    const { plan: made, vms } = plan(failed, { memoryMiB: 4096 })
    expect(made.blockers).toEqual([])
    expect(
      made.vms.map(({ name, vmid, cores, memoryMiB }) => [name, vmid, cores, memoryMiB]),
    ).toEqual(failed.vms.map(({ name, vmid }) => [name, vmid, name === 'db' ? 2 : 4, 4096]))
    expect(vms.every(({ anew, kept }) => anew && kept.length === 0)).toBe(true)
    expect(made.vms.map(({ steps }) => steps[0]?.kind)).toEqual(['destroy', 'destroy', 'destroy'])
  })

  test('gives room back that the VMs have taken', () => {
    const request = requestWith({ source: fullClone, vms: [{ name: 'web-1' }] })
    const inventory = clusterWith({
      storages: cluster.storages.map((storage) => ({ ...storage, availableGiB: 1 })),
    })
    expect(codes(plan(failedOf(request), { cores: 1 }, inventory).plan.blockers)).toEqual([])
    const gone = failedOf(request, () => ({ kind: 'absent' }))
    expect(codes(plan(gone, { cores: 1 }, inventory).plan.blockers)).toEqual(['storage-full'])
  })

  test('does not stand in its own way', () => {
    const failed = failedOf(requestWith({ vms: [{ name: 'web-1' }] }))
    const [vm] = failed.vms
    const guests = [
      ...cluster.guests,
      {
        vmid: vm?.vmid ?? 0,
        name: 'web-1',
        node: 'pve1',
        kind: 'qemu' as const,
        status: 'stopped',
        template: false,
        tags: [],
        pool: null,
        lock: null,
      },
    ]
    const { blockers, warnings } = plan(failed, { cores: 1 }, clusterWith({ guests })).plan
    expect([codes(blockers), codes(warnings)]).toEqual([[], ['made-anew']])
  })

  test.each<[string, RetryChanges, string, string | undefined]>([
    ['storage', { storage: 'local-lvm' }, 'storage-with-linked', 'storage'],
    ['disk', { diskGiB: 1 }, 'disk-shrinks', 'diskGiB'],
    [
      'network',
      { networks: [{ bridge: 'vmbr0', ip: '10.0.0.x' }] },
      'address-syntax',
      'networks.0.ip',
    ],
    ['node', { node: 'pve9' }, 'node-unknown', 'node'],
  ])('names the field of the changes: %s', (_name, changes, code, field) => {
    const failed = failedOf(requestWith({ vms: [{ name: 'web-1' }] }))
    expect(plan(failed, changes).plan.blockers).toMatchObject([{ code, field }])
  })

  test('of parts of the first boot keeps the others, and a password of Windows', () => {
    const request = requestWith({
      defaults: {
        cloudInit: { packages: ['ngnix'], commands: ['touch /done'], adminPassword: MASKED },
      },
      vms: [{ name: 'web-1' }, { name: 'web-2', cloudInit: { timezone: 'Europe/Berlin' } }],
    })
    const failed = failedOf(request, undefined, { changes: { cloudInit: { locale: 'de_DE' } } })
    const { request: made, vms } = plan(failed, { cloudInit: { packages: ['nginx'] } })
    expect(made.vms.map(({ cloudInit }) => cloudInit)).toEqual([
      {
        packages: ['nginx'],
        commands: ['touch /done'],
        adminPassword: MASKED,
        locale: 'de_DE',
      },
      { packages: ['nginx'], timezone: 'Europe/Berlin', locale: 'de_DE' },
    ])
    expect(vms.map(({ anew, changes }) => [anew, changes])).toEqual(
      vms.map(() => [true, { cloudInit: { packages: ['nginx'], locale: 'de_DE' } }]),
    )
  })

  test.each<[string, SeenVm, boolean, string[]]>([
    ['protected', { ...ours, protected: true }, true, ['protected']],
    ['hidden', { kind: 'hidden' }, true, ['privilege-missing']],
    ['hidden, and perhaps never made', { kind: 'hidden' }, false, []],
    ['foreign', { kind: 'foreign' }, true, []],
    ['absent', { kind: 'absent' }, true, []],
  ])('of a VM that is %s', (_name, seen, cloned, expected) => {
    const failed = failedOf(requestWith({ vms: [{ name: 'web-1' }] }), () => seen, { cloned })
    expect(codes(plan(failed, { cores: 1 }).plan.blockers)).toEqual(expected)
  })

  test('asks for the rights to destroy what there is', () => {
    const failed = failedOf(requestWith({ vms: [{ name: 'web-1' }] }), () => ({
      ...ours,
      running: true,
    }))
    const vmid = failed.vms[0]?.vmid
    const holds = (path: string, privilege: string) =>
      !(path === `/vms/${vmid}` && privilege === 'VM.PowerMgmt')
    const { blockers } = plan(failed, { start: false }, clusterWith({ holds })).plan
    expect(blockers).toMatchObject([{ code: 'privilege-missing' }])
    expect(blockers[0]?.message).toContain('VM.PowerMgmt')
  })

  test('of the checks alone leaves the VM where it is', () => {
    const request = requestWith({
      defaults: { validate: { ports: [22] } },
      vms: [{ name: 'web-1' }],
    })
    const failed = failedOf(request, undefined, { node: 'pve3' })
    const { plan: made, vms } = plan(failed, { validate: { ports: [80] } })
    expect(made.vms[0]).toMatchObject({ node: 'pve3', vmid: failed.vms[0]?.vmid })
    expect(made.vms[0]?.steps.map(({ id }) => id)).toEqual([
      'start',
      'wait-for-agent',
      'read-address',
      'check-port-80',
    ])
    expect(vms[0]?.kept).toEqual(['reserve-id', 'clone', 'configure', 'start'])
  })
})

const ids = (failed: FailedVms, inventory?: Inventory) =>
  plan(failed, { cores: 1 }, inventory).plan.vms[0]?.steps.map(({ id }) => id)
const allButAllocate = (_path: string, privilege: string) => privilege !== 'Datastore.Allocate'

describe('a first boot of a VM that is made anew', () => {
  const request = requestWith({
    defaults: {
      cloudInit: { delivery: 'seed', users: [{ name: 'ops', sshKeys: [] }] },
      networks: [{ bridge: 'vmbr0', ip: '10.0.0.5/24', gateway: '10.0.0.1' }],
    },
    vms: [{ name: 'web-1' }],
  })
  test('removes the seed of the one that was', () => {
    expect(ids(failedOf(request))?.slice(0, 3)).toEqual(['destroy', 'delete-seed', 'reserve-id'])
    expect(ids(failedOf(request, () => ({ kind: 'absent' })))?.[0]).toBe('delete-seed')
  })

  test('leaves a seed that the caller may not remove, and says so', () => {
    const inventory = clusterWith({ holds: allButAllocate })
    const failed = failedOf(request)
    expect(ids(failed, inventory)?.slice(0, 2)).toEqual(['destroy', 'reserve-id'])
    const { warnings } = plan(failed, { cores: 1 }, inventory).plan
    expect(codes(warnings)).toContain('seed-stays')
  })
})

describe('planUnchanged', () => {
  test('has what is left to do, and is blocked by a right that is gone', () => {
    const failed = failedOf(requestWith({ vms: [{ name: 'web-1' }] }))
    const free = planUnchanged(failed, () => true)
    expect(free.vms[0]?.steps.map(({ id }) => id)).toEqual(['start'])
    expect(free.blockers).toEqual([])
    const blocked = planUnchanged(failed, (_path, privilege) => privilege !== 'VM.Clone')
    expect(blocked.blockers).toMatchObject([{ code: 'privilege-missing' }])
    expect(blocked.privileges.filter(({ granted }) => !granted)).toMatchObject([
      { privilege: 'VM.Clone' },
    ])
  })
})
