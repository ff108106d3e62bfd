import { expect, it } from 'vitest'
import { checksForAudit, orderConfiguration } from './audit.ts'
import type { CheckResult } from './order.ts'

const result = (kind: CheckResult['kind'], name: string, evidence = 'so'): CheckResult => ({
  kind,
  name,
  state: 'passed',
  evidence,
  tries: 1,
  checkedAt: '2026-11-23T12:00:00.000Z',
})

it('checks have the names that entries have always had, each once', () => {
  const checks = [
    result('proxmox', 'Proxmox'),
    result('agent', 'Agent'),
    result('address', 'Address'),
    result('port', 'Port 22'),
    result('port', 'Port 3389'),
    result('tcp', 'Port 22'),
    result('http', 'HTTP :80/'),
    result('http', 'HTTP :81/'),
  ]
  expect(Object.keys(checksForAudit(checks))).toEqual([
    'proxmox_status',
    'agent',
    'ip_address',
    'ssh_port',
    'rdp_port',
    'ssh_port_2',
    'http',
    'http_2',
  ])
  expect(checksForAudit([{ ...result('port', 'Port 80'), state: 'skipped' }])).toEqual({
    port_80: { passed: null, message: 'so' },
  })
})

it('nothing of a command, its output or a query is kept', () => {
  const canary = 'canary-7f3a'
  const kept = JSON.stringify([
    orderConfiguration({
      checks: [
        { kind: 'command', command: ['curl', canary] },
        { kind: 'http', path: `/x?token=${canary}` },
      ],
    }),
    checksForAudit([result('command', `curl ${canary}`, `Ended with 0: ${canary}`)]),
  ])
  expect(kept).not.toContain(canary)
  expect(kept).toContain('Ended with 0')
})
