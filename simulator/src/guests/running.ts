import type { Cluster } from '../cluster.ts'
import type { Config, Guest, Running } from '../world.ts'
import type { NicPlan } from '../first-boot/network.ts'
import { netsOf } from './drive.ts'
import { images, type Image } from './images.ts'

const isPast = (cluster: Cluster, at: number | undefined) =>
  at !== undefined && at <= cluster.clock.now()

export const runningImage = (running: Running): Image | undefined =>
  running.image === undefined ? undefined : images[running.image]

/** Whether `agent` was enabled in the configuration that QEMU started with. */
export const agentEnabled = (config: Config): boolean =>
  /^(1|on|yes|true)$/i.test(
    /(?:^|,)enabled=([^,]*)/.exec(config['agent'] ?? '')?.[1] ??
      (config['agent'] ?? '').split(',')[0] ??
      '',
  )

export const agentAnswers = (cluster: Cluster, { running }: Guest): boolean =>
  running?.state === 'running' && agentEnabled(running.config) && isPast(cluster, running.agentAt)

const subnets: Record<string, string> = { vmbr0: '10.10', vmbr1: '10.20' }

const firstFree = (used: Set<string>, subnet: string): string => {
  for (let number = 100; number < 65_000; number += 1) {
    const last = number % 256
    const address = `${subnet}.${Math.floor(number / 256)}.${last}`
    if (last !== 0 && last !== 255 && !used.has(address)) return address
  }
  return `${subnet}.255.254`
}

/** The DHCP server of a bridge keeps its leases. Each bridge is a /16 whose first /24 is used first. */
const leaseFor = (cluster: Cluster, mac: string, bridge: string): string | undefined => {
  const subnet = subnets[bridge]
  if (subnet === undefined) return undefined
  const { leases } = cluster.world
  const known = leases[mac.toUpperCase()]
  if (known?.startsWith(`${subnet}.`)) return known
  const fresh = firstFree(new Set(Object.values(leases)), subnet)
  leases[mac.toUpperCase()] = fresh
  cluster.changed()
  return fresh
}

export type Address = {
  interface: string
  mac: string
  address: string | undefined
  prefix: number
  /** Global addresses of IPv6. */
  addresses6: { address: string; prefix: number }[]
}

const splitPrefix = (text: string) => {
  const [address = '', prefix] = text.split('/')
  return { address, prefix: Number(prefix ?? 64) }
}

/** As a router of the documentation's network would announce it. */
const announced = (mac: string) => ({
  address: `2001:db8:10::${mac.split(':').slice(-2).join('')}`,
  prefix: 64,
})

/** The addresses of a running guest's NICs: what its network document names, and DHCP where it has none. */
export const addressesOf = (cluster: Cluster, guest: Guest): Address[] => {
  const { running } = guest
  const image = running && runningImage(running)
  if (!running || !image) return []
  const { installed } = running
  const plans = running.firstBoot?.network
  const isUp = isPast(cluster, running.networkAt)
  const seen = netsOf(running.config).filter(
    ({ net }) => net.model !== 'virtio' || installed?.hasVirtioNet !== false,
  )
  return seen.map(({ key, net }) => {
    const index = Number(key.slice(3))
    const nic = { interface: image.interfaceName(index), mac: net.macaddr.toLowerCase() }
    const plan = installed?.network[nic.mac] ?? (plans === undefined ? dhcpOnly : plans[nic.mac])
    if (!isUp || net.options['link_down'] === '1' || !plan)
      return { ...nic, address: undefined, prefix: 0, addresses6: [] }
    const fixed = plan.addresses.map(splitPrefix)
    const addresses6 = [
      ...fixed.filter(({ address }) => address.includes(':')),
      ...(plan.auto6 ? [announced(nic.mac)] : []),
    ]
    const own = fixed.find(({ address }) => !address.includes(':'))
    if (own) return { ...nic, ...own, addresses6 }
    const leased = plan.dhcp4
      ? leaseFor(cluster, net.macaddr, net.options['bridge'] ?? '')
      : undefined
    return { ...nic, address: leased, prefix: 24, addresses6 }
  })
}

const dhcpOnly: NicPlan = { dhcp4: true, auto6: false, addresses: [] }

/** Whether a TCP port of a running guest accepts connections. */
export const isPortOpen = (cluster: Cluster, { running }: Guest, port: number): boolean =>
  running?.state === 'running' &&
  isPast(cluster, running.portsAt) &&
  (running.installed ?? runningImage(running))?.ports.includes(port) === true
