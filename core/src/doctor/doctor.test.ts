import { describe, expect, it } from 'vitest'
import type { Node, Storage, Template } from '../inventory.ts'
import { type ClusterFacts, clusterFindings } from './cluster.ts'
import { type Certificate, connectionFindings, type HostFact } from './connection.ts'
import { type Account, featureFindings, smallestRole } from './features.ts'
import { type OwnFacts, ownFindings } from './own.ts'
import { type DoctorReport, doctorText, type Finding, worstFirst } from './report.ts'

const now = new Date('2026-11-23T12:00:00Z')
const levels = (findings: Finding[]) =>
  Object.fromEntries(findings.map(({ id, level }) => [id, level]))
const commandsOf = (findings: Finding[], id: string) =>
  findings.find((finding) => finding.id === id)?.commands.map(({ text }) => text)

const findIn = (hosts: HostFact[], tls: 'system-ca' | 'fingerprint' | 'off' = 'system-ca') =>
  connectionFindings({ hosts, tls, demo: false, now })

describe('the connection', () => {
  const certificate: Certificate = {
    fingerprint: 'AA:BB',
    issuedTo: 'pve1.example',
    issuedBy: 'Example CA',
    validTo: new Date('2028-03-01T00:00:00Z'),
    distrust: null,
  }
  const host = (rest: Partial<Extract<HostFact, { kind: 'answered' }>> = {}): HostFact => ({
    host: 'pve1.example:8006',
    kind: 'answered',
    latencyMs: 17.6,
    clockSeconds: 0.4,
    certificate,
    proxmox: true,
    ...rest,
  })

  it('that is well needs few words', () => {
    const findings = findIn([host()])
    expect(findings.map(({ level, title, found }) => `${level} ${title}: ${found}`)).toEqual([
      'ok Proxmox reachable: 18 ms',
      'ok Clock: agrees with ours',
      'ok Certificate: by an authority that this machine knows, to Mar 2028',
    ])
  })

  it.each(['refused', 'timeout', 'unknown-host', 'no-route', 'no-tls', 'other'] as const)(
    'that fails (%s) stops deployments, unless another host answers',
    (why) => {
      const silent: HostFact = { host: 'pve2.example:8006', kind: 'silent', why, reason: 'it' }
      const [alone] = findIn([silent])
      expect(alone).toMatchObject({ level: 'fail', remedy: expect.any(String) })
      expect(levels(findIn([silent, host()]))['connection pve2.example:8006']).toBe('warn')
    },
  )

  it('with a self-signed certificate leads to the line that pins it, for all hosts at once', () => {
    const distrust = 'it is self-signed'
    const other = { ...certificate, fingerprint: 'CC:DD' }
    const findings = findIn([
      host({ certificate: { ...certificate, distrust } }),
      host({ host: 'pve2.example:8006', certificate: other }),
    ])
    expect(levels(findings)['certificate pve1.example:8006']).toBe('fail')
    expect(commandsOf(findings, 'certificate pve1.example:8006')).toEqual([
      'openssl x509 -in /etc/pve/local/pve-ssl.pem -noout -fingerprint -sha256',
      'PROXMOX_FINGERPRINT=AA:BB,CC:DD',
    ])
  })

  it('with another certificate than the pinned one does not call that usual', () => {
    const distrust = 'it is none of the pinned certificates'
    const strange = host({ certificate: { ...certificate, distrust } })
    const found = findIn([strange], 'fingerprint').find(({ id }) => id.startsWith('certificate'))
    expect(found).toMatchObject({
      level: 'fail',
      title: 'pve1.example shows another certificate than the pinned one',
    })
    expect(found?.found).not.toContain('usual')
  })

  it('without checks warns, and a certificate that ends soon as well', () => {
    expect(levels(findIn([host()], 'off'))).toMatchObject({ certificate: 'warn' })
    const ending = { ...certificate, validTo: new Date('2026-12-01T00:00:00Z') }
    expect(levels(findIn([host({ certificate: ending })]))).toMatchObject({
      'certificate pve1.example:8006': 'warn',
    })
  })

  it.each([
    [4.9, 'ok', 'Clock'],
    [-7, 'warn', 'pve1.example is 7 s behind this machine'],
    [299, 'warn', 'pve1.example is 5 min ahead of this machine'],
    [3600, 'fail', 'pve1.example is 60 min ahead of this machine'],
  ])('with a clock that is %d s off is %s', (clockSeconds, level, title) => {
    const found = findIn([host({ clockSeconds })]).find(({ id }) => id.startsWith('clock'))
    expect(found).toMatchObject({ level, title })
  })

  it('to something else is told', () => {
    expect(findIn([host({ proxmox: false })])[0]).toMatchObject({ level: 'fail' })
  })
})

const version = { major: 9, minor: 2 }
const account = (rest: Partial<Account>): Account => ({
  username: 'mira@pve',
  permissions: {},
  separated: null,
  ...rest,
})
const granted = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 1]))

describe('what an account may do', () => {
  it.each([[{ major: 9, minor: 2 }], [{ major: 8, minor: 4 }], [{ major: 7, minor: 4 }]])(
    'with the smallest role of %j it can deploy and check',
    (of) => {
      const permissions = { '/': granted(...smallestRole(of)) }
      const found = levels(featureFindings(account({ permissions }), of))
      expect(found).toMatchObject({
        'feature deploy': 'ok',
        'feature check': 'ok',
        'feature lists': 'ok',
        'feature delete': 'ok',
        'feature console': 'info',
      })
    },
  )

  it('with nothing it gets the whole role, on /', () => {
    const findings = featureFindings(account({}), version)
    expect(levels(findings)).toMatchObject({ 'feature deploy': 'fail', 'feature check': 'warn' })
    expect(commandsOf(findings, 'feature deploy')).toEqual([
      `pveum role add VMDeployer --privs "${smallestRole(version).join(' ')}"`,
      'pveum acl modify / --users mira@pve --roles VMDeployer',
    ])
  })

  it('with entries of its own on deeper paths it gets what is missing there, where it counts', () => {
    const permissions = {
      '/': granted('Sys.Audit'),
      '/vms': granted('Sys.Audit'),
      '/storage': granted('Sys.Audit'),
      '/pool/lab': granted('VM.Audit', 'VM.Allocate'),
      '/vms/9000': granted('VM.Clone'),
      '/storage/ceph-vm': granted('Datastore.Audit'),
    }
    const findings = featureFindings(account({ permissions }), version)
    expect(commandsOf(findings, 'feature console')).toEqual([
      'pveum role add VMDeployer-console --privs "VM.Console"',
      'pveum acl modify /pool/lab --users mira@pve --roles VMDeployer-console',
    ])
    expect(commandsOf(findings, 'feature upload')?.[1]).toContain('acl modify /storage/ceph-vm ')
  })

  it('what does not go on to objects below / is not held there', () => {
    const permissions = { '/': { 'VM.Console': 0 } }
    expect(levels(featureFindings(account({ permissions }), version))['feature console']).toBe(
      'info',
    )
  })

  it('a token with privilege separation and without grants says so', () => {
    const username = 'mira@pve!ci'
    const findings = featureFindings(account({ username, separated: true }), version)
    expect(levels(findings)['token']).toBe('fail')
    expect(commandsOf(findings, 'feature deploy')?.[1]).toBe(
      "pveum acl modify / --tokens 'mira@pve!ci' --roles VMDeployer",
    )
    const whole = featureFindings(
      account({ username, separated: false, permissions: { '/': granted('VM.Audit') } }),
      version,
    )
    expect(levels(whole)['token']).toBe('ok')
    expect(commandsOf(whole, 'feature console')?.[1]).toContain('--users mira@pve ')
  })
})

const node = (name: string, online = true): Node => ({
  name,
  online,
  architecture: 'x86_64',
  cores: 8,
  cpuFraction: 0,
  memoryMiB: 1,
  memoryUsedMiB: 0,
  uptimeSeconds: 1,
})
const storage = (name: string, rest: Partial<Storage> = {}): Storage => ({
  name,
  node: 'pve1',
  type: 'dir',
  shared: false,
  active: true,
  content: ['images', 'iso'],
  totalGiB: 1000,
  availableGiB: 610,
  ...rest,
})
const template = (vmid: number, rest: Partial<Template> = {}): Template => ({
  vmid,
  name: `t-${vmid}`,
  node: 'pve1',
  description: null,
  osType: 'l26',
  cores: 2,
  sockets: 1,
  memoryMiB: 2048,
  disks: [{ key: 'scsi0', storage: 'local', volid: 'local:x', sizeGiB: 10, boot: true }],
  nics: [],
  cloudInitDrive: 'ide2',
  cloudInitVolume: null,
  cdVolumes: [],
  agent: true,
  tags: [],
  lock: null,
  createdAt: null,
  inherited: {},
  linkedClone: { possible: true, reason: null },
  copies: [],
  ...rest,
})

describe('the cluster', () => {
  const facts = (rest: Partial<ClusterFacts> = {}): ClusterFacts => ({
    version: '9.2.1',
    quorate: true,
    nodes: [node('pve1')],
    storages: [storage('local')],
    bridges: [
      {
        name: 'vmbr0',
        node: 'pve1',
        kind: 'bridge',
        zone: 'localnetwork',
        active: true,
        comment: null,
      },
    ],
    templates: [template(9000)],
    templateCount: 1,
    snippets: null,
    vmids: { min: 100, max: 999, used: 10 },
    ...rest,
  })
  const find = (rest: Partial<ClusterFacts> = {}) => levels(clusterFindings(facts(rest)))

  it('that is well is fine in everything', () => {
    expect(new Set(Object.values(find()))).toEqual(new Set(['ok']))
  })

  it.each<[Partial<ClusterFacts>, string, string]>([
    [{ version: '7.3-4' }, 'version', 'fail'],
    [{ version: '7.4-17' }, 'version', 'ok'],
    [{ version: '10.0.1' }, 'version', 'info'],
    [{ quorate: false }, 'quorum', 'fail'],
    [{ quorate: null }, 'quorum', 'info'],
    [{ nodes: [node('pve1'), node('pve2', false)] }, 'node pve2', 'warn'],
    [{ nodes: [] }, 'nodes', 'fail'],
    [{ storages: [] }, 'storages', 'fail'],
    [{ storages: [storage('local', { content: ['iso'] })] }, 'storage for disks', 'fail'],
    [{ storages: [storage('local', { content: ['images'] })] }, 'storage for iso', 'warn'],
    [{ storages: [storage('local', { active: false })] }, 'storage local', 'warn'],
    [{ storages: [storage('local', { availableGiB: 20 })] }, 'storage local', 'warn'],
    [{ storages: [storage('local', { availableGiB: 80 })] }, 'storage local', 'info'],
    [{ storages: [storage('local', { availableGiB: null })] }, 'storage local', 'ok'],
    [{ bridges: [] }, 'bridges', 'warn'],
    [{ nodes: [node('pve1'), node('pve2')] }, 'bridge vmbr0', 'info'],
    [{ nodes: [node('pve1'), node('pve2')] }, 'storage for disks', 'warn'],
    [{ templates: [], templateCount: 0 }, 'templates', 'warn'],
    [{ templates: null, templateCount: 300 }, 'templates', 'ok'],
    [{ templates: [template(9002, { agent: false })] }, 'template 9002', 'warn'],
    [{ templates: [template(9002, { disks: [] })] }, 'template 9002', 'warn'],
    [{ templates: [template(9002, { lock: 'backup' })] }, 'template 9002', 'info'],
    [{ templates: [template(9002, { cloudInitDrive: null })] }, 'template 9002', 'info'],
    [
      { templates: [template(9002, { cloudInitDrive: null, osType: 'win11' })] },
      'template 9002',
      'ok',
    ],
    [{ snippets: { storage: 'local', places: [] } }, 'snippets', 'warn'],
    [
      {
        snippets: {
          storage: 'local',
          places: [{ node: 'pve1', address: null, folder: '/x', problem: 'No way.' }],
        },
      },
      'snippets pve1',
      'warn',
    ],
    [{ vmids: { min: 100, max: 120, used: 10 } }, 'vmids', 'warn'],
    [{ vmids: { min: 100, max: 120, used: 21 } }, 'vmids', 'fail'],
  ])('case %#', (rest, id, level) => {
    expect(find(rest)[id]).toBe(level)
  })

  it('names the list of content that a storage must have, with what it has', () => {
    const findings = clusterFindings(
      facts({ storages: [storage('local', { content: ['images', 'backup'] })] }),
    )
    expect(commandsOf(findings, 'storage for iso')).toEqual([
      'pvesm set local --content images,backup,iso',
    ])
  })
})

const own = (rest: Partial<OwnFacts> = {}): OwnFacts => ({
  database: {
    kind: 'embedded',
    state: { kind: 'ready', version: '18.4', milliseconds: 0.4, missingMigrations: [] },
  },
  disk: { folder: '/data', freeBytes: 41 * 1024 ** 3, totalBytes: 100 * 1024 ** 3 },
  audit: { file: '/data/logs/audit.log', problem: null },
  secret: { kind: 'generated' },
  service: null,
  notices: [],
  ...rest,
})

describe('this server', () => {
  const away = { kind: 'away', reason: 'connection refused' } as const
  it.each<[string, Partial<OwnFacts>, string, string]>([
    ['all is well', {}, 'database', 'ok'],
    ['database away', { database: { kind: 'external', state: away } }, 'database', 'fail'],
    [
      'not started',
      { database: { kind: 'embedded', state: { kind: 'not-started', exists: true } } },
      'database',
      'info',
    ],
    [
      'older',
      {
        database: {
          kind: 'embedded',
          state: { kind: 'ready', version: '18', milliseconds: 1, missingMigrations: ['016'] },
        },
      },
      'database',
      'warn',
    ],
    [
      'disk tight',
      { disk: { folder: '/d', freeBytes: 3 * 1024 ** 3, totalBytes: 1 } },
      'disk',
      'warn',
    ],
    ['disk full', { disk: { folder: '/d', freeBytes: 1000, totalBytes: 1 } }, 'disk', 'fail'],
    ['audit', { audit: { file: '/d/logs/audit.log', problem: 'no' } }, 'audit', 'warn'],
    ['secret', { database: { kind: 'external', state: away } }, 'secret', 'info'],
    [
      'service refused',
      { service: { username: 'd@pve', state: 'refused', lacking: [] } },
      'service account',
      'fail',
    ],
    [
      'service lacks',
      { service: { username: 'd@pve', state: 'ok', lacking: ['VM.Clone'] } },
      'service account',
      'fail',
    ],
    [
      'service',
      { service: { username: 'd@pve', state: 'ok', lacking: [] } },
      'service account',
      'ok',
    ],
    ['notice', { notices: ['DEFAULT_NODE has no effect: x.'] }, 'setting 1', 'info'],
  ])('%s', (_, rest, id, level) => {
    expect(levels(ownFindings(own(rest)))[id]).toBe(level)
  })
})

it('the text for a terminal has the worst first, and every command', () => {
  const findings = worstFirst([
    ...ownFindings(own({ disk: { folder: '/d', freeBytes: 1000, totalBytes: 1 } })),
    ...featureFindings(account({}), version),
  ])
  const report: DoctorReport = {
    checkedAt: now.toISOString(),
    milliseconds: 1800,
    account: 'mira@pve',
    cluster: 'pve-lab',
    findings,
  }
  const text = doctorText(report)
  expect(text.indexOf('Stops deployments')).toBeLessThan(text.indexOf('Worth knowing'))
  expect(text).toContain(
    `${findings.length} checks against pve-lab in 1.8 s, with the rights of mira@pve`,
  )
  for (const { commands, title } of findings) {
    expect(text).toContain(title)
    for (const { text: command } of commands) expect(text).toContain(command)
  }
})
