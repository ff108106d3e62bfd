import { assert, nat, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { requestConfiguration, vmConfiguration } from './audit-configuration.ts'
import {
  auditBody,
  type AuditDraft,
  auditEntrySchema,
  chainStart,
  checkLink,
  operations,
  operationTitle,
  seal,
} from './audit.ts'
import { csvColumns, csvLine, parseMoment, withoutClosedIntents } from './audit-report.ts'
import { deploymentRequestSchema } from './request.ts'

const actor = {
  username: 'mira@pve',
  kind: 'person',
  address: '10.0.0.17',
  requestId: 'r-1',
} as const
const draft = (more: Partial<AuditDraft> = {}): AuditDraft => ({
  operation: 'vm_power',
  status: 'success',
  actor,
  ...more,
})

describe('an entry', () => {
  test('has the fields that logs of deployments have always had, and new ones', () => {
    const body = auditBody(
      draft({
        operation: 'template_clone',
        vm: { name: 'web-01', vmid: 101, node: 'pve1' },
        upids: ['UPID:1', 'UPID:2'],
        configuration: { cores: 2 },
        details: { source_template: { template_id: 9000, template_name: 'ubuntu' } },
        durationMs: 12.4,
      }),
    )
    expect(JSON.parse(body)).toEqual({
      operation: 'template_clone',
      operation_type: 'clone',
      username: 'mira@pve',
      status: 'success',
      vm_name: 'web-01',
      vm_id: 101,
      node: 'pve1',
      configuration: { cores: 2 },
      source_template: { template_id: 9000, template_name: 'ubuntu' },
      task_id: 'UPID:1',
      error: null,
      actor_kind: 'person',
      address: '10.0.0.17',
      request_id: 'r-1',
      upids: ['UPID:1', 'UPID:2'],
      duration_ms: 12,
    })
  })

  test('that is an intent is no success yet, and says what is intended', () => {
    expect(JSON.parse(auditBody(draft({ intent: true })))).toMatchObject({
      operation: 'intent',
      operation_type: 'intent',
      status: 'pending',
      intended_operation: 'vm_power',
    })
  })

  test('has a title for people, also one of another version', () => {
    for (const [name, { title }] of Object.entries(operations))
      expect(operationTitle(name)).toBe(title)
    expect(operationTitle('moon_landing')).toBe('moon landing')
  })
})

describe('the chain', () => {
  test('holds whatever is in an entry, and breaks with any change of it', () => {
    assert(
      property(string({ unit: 'binary' }), nat(), (text, position) => {
        const body = auditBody(draft({ error: text, details: { text } }))
        const line = seal(body, '2026-11-23T10:00:00.000000Z', chainStart)
        const whole = checkLink(line, chainStart)
        expect(whole.ok).toBe(true)
        expect(auditEntrySchema.safeParse(JSON.parse(line)).success).toBe(true)
        const at = position % line.length
        const other = line[at] === 'x' ? 'y' : 'x'
        const changed = line.slice(0, at) + other + line.slice(at + 1)
        expect(checkLink(changed, chainStart).ok).toBe(false)
      }),
    )
  })
})

describe('the configuration', () => {
  const secrets = [
    'canary-password',
    '$6$canary$hash',
    'canary-admin',
    'canary-command',
    'canary-content',
    'canary-document',
  ]
  const key =
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8bG0hVDfPcD9CFZ8pBdsMvJ3mZ9bqPUeYpAq8o7cXy mira@laptop'
  const request = deploymentRequestSchema.parse({
    name: 'lab',
    source: { kind: 'template', vmid: 9000, clone: 'full' },
    defaults: {
      cores: 2,
      networks: [{ bridge: 'vmbr0', ip: 'dhcp', ip6: 'auto' }],
      cloudInit: {
        users: [
          { name: 'ops', password: secrets[0], sshKeys: [key], sudo: true },
          { name: 'dev', passwordHash: '$6$canary$hash0123456789' },
        ],
        adminPassword: secrets[2],
        commands: [secrets[3], ['sh', '-c', secrets[3]]],
        writeFiles: [{ path: '/etc/motd', content: secrets[4] }],
        userData: { mode: 'extend', document: `#cloud-config\n# ${secrets[5]}` },
        packages: ['nginx'],
      },
    },
    vms: [{ name: 'web-{1..2}', memoryMiB: 4096, start: false }],
  })

  test('has everything that was asked for but secrets', () => {
    const configuration = requestConfiguration(request)
    expect(configuration).toMatchObject({
      source: { kind: 'template', template_id: 9000, full_clone: true },
      defaults: {
        cores: 2,
        networks: [{ bridge: 'vmbr0', ip: 'dhcp', ip6: 'auto' }],
        cloud_init: {
          users: [
            {
              name: 'ops',
              sudo: true,
              has_password: true,
              ssh_keys: ['ssh-ed25519 …UeYpAq8o7cXy mira@laptop'],
            },
            { name: 'dev', has_password: true },
          ],
          has_admin_password: true,
          commands: 2,
          files: [{ path: '/etc/motd', characters: 14 }],
          packages: ['nginx'],
        },
      },
      vms: [{ name: 'web-{1..2}', memory_mb: 4096, start: false }],
    })
    expect(JSON.stringify(configuration)).not.toContain('canary')
  })

  test('of VMs from an ISO has their hardware and what was answered, but no secret', () => {
    const configuration = requestConfiguration(
      deploymentRequestSchema.parse({
        source: {
          kind: 'iso',
          volid: 'local:iso/win.iso',
          osType: 'windows-11',
          driversVolid: 'local:iso/virtio-win.iso',
          unattended: {
            edition: { name: 'Windows 11 Pro' },
            administratorPassword: 'canary-1',
            productKey: 'CANAR-YCANA-RYCAN-ARYCA-NARYC',
            user: { name: 'ops', password: 'canary-2' },
            commands: ['net use /user:a canary-3'],
          },
        },
        defaults: {
          networks: [{ model: 'e1000', mac: 'BC:24:11:00:00:01', rateMBps: 5, firewall: false }],
          hardware: { tpm: true, disks: [{ sizeGiB: 5, bus: 'sata' }] },
        },
        vms: [{ name: 'win' }],
      }),
    )
    expect(configuration).toEqual({
      source: {
        kind: 'iso',
        volume: 'local:iso/win.iso',
        os_type: 'windows-11',
        drivers_volume: 'local:iso/virtio-win.iso',
        unattended: {
          edition: 'Windows 11 Pro',
          has_product_key: true,
          has_admin_password: true,
          user: { name: 'ops' },
          commands: 1,
        },
      },
      defaults: {
        networks: [{ model: 'e1000', firewall: false, mac: 'BC:24:11:00:00:01', rate_mbps: 5 }],
        hardware: { tpm: true, disks: [{ size_gb: 5, bus: 'sata' }] },
      },
      vms: [{ name: 'win' }],
    })
  })

  test('of a VM has the names that clones have always had', () => {
    const vm = {
      name: 'web-1',
      row: 0,
      vmid: 101,
      node: 'pve1',
      placementReason: '',
      storage: 'ceph-vm',
      cores: 2,
      memoryMiB: 4096,
      diskGiB: 20,
      allocations: [],
      ip: '10.0.0.5',
      cloudInit: null,
      steps: [],
    }
    const configuration = vmConfiguration(request, vm)
    expect(configuration).toMatchObject({
      cores: 2,
      memory_mb: 4096,
      disk_size_gb: 20,
      storage: 'ceph-vm',
      full_clone: true,
      start_after_clone: false,
      tags: [],
      ip: '10.0.0.5',
    })
    expect(JSON.stringify(configuration)).not.toContain('canary')
  })
})

const numbered = (id: number, operation: string, closes?: number) => ({
  timestamp: 't',
  operation,
  id,
  ...(closes !== undefined && { closes }),
})

describe('reports', () => {
  test.each([
    ['2026-02-09', 'since', '2026-02-09T00:00:00.000Z'],
    ['2026-02-09', 'until', '2026-02-09T23:59:59.999Z'],
    ['2026-02-09T14:05', 'since', '2026-02-09T14:05:00.000Z'],
    ['2026-02-09 14:05:06', 'until', '2026-02-09T14:05:06.000Z'],
    ['2026-02-09T14:05:06.5Z', 'since', '2026-02-09T14:05:06.500Z'],
    ['2026-02-09T14:05:06+02:00', 'since', '2026-02-09T12:05:06.000Z'],
  ] as const)('read %s as a time (%s)', (text, end, time) => {
    expect(new Date(parseMoment(text, end) ?? Number.NaN).toISOString()).toBe(time)
  })

  test.each(['', 'yesterday', '2026-13-01', '09.02.2026', '2026-02-09T25:00'])(
    'do not take %s for a time',
    (text) => {
      expect(parseMoment(text, 'since')).toBeUndefined()
    },
  )

  test('quote cells, and let no user name become a formula', () => {
    const entry = { timestamp: 't', operation: 'sign_in', username: '=cmd|x', error: 'a,"b"\nc' }
    expect(csvLine(entry, csvColumns(['sign_in']))).toBe(`t,sign_in,,'=cmd|x,,,,,,"a,""b""\nc"\r\n`)
  })

  test('leave out intents whose outcome is there, and keep the others', () => {
    const all = [numbered(1, 'intent'), numbered(2, 'vm_power', 1), numbered(3, 'intent')]
    expect(withoutClosedIntents(all).map(({ id }) => id)).toEqual([2, 3])
  })
})
