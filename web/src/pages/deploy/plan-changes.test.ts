import { expect, test } from 'vitest'
import type { Plan, PlannedVm } from '@deployer/core/plan.ts'
import { planChanges } from './plan-changes.ts'

function vm(name: string, vmid: number, node: string, memory = 2048): PlannedVm {
  return {
    name,
    row: 0,
    vmid,
    node,
    placementReason: '',
    storage: 'local-lvm',
    cores: 2,
    memoryMiB: memory,
    diskGiB: 20,
    allocations: [],
    ip: null,
    cloudInit: null,
    steps: [
      {
        id: 'configure',
        kind: 'configure',
        title: 'Set size',
        note: null,
        calls: [
          {
            method: 'POST',
            path: `/nodes/${node}/qemu/${vmid}/config`,
            params: { memory },
            changes: true,
          },
        ],
        slots: [],
        spec: { kind: 'configure', node, settings: { memory }, remove: [] },
      },
    ],
  }
}

function plan(vms: PlannedVm[], blockers: string[] = []): Plan {
  return {
    hash: JSON.stringify(vms),
    vms,
    totals: { vms: vms.length, cores: 0, memoryMiB: 0, diskGiB: 0, calls: vms.length },
    capacity: { nodes: [], storages: [] },
    warnings: [],
    blockers: blockers.map((message) => ({ code: 'x', message })),
    privileges: [],
  }
}

const before = plan([vm('web-01', 211, 'pve1'), vm('web-02', 212, 'pve2')])

test.each([
  ['nothing', before, []],
  [
    'one VMID',
    plan([vm('web-01', 213, 'pve1'), vm('web-02', 212, 'pve2')]),
    ['web-01 gets VMID 213, 211 is taken now.'],
  ],
  [
    'all VMIDs',
    plan([vm('web-01', 221, 'pve1'), vm('web-02', 222, 'pve2')]),
    ['2 VMs get other VMIDs: 221 to 222, no longer 211 to 212.'],
  ],
  [
    'a node',
    plan([vm('web-01', 211, 'pve3'), vm('web-02', 212, 'pve2')]),
    ['web-01 goes to pve3, no longer pve1.'],
  ],
  [
    'two nodes',
    plan([vm('web-01', 211, 'pve3'), vm('web-02', 212, 'pve3')]),
    ['web-01 goes to pve3, no longer pve1; 1 other move too.'],
  ],
  [
    'the calls of one VM',
    plan([vm('web-01', 211, 'pve1', 4096), vm('web-02', 212, 'pve2')]),
    ['The calls for web-01 changed.'],
  ],
  [
    'a blocker and a VMID',
    plan([vm('web-01', 213, 'pve1'), vm('web-02', 212, 'pve2')], ['local-lvm is full.']),
    ['1 new blocker.', 'web-01 gets VMID 213, 211 is taken now.'],
  ],
])('what changed: %s', (_what, after, sentences) => {
  expect(planChanges(before, after)).toEqual(sentences)
})
