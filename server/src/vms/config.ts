/** A VM's config as people read it. Keys and values are qemu-server's (src/PVE/QemuServer.pm, Drive.pm). */
import type { Difference, PendingKey, VmDetail, VmDrive } from '@deployer/core/vm.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import {
  parseFlag,
  parseProperties,
  parseSizeBytes,
  parseTags,
} from '@deployer/proxmox/property-string.ts'
import { bootKey, isCloudInit, numberOf, readNic, storageOf, whole } from '../inventory/template.ts'

const GIB = 1024 ** 3
const DRIVE_KEY = /^(ide|sata|scsi|virtio|efidisk|tpmstate|unused)\d+$/

export type ConfigText = Map<string, string>

/** Every key as text, whatever JSON type it came with. */
export const configText = (config: object): ConfigText =>
  new Map(
    Object.entries(config)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, String(value)] as const),
  )

const kindOf = (key: string, volid: string, media: string | undefined): VmDrive['kind'] => {
  if (isCloudInit(volid)) return 'cloud-init'
  if (media === 'cdrom') return 'cd'
  if (key.startsWith('efidisk')) return 'efi'
  if (key.startsWith('tpmstate')) return 'tpm'
  return key.startsWith('unused') ? 'unused' : 'disk'
}

const readDrive = (key: string, value: string, boot: string | undefined): VmDrive => {
  const properties = parseProperties(value, 'file')
  const volid = properties.get('file') ?? ''
  const bytes = parseSizeBytes(properties.get('size') ?? '') ?? 0
  return {
    key,
    kind: kindOf(key, volid, properties.get('media')),
    storage: storageOf(volid),
    volid,
    sizeGiB: Math.round((bytes / GIB) * 1000) / 1000,
    boot: key === boot,
    options: [...properties]
      .filter(([name]) => !['file', 'size', 'media'].includes(name))
      .map(([name, option]) => `${name}=${option}`)
      .join(','),
  }
}

const bus = (key: string): string => key.replace(/\d+$/, '')

export const readDrives = (config: ConfigText): VmDrive[] => {
  const keys = [...config.keys()].filter((key) => DRIVE_KEY.test(key))
  const disks = keys.filter((key) => {
    const properties = parseProperties(config.get(key) ?? '', 'file')
    return kindOf(key, properties.get('file') ?? '', properties.get('media')) === 'disk'
  })
  const boot = bootKey(config, disks)
  return keys
    .map((key) => readDrive(key, config.get(key) ?? '', boot))
    .toSorted(
      (a, b) =>
        Number(b.boot) - Number(a.boot) ||
        bus(a.key).localeCompare(bus(b.key)) ||
        numberOf(a.key) - numberOf(b.key),
    )
}

const optionalWhole = (text: string | undefined): number | null =>
  text === undefined ? null : whole(text, 0)

export const readHardware = (config: ConfigText): VmDetail['hardware'] => ({
  cores: whole(config.get('cores'), 1),
  sockets: whole(config.get('sockets'), 1),
  cpuType: parseProperties(config.get('cpu') ?? '', 'cputype').get('cputype') ?? null,
  memoryMiB: whole(parseProperties(config.get('memory') ?? '', 'current').get('current'), 512),
  balloonMiB: optionalWhole(config.get('balloon')),
  bios: config.get('bios') ?? 'seabios',
  machine: config.get('machine') ?? null,
  scsiController: config.get('scsihw') ?? null,
  display: parseProperties(config.get('vga') ?? '', 'type').get('type') ?? null,
  serialPorts: [...config.keys()].filter((key) => /^serial\d$/.test(key)).toSorted(),
  drives: readDrives(config),
  nics: [...config]
    .filter(([key]) => /^net\d+$/.test(key))
    .map(([key, value]) => ({
      ...readNic(key, value),
      mac: /(?:[\da-f]{2}:){5}[\da-f]{2}/i.exec(value)?.[0] ?? null,
    }))
    .toSorted((a, b) => numberOf(a.key) - numberOf(b.key)),
})

export const readSettings = (config: ConfigText) => ({
  description: config.get('description') ?? '',
  tags: parseTags(config.get('tags')),
  protection: parseFlag(config.get('protection')) ?? false,
  startsWithNode: parseFlag(config.get('onboot')) ?? false,
  agent: parseFlag(parseProperties(config.get('agent') ?? '', 'enabled').get('enabled')) ?? false,
  osType: config.get('ostype') ?? null,
  digest: config.get('digest') ?? null,
})

type PendingRow = Calls['GET /nodes/{node}/qemu/{vmid}/pending']['returns'][number]
type CloudInitRow = Calls['GET /nodes/{node}/qemu/{vmid}/cloudinit']['returns'][number]

const textOf = (value: string | number | undefined): string | null =>
  value === undefined ? null : String(value)

/** Keys with a change that does not hold yet. */
export const readPending = (rows: PendingRow[]): PendingKey[] =>
  rows
    .filter((row) => row.pending !== undefined || row.delete !== undefined)
    .map((row) => ({
      key: row.key,
      value: shown(row.key, textOf(row.value)),
      pending: row.delete === undefined ? shown(row.key, textOf(row.pending)) : null,
    }))

const HIDDEN = '••••••••'

/** Passwords come as asterisks or not at all; keys of SSH percent-encoded. */
const shown = (key: string, value: string | null): string | null => {
  if (value === null) return null
  if (key === 'cipassword') return HIDDEN
  return key === 'sshkeys' ? decoded(value).trim() : value
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Keys that are on the drive but for which Proxmox compares nothing (`cloudinit_pending` of qemu-server has no ipconfig). */
const PLAIN_KEY = /^(ipconfig\d+)$/

/**
 * What is configured and what is on the drive. `value` of a row is what the drive has, `pending` what is configured;
 * without `pending` both are the same (qemu-server src/PVE/API2/Qemu.pm, cloudinit_pending). 7.4 says `old` and `new`.
 */
export const readCloudInit = (config: ConfigText, rows: CloudInitRow[]): VmDetail['cloudInit'] => {
  const drive = readDrives(config).find(({ kind }) => kind === 'cloud-init')
  if (drive === undefined) return null
  const compared = rows.map((row) => {
    const actual = shown(row.key, row.value ?? row.old ?? null)
    const changed = row.pending ?? row.new
    const gone = row.delete !== undefined
    const wanted = gone ? null : changed === undefined ? actual : shown(row.key, changed)
    return { key: row.key, wanted, actual, differs: gone || changed !== undefined }
  })
  const plain = [...config]
    .filter(([key]) => PLAIN_KEY.test(key))
    .map(([key, value]) => ({ key, wanted: value, actual: value, differs: false }))
  const keys = [...compared, ...plain].toSorted((a, b) => a.key.localeCompare(b.key))
  return { drive: drive.key, keys, outdated: compared.some(({ differs }) => differs) }
}

/** Settings of a deployment that are plain values and mean the same today. */
const COMPARED = new Set([
  'cores',
  'sockets',
  'memory',
  'onboot',
  'agent',
  'ciuser',
  'nameserver',
  'searchdomain',
  'balloon',
])
const comparable = (key: string): boolean => COMPARED.has(key) || /^ipconfig\d+$/.test(key)

const normal = (value: string): string => {
  const flag = parseFlag(value)
  return flag === null ? value : flag ? '1' : '0'
}

/** What a deployment set that is another now. */
export const readDifferences = (
  wanted: { [key: string]: unknown },
  config: ConfigText,
): Difference[] =>
  Object.entries(wanted)
    .filter(([key]) => comparable(key))
    .map(([key, value]) => ({
      key,
      wanted: typeof value === 'boolean' ? (value ? '1' : '0') : String(value),
      actual: config.get(key) ?? null,
    }))
    // A placeholder was filled at the time.
    .filter(({ wanted: text }) => !text.includes('{'))
    .filter(({ key, wanted: text, actual }) =>
      actual === null ? !(key === 'onboot' && text === '0') : normal(text) !== normal(actual),
    )
