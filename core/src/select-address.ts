/**
 * Which of the addresses that a guest reports is the VM's own. Matching by MAC leaves out what the guest made itself
 * (docker0, cni, virbr, VPNs), whose order in the answer means nothing.
 */
import { isUniqueLocal, isUsableAddress, parseAddress, type Address } from './addresses.ts'

/** An entry of `agent/network-get-interfaces`, as QEMU's agent answers it (`result` of the call). */
export type AgentInterface = {
  name: string
  'hardware-address'?: string
  'ip-addresses'?: { 'ip-address': string; 'ip-address-type': string; prefix?: number }[]
}

export type SelectedAddress = {
  /** Null while there is none yet. */
  address: string | null
  /** Every usable address of the VM's NICs, the selected one first. */
  all: string[]
  /** Whether the address is the one that the request set; true where it set none. */
  asExpected: boolean
  /** One sentence for people: what was found, or what is missing. */
  evidence: string
}

/** The address that the request set, and the MACs of the VM's NICs, net0's first, in any case. */
export type AddressWish = { macs: string[]; expected: string | null }

/**
 * Picks the VM's address from the agent's answer. Only interfaces with the MAC of one of the VM's NICs count; loopback
 * and link-local addresses (169.254: no DHCP answer yet) never do. The expected address wins, then the order of the
 * NICs, IPv4 before IPv6, public before unique-local IPv6.
 */
export function selectAddress(interfaces: AgentInterface[], wish: AddressWish): SelectedAddress {
  const macs = wish.macs.map((mac) => mac.toLowerCase())
  const own = macs.flatMap((mac) =>
    interfaces.filter((each) => each['hardware-address']?.toLowerCase() === mac),
  )
  const reported = own.flatMap((each) => addressesOf(each))
  const usable = own.flatMap((each) => addressesOf(each).filter(isUsableAddress).toSorted(byUse))
  const expected = wish.expected === null ? null : parseAddress(wish.expected)
  const found = usable.find((each) => each.text === expected?.text)
  const address = (found ?? usable[0])?.text ?? null
  const all = [...new Set([address, ...usable.map((each) => each.text)])].filter((a) => a !== null)
  const asExpected = expected === null ? address !== null : found !== undefined
  return { address, all, asExpected, evidence: evidence() }

  function evidence(): string {
    if (own.length === 0) {
      const seen = interfaces.map((each) => each.name).join(', ')
      return `The agent reports no interface with MAC ${wish.macs.join(' or ')}, only ${seen || 'none'}.`
    }
    if (address === null) {
      const only = reported.map((each) => each.text).join(', ')
      return only === ''
        ? 'The NIC has no address yet: no answer from DHCP, or the network is not up.'
        : `The NIC has only ${only}, which nobody else can reach: no answer from DHCP yet.`
    }
    const from = own.find((each) => addressesOf(each).some((a) => a.text === address))
    const where = `${from?.name ?? 'the NIC'} (${from?.['hardware-address'] ?? ''})`
    return asExpected
      ? `${address} on ${where}`
      : `${address} on ${where}, while the request set ${expected?.text ?? ''}.`
  }
}

/** MACs of a VM's NICs from its config (`net0: virtio=BC:24:11:00:00:01,bridge=vmbr0`), in the order of their numbers. */
export function macsOf(config: Record<string, unknown>): string[] {
  const nics = Object.entries(config).flatMap(([key, value]) => {
    const [, number] = /^net(\d+)$/.exec(key) ?? []
    const [mac] =
      typeof value === 'string' ? (/(?:[\da-f]{2}:){5}[\da-f]{2}/i.exec(value) ?? []) : []
    return number === undefined || mac === undefined ? [] : [{ number: Number(number), mac }]
  })
  return nics.toSorted((a, b) => a.number - b.number).map((nic) => nic.mac)
}

function addressesOf(each: AgentInterface): Address[] {
  return (each['ip-addresses'] ?? [])
    .map((entry) => parseAddress(entry['ip-address']))
    .filter((address) => address !== null)
}

function byUse(a: Address, b: Address): number {
  return a.family - b.family || Number(isUniqueLocal(a)) - Number(isUniqueLocal(b))
}
