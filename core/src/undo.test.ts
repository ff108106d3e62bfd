import { describe, expect, test } from 'vitest'
import type { PlannedVm } from './plan.ts'
import { planUndo, type MadeVm, type SeenVm } from './undo.ts'

const planned: PlannedVm = {
  name: 'web-01',
  row: 0,
  vmid: 201,
  node: 'pve1',
  placementReason: 'asked for',
  storage: 'local-lvm',
  cores: 2,
  memoryMiB: 2048,
  diskGiB: 20,
  allocations: [{ storage: 'local-lvm', node: 'pve1', sizeGiB: 20 }],
  ip: null,
  cloudInit: null,
  steps: [
    {
      id: 'clone',
      kind: 'clone',
      title: 'Clone the template',
      note: null,
      calls: [],
      slots: [
        { kind: 'clone-local', key: 'pve1/local-lvm' },
        { kind: 'full-copy', key: 'pve1/local-lvm' },
      ],
      spec: {
        kind: 'clone',
        sourceNode: 'pve1',
        sourceVmid: 9000,
        name: 'web-01',
        full: true,
        storage: 'local-lvm',
        targetNode: null,
        pool: null,
        description: 'vm-deployer {deployment} web-01',
      },
    },
  ],
}

const ours = (more: Partial<Extract<SeenVm, { kind: 'ours' }>> = {}): SeenVm => ({
  kind: 'ours',
  node: 'pve1',
  running: true,
  pool: null,
  protected: false,
  ...more,
})
const made = (seen: SeenVm, more: Partial<MadeVm> = {}): MadeVm => ({
  name: 'web-01',
  vmid: 211,
  planned,
  expected: true,
  seen,
  ...more,
})
const all = () => true
const inPool = (path: string) => path === '/pool/lab'
const audits = (_path: string, privilege: string) => privilege === 'VM.Audit'
const plan = (vms: MadeVm[], holds: (path: string, privilege: string) => boolean = all) =>
  planUndo({ id: 'd-1', vms }, holds)

describe('the plan of an undo', () => {
  test('stops what runs, then destroys it, where it is now and under its present id', () => {
    const [vm] = plan([made(ours({ node: 'pve2' }))]).vms
    expect(vm).toMatchObject({ vmid: 211, node: 'pve2', allocations: [] })
    expect(vm?.steps.map((step) => [step.kind, step.calls.filter((call) => call.changes)])).toEqual(
      [
        [
          'stop',
          [{ method: 'POST', path: '/nodes/pve2/qemu/211/status/stop', params: {}, changes: true }],
        ],
        [
          'destroy',
          [
            {
              method: 'DELETE',
              path: '/nodes/pve2/qemu/211',
              params: { purge: true, 'destroy-unreferenced-disks': false },
              changes: true,
            },
          ],
        ],
      ],
    )
    expect(vm?.steps.map((step) => step.slots)).toEqual([
      [{ kind: 'start', key: 'pve2' }],
      [{ kind: 'clone-local', key: 'pve1/local-lvm' }],
    ])
  })

  test('does not stop what is off', () => {
    const steps = plan([made(ours({ running: false }))]).vms[0]?.steps
    expect(steps?.map(({ kind }) => kind)).toEqual(['destroy'])
  })

  const left: [string, MadeVm, string[]][] = [
    ['is gone', made({ kind: 'absent' }), ['gone']],
    ['was never finished', made({ kind: 'absent' }, { expected: false }), []],
    ['lost its stamp', made({ kind: 'foreign' }), ['not-ours']],
    ['was never made, and another has its id', made({ kind: 'foreign' }, { expected: false }), []],
    ['is protected', made(ours({ protected: true })), ['protected']],
    ['cannot be seen', made({ kind: 'hidden' }), []],
  ]
  test.each(left)('leaves alone one that %s', (_what, vm, codes) => {
    const { vms, warnings, totals } = plan([vm])
    expect(vms).toEqual([])
    expect(totals).toMatchObject({ vms: 0, calls: 0 })
    expect(warnings.map(({ code }) => code)).toEqual(codes)
  })

  test('asks for rights on the VM or its pool; what is missing is a blocker', () => {
    const vm = made(ours({ pool: 'lab' }))
    expect(plan([vm], inPool)).toMatchObject({
      blockers: [],
      privileges: ['VM.Audit', 'VM.PowerMgmt', 'VM.Allocate'].map((privilege) => ({
        path: '/pool/lab',
        privilege,
        granted: true,
      })),
    })
    const five = [1, 2, 3, 4, 5].map((n) => made(ours({ running: false }), { vmid: 210 + n }))
    expect(plan(five, audits).blockers).toEqual([
      {
        code: 'privilege-missing',
        message:
          'You may not destroy 5 VMs. Proxmox asks for VM.Allocate on /vms/211, /vms/212, /vms/213 and 2 more.',
      },
    ])
    expect(plan([made({ kind: 'hidden' })]).blockers).toMatchObject([
      { message: 'You may not see 1 VM. Proxmox asks for VM.Audit on /vms/211.' },
    ])
  })

  test('has a hash that changes with what would be done, and with nothing else', () => {
    const { hash } = plan([made(ours())])
    expect(plan([made(ours({ pool: 'lab' })), made({ kind: 'absent' })]).hash).toBe(hash)
    expect(plan([made(ours({ running: false }))]).hash).not.toBe(hash)
    expect(plan([made(ours({ node: 'pve2' }))]).hash).not.toBe(hash)
    expect(planUndo({ id: 'd-2', vms: [made(ours())] }, all).hash).not.toBe(hash)
  })
})
