import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig, variables } from './config.ts'

const complaintsOf = (environment: Record<string, string>): string[] => {
  try {
    parseConfig(environment)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message.split('\n')
  }
}

describe('parseConfig', () => {
  it('needs nothing: then it is the demo on the embedded database', () => {
    expect(parseConfig({})).toMatchObject({
      port: 3001,
      host: '127.0.0.1',
      home: resolve('data'),
      dataDir: resolve('data/demo'),
      databaseUrl: null,
      appSecret: null,
      proxmox: null,
      guestProxy: null,
      trustProxy: false,
      vmids: { min: 100, max: 999_999_999 },
      limits: {
        clonesPerLocalStorage: 4,
        clonesPerSharedStorage: 2,
        fullCopiesPerStorage: 2,
        startsPerNode: 4,
        agentCallsPerNode: 2,
      },
      demo: { speed: 1, version: '9.2' },
    })
  })

  it('keeps what is of a real cluster apart from the demo', () => {
    const set = { DATA_DIR: '/srv/deployer', PROXMOX_HOST: 'pve1' }
    expect(parseConfig(set)).toMatchObject({ home: '/srv/deployer', dataDir: '/srv/deployer' })
  })

  it('takes an empty variable as not set', () => {
    expect(parseConfig({ PROXMOX_HOST: '', PORT: ' ' })).toEqual(parseConfig({}))
  })

  it.each([
    ['pve1', ['pve1']],
    ['pve1, pve2:8007', ['pve1', 'pve2:8007']],
    ['https://pve1.example.org:8006/', ['pve1.example.org:8006']],
    ['[fd00::1]:8006', ['[fd00::1]:8006']],
  ])('reads PROXMOX_HOST=%s', (text, hosts) => {
    expect(parseConfig({ PROXMOX_HOST: text }).proxmox?.hosts).toEqual(hosts)
  })

  it('reads truth as Python writes it', () => {
    const set = { PROXMOX_HOST: 'pve1', PROXMOX_VERIFY_SSL: 'False', ENABLE_VM_DELETION: 'True' }
    expect(parseConfig(set)).toMatchObject({ proxmox: { verifySsl: false }, vmDeletion: true })
  })

  it.each(['pve1:0', 'pve1:99999', 'pve1 pve2'])('refuses PROXMOX_HOST=%s', (text) => {
    expect(complaintsOf({ PROXMOX_HOST: text })).toEqual([
      expect.stringContaining('PROXMOX_HOST must be host names or addresses'),
    ])
  })

  it('reads fingerprints as openssl and Proxmox print them', () => {
    const pairs = 'ab:'.repeat(31) + 'ab'
    const set = {
      PROXMOX_HOST: 'pve1',
      PROXMOX_FINGERPRINT: `sha256 Fingerprint=${pairs},${'CD'.repeat(32)}`,
    }
    expect(parseConfig(set).proxmox?.fingerprints).toEqual([
      pairs.toUpperCase(),
      'CD:'.repeat(31) + 'CD',
    ])
  })

  it.each([
    ['true', true],
    ['TRUE', true],
    ['false', false],
    ['10.0.0.1, 10.0.0.0/8', '10.0.0.1,10.0.0.0/8'],
  ])('reads TRUST_PROXY=%s', (text, value) => {
    expect(parseConfig({ TRUST_PROXY: text }).trustProxy).toBe(value)
  })

  it.each(['False', 'FALSE', 'off', 'no', '0'])('reads PROXMOX_VERIFY_SSL=%s', (text) => {
    const { proxmox } = parseConfig({ PROXMOX_HOST: 'pve1', PROXMOX_VERIFY_SSL: text })
    expect(proxmox?.verifySsl).toBe(false)
  })

  it.each(['abc', '10.0.0.0/33', '10.0.0.1/', 'fd00::/129'])('refuses TRUST_PROXY=%s', (text) => {
    expect(complaintsOf({ TRUST_PROXY: text })).toEqual([
      `TRUST_PROXY must be \`true\`, \`false\`, or addresses with commas between them (it is "${text}").`,
    ])
  })

  it('repeats no password of a proxy', () => {
    expect(complaintsOf({ GUEST_PROXY: 'https://mira:secret@proxy:3128' })).toEqual([
      'GUEST_PROXY must be a URL that starts with http://.',
    ])
  })

  it('says in one line for each variable what it must be', () => {
    const wrong = {
      PORT: '70000',
      PROXMOX_FINGERPRINT: 'AA:BB',
      PROXMOX_VERIFY_SSL: 'maybe',
      DATABASE_URL: 'mysql://user:secret@db/deployer',
      APP_SECRET: 'short',
      DEMO_VERSION: '6.4',
    }
    expect(complaintsOf(wrong)).toEqual([
      'PORT must be a whole number from 1 to 65535 (it is "70000").',
      'DATABASE_URL must be a URL that starts with postgresql://.',
      'APP_SECRET must be at least 16 characters long.',
      'PROXMOX_FINGERPRINT must be SHA-256 fingerprints (32 pairs of hex digits each) with commas between them (it is "AA:BB").',
      'PROXMOX_VERIFY_SSL must be `true` or `false` (it is "maybe").',
      'DEMO_VERSION must be one of 7.4, 8.4, 9.2 (it is "6.4").',
    ])
  })

  it.each([
    [{}, null],
    [
      { PROXMOX_USER: 'deployer@pve', PROXMOX_PASSWORD: 'secret' },
      { kind: 'password', username: 'deployer@pve', password: 'secret' },
    ],
    [
      { PROXMOX_TOKEN_ID: 'deployer@pve!work', PROXMOX_TOKEN_SECRET: 'secret' },
      { kind: 'token', tokenId: 'deployer@pve!work', secret: 'secret' },
    ],
  ])('reads the service account of %o', (environment, account) => {
    expect(parseConfig(environment).serviceAccount).toEqual(account)
  })

  it.each([
    [{ PROXMOX_USER: 'deployer@pve' }, 'PROXMOX_USER is set, and PROXMOX_PASSWORD is missing.'],
    [
      { PROXMOX_TOKEN_SECRET: 'secret' },
      'PROXMOX_TOKEN_SECRET is set, and PROXMOX_TOKEN_ID is missing.',
    ],
    [
      { PROXMOX_USER: 'deployer', PROXMOX_PASSWORD: 'secret' },
      'PROXMOX_USER must be an account with its realm, such as deployer@pve (it is "deployer").',
    ],
    [
      {
        PROXMOX_USER: 'deployer@pve',
        PROXMOX_PASSWORD: 'secret',
        PROXMOX_TOKEN_ID: 'deployer@pve!work',
        PROXMOX_TOKEN_SECRET: 'secret',
      },
      'Set PROXMOX_USER and PROXMOX_PASSWORD, or PROXMOX_TOKEN_ID and PROXMOX_TOKEN_SECRET, not both: one service account does the work.',
    ],
  ])('refuses half a service account: %o', (environment, complaint) => {
    expect(complaintsOf(environment)).toEqual([complaint])
  })

  it('compares the bounds of VMIDs', () => {
    expect(complaintsOf({ VMID_MIN: '500', VMID_MAX: '400' })).toEqual([
      'VMID_MIN must not be above VMID_MAX (they are 500 and 400).',
    ])
  })
})

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  const lines = [...example.matchAll(/^(# )?([A-Z_]+)=(.*)$/gm)].map(
    ([, comment, name, value]) => ({
      name: name ?? '',
      value: value ?? '',
      set: comment === undefined,
    }),
  )

  it('has every variable, in the same order', () => {
    expect(lines.map((line) => line.name)).toEqual(Object.keys(variables.shape))
  })

  it('shows the defaults where a line is not commented out', () => {
    const shown = Object.fromEntries(
      lines.filter((line) => line.set).map((line) => [line.name, line.value]),
    )
    expect(parseConfig(shown)).toEqual(parseConfig({}))
    const unset = lines.filter((line) => !line.set).map((line) => line.name)
    const withoutDefault = Object.entries(variables.shape)
      .filter(([, schema]) => schema.safeParse(undefined).data === undefined)
      .map(([name]) => name)
    expect(unset).toEqual(withoutDefault)
  })
})
