import { describe, expect, test } from 'vitest'
import { withMaskedRequest } from '../cloud-init/passwords.ts'
import { planFor } from '../fixtures.ts'
import type { DeploymentRequest, RetryChanges } from '../request.ts'
import { type FailedVms, planRetry } from '../retry.ts'
import { fromIso, scratchCluster, unattendedWindows } from './fixtures.ts'

/** The deployment of this request as it is stored, whose VMs were all made and did not answer. */
const failedOf = (asked: DeploymentRequest): FailedVms => {
  const request = withMaskedRequest(asked)
  const plan = planFor(request, scratchCluster)
  const vms = plan.vms.map((planned) => ({
    id: `d-1-${planned.name}`,
    run: 1,
    name: planned.name,
    vmid: planned.vmid,
    node: planned.node,
    changes: null,
    steps: planned.steps.map((step, index) => ({ step, done: index < 7 })),
    planned,
    cloned: true,
    seen: {
      kind: 'ours' as const,
      node: planned.node,
      running: true,
      pool: null,
      protected: false,
    },
  }))
  return { id: 'd-1', request, plan, vms }
}

const retried = (asked: DeploymentRequest, changes: RetryChanges) => {
  const { plan, vms } = planRetry(failedOf(asked), changes, scratchCluster, { macSalt: 'test' })
  expect(plan.blockers).toEqual([])
  return { plan, vms, kinds: plan.vms[0]?.steps.map(({ kind }) => kind) }
}

describe('a retry of VMs from an ISO', () => {
  test('makes them anew, after what was there and its answers', () => {
    const { kinds, plan } = retried(unattendedWindows(), { memoryMiB: 16_384 })
    expect(kinds?.slice(0, 5)).toEqual(['stop', 'destroy', 'delete-seed', 'reserve-id', 'create'])
    expect(kinds).toContain('upload-seed')
    expect(plan.vms[0]).toMatchObject({ vmid: 100, memoryMiB: 16_384 })
  })

  test('goes on with what is there where only the checks change', () => {
    const { kinds, vms } = retried(unattendedWindows(), { validate: { ports: [5985] } })
    expect(vms[0]?.anew).toBe(false)
    expect(kinds).not.toContain('create')
    expect(kinds).toEqual(
      expect.arrayContaining(['wait-for-agent', 'read-address', 'check-port', 'detach-seed']),
    )
  })

  test('changes of the hardware leave the rest of it as it was', () => {
    const asked = fromIso('linux', {
      defaults: { hardware: { cpuType: 'x86-64-v3', tpm: true } },
      vms: [{ name: 'vm-01', hardware: { sockets: 1, tpm: false } }],
    })
    const { plan } = retried(asked, { hardware: { cpuType: 'kvm64' } })
    const created = plan.vms[0]?.steps.find(({ kind }) => kind === 'create')?.calls[0]?.params
    expect(created).toMatchObject({ cpu: 'kvm64' })
    expect(created).not.toHaveProperty('tpmstate0')
  })
})
