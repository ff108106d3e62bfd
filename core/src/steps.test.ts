import { describe, expect, test } from 'vitest'
import { stepKinds, type Call } from './plan.ts'
import { callsOf, definitionOf, fillCall, noteOf, titleOf } from './steps.ts'

test.each(stepKinds)('%s says how it is undone and what it is for', (kind) => {
  expect(definitionOf(kind).undo).toMatch(/\.$/)
  expect(definitionOf(kind).documentation).toMatch(/\.$/)
})

describe('calls', () => {
  test('a full clone to another node, storage and pool', () => {
    const spec = {
      kind: 'clone',
      sourceNode: 'pve1',
      sourceVmid: 9000,
      name: 'web-01',
      full: true,
      storage: 'ceph-vm',
      targetNode: 'pve2',
      pool: 'lab',
      description: 'x',
    } as const
    expect(titleOf(spec)).toBe('Clone the template in full')
    expect(callsOf(spec, { vmid: 211 })).toEqual([
      {
        method: 'POST',
        path: '/nodes/pve1/qemu/9000/clone',
        params: {
          newid: 211,
          name: 'web-01',
          full: true,
          storage: 'ceph-vm',
          target: 'pve2',
          pool: 'lab',
          description: 'x',
        },
        changes: true,
      },
    ])
  })

  test('what is inherited and replaced is deleted in the same call', () => {
    const spec = {
      kind: 'configure',
      node: 'pve1',
      settings: { cores: 2, tags: 'a' },
      remove: ['vcpus', 'protection'],
    } as const
    const calls = callsOf({ ...spec, remove: [...spec.remove] }, { vmid: 211 })
    expect(calls.map((call) => call.changes)).toEqual([false, true])
    expect(calls[1]?.params).toEqual({
      cores: 2,
      tags: 'a',
      delete: 'vcpus,protection',
      digest: '{digest}',
    })
  })

  test('a port check calls nothing on Proxmox and says what it does', () => {
    const spec = {
      kind: 'check-port',
      node: 'pve1',
      port: 22,
      address: null,
      timeoutSeconds: 90,
    } as const
    expect(callsOf(spec, { vmid: 211 })).toEqual([])
    expect(noteOf(spec)).toBe(
      "Opens a TCP connection from the server to the VM's address, port 22, and closes it. Repeated for at most 90 s. No call to Proxmox.",
    )
  })
})

describe('placeholders', () => {
  const call: Call = {
    method: 'PUT',
    path: '/nodes/pve1/qemu/211/config',
    params: { cores: 2, tags: 'lab;{deployment}', description: 'a {digest}', digest: '{digest}' },
    changes: true,
  }

  test('are filled in; a digest only as the whole value of its parameter', () => {
    expect(fillCall(call, { deployment: 'd-7f3a', digest: 'abc' }).params).toEqual({
      cores: 2,
      tags: 'lab;d-7f3a',
      description: 'a {digest}',
      digest: 'abc',
    })
  })

  test('a call that needs a digest is not sent without one', () => {
    expect(() => fillCall(call, { deployment: 'd-7f3a' })).toThrow('needs a digest')
  })
})
