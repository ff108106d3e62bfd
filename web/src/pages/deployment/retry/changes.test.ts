import type { StepKind } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { describe, expect, test } from 'vitest'
import { vm } from '../testing.ts'
import { type Fields, networksOfVm, noFields, readFields, retrySentence } from './changes.ts'

const fixed = [{ bridge: 'vmbr0', ip: '10.0.0.{20..29}/24', gateway: '10.0.0.1' }]

describe('readFields', () => {
  test.each<[Partial<Fields>, unknown]>([
    [{}, {}],
    [
      { memory: '4', cores: '2' },
      { memoryMiB: 4096, cores: 2 },
    ],
    [
      { memory: '512 MiB', disk: '40' },
      { memoryMiB: 512, diskGiB: 40 },
    ],
    [
      { node: 'pve2', storage: 'ceph' },
      { node: 'pve2', storage: 'ceph' },
    ],
    [{ ports: '22, 443' }, { validate: { ports: [22, 443] } }],
    [{ ports: 'none' }, { validate: { ports: [] } }],
    [
      { address: '10.0.0.77/24' },
      { networks: [{ bridge: 'vmbr0', ip: '10.0.0.77/24', gateway: '10.0.0.1' }] },
    ],
    [{ address: 'dhcp' }, { networks: [{ bridge: 'vmbr0', ip: 'dhcp' }] }],
    [
      { packages: 'nginx, jq', commands: 'systemctl enable --now nginx\n\n touch /done ' },
      {
        cloudInit: {
          packages: ['nginx', 'jq'],
          commands: ['systemctl enable --now nginx', 'touch /done'],
        },
      },
    ],
    [{ packages: 'none' }, { cloudInit: { packages: [] } }],
  ])('%j', (fields, changes) => {
    expect(readFields({ ...noFields, ...fields }, fixed)).toEqual({ changes, wrong: {} })
  })

  test.each<[Partial<Fields>, (keyof Fields)[]]>([
    [{ cores: 'many', memory: '-', disk: '0' }, ['cores', 'memory', 'disk']],
    [{ ports: '22, ssh' }, ['ports']],
    [{ ports: '70000' }, ['ports']],
    // The pattern would begin anew with this VM.
    [{ bridge: 'vmbr1' }, ['address']],
  ])('%j cannot be read', (fields, wrong) => {
    expect(Object.keys(readFields({ ...noFields, ...fields }, fixed).wrong)).toEqual(wrong)
  })
})

test('the NICs of a VM are those of its last change, its row, or the defaults', () => {
  const request: DeploymentRequest = {
    source: { kind: 'template', vmid: 9000, clone: 'linked' },
    defaults: { networks: [{ bridge: 'vmbr0' }] },
    vms: [{ name: 'a-{1..2}' }, { name: 'b-{1..2}', networks: fixed }],
  }
  expect(networksOfVm(request, vm('a-2'))).toEqual([{ bridge: 'vmbr0' }])
  expect(networksOfVm(request, vm('b-1'))).toEqual(fixed)
  const changed = { networks: [{ bridge: 'vmbr7' }] }
  expect(networksOfVm(request, vm('b-1', { changes: changed }))).toEqual(changed.networks)
})

describe('retrySentence', () => {
  test.each<[StepKind[][], string]>([
    [[['wait-for-agent']], '1 VM goes on from the step that failed.'],
    [
      [
        ['stop', 'destroy', 'reserve-id', 'clone'],
        ['reserve-id', 'clone'],
      ],
      '2 VMs are made anew: what there is of them is destroyed first.',
    ],
    [[['reserve-id', 'clone']], '1 VM is made anew.'],
    [[['reserve-id', 'create']], '1 VM is made anew.'],
  ])('%j', (kinds, sentence) => {
    const vms = kinds.map((steps) => ({ steps: steps.map((kind) => ({ kind })) }))
    expect(retrySentence({ vms })).toBe(sentence)
  })
})
