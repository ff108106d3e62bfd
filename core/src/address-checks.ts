/** Whether the addresses of a request make sense, alone and together. */
import { cidrText, hostProblem, inNetwork, isLinkLocal, networkOf, type Cidr } from './addresses.ts'
import type { CloneContext } from './context.ts'
import type { Draft } from './drafts.ts'
import type { PlannedNic } from './nics.ts'

export function checkAddresses(context: CloneContext, drafts: Draft[]): void {
  const owners = new Map<string, string>()
  const clashing = new Set<string>()
  for (const draft of drafts) {
    for (const nic of draft.nics) {
      checkGateway(context, draft, nic)
      const ip = nic.network?.ip ?? null
      if (nic.network === null || ip === null || ip === 'dhcp') continue
      const field = `${nic.network.field}.ip`
      const problem = hostProblem(ip)
      const vm = draft.spec.name
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
    checkReachable(context, draft)
  }
  checkGatewaysTaken(context, drafts, owners)
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

function checkGateway(context: CloneContext, draft: Draft, { network }: PlannedNic): void {
  if (network === null || network.gateway === null) return
  const { gateway, ip } = network
  const add = (code: string, message: string) =>
    context.blockers.add({ code, message, vm: draft.spec.name, field: `${network.field}.gateway` })
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
  context: CloneContext,
  drafts: Draft[],
  owners: Map<string, string>,
): void {
  for (const draft of drafts) {
    for (const nic of draft.nics) {
      const gateway = nic.network?.gateway ?? null
      const owner = gateway === null ? undefined : owners.get(segmentKey(nic, gateway))
      if (gateway === null || nic.network === null || owner === undefined) continue
      if (owner === draft.spec.name) continue
      context.blockers.add({
        code: 'address-is-gateway',
        message: `${owner} would get ${gateway.text}, which is the gateway of the others.`,
        vm: owner,
        field: `${nic.network.field}.ip`,
      })
    }
  }
}

/** Legitimate in an isolated network, and a forgotten field more often. */
function checkReachable(context: CloneContext, { nics, spec }: Draft): void {
  const addressed = nics.filter((nic) => nic.network !== null && nic.network.ip !== null)
  const [first] = addressed
  const fixed = addressed.every(
    (nic) => nic.network?.ip !== 'dhcp' && nic.network?.gateway === null,
  )
  const ip = first?.network?.ip
  if (!fixed || first?.network == null || ip == null || ip === 'dhcp') return
  // IPv6 routers announce themselves.
  if (ip.family === 6) return
  context.warnings.add({
    code: 'no-gateway',
    message: `Without a gateway, only ${networkOf(ip)} can be reached. Set one, unless that is meant.`,
    vm: spec.name,
    field: `${first.network.field}.gateway`,
  })
}
