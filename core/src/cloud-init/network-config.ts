/** The network-config document, version 2 (cloud-init's form of netplan). */
import { type Address, cidrText } from '../addresses.ts'
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
  return {
    match: { macaddress: mac.toLowerCase() },
    // The renderers of RHEL and of /etc/network/interfaces need a name beside the MAC.
    'set-name': `eth${index}`,
    dhcp4: ip === 'dhcp' || unsaid,
    dhcp6: ip6 === 'dhcp',
    ...(ip6 === 'auto' && { 'accept-ra': true }),
    ...(addresses.length > 0 && { addresses: addresses.map(cidrText) }),
    // Deprecated in favour of routes, which cloud-init writes wrong outside of netplan: ::/0 as ::/64 (its issue 4600), and
    // into /etc/network/interfaces as a call of `route`, which many images lack.
    ...(network?.gateway != null && gatewayOf(network.gateway)),
    ...(network?.gateway6 != null && gatewayOf(network.gateway6)),
    ...dnsOf(network),
    ...(unsaid && position > 0 && { optional: true }),
  }
}

function gatewayOf({ family, text }: Address): Record<string, string> {
  return { [`gateway${family}`]: text }
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
