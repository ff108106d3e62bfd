/** What is wrong with the cells of the table, and where the plan's blockers belong. */
import { parseCidr } from '@deployer/core/addresses.ts'
import { nameProblem } from '@deployer/core/names.ts'
import { expandNames } from '@deployer/core/patterns.ts'
import type { Issue } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { parseList, parseSizeGiB } from '../reading.ts'
import { type ColumnId, columnIds, readCell } from './columns.ts'
import { addressAt, type Base, cellOf, nameOf, type Row } from './rows.ts'

export type CellProblem = { column: ColumnId; message: string }

/** Why a row's own cell cannot be what it says, by itself; null where it can. */
export function cellProblem(base: Base, column: ColumnId, text: string): string | null {
  const read = readCell(column, text, addressAt(base.ip, 0))
  if (!read.ok) return read.problem
  if (column === 'name') return nameProblem(text, base.windows ? 'win11' : null)?.message ?? null
  const stranger =
    column === 'users' && read.text !== 'none'
      ? parseList(read.text).find((name) => !base.users.includes(name))
      : undefined
  if (stranger !== undefined) {
    return `There is no user ${stranger} under Access and first boot. Add it there first.`
  }
  const diskGiB = column === 'disk' ? parseSizeGiB(text) : null
  if (diskGiB !== null && base.templateDiskGiB !== null && diskGiB < base.templateDiskGiB) {
    return `The template has ${base.templateDiskGiB} GiB. Disks grow, never shrink.`
  }
  return null
}

/** Cells without which there is no request, by row; rows where all can be read are left out. */
export function unreadable(rows: readonly Row[], base: Base): Map<number, CellProblem[]> {
  const wrong = new Map<number, CellProblem[]>()
  for (const [index, row] of rows.entries()) {
    const problems = columnIds.flatMap((column): CellProblem[] => {
      const text = row.cells[column]
      const message = text === undefined ? null : cellProblem(base, column, text)
      return message === null ? [] : [{ column, message }]
    })
    if (problems.length > 0) wrong.set(index, problems)
  }
  return wrong
}

const uniqueColumns = ['name', 'vmid', 'ip'] as const
type UniqueColumn = (typeof uniqueColumns)[number]

export function isUnique(column: ColumnId): column is UniqueColumn {
  return uniqueColumns.some((each) => each === column)
}

/** Who has a name, VMID or address: row numbers by what must not come twice. */
export type Owners = ReadonlyMap<string, readonly number[]>

export function ownersOf(rows: readonly Row[], base: Base): Owners {
  const owners = new Map<string, number[]>()
  for (const [index, row] of rows.entries()) {
    for (const column of uniqueColumns) {
      const key = uniqueKey(row, base, column, cellOf(row, base, column))
      if (key === null) continue
      const others = owners.get(key)
      if (others === undefined) owners.set(key, [index])
      else others.push(index)
    }
  }
  return owners
}

/** The same address on another bridge or VLAN is another network. */
function uniqueKey(row: Row, base: Base, column: UniqueColumn, text: string): string | null {
  if (text === '') return null
  if (column === 'name') return `name ${text.toLowerCase()}`
  if (column === 'vmid') return `vmid ${text}`
  const address = addressOf(text, addressAt(base.ip, 0))
  if (address === null) return null
  return `ip ${address} ${cellOf(row, base, 'bridge')} ${cellOf(row, base, 'vlan')}`
}

/** Addresses that were read before: with each change of the table all of its rows are compared again. */
const known = new Map<string, string | null>()
const MAX_KNOWN = 5000

/** The normal form of an address; null for `dhcp` and the like. */
function addressOf(text: string, like: string): string | null {
  const key = `${text} ${like}`
  const before = known.get(key)
  if (before !== undefined) return before
  const read = readCell('ip', text, like)
  const address = read.ok ? (parseCidr(read.text)?.text ?? null) : null
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(key, address)
  return address
}

/** Whether a text that somebody types into a cell is another row's already; the first such row. */
export function ownerOf(
  owners: Owners,
  rows: readonly Row[],
  base: Base,
  index: number,
  column: ColumnId,
  text: string,
): number | null {
  const row = rows[index]
  if (!isUnique(column) || row === undefined) return null
  const key = uniqueKey(row, base, column, text.trim())
  return (key === null ? undefined : owners.get(key))?.find((other) => other !== index) ?? null
}

/** `web-04 has 10.0.0.44 too`. */
export function clashWords(column: ColumnId, text: string, other: Row, place: number): string {
  if (column === 'name') return `${text} is the name of row ${place + 1} too.`
  return `${column === 'vmid' ? `VMID ${text}` : text.replace(/\/\d+$/, '')} is asked for by ${nameOf(other)} too.`
}

/** Names, VMIDs and addresses that come twice, where one of them was set here; the plan judges the pattern's own. */
export function clashes(
  rows: readonly Row[],
  base: Base,
  owners: Owners,
): Map<number, CellProblem[]> {
  const found = new Map<number, CellProblem[]>()
  for (const [key, indices] of owners) {
    const column = uniqueColumns.find((each) => key.startsWith(`${each} `))
    const [first] = indices
    if (column === undefined || indices.length < 2 || first === undefined) continue
    if (!indices.some((index) => rows[index]?.cells[column] !== undefined)) continue
    for (const index of indices) {
      const row = rows[index]
      const place = index === first ? (indices[1] ?? first) : first
      const other = rows[place]
      if (row === undefined || other === undefined) continue
      const message = clashWords(column, cellOf(row, base, column), other, place)
      found.set(index, [...(found.get(index) ?? []), { column, message }])
    }
  }
  return found
}

const columnOfSetting: Record<string, ColumnId> = {
  name: 'name',
  count: 'name',
  vmid: 'vmid',
  node: 'node',
  cores: 'cores',
  memoryMiB: 'memory',
  diskGiB: 'disk',
  storage: 'storage',
  description: 'description',
  tags: 'tags',
  onBoot: 'onBoot',
  start: 'start',
  validate: 'ports',
}

const columnOfNetwork: Record<string, ColumnId> = {
  bridge: 'bridge',
  vlan: 'vlan',
  ip: 'ip',
  gateway: 'gateway',
  nameservers: 'nameservers',
  ip6: 'ip6',
  gateway6: 'gateway6',
  searchDomains: 'searchDomains',
  model: 'card',
  firewall: 'card',
  mac: 'card',
  rateMBps: 'card',
}

const columnOfFirstBoot: Record<string, ColumnId> = {
  hostname: 'hostname',
  users: 'users',
  packages: 'packages',
  commands: 'commands',
}

/** The column for a path into the request; the name where there is none. */
function columnOfPath(parts: readonly string[]): ColumnId {
  const [setting = '', nic = '0', key = ''] = parts
  if (setting === 'cloudInit') return columnOfFirstBoot[nic] ?? 'firstBoot'
  if (setting === 'hardware') return 'hardware'
  if (setting !== 'networks') return columnOfSetting[setting] ?? 'name'
  return nic === '0' ? (columnOfNetwork[key] ?? 'bridge') : 'nics'
}

/** The cell that an issue of the plan is about; null where it concerns no single VM. */
export function cellOfIssue(
  issue: Issue,
  request: DeploymentRequest,
  rows: readonly Row[],
): { row: number; column: ColumnId } | null {
  const parts = (issue.field ?? '').split(/[./]/).filter((part) => part !== '')
  const [head, requestRow, ...rest] = parts[0] === 'request' ? parts.slice(1) : parts
  const inRow = head === 'vms' && requestRow !== undefined
  const path = inRow
    ? rest
    : head === 'defaults' && requestRow !== undefined
      ? [requestRow, ...rest]
      : []
  const named = issue.vm === undefined ? -1 : indexOfName(rows, issue.vm)
  const row = named >= 0 ? named : inRow ? firstOf(request, Number(requestRow)) : -1
  return row < 0 || row >= rows.length ? null : { row, column: columnOfPath(path) }
}

function indexOfName(rows: readonly Row[], name: string): number {
  const wanted = name.toLowerCase()
  // Of two with one name, the plan blames the second.
  return rows.findLastIndex((row) => nameOf(row).toLowerCase() === wanted)
}

/** The first VM that a row of the request makes; the table has them in the same order. */
function firstOf(request: DeploymentRequest, requestRow: number): number {
  return request.vms.slice(0, requestRow).reduce((sum, { name, count }) => {
    const made = expandNames(name, count)
    return sum + (made.ok ? made.values.length : 1)
  }, 0)
}
