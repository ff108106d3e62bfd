import { cloudInitOf } from '@deployer/core/cloud-init/request.ts'
import { createIssueLog } from '@deployer/core/issues.ts'
import type { DeploymentRequest, NetworkRequest, VmRow } from '@deployer/core/request.ts'
import { expandRequest } from '@deployer/core/specs.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CloudInitForm } from '../cloud-init/state.ts'
import { ubuntu } from '../fixtures.ts'
import { type DeployForm, emptyForm, emptyTable } from '../form.ts'
import { fromRequest } from '../from-request.ts'
import { toRequest } from '../request.ts'
import type { Cells } from './columns.ts'
import { commandsText } from './first-boot.ts'
import { baseOf, cellOf, rowsOf } from './rows.ts'

const filled: DeployForm = { ...emptyForm, template: 9000, namePattern: 'web-{01..04}' }

function requestOf(form: DeployForm): DeploymentRequest {
  const parsed = toRequest(form, ubuntu)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.request
}

function vmsFor(form: Partial<DeployForm>): unknown {
  // As it is sent.
  return JSON.parse(JSON.stringify(requestOf({ ...filled, ...form }).vms))
}

/** What core makes of a request, VM by VM, without where each setting stands in it. */
function specsOf(request: DeploymentRequest): unknown[] {
  const issues = createIssueLog()
  const specs = expandRequest(request, issues)
  expect(issues.list()).toEqual([])
  const placement = request.placement ?? { strategy: 'spread' }
  return specs.map(({ row, vmid: _vmid, networks, node, ...spec }) => ({
    ...spec,
    cloudInit: cloudInitOf(request.defaults?.cloudInit, request.vms[row]?.cloudInit),
    node: node ?? ('node' in placement ? placement.node : null),
    // What is not started is not checked, whatever it inherits.
    validate: spec.start ? spec.validate : null,
    networks: networks.map(({ field: _field, ...network }) => network),
  }))
}

const nic = (ip: string) => [{ ip, gateway: '10.0.0.1' }]
const range: Partial<DeployForm> = {
  addressing: 'range',
  range: '10.0.0.{20..23}/24',
  gateway: '10.0.0.1',
}

describe('as few rows as say the same', () => {
  test.each<[string, Partial<DeployForm>, unknown]>([
    ['nothing set', {}, [{ name: 'web-{01..04}' }]],
    [
      'a cell in the middle',
      { table: { ...emptyTable, overrides: { '1': { cores: '8' } } } },
      [{ name: 'web-01' }, { name: 'web-02', cores: 8 }, { name: 'web-{03..04}' }],
    ],
    [
      'the same in two neighbours',
      {
        table: { ...emptyTable, overrides: { '1': { memory: '8 GiB' }, '2': { memory: '8 GiB' } } },
      },
      [{ name: 'web-01' }, { name: 'web-{02..03}', memoryMiB: 8192 }, { name: 'web-04' }],
    ],
    [
      'a VM left out',
      { table: { ...emptyTable, gone: [1] } },
      [{ name: 'web-01' }, { name: 'web-{03..04}' }],
    ],
    [
      'rows of their own',
      {
        table: {
          ...emptyTable,
          rows: [
            { name: 'db-1', disk: '40 GiB' },
            { name: 'db-2', disk: '40 GiB' },
          ],
        },
      },
      [{ name: 'web-{01..04}' }, { name: 'db-{1..2}', diskGiB: 40 }],
    ],
    [
      'a row of its own that goes on with the names',
      { table: { ...emptyTable, rows: [{ name: 'web-05' }] } },
      [{ name: 'web-{01..05}' }],
    ],
    [
      'names that grow by a digit are no padded range',
      { namePattern: 'web-{98..99}', table: { ...emptyTable, rows: [{ name: 'web-100' }] } },
      [{ name: 'web-{98..100}' }],
    ],
    [
      'cells that do not touch the network leave the range where it is',
      { ...range, table: { ...emptyTable, overrides: { '0': { cores: '1' } } } },
      [{ name: 'web-01', cores: 1 }, { name: 'web-{02..04}' }],
    ],
    [
      'one other address: each VM says its own',
      { ...range, table: { ...emptyTable, overrides: { '1': { ip: '10.0.0.99/24' } } } },
      [
        { name: 'web-01', networks: nic('10.0.0.20/24') },
        { name: 'web-02', networks: nic('10.0.0.99/24') },
        { name: 'web-{03..04}', networks: nic('10.0.0.{22..23}/24') },
      ],
    ],
    [
      'a row more than the range: it counts on',
      { ...range, table: { ...emptyTable, rows: [{ name: 'web-05' }] } },
      [{ name: 'web-{01..05}', networks: nic('10.0.0.{20..24}/24') }],
    ],
    [
      'VMIDs that count',
      {
        table: {
          ...emptyTable,
          overrides: { '0': { vmid: '300' }, '1': { vmid: '301' }, '2': { vmid: '400' } },
        },
      },
      [{ name: 'web-{01..02}', vmid: 300 }, { name: 'web-03', vmid: 400 }, { name: 'web-04' }],
    ],
    [
      'DHCP on one has no gateway',
      { ...range, table: { ...emptyTable, overrides: { '0': { ip: 'dhcp' } } } },
      [
        { name: 'web-01', networks: [{ ip: 'dhcp' }] },
        { name: 'web-{02..04}', networks: nic('10.0.0.{21..23}/24') },
      ],
    ],
  ])('%s', (_what, form, rows) => {
    expect(vmsFor(form)).toEqual(rows)
  })
})

test('a cell that cannot be read is said with its row', () => {
  const table = { ...emptyTable, overrides: { '1': { cores: 'many' } } }
  expect(toRequest({ ...filled, table }, ubuntu)).toEqual({
    ok: false,
    errors: { table: 'web-02: A whole number from 1 to 512' },
  })
})

const firstBoot: CloudInitForm = {
  users: [{ name: 'ops', sudo: true }, { name: 'dev' }],
  packages: ['nginx'],
  timezone: 'UTC',
}

const cells: fc.Arbitrary<Cells> = fc.record(
  {
    node: fc.constantFrom('pve1', 'pve2'),
    ip: fc.constantFrom('dhcp', 'template', '10.0.0.200/24', '10.0.0.201/24'),
    cores: fc.constantFrom('1', '8'),
    memory: fc.constantFrom('1 GiB', '3000 MiB'),
    disk: fc.constantFrom('13 GiB', '40 GiB'),
    tags: fc.constantFrom('web', 'web canary', 'none'),
    bridge: fc.constantFrom('vmbr1', 'template'),
    vlan: fc.constantFrom('20', 'none'),
    gateway: fc.constantFrom('10.0.0.254', 'none'),
    nameservers: fc.constantFrom('10.0.0.2', '10.0.0.2, 10.0.0.3', 'none'),
    ip6: fc.constantFrom('auto', 'dhcp', 'template', 'fd00::200/64', 'fd00::201/64'),
    gateway6: fc.constantFrom('fd00::fe', 'none'),
    searchDomains: fc.constantFrom('lab.example', 'lab.example, example', 'none'),
    hostname: fc.constantFrom('front', 'front.lab.example'),
    users: fc.constantFrom('ops', 'dev ops', 'none'),
    packages: fc.constantFrom('nginx', 'nginx git', 'none'),
    commands: fc.constantFrom(
      'none',
      'echo one; echo two',
      '[ -f /etc/motd ] && reboot',
      '["echo one",["echo","two"]]',
    ),
    firstBoot: fc.constantFrom(
      '{}',
      '{"timezone":"UTC","packageUpgrade":true}',
      '{"users":[{"name":"other","sudo":true}]}',
      '{"userData":{"mode":"extend","document":"#cloud-config\\n"}}',
    ),
    nics: fc.constantFrom('none', 'vmbr2 vlan=30 ip=10.1.0.9/24', 'template; vmbr3'),
    description: fc.constantFrom('Front', 'Back'),
    onBoot: fc.constantFrom('yes', 'no'),
    start: fc.constantFrom('yes', 'no'),
    ports: fc.constantFrom('none', '22', '22, 443'),
    agentTimeout: fc.constantFrom('default', '60 s'),
  },
  { requiredKeys: [] },
)

const form: fc.Arbitrary<DeployForm> = fc
  .record({
    namePattern: fc.constantFrom('web-{01..04}', 'web-{8..11}', 'web-{n}', 'web', '{01..03}.lab'),
    size: fc.constantFrom('template', 'medium'),
    bridge: fc.constantFrom('', 'vmbr1'),
    vlan: fc.constantFrom('', '20'),
    addressing: fc.constantFrom<DeployForm['addressing'][]>(null, 'template', 'dhcp', 'range'),
    range: fc.constantFrom('10.0.0.{n=20}/24', '10.0.{n}.5/16'),
    gateway: fc.constantFrom('', '10.0.0.1'),
    nameservers: fc.constantFrom('', '10.0.0.3'),
    ip6: fc.constantFrom('', 'auto', 'fd00::{n=20}/64'),
    gateway6: fc.constantFrom('', 'fd00::1'),
    searchDomains: fc.constantFrom('', 'lab.example'),
    cloudInit: fc.constantFrom<CloudInitForm[]>({}, firstBoot, {
      ...firstBoot,
      delivery: 'seed',
      inherited: 'keep',
      defaultUser: 'none',
      commands: ['echo one', ['echo', 'two']],
      writeFiles: [{ path: '/etc/motd', content: 'hello\n' }],
      userData: { mode: 'extend', document: '#cloud-config\n' },
    }),
    start: fc.boolean(),
    ports: fc.constantFrom(null, '', '22'),
    tags: fc.constantFrom('', 'lab'),
    kept: fc.record({
      networks: fc.constantFrom<NetworkRequest[][]>(
        [],
        [{ bridge: 'vmbr9', ip: '10.9.0.{n=5}/24' }],
        [{ ip6: 'fd09::{n=5}/64', searchDomains: ['lab.example', 'example'] }],
      ),
      agentTimeoutSeconds: fc.constantFrom(null, 300),
    }),
    overrides: fc.dictionary(fc.constantFrom('0', '1', '2', '3'), cells),
    gone: fc.constantFrom<number[][]>([], [1], [0, 2], [2]),
    rows: fc.array(
      fc.tuple(fc.constantFrom('db', 'web-12', 'web-05', 'web-06', 'cache-1', 'cache-2'), cells),
      { maxLength: 4 },
    ),
  })
  .map(({ overrides, gone, rows, ...fields }) => ({
    ...emptyForm,
    ...fields,
    template: 9000,
    quantity: 4,
    table: { overrides, gone, rows: rows.map(([name, own]) => ({ name, ...own })) },
  }))
  .filter((made) => toRequest(made, ubuntu).ok)

/** What the table shows of a VM, in the terms of core's specs. */
function shown(made: DeployForm) {
  const base = baseOf(made, ubuntu)
  return rowsOf(made).map((row) => ({
    name: cellOf(row, base, 'name'),
    ip: cellOf(row, base, 'ip'),
    cores: row.cells.cores ?? (made.size === 'template' ? null : base.cells.cores),
    tags: cellOf(row, base, 'tags'),
    start: cellOf(row, base, 'start'),
    ip6: cellOf(row, base, 'ip6'),
    users: cellOf(row, base, 'users'),
    packages: cellOf(row, base, 'packages'),
    commands: cellOf(row, base, 'commands'),
  }))
}

test("core's VMs are the rows of the table, one for one", () => {
  fc.assert(
    fc.property(form, (made) => {
      const specs = expandRequest(requestOf(made), createIssueLog())
      expect(
        specs.map((spec) => ({
          name: spec.name,
          ip: addressOf(spec.networks[0]?.ip ?? null),
          cores: spec.cores === null ? null : String(spec.cores),
          tags: spec.tags === null ? 'linux' : spec.tags.join(' ') || 'none',
          start: spec.start ? 'yes' : 'no',
          ip6: ip6Of(spec.networks[0]?.ip6 ?? null),
          ...firstBootOf(requestOf(made), spec.row),
        })),
      ).toEqual(shown(made))
    }),
    { numRuns: 400 },
  )
})

function ip6Of(ip6: 'auto' | 'dhcp' | null | { text: string; prefix: number }): string {
  if (ip6 === null) return 'template'
  return typeof ip6 === 'string' ? ip6 : `${ip6.text}/${ip6.prefix}`
}

function firstBootOf(request: DeploymentRequest, row: number) {
  const {
    users = [],
    packages = [],
    commands = [],
  } = cloudInitOf(request.defaults?.cloudInit, request.vms[row]?.cloudInit) ?? {}
  return {
    users: users.map(({ name }) => name).join(' ') || 'none',
    packages: packages.join(' ') || 'none',
    commands: commandsText(commands),
  }
}

function addressOf(ip: 'dhcp' | null | { text: string; prefix: number }): string {
  if (ip === null) return 'template'
  return ip === 'dhcp' ? 'dhcp' : `${ip.text}/${ip.prefix}`
}

test('table, request, table, request: the VMs stay the same', () => {
  fc.assert(
    fc.property(form, (made) => {
      const first = requestOf(made)
      const again = requestOf(fromRequest(first))
      expect(specsOf(again)).toEqual(specsOf(first))
    }),
    { numRuns: 400 },
  )
})

test('a row that drops the further NICs, and has none of its own, stays so', () => {
  const networks = [{ bridge: 'vmbr9', ip: '10.9.0.{n=5}/24' }]
  const made = {
    ...filled,
    addressing: 'template' as const,
    namePattern: '{01..03}.lab',
    quantity: 3,
    kept: { networks, agentTimeoutSeconds: null },
    table: { overrides: { '1': { nics: 'none' } }, gone: [], rows: [] },
  }
  const first = requestOf(made)
  expect(specsOf(requestOf(fromRequest(first)))).toEqual(specsOf(first))
})

test('coming back, the pattern and what was set beside it are found again', () => {
  const table = {
    overrides: { '1': { cores: '8' }, '3': { name: 'special', ip: '10.0.0.99/24' } },
    gone: [2],
    rows: [{ name: 'db-1', memory: '8 GiB' }],
  }
  const made = {
    ...filled,
    ...range,
    namePattern: 'web-{01..05}',
    range: '10.0.0.{20..24}/24',
    table,
  }
  expect(fromRequest(requestOf(made))).toMatchObject({
    namePattern: 'web-{01..05}',
    quantity: 5,
    range: '10.0.0.{20..24}/24',
    table,
  })
})

const rows: [string, VmRow[]][] = [
  [
    'several patterns',
    [
      { name: 'cp-{1..3}', cores: 4 },
      { name: 'worker-{01..10}', node: 'pve3' },
    ],
  ],
  ['a count', [{ name: 'a-{n}', count: 3 }, { name: 'b' }]],
  [
    'an own network before those of the defaults',
    [{ name: 'gw', networks: [{ bridge: 'vmbr1', ip: '192.168.0.1/24' }] }, { name: 'b-{1..3}' }],
  ],
  ['plain names', [{ name: 'a' }, { name: 'b', tags: [] }, { name: 'c', start: false }]],
  ['wide gaps', [{ name: 'n-{01..03}' }, { name: 'n-{50..52}' }]],
]

test.each(rows)('any rows come back as the same VMs: %s', (_what, vms) => {
  const request: DeploymentRequest = {
    source: { kind: 'template', vmid: 9000, clone: 'linked' },
    defaults: {
      cores: 2,
      start: true,
      networks: [{ ip: '10.0.0.{n=20}/24' }, { bridge: 'vmbr2', ip: '10.2.0.{n=30}/24' }],
      validate: { ports: [22] },
    },
    placement: { strategy: 'spread' },
    vms,
  }
  expect(specsOf(requestOf(fromRequest(request)))).toEqual(specsOf(request))
})
