/** The network-config document, version 2 (cloud-init's form of netplan). */
import { cidrText } from '../addresses.ts'
import type { NetworkSpec } from '../specs.ts'
import { toYaml } from './yaml.ts'

export type GuestNic = {
  /** The number of netN. */
  index: number
  mac: string
  /** Null where the request says nothing about it. */
  network: Pick<
    NetworkSpec,
    'ip' | 'gateway' | 'ip6' | 'gateway6' | 'nameservers' | 'searchDomains'
  > | null
}

/**
 * Tells the guest each of its NICs by MAC address and names them eth0, eth1 … after their netN, as Proxmox's own document
 * does. A NIC without any address in the request asks by DHCP; all but the first then boot without waiting for an answer.
 * VLANs are Proxmox's: the guest sees untagged frames.
 */
export function generateNetworkConfig(nics: GuestNic[]): string {
  const ethernets = nics.map((nic, position) => [`eth${nic.index}`, ethernet(nic, position)])
  return toYaml({ version: 2, ethernets: Object.fromEntries(ethernets) })
}

function ethernet({ index, mac, network }: GuestNic, position: number): Record<string, unknown> {
  const [ip, ip6] = [network?.ip ?? null, network?.ip6 ?? null]
  const unsaid = ip === null && ip6 === null
  const addresses = [ip, ip6].filter((each) => each !== null && each !== 'dhcp' && each !== 'auto')
  const routes = [network?.gateway ?? null, network?.gateway6 ?? null].filter(
    (each) => each !== null,
  )
  return {
    match: { macaddress: mac.toLowerCase() },
    // The renderers of RHEL and of /etc/network/interfaces need a name beside the MAC.
    'set-name': `eth${index}`,
    dhcp4: ip === 'dhcp' || unsaid,
    dhcp6: ip6 === 'dhcp',
    ...(ip6 === 'auto' && { 'accept-ra': true }),
    ...(addresses.length > 0 && { addresses: addresses.map(cidrText) }),
    // Older readers know neither `to: default` nor, newer ones, gateway4.
    ...(routes.length > 0 && {
      routes: routes.map((via) => ({ to: via.family === 4 ? '0.0.0.0/0' : '::/0', via: via.text })),
    }),
    ...dnsOf(network),
    ...(unsaid && position > 0 && { optional: true }),
  }
}

function dnsOf(network: GuestNic['network']): Record<string, unknown> {
  const addresses = network?.nameservers.map(({ text }) => text) ?? []
  const search = network?.searchDomains ?? []
  if (addresses.length === 0 && search.length === 0) return {}
  return {
    nameservers: {
      ...(addresses.length > 0 && { addresses }),
      ...(search.length > 0 && { search }),
    },
  }
}
