/** Where on the page a part of the request is edited: plans and problem documents name paths, people see fields. */
import type { FormField } from './form.ts'
import type { SourceKind } from './scratch/state.ts'

export const sections = [
  'what',
  'profile',
  'drives',
  'names',
  'size',
  'where',
  'network',
  'access',
  'after',
] as const
export type Section = (typeof sections)[number]

/** A template brings its own hardware. */
const ofScratch: readonly Section[] = ['profile', 'drives']

/** The sections that the page shows. */
export function sectionsFor(source: SourceKind): readonly Section[] {
  return source === 'template'
    ? sections.filter((section) => !ofScratch.includes(section))
    : sections
}

export const sectionTitles: Record<Section, string> = {
  what: 'What',
  profile: 'Hardware',
  drives: 'Drives',
  names: 'How many and what names',
  size: 'Size',
  where: 'Where',
  network: 'Network',
  access: 'Access and first boot',
  after: 'After start',
}

/** Every field, as they stand on the page from top to bottom, by section. */
export const fieldsOf: Record<Section, readonly FormField[]> = {
  what: ['source', 'template', 'volid', 'osType', 'drivers', 'convert'],
  profile: ['hardware'],
  drives: ['drives'],
  names: ['quantity', 'namePattern', 'table'],
  size: ['size', 'cores', 'memory', 'disk'],
  where: ['placement', 'node', 'clone', 'storage', 'pool'],
  network: [
    'bridge',
    'vlan',
    'addressing',
    'range',
    'gateway',
    'nameservers',
    'ip6',
    'gateway6',
    'searchDomains',
    'nic',
    'kept',
  ],
  access: ['setup', 'answers', 'cloudInit'],
  after: ['start', 'ports', 'tags', 'deploymentName', 'description', 'onBoot'],
}

export const formFields: readonly FormField[] = sections.flatMap((section) => fieldsOf[section])

/** The section in which a field stands. */
export function sectionOf(field: FormField): Section {
  return sections.find((section) => fieldsOf[section].includes(field)) ?? 'what'
}

const settingField: Record<string, FormField> = {
  cores: 'cores',
  memoryMiB: 'memory',
  diskGiB: 'disk',
  storage: 'storage',
  networks: 'bridge',
  description: 'description',
  tags: 'tags',
  onBoot: 'onBoot',
  start: 'start',
  validate: 'ports',
  cloudInit: 'cloudInit',
  node: 'node',
  name: 'namePattern',
  count: 'quantity',
  vmid: 'namePattern',
}

const networkField: Record<string, FormField> = {
  bridge: 'bridge',
  vlan: 'vlan',
  ip: 'range',
  gateway: 'gateway',
  nameservers: 'nameservers',
  ip6: 'ip6',
  gateway6: 'gateway6',
  searchDomains: 'searchDomains',
  model: 'nic',
  firewall: 'nic',
  mac: 'nic',
  rateMBps: 'nic',
}

const sourceField: Record<string, FormField> = {
  clone: 'clone',
  volid: 'volid',
  osType: 'osType',
  driversVolid: 'drivers',
  convertToTemplate: 'convert',
  unattended: 'answers',
}

const driveSettings = ['disk', 'disks', 'bootOrder']

/**
 * The form's field for a path into the request (`defaults.diskGiB`, `vms.0.name`, also with a leading `request.` or
 * with slashes, as problem documents write it). Null where the page has no field for it.
 */
export function fieldOfPath(path: string): FormField | null {
  const parts = path.split(/[./]/).filter((part) => part !== '')
  const [head = '', ...rest] = parts[0] === 'request' ? parts.slice(1) : parts
  switch (head) {
    case 'name':
      return 'deploymentName'
    case 'source':
      return sourceField[rest[0] ?? ''] ?? 'template'
    case 'placement':
      return rest[0] === 'node' ? 'node' : 'placement'
    case 'pool':
      return 'pool'
    case 'defaults':
      return fieldOfSetting(rest)
    case 'vms':
      return rest.length < 2 ? 'quantity' : fieldOfRow(Number(rest[0]), rest.slice(1))
    default:
      return null
  }
}

/** Where there are several rows, they are edited in the table. */
function fieldOfRow(row: number, rest: string[]): FormField | null {
  return row > 0 ? 'table' : fieldOfSetting(rest)
}

function fieldOfSetting([key, index, inner]: string[]): FormField | null {
  if (key === undefined) return null
  if (key === 'networks' && inner !== undefined) {
    return index === '0' ? (networkField[inner] ?? 'bridge') : 'bridge'
  }
  if (key === 'hardware') return driveSettings.includes(index ?? '') ? 'drives' : 'hardware'
  return settingField[key] ?? null
}
