/** From the rows of a request back to a pattern and the table beside it. */
import { MAX_VMS_PER_DEPLOYMENT } from '@deployer/core/limits.ts'
import { expandNames, parsePattern } from '@deployer/core/patterns.ts'
import type { NetworkRequest, VmRow, VmSettings } from '@deployer/core/request.ts'
import type { DeployForm } from '../form.ts'
import type { CloudInitForm } from '../cloud-init/state.ts'
import { type Cells, memoryCell } from './columns.ts'
import { cellsOfCloudInit } from './first-boot.ts'
import { cellOfHardware } from './hardware.ts'
import { cardText, nicsText } from './nics.ts'
import { addressAt, isFixed6 } from './rows.ts'
import { patternOf, type Series, seriesOf, textAt } from './series.ts'
import { rangeLength } from './to-rows.ts'

export type FromRows = {
  namePattern: string
  quantity: number
  /** Those of all VMs, their patterns as they count over the table. */
  networks: NetworkRequest[]
  table: DeployForm['table']
}

/** As a request has them, or a blueprint, whose passwords are to be given again. */
type Open<Of> = Omit<Of, 'cloudInit'> & { cloudInit?: CloudInitForm | undefined }
export type OpenRow = Open<VmRow>
export type OpenSettings = Open<VmSettings>

/** One VM of the request; its networks with their own addresses. */
type Vm = { row: OpenRow; name: string; networks: NetworkRequest[] }

/** VMIDs are not taken over: the VMs of the earlier request have them. */
export function fromRows(rows: readonly OpenRow[], defaults: OpenSettings): FromRows {
  const vms = vmsOf(rows, defaults)
  const names = namesIn(vms, rows[0])
  const total = names.count + vms.length - names.places.length
  const turns = vms.map(
    (_vm, index) => names.places[index] ?? names.count + index - names.places.length,
  )
  const firstUser = vms.findIndex((vm) => vm.row.networks === undefined)
  const networks = (defaults.networks ?? []).map((network, index) => ({
    ...(index === 0 ? asInForm(network) : network),
    // One row is the pattern itself, whether its addresses fit or not.
    ...(rows.length > 1 && overAll(network, names.count, total, turns[firstUser] ?? 0)),
  }))
  const cells = vms.map((vm, index) => cellsOf(vm, defaults, networks, turns[index] ?? 0))
  const overrides: DeployForm['table']['overrides'] = {}
  for (const [index, place] of names.places.entries()) {
    const own = { ...named(vms[index]?.name, names.nameAt(place)), ...cells[index] }
    if (Object.keys(own).length > 0) overrides[place] = own
  }
  return {
    namePattern: names.pattern,
    quantity: names.count,
    networks,
    table: {
      overrides,
      gone: missing(names.places, names.count),
      rows: vms.slice(names.places.length).map(({ name }, index) => {
        return { name, ...cells[names.places.length + index] }
      }),
    },
  }
}

/** Each VM for itself. A row that cannot be read stands as it is. */
function vmsOf(rows: readonly OpenRow[], defaults: OpenSettings): Vm[] {
  const vms = rows.flatMap((row) => {
    const made = expandNames(row.name, row.count)
    const names = made.ok ? made.values : [row.name]
    const own = spread(row.networks ?? [], names.length)
    return names.map((name, index): Vm => ({ row, name, networks: own[index] ?? [] }))
  })
  const users = vms.filter((vm) => vm.row.networks === undefined)
  const shared = spread(defaults.networks ?? [], users.length)
  for (const [index, vm] of users.entries()) vm.networks = shared[index] ?? []
  return vms
}

/** Networks with the address of each of several VMs. A range of another length counts on or is cut. */
function spread(networks: readonly NetworkRequest[], wanted: number): NetworkRequest[][] {
  return Array.from({ length: wanted }, (_, turn) => networksAt(networks, turn))
}

function networksAt(networks: readonly NetworkRequest[], turn: number): NetworkRequest[] {
  return networks.map((network) => ({
    ...network,
    ...(network.ip !== undefined && { ip: addressAt(network.ip, turn) }),
    ...(network.ip6 !== undefined && { ip6: addressAt(network.ip6, turn) }),
  }))
}

type Names = {
  pattern: string
  count: number
  /** The first VMs' numbers in the pattern. */
  places: number[]
  nameAt: (place: number) => string
}

/** VMs that may be missing between two of a pattern; more than that is another group. */
const MAX_GAP = 9

/** The longest pattern that names the first VMs, some perhaps left out or renamed. */
function namesIn(vms: readonly Vm[], firstRow: OpenRow | undefined): Names {
  const names = vms.map((vm) => vm.name)
  const [first = '', second] = names
  const series = seriesIn(firstRow) ?? (second === undefined ? null : seriesOf(first, second))
  if (series === null) {
    return { pattern: first, count: 1, places: [0], nameAt: () => first }
  }
  const nameAt = (place: number) => textAt(series, place) ?? ''
  const places: number[] = []
  let last = -1
  for (const [index, name] of names.entries()) {
    const next = names[index + 1]
    const found = placeAfter(last, name, nameAt)
    // Renamed: what comes after it goes on with the pattern.
    const following = next === undefined ? null : placeAfter(last + 1, next, nameAt)
    const place = found ?? (following === null ? null : following - 1)
    if (place === null) break
    last = place
    places.push(place)
  }
  const whole = firstRow !== undefined && places.length === vms.length && vms.every(isOf(firstRow))
  return {
    pattern: whole ? firstRow.name : patternOf(series, last + 1),
    count: last + 1,
    places,
    nameAt,
  }
}

const isOf = (row: OpenRow) => (vm: Vm) => vm.row === row

function placeAfter(last: number, name: string, nameAt: (place: number) => string): number | null {
  for (let place = last + 1; place <= last + 1 + MAX_GAP; place += 1) {
    if (place < MAX_VMS_PER_DEPLOYMENT && nameAt(place) === name) return place
  }
  return null
}

function seriesIn(row: OpenRow | undefined): Series | null {
  const parsed = parsePattern(row?.name ?? '')
  if (!parsed.ok || parsed.pattern.counter === null) return null
  const { before, counter, after } = parsed.pattern
  return { before, from: counter.from, width: counter.width, after }
}

function named(name: string | undefined, inPattern: string): Cells {
  return name === undefined || name === inPattern ? {} : { name }
}

function missing(places: readonly number[], count: number): number[] {
  const there = new Set(places)
  return Array.from({ length: count }, (_, place) => place).filter((place) => !there.has(place))
}

function overAll(
  { ip, ip6 }: NetworkRequest,
  count: number,
  total: number,
  turn: number,
): NetworkRequest {
  return {
    ...(ip !== undefined && { ip: overTable(ip, count, total, turn) }),
    ...(ip6 !== undefined && { ip6: overTable(ip6, count, total, turn) }),
  }
}

/**
 * A pattern of addresses that counts over all rows of the table and gives the first that used it the same as before. It
 * is left open where its range fits neither the pattern's VMs nor all of them.
 */
function overTable(ip: string, count: number, total: number, turn: number): string {
  const length = rangeLength(ip)
  const parsed = parsePattern(ip)
  if (length === null || !parsed.ok || parsed.pattern.counter === null) return ip
  if (turn === 0 && (length === 'open' || length === count || length === total)) return ip
  const { before, counter, after } = parsed.pattern
  const from = Math.max(0, counter.from - turn)
  return `${before}{n=${String(from).padStart(counter.width, '0')}}${after}`
}

/** The form has gateway and nameservers for fixed addresses only. */
function asInForm({ gateway, nameservers, gateway6, ...network }: NetworkRequest): NetworkRequest {
  return {
    ...network,
    ...(isFixed(network) && gateway !== undefined && { gateway }),
    ...(isFixed(network) && nameservers && { nameservers }),
    ...(isFixed6(network.ip6) && gateway6 !== undefined && { gateway6 }),
  }
}

function isFixed({ ip }: NetworkRequest): boolean {
  return ip !== undefined && ip !== 'dhcp'
}

/** The cells in which a VM differs from what the pattern would give it. */
function cellsOf(
  { row, networks: own }: Vm,
  defaults: OpenSettings,
  base: readonly NetworkRequest[],
  turn: number,
): Cells {
  return {
    ...cell('node', row.node, undefined, String),
    ...cell('cores', row.cores, defaults.cores, String),
    ...cell('memory', row.memoryMiB, defaults.memoryMiB, memoryCell),
    ...cell('disk', row.diskGiB, defaults.diskGiB, (value) => `${value} GiB`),
    ...cell('tags', row.tags, defaults.tags, (tags) => tags.join(' ') || 'none'),
    ...cell('storage', row.storage, defaults.storage, String),
    ...networkCells(own, networksAt(base, turn)),
    ...cell('description', row.description, defaults.description, String),
    ...cell('onBoot', row.onBoot, defaults.onBoot, yesOrNo),
    ...cell('start', row.start, defaults.start ?? true, yesOrNo),
    ...checkCells(row.validate, defaults.validate),
    ...cellsOfCloudInit(row.cloudInit, defaults.cloudInit),
    ...cellOfHardware(row.hardware, defaults.hardware),
  }
}

function cell<V>(
  id: keyof Cells,
  value: V | undefined,
  inherited: V | undefined,
  write: (value: V) => string,
): Cells {
  return value === undefined || same(value, inherited) ? {} : { [id]: write(value) }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no'
}

function networkCells(
  [own = {}, ...ownFurther]: NetworkRequest[],
  [base = {}, ...further]: NetworkRequest[],
): Cells {
  const gateway = isFixed(own) ? base.gateway : undefined
  return {
    ...text('bridge', own.bridge, base.bridge, 'template'),
    ...text('vlan', own.vlan, base.vlan, 'none'),
    ...text('ip', own.ip, base.ip, 'template'),
    ...text('gateway', own.gateway, gateway, 'none'),
    ...text('nameservers', own.nameservers?.join(', '), base.nameservers?.join(', '), 'none'),
    ...text('ip6', own.ip6, base.ip6, 'template'),
    ...text('gateway6', own.gateway6, isFixed6(own.ip6) ? base.gateway6 : undefined, 'none'),
    ...text('searchDomains', own.searchDomains?.join(', '), base.searchDomains?.join(', '), 'none'),
    ...(cardText(own) !== cardText(base) && { card: cardText(own) }),
    ...(nicsText(ownFurther) !== nicsText(further) && { nics: nicsText(ownFurther) }),
  }
}

/** A row's networks replace the pattern's as a whole, so that what they leave out is set to nothing. */
function text(
  id: keyof Cells,
  value: string | number | undefined,
  inherited: string | number | undefined,
  nothing: string,
): Cells {
  return value === inherited ? {} : { [id]: String(value ?? nothing) }
}

function checkCells(own: VmSettings['validate'], base: VmSettings['validate']): Cells {
  if (own === undefined) return {}
  const ports = (own.ports ?? []).join(', ')
  const timeout = own.agentTimeoutSeconds
  return {
    ...(ports !== (base?.ports ?? []).join(', ') && { ports: ports === '' ? 'none' : ports }),
    ...(timeout !== base?.agentTimeoutSeconds && {
      agentTimeout: timeout === undefined ? 'default' : `${timeout} s`,
    }),
  }
}
