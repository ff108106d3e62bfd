import { isIP, isIPv4, isIPv6 } from 'node:net'
import type { Version } from '../version.ts'
import { cpuModelsOf, privilegesOf } from './words.ts'

/** Undefined when the value is good, else the text that the Perl check dies with. */
export type Check = (value: string, version: Version) => string | undefined

const matching =
  (pattern: RegExp, complaint: (value: string) => string): Check =>
  (value) =>
    pattern.test(value) ? undefined : `${complaint(value)}\n`

const isCidr = (value: string, family: 4 | 6) => {
  const [, address = '', bits = ''] = /^(.+)\/(\d+)$/.exec(value) ?? []
  return isIP(address) === family && Number(bits) <= (family === 4 ? 32 : 128)
}

const dnsLabel = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)'
const dnsName = new RegExp(`^${dnsLabel}(?:\\.${dnsLabel})*$`)

const drive = '(?:ide[0-3]|sata[0-5]|scsi(?:[12]?\\d|30)|virtio(?:\\d|1[0-5]))'
const bootDevice = new RegExp(`^(?:${drive}|net\\d+|usb\\d+|hostpci\\d+)$`)
const bootDisk = new RegExp(`^(?:${drive}|efidisk0|tpmstate0)$`)
const volumeId = /^[a-z][a-z0-9\-_.]*[a-z0-9]:.+$/i
const storageId = /^[a-z][a-z0-9\-_.]*[a-z0-9]$/i
const configId = /^[a-z][a-z0-9_-]+$/i
const contentTypes = /^(images|rootdir|vztmpl|iso|backup|snippets|import|none)$/

const parseVolumeId: Check = matching(volumeId, (value) => `unable to parse volume ID '${value}'`)

/** The named formats by the texts of their checks; the sources are named where they are not pve-common's. */
export const formatChecks: Record<string, Check> = {
  CIDR: (value) =>
    isCidr(value, 4) || isCidr(value, 6)
      ? undefined
      : 'value does not look like a valid CIDR network\n',
  address: (value) =>
    isIP(value) || dnsName.test(value)
      ? undefined
      : `value does not look like a valid address: ${value}\n`,
  'disk-size': matching(/^\d+(\.\d+)?[KMGT]?$/, () => 'value does not look like a valid disk size'),
  'dns-name': matching(dnsName, () => 'value does not look like a valid DNS name'),
  email: matching(/^.+@.+$/, () => 'value does not look like a valid email address'),
  ipv4: (value) => (isIPv4(value) ? undefined : 'value does not look like a valid IPv4 address\n'),
  ipv6: (value) => (isIPv6(value) ? undefined : 'value does not look like a valid IPv6 address\n'),
  'mac-addr': matching(
    /^[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$/i,
    () => 'value does not look like a valid unicast MAC address',
  ),
  'pve-bridge-id': matching(/^[-_.\w]+$/, (value) => `invalid bridge ID '${value}'`),
  'pve-configid': matching(configId, (value) => `invalid configuration ID '${value}'`),
  'pve-cpuset': matching(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, () => 'unable to parse CPU set'),
  'pve-groupid': matching(
    /^[A-Za-z0-9.\-_]+$/,
    (value) => `group name '${value}' contains invalid characters`,
  ),
  'pve-hotplug-features': (value) => {
    if (/^[01]$/.test(value)) return undefined
    const wrong = splitList(value).find(
      (feature) => !/^(network|disk|cpu|memory|usb|cloudinit)$/.test(feature),
    )
    return wrong === undefined ? undefined : `invalid hotplug feature '${wrong}'\n`
  },
  'pve-ipv4-config': (value) =>
    value === 'dhcp' || value === 'manual' || isCidr(value, 4)
      ? undefined
      : 'value does not look like a valid ipv4 network configuration\n',
  'pve-ipv6-config': (value) =>
    value === 'auto' || value === 'dhcp' || value === 'manual' || isCidr(value, 6)
      ? undefined
      : 'value does not look like a valid ipv6 network configuration\n',
  'pve-node': matching(
    /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    () => 'value does not look like a valid node name',
  ),
  'pve-poolid': matching(
    /^[A-Za-z0-9.\-_]+(?:\/[A-Za-z0-9.\-_]+){0,2}$/,
    (value) => `pool name '${value}' contains invalid characters`,
  ),
  'pve-priv': (value, version) =>
    privilegesOf(version).includes(value) ? undefined : `invalid privilege '${value}'\n`,
  'pve-qm-bootdev': matching(bootDevice, (value) => `invalid boot device '${value}'`),
  'pve-qm-bootdisk': matching(bootDisk, (value) => `invalid boot disk '${value}'`),
  'pve-realm': matching(
    /^[A-Za-z][A-Za-z0-9.\-_]+$/,
    () => 'value does not look like a valid realm',
  ),
  'pve-roleid': matching(
    /^[A-Za-z0-9.\-_]+$/,
    (value) => `role name '${value}' contains invalid characters`,
  ),
  'pve-startup-order': matching(
    /^(\d+|(order|up|down)=\d+)(,(order|up|down)=\d+)*$/,
    (value) => `unable to parse startup options '${value}'`,
  ),
  'pve-storage-content': matching(contentTypes, (value) => `invalid content type '${value}'`),
  'pve-storage-id': matching(
    storageId,
    (value) => `storage ID '${value}' contains illegal characters`,
  ),
  'pve-tag': matching(/^[a-z0-9_][a-z0-9_\-+.]*$/i, () => 'invalid characters in tag'),
  'pve-task-status-type': matching(
    /^(ok|error|warning|unknown)$/,
    (value) => `invalid status '${value}'`,
  ),
  'pve-tokenid': matching(
    /^[^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+![A-Za-z][A-Za-z0-9.\-_]+$/,
    (value) => `value '${value}' does not look like a valid token ID`,
  ),
  'pve-userid': matching(
    /^[^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+$/,
    (value) => `value '${value}' does not look like a valid user name`,
  ),
  'pve-vm-cpu-model': (value, version) => {
    if (value.startsWith('custom-'))
      return `Custom cputype '${value.slice('custom-'.length)}' not found\n`
    return cpuModelsOf(version).includes(value)
      ? undefined
      : `Built-in cputype '${value}' is not defined (missing 'custom-' prefix?)\n`
  },
  'pve-vmid': matching(/^[1-9][0-9]{2,8}$/, () => 'value does not look like a valid VM ID'),
  'pve-volume-id': parseVolumeId,
  'pve-volume-id-or-absolute-path': (value, version) =>
    value.startsWith('/') ? undefined : parseVolumeId(value, version),
  'pve-volume-id-or-qm-path': (value, version) =>
    /^(none|cdrom|\/.+)$/.test(value) ? undefined : parseVolumeId(value, version),
  urlencoded: matching(
    /^[-%a-zA-Z0-9_.!~*'()]*$/,
    (value) => `invalid urlencoded string: ${value}`,
  ),
}

/** PVE::Tools::split_list. */
export const splitList = (value: string): string[] =>
  value.split(/[,;\s\0]+/).filter((item) => item !== '')
