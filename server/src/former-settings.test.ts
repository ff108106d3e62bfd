import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseConfig, variables } from './config.ts'
import { formerVariables } from './former-settings.ts'

/** Every variable that the settings of the Python application declared, with a value of its example or default. */
const former: [name: string, value: string][] = [
  ['PROXMOX_HOST', '192.168.1.100'],
  ['PROXMOX_PORT', '8006'],
  ['PROXMOX_USER', 'root@pam'],
  ['PROXMOX_PASSWORD', 'secret'],
  ['PROXMOX_VERIFY_SSL', 'false'],
  ['DEFAULT_NODE', 'pve'],
  ['DEFAULT_STORAGE', 'local-lvm'],
  ['DEFAULT_NETWORK_BRIDGE', 'vmbr0'],
  ['VMID_MIN', '150'],
  ['VMID_MAX', '999'],
  ['LINUX_TEMPLATE_VMID', '9000'],
  ['WINDOWS_TEMPLATE_VMID', '9001'],
  ['VALIDATION_TIMEOUT', '300'],
  ['VALIDATION_SSH_PORT', '22'],
  ['VALIDATION_RDP_PORT', '3389'],
  ['VALIDATION_MAX_RETRIES', '20'],
  ['VALIDATION_RETRY_INTERVAL', '15'],
  ['API_HOST', '0.0.0.0'],
  ['API_PORT', '8000'],
  ['CORS_ORIGINS', 'http://localhost:3001'],
  ['LOG_LEVEL', 'INFO'],
  ['ENABLE_AUTO_START', 'true'],
  ['ENABLE_VM_DELETION', 'true'],
  ['REQUIRE_POST_VALIDATION', 'true'],
]

/** Their defaults are the same here and there. */
const sameHere = [
  'PROXMOX_PORT',
  'LOG_LEVEL',
  'VALIDATION_SSH_PORT',
  'VALIDATION_RDP_PORT',
  'VALIDATION_TIMEOUT',
]

const companion: Record<string, Record<string, string>> = {
  PROXMOX_USER: { PROXMOX_PASSWORD: 'secret' },
  PROXMOX_PASSWORD: { PROXMOX_USER: 'root@pam' },
  PROXMOX_PORT: { PROXMOX_HOST: 'pve' },
  ENABLE_VM_DELETION: { PROXMOX_HOST: 'pve' },
  PROXMOX_VERIFY_SSL: { PROXMOX_HOST: 'pve' },
}

describe('a variable of the Python application', () => {
  it.each(former)('%s=%s has an effect, or is told what replaced it', (name, value) => {
    const without = parseConfig({ PROXMOX_HOST: companion[name]?.['PROXMOX_HOST'] })
    const beside = companion[name] ?? {}
    const config = parseConfig({ ...beside, [name]: value })
    const known = name in variables.shape
    const { becomes, replacedBy } = formerVariables[name] ?? {}
    // Its own meaning, another name, or gone: exactly one of them.
    expect([known, becomes !== undefined, replacedBy !== undefined].filter(Boolean)).toHaveLength(1)
    const [notice = ''] = config.notices
    expect(config.notices).toHaveLength(known ? 0 : 1)
    expect(notice).toMatch(known ? /^$/ : new RegExp(`^${name} (is taken as|has no effect)`))
    const { notices: _ours, ...effective } = config
    const { notices: _theirs, ...before } = without
    const changes = replacedBy === undefined && !sameHere.includes(name)
    expect(isDeepStrictEqual(effective, before)).toBe(!changes)
  })

  it('has its meaning under its old name', () => {
    expect(parseConfig({ API_HOST: '0.0.0.0', API_PORT: '8000' })).toMatchObject({
      host: '0.0.0.0',
      port: 8000,
      notices: [
        'API_HOST is taken as HOST, which replaced it.',
        'API_PORT is taken as PORT, which replaced it.',
      ],
    })
  })

  it('gives way to its new name', () => {
    expect(parseConfig({ API_PORT: '8000', PORT: '3002' })).toMatchObject({
      port: 3002,
      notices: ['API_PORT has no effect: PORT is set, which replaced it.'],
    })
  })

  it('is not missed where it is empty', () => {
    expect(parseConfig({ DEFAULT_NODE: ' ' }).notices).toEqual([])
  })

  it.each([
    ['INFO', 'info'],
    ['WARNING', 'warn'],
    ['Critical', 'fatal'],
    ['debug', 'debug'],
  ])("reads Python's LOG_LEVEL=%s", (text, level) => {
    expect(parseConfig({ LOG_LEVEL: text }).logLevel).toBe(level)
  })

  it('takes a whole .env of it', () => {
    const config = parseConfig(Object.fromEntries(former))
    expect(config).toMatchObject({
      proxmox: { hosts: ['192.168.1.100'], verifySsl: false },
      serviceAccount: { username: 'root@pam' },
      vmids: { min: 150, max: 999 },
    })
    expect(config.notices).toHaveLength(Object.keys(formerVariables).length)
  })

  it('stands in docs/operations.md', () => {
    const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
    for (const [name] of former) expect(page).toContain(`\`${name}\``)
  })
})
