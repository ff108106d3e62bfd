/** The NICs that a VM will have: the template's, with what the request changes. */
import type { CloneContext } from './context.ts'
import { sha256 } from './hash.ts'
import type { Nic } from './inventory.ts'
import type { NetworkSpec, VmSpec } from './specs.ts'

export type PlannedNic = Nic & {
  index: number
  /** Whether the request says where it is connected, so that its setting is sent. */
  sent: boolean
  network: NetworkSpec | null
}

/** All NICs after the deployment, in the order of their numbers. */
export function nicsOf(context: CloneContext, spec: VmSpec): PlannedNic[] {
  const inherited = context.template.nics.map((nic) => {
    const index = Number(nic.key.slice('net'.length))
    const network = spec.networks[index] ?? null
    return { ...connected(nic, network), index, network, sent: saysWhere(network) }
  })
  const added = spec.networks.flatMap((network, index) => {
    if (inherited.some((nic) => nic.index === index)) return []
    const key = `net${index}`
    if (network.bridge === null) {
      context.blockers.add({
        code: 'bridge-missing',
        message: `The template has no ${key}. Name the bridge that the new one connects to.`,
        field: `${network.field}.bridge`,
      })
      return []
    }
    const nic: Nic = {
      key,
      model: 'virtio',
      bridge: null,
      vlan: null,
      firewall: false,
      options: '',
    }
    return [{ ...connected(nic, network), index, network, sent: true }]
  })
  return [...inherited, ...added].toSorted((a, b) => a.index - b.index)
}

function saysWhere(network: NetworkSpec | null): boolean {
  if (network === null) return false
  const { bridge, vlan, model, firewall, mac, rateMBps } = network
  return [bridge, vlan, model, firewall, mac, rateMBps].some((value) => value !== null)
}

/** A bridge in the request brings its VLAN with it, so that a tag of the template does not follow to another bridge. */
export function connected(nic: Nic, network: NetworkSpec | null): Nic {
  if (network === null) return nic
  const as = {
    ...nic,
    model: network.model ?? nic.model,
    firewall: network.firewall ?? nic.firewall,
    options: withRate(nic.options, network.rateMBps),
  }
  if (network.bridge !== null) return { ...as, bridge: network.bridge, vlan: network.vlan }
  return { ...as, vlan: network.vlan ?? nic.vlan }
}

function withRate(options: string, rateMBps: number | null): string {
  if (rateMBps === null) return options
  const others = options.split(',').filter((part) => part !== '' && !part.startsWith('rate='))
  return [...others, `rate=${rateMBps}`].join(',')
}

/** The MAC that was asked for, or one that is given out. */
export function macOf(nic: PlannedNic, vm: { name: string; vmid: number }, macs: Macs): string {
  return nic.network?.mac ?? macs(`${vm.name}/${vm.vmid}`, nic.index)
}

export type Macs = (vm: string, nic: number) => string

/** The value of `netN`: `virtio=BC:24:11:0A:0B:0C,bridge=vmbr0,tag=20` (qemu-server src/PVE/QemuServer/Network.pm). */
export function nicSetting(nic: Nic, mac: string): string {
  return [
    `${nic.model}=${mac}`,
    nic.bridge === null ? null : `bridge=${nic.bridge}`,
    nic.firewall ? 'firewall=1' : null,
    nic.vlan === null ? null : `tag=${nic.vlan}`,
    nic.options === '' ? null : nic.options,
  ]
    .filter((part) => part !== null)
    .join(',')
}

/**
 * Gives out MAC addresses: the same for the same VM in the same installation, so that a plan can be made twice and a VM
 * that is built again keeps its DHCP lease; never the same for two NICs of one plan. Prefix as in datacenter.cfg.
 */
export function createMacs(prefix: string, salt: string): Macs {
  const given = new Set<string>()
  const known = new Map<string, string>()
  const start = prefix.split(':').filter((part) => part !== '')
  const next = (vm: string, nic: number): string => {
    for (let attempt = 0; ; attempt++) {
      const rest = sha256(JSON.stringify([salt, vm, nic, attempt])).match(/../g) ?? []
      const mac = [...start, ...rest].slice(0, 6).join(':').toUpperCase()
      if (!given.has(mac)) {
        given.add(mac)
        return mac
      }
    }
  }
  return (vm, nic) => {
    const key = `${vm} ${nic}`
    const mac = known.get(key) ?? next(vm, nic)
    known.set(key, mac)
    return mac
  }
}
