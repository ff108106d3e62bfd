/** The columns of the batch table. A cell is text, as people type it; `readCell` gives it its normal form. */
import { parseAddress, parseCidr, type Cidr } from '@deployer/core/addresses.ts'
import { nameProblem } from '@deployer/core/names.ts'
import { cloudInitSchema, domainName } from '@deployer/core/cloud-init/request.ts'
import { vmRowSchema } from '@deployer/core/request.ts'
import { z } from 'zod'
import { parseWhole } from '../../../ui/quantity.ts'
import {
  memoryText,
  type Parse,
  parseList,
  parseMemoryMiB,
  parseSizeGiB,
  within,
} from '../reading.ts'
import { otherProblem, parseCommands } from './first-boot.ts'
import { hardwareProblem } from './hardware.ts'
import { parseCard, parseNics } from './nics.ts'

export const columnIds = [
  'name',
  'vmid',
  'node',
  'ip',
  'cores',
  'memory',
  'disk',
  'tags',
  'storage',
  'bridge',
  'vlan',
  'gateway',
  'nameservers',
  'ip6',
  'gateway6',
  'searchDomains',
  'nics',
  'card',
  'hardware',
  'hostname',
  'users',
  'packages',
  'commands',
  'firstBoot',
  'description',
  'onBoot',
  'start',
  'ports',
  'agentTimeout',
] as const

export type ColumnId = (typeof columnIds)[number]

/** Cells that are set; a column that is left out has the pattern's value. */
export const cellsSchema = z.partialRecord(z.enum(columnIds), z.string())
export type Cells = z.infer<typeof cellsSchema>

/** Shown without being picked. */
export const usualColumns: readonly ColumnId[] = columnIds.slice(0, 8)

export type Column = {
  title: string
  /** As it stands in a sentence: "Row 7, memory". */
  word: string
  /** Least width in pixels. */
  width: number
  /** Share of the room that is left. */
  grow: number
  align: 'left' | 'right'
  mono: boolean
  /** What the heads of spreadsheets call it, beside its title; lower case, letters only. */
  aliases: readonly string[]
}

const column = (
  title: string,
  width: number,
  aliases: string[],
  look: Partial<Pick<Column, 'grow' | 'align' | 'mono' | 'word'>> = {},
): Column => ({
  title,
  word: title.toLowerCase(),
  width,
  grow: 0,
  align: 'left',
  mono: false,
  aliases,
  ...look,
})

const right = { align: 'right' } as const
const mono = { mono: true } as const

export const columns: Record<ColumnId, Column> = {
  name: column('Name', 100, ['hostname', 'host', 'vm', 'vmname', 'server'], { grow: 2, ...mono }),
  vmid: column('VMID', 62, ['id'], { word: 'VMID', ...mono }),
  node: column('Node', 68, ['targetnode', 'host node', 'pve'], { grow: 1 }),
  ip: column('IP address', 128, ['ip', 'address', 'ipaddress', 'ipv', 'cidr', 'ipcidr'], {
    word: 'IP address',
    ...mono,
  }),
  cores: column('Cores', 58, ['cpu', 'cpus', 'vcpu', 'vcpus'], right),
  memory: column('Memory', 80, ['ram', 'mem'], right),
  disk: column('Disk', 76, ['disksize', 'size', 'hdd'], right),
  tags: column('Tags', 92, ['tag', 'labels'], { grow: 3 }),
  storage: column('Storage', 100, ['datastore']),
  bridge: column('Bridge', 84, ['network', 'net']),
  vlan: column('VLAN', 60, ['tagid', 'vlanid', 'vlantag'], { word: 'VLAN', ...right }),
  gateway: column('Gateway', 120, ['gw', 'defaultgateway'], mono),
  nameservers: column('Nameservers', 140, ['dns', 'nameserver'], mono),
  ip6: column('IPv6 address', 150, ['ip6', 'ipv6address'], { word: 'IPv6 address', ...mono }),
  gateway6: column('IPv6 gateway', 130, ['gw6', 'ipv6gateway'], { word: 'IPv6 gateway', ...mono }),
  searchDomains: column('Search domains', 130, ['searchdomain', 'search'], mono),
  nics: column('Further NICs', 180, ['nics'], { word: 'further NICs', ...mono }),
  card: column('Network card', 140, ['nic'], mono),
  hardware: column('Hardware', 160, [], mono),
  hostname: column('Guest hostname', 120, ['guestname'], {
    word: 'hostname in the guest',
    ...mono,
  }),
  users: column('Users', 100, ['user', 'accounts']),
  packages: column('Packages', 150, ['package', 'software']),
  commands: column('Commands', 200, ['command', 'runcmd'], mono),
  firstBoot: column('Other first boot', 180, ['cloudinit'], {
    word: 'other first-boot settings',
    ...mono,
  }),
  description: column('Description', 180, ['notes', 'comment']),
  onBoot: column('Start at boot', 100, ['onboot', 'autostart']),
  start: column('Start now', 84, ['start']),
  ports: column('Checked ports', 110, ['ports', 'port']),
  agentTimeout: column('Wait for agent', 110, ['agenttimeout', 'agenttimeoutseconds']),
}

export type ReadCell = { ok: true; text: string } | { ok: false; problem: string }

/**
 * A cell as it was typed, in its normal form (`8g` of memory is `8 GiB`), or why it cannot be read. `like` is the
 * pattern's address: where an address comes without a prefix, it is that one's. Not for empty text, which means "as the
 * pattern has it".
 */
export function readCell(id: ColumnId, typed: string, like: string | null = null): ReadCell {
  const text = id === 'description' ? typed : typed.trim()
  if (id === 'ip') return readIp(text, like === null ? null : parseCidr(like))
  return readers[id](text)
}

const ok = (text: string): ReadCell => ({ ok: true, text })
const no = (problem: string): ReadCell => ({ ok: false, problem })

type Reader = (text: string) => ReadCell

/** A number, written as `write` does. */
function number(parse: Parse, problem: string, write: (value: number) => string): Reader {
  return (text) => {
    const value = parse(text)
    return value === null ? no(problem) : ok(write(value))
  }
}

/** A word that stands for nothing, beside what the reader takes. */
function orWord(word: string, reader: Reader): Reader {
  return (text) => (text.toLowerCase() === word ? ok(word) : reader(text))
}

function short(longest: number): Reader {
  return (text) =>
    /\s/.test(text) || text.length > longest ? no(`${text} is no name on this cluster`) : ok(text)
}

const yesWords = ['yes', 'y', 'true', '1', 'on']
const noWords = ['no', 'n', 'false', '0', 'off']

function yesOrNo(text: string): ReadCell {
  if (yesWords.includes(text.toLowerCase())) return ok('yes')
  return noWords.includes(text.toLowerCase()) ? ok('no') : no('yes or no')
}

function readName(text: string): ReadCell {
  if (/[{}]/.test(text)) {
    return no('A row is one VM. Patterns go into the line below the table, or into the form.')
  }
  const problem = nameProblem(text, null)
  return problem === null ? ok(text) : no(problem.message)
}

function readIp(text: string, like: Cidr | null): ReadCell {
  if (/^(dhcp|template)$/i.test(text)) return ok(text.toLowerCase())
  const bare = parseAddress(text)
  if (bare !== null && bare.family === like?.family) return ok(`${text}/${like.prefix}`)
  if (parseCidr(text) !== null) return ok(text)
  return bare === null
    ? no(`${text} is no address. Write dhcp, or an address with its prefix such as 10.0.0.5/24.`)
    : no(`${text} has no prefix, which says how large the network is: 24, for example.`)
}

function readTags(text: string): ReadCell {
  const tags = parseList(text).map((tag) => tag.toLowerCase())
  const checked = vmRowSchema.shape.tags.safeParse(tags)
  return checked.success ? ok(tags.join(' ')) : no(checked.error.issues[0]?.message ?? 'No tags')
}

function readAddresses(text: string): ReadCell {
  const wrong = parseList(text).find((item) => parseAddress(item) === null)
  if (wrong !== undefined) return no(`${wrong} is no address. Write one such as 10.0.0.1.`)
  return parseList(text).length > 8 ? no('At most 8') : ok(parseList(text).join(', '))
}

function readPorts(text: string): ReadCell {
  const ports = parseList(text).map(within(1, 65_535, parseWhole))
  if (ports.includes(null)) return no('Ports from 1 to 65535, divided by commas: 22, 443')
  return ports.length > 10 ? no('At most 10 ports') : ok(ports.join(', '))
}

function readNics(text: string): ReadCell {
  return parseNics(text) === null
    ? no('NICs divided by semicolons: vmbr1 vlan=20 ip=10.1.0.5/24; vmbr2')
    : ok(text)
}

function readIp6(text: string): ReadCell {
  if (/^(auto|dhcp|template)$/i.test(text)) return ok(text.toLowerCase())
  return parseCidr(text)?.family === 6
    ? ok(text)
    : no(`${text} is no IPv6 address. Write auto, dhcp, or an address such as fd00::5/64.`)
}

function readNames(
  text: string,
  read: (names: string[]) => string | undefined,
  by = ', ',
): ReadCell {
  const names = parseList(text)
  const problem = read(names)
  return problem === undefined ? ok(names.join(by)) : no(problem)
}

const searchDomains = z.array(domainName).max(8)

function readSearchDomains(text: string): ReadCell {
  return readNames(text, (names) => searchDomains.safeParse(names).error?.issues[0]?.message)
}

function readPackages(text: string): ReadCell {
  const { packages } = cloudInitSchema.shape
  return readNames(text, (names) => packages.safeParse(names).error?.issues[0]?.message, ' ')
}

function readCommands(text: string): ReadCell {
  const { commands } = cloudInitSchema.shape
  const checked = commands.safeParse(parseCommands(text) ?? 0)
  return checked.success
    ? ok(text)
    : no('One line of shell, or a list in JSON: ["apt-get update","reboot"]')
}

function readCard(text: string): ReadCell {
  return parseCard(text) === null
    ? no('Settings such as model=e1000 firewall=false mac=BC:24:11:00:00:01 rateMBps=10')
    : ok(text)
}

function readHardware(text: string): ReadCell {
  const problem = hardwareProblem(text)
  return problem === null ? ok(text) : no(problem)
}

function readHostname(text: string): ReadCell {
  const checked = domainName.safeParse(text)
  return checked.success ? ok(text) : no(checked.error.issues[0]?.message ?? 'No host name')
}

function readOther(text: string): ReadCell {
  const problem = otherProblem(text)
  return problem === null ? ok(text) : no(problem)
}

const seconds: Parse = within(10, 3600, parseWhole)

const readers: Record<Exclude<ColumnId, 'ip'>, Reader> = {
  name: readName,
  vmid: number(within(100, 999_999_999, parseWhole), 'A VMID from 100 to 999999999', String),
  node: short(100),
  cores: number(within(1, 512, parseWhole), 'A whole number from 1 to 512', String),
  memory: number(
    within(16, 8_388_608, parseMemoryMiB),
    'A size such as 4 (GiB) or 512 MiB, at most 8192 GiB',
    memoryCell,
  ),
  disk: number(
    within(1, 131_072, parseSizeGiB),
    'A size such as 20 (GiB) or 1t, at most 131072 GiB',
    (value) => `${value} GiB`,
  ),
  tags: orWord('none', readTags),
  storage: short(100),
  bridge: orWord('template', short(40)),
  vlan: orWord('none', number(within(1, 4094, parseWhole), 'A VLAN tag from 1 to 4094', String)),
  gateway: orWord('none', (text) =>
    parseAddress(text) === null
      ? no(`${text} is no address. Write one such as 10.0.0.1.`)
      : ok(text),
  ),
  nameservers: orWord('none', readAddresses),
  ip6: readIp6,
  gateway6: orWord('none', (text) =>
    parseAddress(text)?.family === 6
      ? ok(text)
      : no(`${text} is no IPv6 address. Write one such as fd00::1.`),
  ),
  searchDomains: orWord('none', readSearchDomains),
  nics: orWord('none', readNics),
  card: orWord('none', readCard),
  hardware: readHardware,
  hostname: readHostname,
  users: orWord('none', (text) => readNames(text, () => undefined, ' ')),
  packages: orWord('none', readPackages),
  commands: orWord('none', readCommands),
  firstBoot: readOther,
  description: (text) => (text.length > 4000 ? no('At most 4000 characters') : ok(text)),
  onBoot: yesOrNo,
  start: yesOrNo,
  ports: orWord('none', readPorts),
  agentTimeout: orWord(
    'default',
    number(seconds, 'Seconds from 10 to 3600', (value) => `${value} s`),
  ),
}

/** `8 GiB`, `3000 MiB`: exact, unlike the figures in texts. */
export function memoryCell(memoryMiB: number): string {
  const text = memoryText(memoryMiB)
  return /MiB/.test(text) ? text : `${text} GiB`
}
