/** The batch table: one row for each VM. The pattern's VMs come first, rows of their own after them. */
import { isWindows } from '@deployer/core/names.ts'
import { parsePattern } from '@deployer/core/patterns.ts'
import { sizes } from '@deployer/core/sizes.ts'
import { bootDisk, defaultsFor, type DeployForm } from '../form.ts'
import { parseList, parseMemoryMiB, parseSizeGiB } from '../reading.ts'
import { type Cells, type ColumnId, columnIds, memoryCell } from './columns.ts'
import { commandsText, fromOther } from './first-boot.ts'
import { nicOf } from '../scratch/request.ts'
import { cardText, nicsText } from './nics.ts'
import { patternNames } from './plain.ts'
import { type Basis, namedSystem } from '../scratch/basis.ts'

/** Where a row is kept: by its number in the pattern, or among the rows of their own. */
export type Place = { kind: 'pattern' | 'own'; index: number }

export type Row = {
  place: Place
  /** Its turn in patterns of addresses. */
  turn: number
  /** What the pattern calls it; empty for a row of its own. */
  patternName: string
  /** Cells that are set here. */
  cells: Cells
}

/** The pattern's values, as they fill the rows. */
export type Base = {
  /** How many rows the pattern makes, those that were taken out included. */
  count: number
  /** A pattern of addresses, `dhcp`, or `template`. */
  ip: string
  /** The same for IPv6; `template` where nothing is said. */
  ip6: string
  /** The other columns; empty where the plan decides. */
  cells: Cells
  windows: boolean
  /** Names of the form's users, of whom a cell names some. */
  users: readonly string[]
  /** Nothing smaller can be asked for. */
  templateDiskGiB: number | null
  /** Columns that have a sense for what the VMs are made from. */
  columns: readonly ColumnId[]
}

/** All rows, in the order of their VMs in the request. */
export function rowsOf(form: DeployForm): Row[] {
  const { overrides, gone, rows } = form.table
  const names = patternNames(form)
  const out = new Set(gone)
  const fromPattern = names.map((patternName, index): Row => {
    const cells = overrides[index] ?? noCells
    return { place: { kind: 'pattern', index }, turn: index, patternName, cells }
  })
  const own = rows.map((cells, index): Row => {
    return {
      place: { kind: 'own', index },
      turn: names.length + index,
      patternName: '',
      cells,
    }
  })
  return [...fromPattern.filter((row) => !out.has(row.place.index)), ...own]
}

const noCells: Cells = {}

/** What the pattern fills the rows with. */
export function baseOf(form: DeployForm, template: Basis | null): Base {
  const defaults = defaultsFor(template)
  const addressing = form.addressing ?? defaults.addressing
  const size = sizeCells(form, template)
  const disk = template === null ? null : bootDisk(template)
  const wantedDisk = form.disk.trim() === '' ? null : parseSizeGiB(form.disk)
  const diskGiB = wantedDisk ?? disk?.sizeGiB
  const nic = template?.nics[0]
  const ports = parseList(form.ports ?? defaults.ports).join(', ')
  const fixed = addressing === 'range'
  return {
    count: patternNames(form).length,
    ip: fixed ? form.range.trim() : addressing,
    ip6: form.ip6.trim() === '' ? 'template' : form.ip6.trim(),
    windows: isWindows(namedSystem(template)),
    users: (form.cloudInit.users ?? []).map(({ name }) => name),
    templateDiskGiB: form.source === 'template' ? (disk?.sizeGiB ?? null) : null,
    columns: columnsFor(form, template),
    cells: {
      node: form.placement === 'node' ? form.node : '',
      ...size,
      disk: diskGiB === undefined ? '' : `${Math.round(diskGiB * 10) / 10} GiB`,
      tags: parseList(form.tags.trim() === '' ? (template?.tags.join(' ') ?? '') : form.tags).join(
        ' ',
      ),
      storage: form.storage.trim() === '' ? (disk?.storage ?? '') : form.storage.trim(),
      bridge: form.bridge.trim() === '' ? (nic?.bridge ?? '') : form.bridge.trim(),
      vlan: form.vlan.trim() === '' ? String(nic?.vlan ?? 'none') : form.vlan.trim(),
      gateway: fixed && form.gateway.trim() !== '' ? form.gateway.trim() : 'none',
      nameservers: (fixed && parseList(form.nameservers).join(', ')) || 'none',
      ...ip6Cells(form),
      nics: nicsText(form.kept.networks),
      card: cardText(nicOf(form.nic, () => {})),
      hardware: 'profile',
      ...firstBootCells(form),
      description: form.description,
      onBoot: form.onBoot === 'template' ? 'template' : form.onBoot,
      start: form.start ? 'yes' : 'no',
      ports: ports === '' ? 'none' : ports,
      agentTimeout:
        form.kept.agentTimeoutSeconds === null ? 'default' : `${form.kept.agentTimeoutSeconds} s`,
    },
  }
}

const ofFirstBoot: readonly ColumnId[] = ['hostname', 'users', 'packages', 'commands', 'firstBoot']
const ofAddresses: readonly ColumnId[] = [
  'ip',
  'gateway',
  'nameservers',
  'ip6',
  'gateway6',
  'searchDomains',
]
const ofChecks: readonly ColumnId[] = ['ports', 'agentTimeout']

/** A template brings its hardware; what an installer asks at the console, no cell can say. */
function columnsFor(form: DeployForm, template: Basis | null): ColumnId[] {
  const converts = form.source === 'image' && form.convert
  const without = new Set<ColumnId>([
    ...(form.source === 'template' ? (['hardware'] as const) : []),
    ...(form.source === 'iso' || converts ? ofFirstBoot : []),
    ...(template?.byHand === true ? [...ofAddresses, ...ofChecks] : []),
    ...(converts ? (['start', ...ofChecks] as const) : []),
  ])
  return columnIds.filter((id) => !without.has(id))
}

function ip6Cells(form: DeployForm): Cells {
  return {
    gateway6:
      isFixed6(form.ip6.trim()) && form.gateway6.trim() !== '' ? form.gateway6.trim() : 'none',
    searchDomains: parseList(form.searchDomains).join(', ') || 'none',
  }
}

/** Whether an IPv6 setting is addresses, to which a gateway belongs. */
export function isFixed6(ip6: string | undefined): boolean {
  return ip6 !== undefined && !/^(auto|dhcp|template|)$/.test(ip6)
}

function firstBootCells({
  cloudInit: { users = [], packages = [], commands = [] },
}: DeployForm): Cells {
  return {
    users: users.map(({ name }) => name).join(' ') || 'none',
    packages: packages.join(' ') || 'none',
    commands: commandsText(commands),
  }
}

function sizeCells(form: DeployForm, template: Basis | null): Cells {
  const preset = sizes.find((size) => size.id === form.size)
  const custom = form.size === 'custom'
  const cores = custom ? form.cores.trim() : String(preset?.cores ?? '')
  const memoryMiB = custom ? parseMemoryMiB(form.memory) : (preset?.memoryMiB ?? null)
  const own = template === null ? null : template.cores * template.sockets
  return {
    cores: cores === '' ? String(own ?? '') : cores,
    memory: memoryMiB === null ? memoryOf(template) : memoryCell(memoryMiB),
  }
}

function memoryOf(template: Basis | null): string {
  return template === null ? '' : memoryCell(template.memoryMiB)
}

/** What a row has where its own cell is empty; '' where the plan decides. */
export function inheritedCell(row: Row, base: Base, id: ColumnId): string {
  if (id === 'name') return row.patternName
  if (id === 'ip') return addressAt(base.ip, row.turn)
  if (id === 'ip6') return addressAt(base.ip6, row.turn)
  const other = fromOther(row.cells, id)
  if (other !== undefined) return other
  if (id === 'hostname') return nameOf(row)
  // The pattern's gateway goes with fixed addresses.
  if (id === 'gateway' && /^(dhcp|template)$/.test(row.cells.ip ?? '')) return 'none'
  if (id === 'gateway6' && row.cells.ip6 !== undefined && !isFixed6(row.cells.ip6)) return 'none'
  return base.cells[id] ?? ''
}

/** What a row has: its own cell, else the pattern's. */
export function cellOf(row: Row, base: Base, id: ColumnId): string {
  return row.cells[id] ?? inheritedCell(row, base, id)
}

export function nameOf(row: Row): string {
  return row.cells.name ?? row.patternName
}

/** The address that a pattern has for the VM at a turn, counted from 0; past the end of its range it counts on. */
export function addressAt(pattern: string, turn: number): string {
  const parsed = parsePattern(pattern)
  if (!parsed.ok || parsed.pattern.counter === null) return pattern
  const { before, counter, after } = parsed.pattern
  return `${before}${String(counter.from + turn).padStart(counter.width, '0')}${after}`
}
