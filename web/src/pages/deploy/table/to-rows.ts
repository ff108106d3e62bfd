/** From the table to the rows of a request: as few as say the same. */
import { parsePattern } from '@deployer/core/patterns.ts'
import type { NetworkRequest, VmRow, VmSettings } from '@deployer/core/request.ts'
import { parseWhole } from '../../../ui/quantity.ts'
import { parseList, parseMemoryMiB, parseSizeGiB } from '../reading.ts'
import type { Cells } from './columns.ts'
import { cloudInitOfCells } from './first-boot.ts'
import { hardwareOfCells } from './hardware.ts'
import { parseCard, parseNics } from './nics.ts'
import { addressAt, isFixed6, nameOf, type Row } from './rows.ts'
import { patternOf, type Series, seriesOf, textAt } from './series.ts'

/** Set for all VMs; `checks`: as `validate`, also where they are not started, for the one that is. */
export type TableDefaults = VmSettings & { checks: VmSettings['validate'] }

/**
 * One row of the request for each run of VMs that a pattern can name and that are the same otherwise. All cells must be
 * readable.
 */
export function toRows(rows: readonly Row[], defaults: TableDefaults): VmRow[] {
  const explicit = needsAddresses(rows, defaults.networks ?? [])
  return merged(rows.map((row) => vmOf(row, defaults, explicit)))
}

const networkColumns = [
  'ip',
  'bridge',
  'vlan',
  'gateway',
  'nameservers',
  'ip6',
  'gateway6',
  'searchDomains',
  'nics',
  'card',
] as const

function hasNetwork(cells: Cells): boolean {
  return networkColumns.some((id) => cells[id] !== undefined)
}

/**
 * A pattern in the defaults counts over the VMs without networks of their own. Where that would not give each row the
 * address that the table shows, every VM says its own.
 */
function needsAddresses(rows: readonly Row[], networks: readonly NetworkRequest[]): boolean {
  const lengths = networks
    .flatMap(({ ip, ip6 }) => [rangeLength(ip), rangeLength(ip6)])
    .filter((length) => length !== null)
  if (lengths.length === 0) return false
  const inOrder = rows.every((row, index) => row.turn === index && !hasNetwork(row.cells))
  return !inOrder || lengths.some((length) => length !== rows.length && length !== 'open')
}

/** How many addresses a pattern makes; null where it does not count. */
export function rangeLength(ip: string | undefined): number | 'open' | null {
  const parsed = parsePattern(ip ?? '')
  const counter = parsed.ok ? parsed.pattern.counter : null
  if (counter === null) return null
  return counter.to === null ? 'open' : counter.to - counter.from + 1
}

function vmOf(row: Row, defaults: TableDefaults, explicit: boolean): VmRow {
  const { cells } = row
  const made = explicit || hasNetwork(cells) ? networksFor(row, defaults) : undefined
  // All as the template has it, as without any.
  const empty = made?.every((network) => Object.keys(network).length === 0) === true
  const networks = empty && defaults.networks === undefined ? undefined : made
  const settings = {
    vmid: whole(cells.vmid),
    node: cells.node,
    cores: whole(cells.cores),
    memoryMiB: given(cells.memory, parseMemoryMiB),
    diskGiB: given(cells.disk, parseSizeGiB),
    storage: cells.storage,
    networks,
    description: cells.description,
    tags: cells.tags === undefined ? undefined : listOf(cells.tags),
    onBoot: cells.onBoot === undefined ? undefined : cells.onBoot === 'yes',
    start: cells.start === undefined ? undefined : cells.start === 'yes',
    validate: checksFor(cells, defaults),
    cloudInit: cloudInitOfCells(cells, defaults.cloudInit?.users ?? []),
    hardware: hardwareOfCells(cells),
  }
  return { name: nameOf(row), ...withoutNothing(settings) }
}

/** NICs of one VM with its own addresses. */
function networksFor({ cells, turn }: Row, defaults: TableDefaults): NetworkRequest[] {
  const inherited = (defaults.networks ?? []).map((network) =>
    withoutNothing({
      ...network,
      ip: network.ip === undefined ? undefined : addressAt(network.ip, turn),
      ip6: network.ip6 === undefined ? undefined : addressAt(network.ip6, turn),
    }),
  )
  const [first = {}, ...further] = inherited
  const nics = cells.nics === undefined ? further : (parseNics(cells.nics) ?? further)
  const nic: NetworkRequest = withoutNothing({
    ...first,
    ...(cells.card !== undefined && { ...noCard, ...parseCard(cells.card) }),
    ...own('bridge', cells.bridge, 'template'),
    ...(cells.vlan !== undefined && { vlan: whole(cells.vlan) }),
    ...own('ip', cells.ip, 'template'),
    ...own('gateway', cells.gateway, 'none'),
    ...(cells.nameservers !== undefined && { nameservers: listOf(cells.nameservers) }),
    ...own('ip6', cells.ip6, 'template'),
    ...own('gateway6', cells.gateway6, 'none'),
    ...(cells.searchDomains !== undefined && { searchDomains: listOf(cells.searchDomains) }),
  })
  // A gateway and nameservers belong to a fixed address.
  const fixed = nic.ip !== undefined && nic.ip !== 'dhcp'
  const networks = [
    withoutNothing({
      ...nic,
      gateway: fixed || cells.gateway !== undefined ? nic.gateway : undefined,
      nameservers: nic.nameservers?.length === 0 ? undefined : nic.nameservers,
      gateway6: isFixed6(nic.ip6) || cells.gateway6 !== undefined ? nic.gateway6 : undefined,
      searchDomains: nic.searchDomains?.length === 0 ? undefined : nic.searchDomains,
    }),
    ...nics,
  ]
  // One NIC as the template has it says the same as none, and is written in one way only.
  return networks.every((network) => Object.keys(network).length === 0) ? [] : networks
}

const noCard = { model: undefined, firewall: undefined, mac: undefined, rateMBps: undefined }

function own(
  key: 'bridge' | 'ip' | 'gateway' | 'ip6' | 'gateway6',
  text: string | undefined,
  nothing: string,
): NetworkRequest {
  return text === undefined ? {} : { [key]: text === nothing ? undefined : text }
}

/** A row's checks replace those of the defaults as a whole. */
function checksFor(cells: Cells, defaults: TableDefaults): VmSettings['validate'] {
  const inherited = defaults.start === false ? 'no' : 'yes'
  const start = cells.start ?? inherited
  const same = cells.ports === undefined && cells.agentTimeout === undefined && start === inherited
  // A VM that is not started has nothing to check, and no cell says what all have nothing of.
  if (same || start === 'no' || defaults.checks === undefined) return undefined
  const { ports, agentTimeoutSeconds } = defaults.checks
  return withoutNothing({
    ports: cells.ports === undefined ? ports : listOf(cells.ports).map(Number),
    agentTimeoutSeconds:
      cells.agentTimeout === undefined ? agentTimeoutSeconds : whole(cells.agentTimeout),
  })
}

function listOf(text: string): string[] {
  return text === 'none' ? [] : parseList(text)
}

function given(text: string | undefined, parse: (text: string) => number | null) {
  return text === undefined ? undefined : (parse(text) ?? undefined)
}

/** `none` and `default` are no number either. */
function whole(text: string | undefined): number | undefined {
  return given(text, parseWhole)
}

function withoutNothing<T extends object>(value: T): T {
  const kept = { ...value }
  for (const key in kept) if (kept[key] === undefined) delete kept[key]
  return kept
}

/** VMs that one row can stand for. */
type Run = { vms: VmRow[]; key: string; name: Series | null; ips: (Series | string | undefined)[] }

function merged(vms: readonly VmRow[]): VmRow[] {
  const runs: Run[] = []
  for (const vm of vms) {
    const last = runs.at(-1)
    if (last === undefined || !extend(last, vm)) runs.push(runOf(vm))
  }
  return runs.map(rowOf)
}

function runOf(vm: VmRow): Run {
  return { vms: [vm], key: likeness(vm), name: null, ips: addresses(vm) }
}

function addresses(vm: VmRow): (string | undefined)[] {
  return (vm.networks ?? []).flatMap((network) => [network.ip, network.ip6])
}

/** What must be the same: everything but name, VMID and addresses. */
function likeness({ name: _name, vmid, networks, ...rest }: VmRow): string {
  const nics = networks?.map(({ ip: _ip, ip6: _ip6, ...nic }) => nic)
  return JSON.stringify([rest, nics, vmid === undefined])
}

/** Takes a VM into a run where name, VMID and addresses count on; says whether it could. */
function extend(run: Run, vm: VmRow): boolean {
  const length = run.vms.length
  const [first] = run.vms
  if (first === undefined || run.key !== likeness(vm)) return false
  if (first.vmid !== undefined && vm.vmid !== first.vmid + length) return false
  const name = run.name ?? seriesOf(first.name, vm.name)
  if (name === null || textAt(name, length) !== vm.name) return false
  const ips: Run['ips'] = []
  for (const [index, ip] of addresses(vm).entries()) {
    const before = run.ips[index]
    const next = length === 1 && before !== ip ? begins(before, ip) : before
    const expected = typeof next === 'object' ? textAt(next, length) : next
    if (expected !== ip) return false
    ips.push(next)
  }
  run.vms.push(vm)
  run.name = name
  run.ips = ips
  return true
}

function begins(before: Series | string | undefined, ip: string | undefined): Series | undefined {
  if (typeof before !== 'string' || ip === undefined) return undefined
  return seriesOf(before, ip) ?? undefined
}

function rowOf({ vms, name, ips }: Run): VmRow {
  const [first = { name: '' }] = vms
  if (name === null) return first
  const networks = first.networks?.map((network, index) => {
    const [ip, ip6] = [ips[2 * index], ips[2 * index + 1]]
    return {
      ...network,
      ...(typeof ip === 'object' && { ip: patternOf(ip, vms.length) }),
      ...(typeof ip6 === 'object' && { ip6: patternOf(ip6, vms.length) }),
    }
  })
  return withoutNothing({ ...first, name: patternOf(name, vms.length), networks })
}
