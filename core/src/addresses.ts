/** IPv4 and IPv6 addresses: reading, normal form, networks. */
import ipaddr from 'ipaddr.js'

export type Address = {
  family: 4 | 6
  /** Normal form: no leading zeros; IPv6 in lower case and shortened (RFC 5952). Two texts of one address are equal. */
  text: string
}

/** An address with the length of its network's prefix: `10.0.0.5/24`. */
export type Cidr = Address & { prefix: number }

type Parsed = ipaddr.IPv4 | ipaddr.IPv6

/** Reads an address; null where it is none. Four decimal parts for IPv4, no zone (`%eth0`) for IPv6. */
export function parseAddress(text: string): Address | null {
  const parsed = parse(text)
  return parsed === null ? null : { family: familyOf(parsed), text: normalForm(parsed) }
}

/** Reads an address with prefix, `10.0.0.5/24` or `fd00::5/64`; null where it is none. */
export function parseCidr(text: string): Cidr | null {
  const [, addressText = '', prefixText = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? []
  const address = parseAddress(addressText)
  const prefix = Number(prefixText)
  if (address === null || prefix < 1 || prefix > bitsOf(address)) return null
  return { ...address, prefix }
}

/** Whether an address lies in the network of the other; false across families. */
export function inNetwork(address: Address, network: Cidr): boolean {
  const parsed = parse(address.text)
  const base = parse(network.text)
  if (parsed === null || base === null || address.family !== network.family) return false
  return parsed.match(base, network.prefix)
}

/** The network that an address is in: `10.0.0.0/24`. */
export function networkOf(cidr: Cidr): string {
  const base =
    cidr.family === 4
      ? ipaddr.IPv4.networkAddressFromCIDR(cidrText(cidr))
      : ipaddr.IPv6.networkAddressFromCIDR(cidrText(cidr))
  return `${normalForm(base)}/${cidr.prefix}`
}

/** Why no host can have this address; null where one can. */
export function hostProblem(cidr: Cidr): string | null {
  const range = rangeOf(cidr)
  if (range === 'loopback') return `${cidr.text} is a loopback address.`
  if (range === 'multicast') return `${cidr.text} is a multicast address.`
  if (range === 'unspecified') return `${cidr.text} stands for no address.`
  // In networks of one or two addresses (RFC 3021, RFC 6164) each of them is a host's.
  if (cidr.prefix > bitsOf(cidr) - 2) return null
  if (networkOf(cidr) === cidrText(cidr)) {
    return `${cidr.text} is the network ${networkOf(cidr)} itself, no host in it.`
  }
  if (cidr.family === 4 && broadcastOf(cidr) === cidr.text) {
    return `${cidr.text} is the broadcast address of ${networkOf(cidr)}.`
  }
  return null
}

/** Whether others can reach a guest at this address: not loopback, link-local (169.254, fe80) or multicast. */
export function isUsableAddress(address: Address): boolean {
  return !['loopback', 'linkLocal', 'multicast', 'unspecified', 'broadcast'].includes(
    rangeOf(address),
  )
}

/** Whether an IPv6 address is link-local, so that a gateway may have it from outside the network. */
export function isLinkLocal(address: Address): boolean {
  return rangeOf(address) === 'linkLocal'
}

/** Whether an address is a private one of IPv6 (fc00::/7). */
export function isUniqueLocal(address: Address): boolean {
  return rangeOf(address) === 'uniqueLocal'
}

export function cidrText(cidr: Cidr): string {
  return `${cidr.text}/${cidr.prefix}`
}

function parse(text: string): Parsed | null {
  if (!text.includes(':')) {
    return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : null
  }
  return !text.includes('%') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null
}

function familyOf(parsed: Parsed): 4 | 6 {
  return parsed.kind() === 'ipv4' ? 4 : 6
}

function normalForm(parsed: Parsed): string {
  return parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString()
}

function rangeOf(address: Address): string {
  return parse(address.text)?.range() ?? 'unspecified'
}

function broadcastOf(cidr: Cidr): string {
  return ipaddr.IPv4.broadcastAddressFromCIDR(cidrText(cidr)).toString()
}

function bitsOf(address: Address): number {
  return address.family === 4 ? 32 : 128
}
