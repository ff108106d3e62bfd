/** From the rows of a request to one spec for each VM: patterns expanded, defaults filled in. Knows nothing of the cluster. */
import type { Hardware } from './hardware/request.ts'
import { parseAddress, parseCidr, type Address, type Cidr } from './addresses.ts'
import { type CloudInitRequest, cloudInitOf } from './cloud-init/request.ts'
import type { IssueLog } from './issues.ts'
import { expandAddresses, expandNames } from './patterns.ts'
import { MAX_VMS_PER_DEPLOYMENT } from './limits.ts'
import type { DeploymentRequest, NetworkRequest, VmSettings } from './request.ts'

export type NetworkSpec = {
  bridge: string | null
  vlan: number | null
  /** Null: as the template has it. */
  ip: Cidr | 'dhcp' | null
  gateway: Address | null
  /** IPv6 beside an IPv4 `ip`; `auto` as the router announces it (SLAAC). Null: as the template has it. */
  ip6: Cidr | 'dhcp' | 'auto' | null
  gateway6: Address | null
  nameservers: Address[]
  searchDomains: string[]
  model: NetworkRequest['model'] | null
  firewall: boolean | null
  /** In capitals. */
  mac: string | null
  rateMBps: number | null
  /** Where it stands in the request: `vms.0.networks.1`. */
  field: string
}

/** One VM as it was asked for. What is null was left out and stays as the template has it. */
export type VmSpec = {
  /** Index of its row in the request. */
  row: number
  name: string
  vmid: number | null
  node: string | null
  cores: number | null
  memoryMiB: number | null
  diskGiB: number | null
  storage: string | null
  networks: NetworkSpec[]
  description: string | null
  tags: string[] | null
  onBoot: boolean | null
  start: boolean
  validate: { ports: number[]; agentTimeoutSeconds: number | null } | null
  cloudInit: CloudInitRequest | null
  hardware: Hardware | null
}

type Setting = keyof VmSettings

/** The addresses that are asked for, IPv4 and IPv6, each with its gateway and its place in the request. */
export function addressesOf(network: NetworkSpec): AskedAddress[] {
  const { ip, gateway, ip6, gateway6, field } = network
  return [
    { ip, gateway, field: `${field}.ip`, gatewayField: `${field}.gateway` },
    { ip: ip6, gateway: gateway6, field: `${field}.ip6`, gatewayField: `${field}.gateway6` },
  ]
}

export type AskedAddress = {
  ip: Cidr | 'dhcp' | 'auto' | null
  gateway: Address | null
  field: string
  gatewayField: string
}

/** Where a setting of a row comes from, as a path into the request: `vms.0.diskGiB` or `defaults.diskGiB`. */
export function settingField(request: DeploymentRequest, row: number, setting: Setting): string {
  const own = request.vms[row]?.[setting] !== undefined
  return own || request.defaults?.[setting] === undefined
    ? `vms.${row}.${setting}`
    : `defaults.${setting}`
}

/** Specs in the order of the rows. A row whose pattern cannot be read makes none, and an issue instead. */
export function expandRequest(request: DeploymentRequest, issues: IssueLog): VmSpec[] {
  const specs: VmSpec[] = []
  let complete = true
  for (const [row, own] of request.vms.entries()) {
    const names = expandNames(own.name, own.count)
    if (!names.ok) {
      complete = false
      const field = names.error.code.startsWith('count') ? 'count' : 'name'
      issues.add({
        ...names.error,
        field: `vms.${row}.${field === 'count' && own.count === undefined ? 'name' : field}`,
      })
      continue
    }
    if (specs.length + names.values.length > MAX_VMS_PER_DEPLOYMENT) {
      issues.add(tooMany(request))
      return []
    }
    for (const [index, name] of names.values.entries())
      specs.push(specOf(request, row, index, name))
  }
  return withNetworks(request, specs, complete, issues)
}

/** Setting by setting, as with cloud-init. */
function hardwareOf(defaults: Hardware | undefined, own: Hardware | undefined): Hardware | null {
  if (defaults === undefined && own === undefined) return null
  const set = Object.entries(own ?? {}).filter(([, value]) => value !== undefined)
  return { ...defaults, ...Object.fromEntries(set) }
}

function tooMany(request: DeploymentRequest) {
  const total = request.vms.reduce((sum, row) => {
    const names = expandNames(row.name, row.count)
    return sum + (names.ok ? names.values.length : 0)
  }, 0)
  return {
    code: 'too-many-vms',
    message: `${total} VMs are asked for. One deployment has at most ${MAX_VMS_PER_DEPLOYMENT}.`,
    field: 'vms',
  }
}

function specOf(request: DeploymentRequest, row: number, index: number, name: string): VmSpec {
  const own = request.vms[row]
  const defaults = request.defaults
  const validate = own?.validate ?? defaults?.validate
  return {
    row,
    name,
    vmid: own?.vmid === undefined ? null : own.vmid + index,
    node: own?.node ?? null,
    cores: own?.cores ?? defaults?.cores ?? null,
    memoryMiB: own?.memoryMiB ?? defaults?.memoryMiB ?? null,
    diskGiB: own?.diskGiB ?? defaults?.diskGiB ?? null,
    storage: own?.storage ?? defaults?.storage ?? null,
    networks: [],
    cloudInit: cloudInitOf(defaults?.cloudInit, own?.cloudInit),
    hardware: hardwareOf(defaults?.hardware, own?.hardware),
    description: own?.description ?? defaults?.description ?? null,
    tags: own?.tags ?? defaults?.tags ?? null,
    onBoot: own?.onBoot ?? defaults?.onBoot ?? null,
    start: own?.start ?? defaults?.start ?? true,
    validate:
      validate === undefined
        ? null
        : {
            ports: [...new Set(validate.ports)],
            agentTimeoutSeconds: validate.agentTimeoutSeconds ?? null,
          },
  }
}

/** Gives each spec its networks: those of its row, or else the defaults', whose patterns count over all such rows. */
function withNetworks(
  request: DeploymentRequest,
  specs: VmSpec[],
  complete: boolean,
  issues: IssueLog,
): VmSpec[] {
  const usesDefaults = (spec: VmSpec) => request.vms[spec.row]?.networks === undefined
  const inherited = specs.filter(usesDefaults)
  const defaults = networksOf(request.defaults?.networks, 'defaults', inherited, complete, issues)
  const own = request.vms.map((row, index) => {
    const users = specs.filter((spec) => spec.row === index)
    return networksOf(row.networks, `vms.${index}`, users, true, issues)
  })
  const next = new Map<NetworkSpec[][], number>()
  return specs.map((spec) => {
    const list = usesDefaults(spec) ? defaults : (own[spec.row] ?? [])
    const position = next.get(list) ?? 0
    next.set(list, position + 1)
    return {
      ...spec,
      networks: list.map((perVm) => perVm[position]).filter((n) => n !== undefined),
    }
  })
}

/** For each network its value for each of the VMs. */
function networksOf(
  networks: NetworkRequest[] | undefined,
  owner: string,
  users: VmSpec[],
  complete: boolean,
  issues: IssueLog,
): NetworkSpec[][] {
  if (users.length === 0) return []
  return (networks ?? []).map((network, index) => {
    const field = `${owner}.networks.${index}`
    const ips = ipsOf(network, 'ip', field, users, complete, issues)
    const ip6s = ipsOf(network, 'ip6', field, users, complete, issues)
    const read = (text: string, key: string) => readAddress(text, `${field}.${key}`, issues)
    const common = {
      bridge: network.bridge ?? null,
      vlan: network.vlan ?? null,
      gateway: network.gateway === undefined ? null : read(network.gateway, 'gateway'),
      gateway6: network.gateway6 === undefined ? null : read(network.gateway6, 'gateway6'),
      nameservers: (network.nameservers ?? [])
        .map((text, position) => read(text, `nameservers.${position}`))
        .filter((address) => address !== null),
      searchDomains: network.searchDomains ?? [],
      model: network.model ?? null,
      firewall: network.firewall ?? null,
      mac: network.mac?.toUpperCase() ?? null,
      rateMBps: network.rateMBps ?? null,
      field,
    }
    return users.map((_spec, position) => {
      const ip = ips[position] ?? null
      return {
        ...common,
        // Only IPv6 has it, so ip is never auto.
        ip: ip === 'auto' ? null : ip,
        ip6: ip6s[position] ?? null,
      }
    })
  })
}

function ipsOf(
  network: NetworkRequest,
  key: 'ip' | 'ip6',
  field: string,
  users: VmSpec[],
  complete: boolean,
  issues: IssueLog,
): NetworkSpec['ip6'][] {
  const pattern = network[key]
  if (pattern === undefined) return []
  const made = expandAddresses(pattern, users.length)
  if (!made.ok) {
    // While a row has no names, nobody can say how many addresses are needed.
    if (complete || made.error.code !== 'count-mismatch') {
      issues.add({ ...made.error, field: `${field}.${key}` })
    }
    return []
  }
  return made.values.map((text, position) => {
    if (text === 'dhcp') return 'dhcp'
    if (text === 'auto' && key === 'ip6') return 'auto'
    const cidr = parseCidr(text)
    if (cidr === null) issues.add(notAnAddress(text, users[position]?.name, `${field}.${key}`))
    return cidr
  })
}

function notAnAddress(text: string, vm: string | undefined, field: string) {
  const bare = parseAddress(text)
  const forms = field.endsWith('6')
    ? 'auto, dhcp, an address with its prefix such as fd00::5/64, or a pattern such as fd00::{1..9}/64'
    : 'dhcp, an address with its prefix such as 10.0.0.5/24, or a pattern such as 10.0.0.{20..29}/24'
  const message =
    bare === null
      ? `${text} is no address. Write ${forms}.`
      : `${text} has no prefix, which says how large the network is. Write ${text}/${bare.family === 4 ? 24 : 64} if that is its size.`
  return { code: 'address-syntax', message, field, ...(vm !== undefined && { vm }) }
}

function readAddress(text: string, field: string, issues: IssueLog): Address | null {
  const address = parseAddress(text)
  if (address === null) {
    issues.add({
      code: 'address-syntax',
      message: `${text} is no address. Write one such as 10.0.0.1, without a prefix.`,
      field,
    })
  }
  return address
}
