import { ProxmoxError, type ProxmoxFailure } from '@deployer/proxmox/errors.ts'
import { describe, expect, it } from 'vitest'
import { proxmoxProblem } from './proxmox-problem.ts'

const problemOf = (failure: ProxmoxFailure) =>
  proxmoxProblem(new ProxmoxError('GET /cluster/resources', failure))
const answered = (status: number, message: string) =>
  problemOf({ kind: 'answered', status, message, errors: {} })

describe('proxmoxProblem', () => {
  it('names privilege and path of a refusal', () => {
    expect(answered(403, 'Permission check failed (/vms/9000, VM.Clone)')).toMatchObject({
      kind: 'not-permitted',
      status: 403,
      detail: 'Your Proxmox account may not do this. Proxmox asks for VM.Clone on /vms/9000.',
      proxmox: { status: 403, message: 'Permission check failed (/vms/9000, VM.Clone)' },
    })
  })

  it('keeps the alternatives that Proxmox names', () => {
    expect(
      answered(
        403,
        'Permission check failed (/storage/local, Datastore.Audit|Datastore.AllocateSpace)',
      ).detail,
    ).toContain('Datastore.Audit or Datastore.AllocateSpace on /storage/local.')
  })

  it('says no more than Proxmox where it names nothing', () => {
    expect(answered(403, 'Permission check failed').detail).toBe(
      'Your Proxmox account may not do this.',
    )
  })

  it('turns a refused ticket into a sign-in', () => {
    expect(answered(401, 'Authentication failed!')).toMatchObject({
      kind: 'not-signed-in',
      status: 401,
    })
  })

  it('gives the fingerprint and the line for a certificate that nobody vouches for', () => {
    const fingerprint = 'AA:'.repeat(31) + 'AA'
    const problem = problemOf({
      kind: 'certificate',
      host: 'pve1:8006',
      fingerprint,
      reason: 'it is self-signed',
    })
    expect(problem).toMatchObject({
      kind: 'certificate-not-trusted',
      status: 503,
      title: 'pve1:8006 shows a certificate nobody vouches for',
      detail: `pve1:8006 presented a certificate, and it is self-signed. Nothing was sent to it. SHA-256 fingerprint: ${fingerprint}.`,
      more: {
        certificate: { host: 'pve1:8006', fingerprint, line: `PROXMOX_FINGERPRINT=${fingerprint}` },
      },
    })
    expect(problem.hint).toContain(`PROXMOX_FINGERPRINT=${fingerprint}`)
  })

  it('tells a cluster that does not answer from one that fails', () => {
    expect(
      problemOf({ kind: 'unreachable', host: 'pve1:8006', reason: 'connect ECONNREFUSED' }),
    ).toMatchObject({
      kind: 'proxmox-unreachable',
      status: 503,
      detail: 'pve1:8006 does not answer: connect ECONNREFUSED.',
    })
    expect(answered(595, 'Connection refused')).toMatchObject({
      kind: 'node-unreachable',
      status: 503,
    })
    expect(answered(500, 'cluster not ready - no quorum?')).toMatchObject({
      kind: 'proxmox-error',
      status: 502,
      proxmox: { status: 500, message: 'cluster not ready - no quorum?' },
    })
  })

  it('asks nobody to repeat a call that may have worked', () => {
    const problem = problemOf({
      kind: 'unknown-outcome',
      host: 'pve1:8006',
      reason: '596 Broken pipe',
    })
    expect(problem).toMatchObject({ kind: 'proxmox-answer-missing', status: 504 })
    expect(problem.detail).toContain('596 Broken pipe')
    expect(problem.retryAfterSeconds).toBeUndefined()
  })
})
