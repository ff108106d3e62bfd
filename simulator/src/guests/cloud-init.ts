import { createHash } from 'node:crypto'
import type { Cluster } from '../cluster.ts'
import { splitList } from '../schema/formats.ts'
import type { Config } from '../world.ts'
import { netsOf } from './drive.ts'

/** What cloud-init is told, as text (qemu-server src/PVE/QemuServer/Cloudinit.pm; text goes in unquoted there, too). */

const lines = (...parts: (string | string[])[]) => parts.flat().join('\n') + '\n'

const names = (config: Config) => {
  const name = config['name'] ?? 'VM'
  const domain = config['searchdomain']?.split(/[\s,;]+/)[0]
  const fqdn =
    name.includes('.') || domain === undefined || domain === '' ? name : `${name}.${domain}`
  return { hostname: name.split('.')[0] ?? name, fqdn }
}

const keysOf = (config: Config) =>
  decodeURIComponent(config['sshkeys'] ?? '')
    .split(/\r?\n/)
    .filter((key) => key.trim() !== '')

/** `hidePassword`: 9.x masks it for whoever may not change it. */
export const userData = (config: Config, hidePassword = false): string => {
  const { hostname, fqdn } = names(config)
  const { ciuser, cipassword } = config
  const keys = keysOf(config)
  return lines(
    '#cloud-config',
    `hostname: ${hostname}`,
    'manage_etc_hosts: true',
    `fqdn: ${fqdn}`,
    ciuser === undefined ? [] : `user: ${ciuser}`,
    ciuser === 'root' ? 'disable_root: False' : [],
    cipassword === undefined ? [] : `password: ${hidePassword ? '**********' : cipassword}`,
    keys.length === 0 ? [] : ['ssh_authorized_keys:', ...keys.map((key) => `  - ${key}`)],
    ['chpasswd:', '  expire: False'],
    ciuser === 'root' ? [] : ['users:', '  - default'],
    config['ciupgrade'] === '0' ? [] : 'package_upgrade: true',
  )
}

const netmask = (bits: number) =>
  [0, 8, 16, 24].map((start) => 256 - 2 ** (8 - Math.max(0, Math.min(8, bits - start)))).join('.')

const option = (text: string, name: string) => new RegExp(`(?:^|,)${name}=([^,]*)`).exec(text)?.[1]

const subnets = (ipconfig: string): string[] => {
  const ip = option(ipconfig, 'ip')
  const ip6 = option(ipconfig, 'ip6')
  const gw = option(ipconfig, 'gw')
  const gw6 = option(ipconfig, 'gw6')
  const found: string[] = []
  if (ip === 'dhcp') found.push('      - type: dhcp4')
  else if (ip !== undefined) {
    const [address = '', bits = '32'] = ip.split('/')
    found.push('      - type: static', `        address: '${address}'`)
    found.push(`        netmask: '${netmask(Number(bits))}'`)
    if (gw !== undefined) found.push(`        gateway: '${gw}'`)
  }
  if (ip6 === 'auto') found.push('      - type: ipv6_slaac')
  else if (ip6 === 'dhcp') found.push('      - type: dhcp6')
  else if (ip6 !== undefined) {
    found.push('      - type: static6', `        address: '${ip6}'`)
    if (gw6 !== undefined) found.push(`        gateway: '${gw6}'`)
  }
  return found
}

const list = (name: string, values: string[]) =>
  values.length === 0 ? [] : [`      ${name}:`, ...values.map((value) => `      - '${value}'`)]

/** Network configuration version 1; a NIC without `ipconfigN` does not appear. */
export const networkConfig = ({ world }: Cluster, config: Config): string => {
  const nics = netsOf(config).flatMap(({ key, net }) => {
    const index = key.slice(3)
    const ipconfig = config[`ipconfig${index}`]
    if (ipconfig === undefined) return []
    return [
      '    - type: physical',
      `      name: eth${index}`,
      `      mac_address: '${net.macaddr.toLowerCase()}'`,
      '      subnets:',
      ...subnets(ipconfig),
    ]
  })
  const own = splitList(config['nameserver'] ?? '')
  const servers = own.length > 0 ? own : world.dns.servers
  const search = config['searchdomain'] ?? world.dns.search
  const resolver = [
    ...list('address', servers),
    ...list('search', search === undefined ? [] : splitList(search)),
  ]
  return lines(
    ['version: 1', 'config:'],
    nics,
    resolver.length === 0 ? [] : ['    - type: nameserver', ...resolver],
  )
}

/** The instance id changes with everything but the vendor data. */
export const metaData = (cluster: Cluster, config: Config): string => {
  const hash = createHash('sha1').update(userData(config) + networkConfig(cluster, config))
  return lines(`instance-id: ${hash.digest('hex')}`)
}
