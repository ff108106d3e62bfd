/** Whether the addresses of a request make sense, alone and together. */
import { cidrText, hostProblem, inNetwork, isLinkLocal, networkOf, type Cidr } from './addresses.ts'
import type { VmContext } from './context.ts'
import type { Draft } from './drafts.ts'
import type { PlannedNic } from './nics.ts'
import { addressesOf, type AskedAddress, type NetworkSpec } from './specs.ts'

export function checkAddresses(context: VmContext, drafts: Draft[]): void {
  const owners = new Map<string, string>()
  const clashing = new Set<string>()
  for (const draft of drafts) {
    for (const nic of draft.nics) {
      if (nic.network === null) continue
      checkFamilies(context, draft, nic.network)
      for (const asked of addressesOf(nic.network)) {
        checkGateway(context, draft, asked)
        if (isFixed(asked.ip)) checkFixed(asked.ip, asked.field, draft, nic)
      }
    }
    checkReachable(context, draft)
  }
  checkGatewaysTaken(context, drafts, owners)
  checkMacs(context, drafts)

  function checkFixed(ip: Cidr, field: string, { spec }: Draft, nic: PlannedNic): void {
    const vm = spec.name
    const problem = hostProblem(ip)
    if (problem !== null) {
      const message = `${vm} cannot have it: ${problem}`
      context.blockers.add({ code: 'address-not-a-host', message, vm, field })
    }
    const key = segmentKey(nic, ip)
    const owner = owners.get(key)
    // One clash tells it: a plain address in the defaults clashes once for each VM.
    if (owner !== undefined && !clashing.has(field)) {
      clashing.add(field)
      const message = `${owner} and ${vm} would both get ${ip.text}. Use a pattern such as ${patternFor(ip)}.`
      context.blockers.add({ code: 'address-twice', message, vm, field })
    }
    owners.set(key, vm)
  }
}

/** Two of the same do not work in one network. */
function checkMacs({ blockers }: VmContext, drafts: Draft[]): void {
  const owners = new Map<string, string>()
  const told = new Set<string>()
  for (const { nics, spec } of drafts) {
    for (const { network } of nics) {
      if (network === null || network.mac === null) continue
      const owner = owners.get(network.mac)
      owners.set(network.mac, spec.name)
      if (owner === undefined || told.has(network.mac)) continue
      told.add(network.mac)
      const message =
        owner === spec.name
          ? `${spec.name} would have ${network.mac} twice.`
          : `${owner} and ${spec.name} would both have ${network.mac}. Leave it out, or set it for a single VM.`
      blockers.add({ code: 'mac-twice', message, field: `${network.field}.mac` })
    }
  }
}

function isFixed(ip: AskedAddress['ip']): ip is Cidr {
  return ip !== null && ip !== 'dhcp' && ip !== 'auto'
}

/** `ip` takes an IPv6 address too, for guests that have no other. */
function checkFamilies(context: VmContext, { spec }: Draft, network: NetworkSpec): void {
  const { ip, ip6 } = network
  const add = (code: string, message: string) =>
    context.blockers.add({ code, message, vm: spec.name, field: `${network.field}.ip6` })
  if (isFixed(ip6) && ip6.family === 4) {
    add('address-family', `${ip6.text} is an IPv4 address. Write it as ip, and an IPv6 one as ip6.`)
  }
  if (isFixed(ip) && ip.family === 6 && ip6 !== null) {
    add('address-family', `${ip.text} in ip is an IPv6 address already. Keep one of the two.`)
  }
}

/** The same address on another bridge or VLAN is another network. */
function segmentKey(nic: PlannedNic, address: { text: string }): string {
  return JSON.stringify([nic.bridge, nic.vlan, address.text])
}

function patternFor(ip: Cidr): string {
  const cut = Math.max(ip.text.lastIndexOf('.'), ip.text.lastIndexOf(':')) + 1
  const last = ip.text.slice(cut)
  return `${ip.text.slice(0, cut)}{n=${/^\d+$/.test(last) ? last : '1'}}/${ip.prefix}`
}

function checkGateway(context: VmContext, draft: Draft, asked: AskedAddress): void {
  const { ip, gateway, gatewayField } = asked
  if (gateway === null) return
  const add = (code: string, message: string) =>
    context.blockers.add({ code, message, vm: draft.spec.name, field: gatewayField })
  if (ip === null) {
    add(
      'gateway-without-address',
      'A gateway needs an address beside it. Set ip, or leave the gateway out.',
    )
  } else if (ip === 'dhcp') {
    add(
      'gateway-with-dhcp',
      'With DHCP the gateway comes from the DHCP server. Leave it out, or set a fixed address.',
    )
  } else if (ip === 'auto') {
    add(
      'gateway-with-auto',
      'With auto the router announces itself as the gateway. Leave it out, or set a fixed address.',
    )
  } else if (gateway.family !== ip.family) {
    add(
      'gateway-family',
      `The gateway ${gateway.text} is IPv${gateway.family}, the address ${ip.text} IPv${ip.family}.`,
    )
  } else if (gateway.text === ip.text) {
    add(
      'gateway-is-address',
      `${draft.spec.name} would get ${ip.text}, which is its gateway's address.`,
    )
  } else if (!inNetwork(gateway, ip) && !(gateway.family === 6 && isLinkLocal(gateway))) {
    add(
      'gateway-outside',
      `The gateway ${gateway.text} is not in ${networkOf(ip)}, the network of ${cidrText(ip)}, so the guest could not reach it.`,
    )
  }
}

function checkGatewaysTaken(
  context: VmContext,
  drafts: Draft[],
  owners: Map<string, string>,
): void {
  for (const draft of drafts) {
    for (const nic of draft.nics) {
      if (nic.network === null) continue
      for (const { gateway, field } of addressesOf(nic.network)) {
        const owner = gateway === null ? undefined : owners.get(segmentKey(nic, gateway))
        if (gateway === null || owner === undefined || owner === draft.spec.name) continue
        context.blockers.add({
          code: 'address-is-gateway',
          message: `${owner} would get ${gateway.text}, which is the gateway of the others.`,
          vm: owner,
          field,
        })
      }
    }
  }
}

/** Legitimate in an isolated network, and a forgotten field more often. */
function checkReachable(context: VmContext, { nics, spec }: Draft): void {
  const networks = nics.flatMap(({ network }) => (network === null ? [] : [network]))
  const asked = networks.flatMap(addressesOf).filter(({ ip }) => ip !== null)
  const closed = asked.every(({ ip, gateway }) => isFixed(ip) && gateway === null)
  const [first] = asked
  // IPv6 routers announce themselves.
  if (!closed || first === undefined || !isFixed(first.ip) || first.ip.family === 6) return
  context.warnings.add({
    code: 'no-gateway',
    message: `Without a gateway, only ${networkOf(first.ip)} can be reached. Set one, unless that is meant.`,
    vm: spec.name,
    field: first.gatewayField,
  })
}
