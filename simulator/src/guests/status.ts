import type { Cluster } from '../cluster.ts'
import type { JsonObject } from '../json.ts'
import { atLeast } from '../version.ts'
import type { Config, Guest } from '../world.ts'
import { agentEnabled } from './running.ts'
import { cpusOf, memoryBytesOf } from './sizing.ts'
import { bootDiskOf, hasVolume, isCdrom, isCloudInit, netsOf, parseSize } from './drive.ts'
import { isTemplate } from './guest.ts'

const mebibyte = 2 ** 20

/** The boot disk's size (qemu-server src/PVE/QemuServer.pm, vmstatus). */
const maxDiskOf = (config: Config): number => {
  const disk = bootDiskOf(config)
  if (!disk || isCdrom(disk) || isCloudInit(disk) || !hasVolume(disk)) return 0
  return parseSize(disk.options['size'] ?? '') ?? 0
}

/** A number between 0 and 1 that drifts slowly, the same for the same guest and time. */
export const wave = (seed: number, now: number): number =>
  (Math.sin(now / 37_000 + seed) + Math.sin(now / 11_000 + seed * 1.7) + 2) / 4

type Load = { cpu: number; mem: number; uptime: number; traffic: number }

/** A guest on whose disk nothing is installed does nothing. */
const loadOf = (cluster: Cluster, guest: Guest): Load => {
  const { running } = guest
  if (!running) return { cpu: 0, mem: 0, uptime: 0, traffic: 0 }
  const now = cluster.clock.now()
  const uptime = Math.max(0, Math.floor((now - running.startedAt) / 1000))
  if (running.image === undefined) return { cpu: 0, mem: 16 * mebibyte, uptime, traffic: 0 }
  const level = wave(guest.vmid, now)
  return {
    uptime,
    cpu: 0.01 + 0.12 * level,
    mem: Math.floor(memoryBytesOf(running.config) * (0.35 + 0.3 * level)),
    traffic: Math.floor(uptime * 9000 * (0.5 + wave(guest.vmid, 0))),
  }
}

/** Figures of one guest, as `vmstatus` gives them to lists, `status/current` and pvestatd. */
export const guestFigures = (cluster: Cluster, guest: Guest) => {
  const load = loadOf(cluster, guest)
  const live = guest.running?.config ?? guest.config
  const node = cluster.world.nodes.find(({ name }) => name === guest.node)
  return {
    vmid: guest.vmid,
    name: guest.config['name'] ?? `VM ${guest.vmid}`,
    status: guest.running ? 'running' : 'stopped',
    cpu: load.cpu,
    cpus: Math.min(cpusOf(live), node?.cpus ?? 1),
    mem: load.mem,
    maxmem: memoryBytesOf(live),
    disk: 0,
    maxdisk: maxDiskOf(guest.config),
    uptime: load.uptime,
    netin: load.traffic,
    netout: Math.floor(load.traffic / 3),
    diskread: load.traffic * 2,
    diskwrite: load.traffic * 4,
  }
}

/** A row of `GET /nodes/{node}/qemu`, and most of `status/current`. */
export const statusRow = (cluster: Cluster, guest: Guest): JsonObject => {
  const { diskread, diskwrite, ...figures } = guestFigures(cluster, guest)
  const { config, running } = guest
  const withDiskIo = running !== undefined || !atLeast(cluster.version, 9)
  const serial = Object.keys(config).some((key) => /^serial\d$/.test(key))
  return {
    ...figures,
    ...(withDiskIo ? { diskread, diskwrite } : {}),
    ...(atLeast(cluster.version, 9) ? { memhost: Math.floor(figures.mem * 1.03) } : {}),
    ...(running ? { pid: running.pid } : {}),
    ...(config['tags'] === undefined ? {} : { tags: config['tags'] }),
    ...(config['lock'] === undefined ? {} : { lock: config['lock'] }),
    ...(isTemplate(guest) ? { template: 1 } : {}),
    ...(serial ? { serial: 1 } : {}),
  }
}

const runningMachine = ({ world }: Cluster, machine: string | undefined) => {
  if (machine !== undefined && /\d\.\d/.test(machine)) return machine
  const [major, minor] = world.qemuVersion.split('.')
  return `${machine === 'q35' ? 'pc-q35' : 'pc-i440fx'}-${major}.${minor}`
}

const proxmoxSupport: JsonObject = {
  'backup-max-workers': 1,
  'pbs-dirty-bitmap': 1,
  'pbs-library-version': '1.5.1',
  'pbs-masterkey': 1,
  'query-bitmap-info': 1,
}

const pressure: JsonObject = {
  pressurecpufull: 0,
  pressurecpusome: 0,
  pressureiofull: 0,
  pressureiosome: 0,
  pressurememoryfull: 0,
  pressurememorysome: 0,
}

/** Traffic by tap device; absent for a guest without a NIC. */
const nicCounters = ({ vmid }: Guest, config: Config): JsonObject => {
  const nics = netsOf(config).map(({ key }) => [
    `tap${vmid}i${key.slice(3)}`,
    { netin: 0, netout: 0 },
  ])
  return nics.length === 0 ? {} : { nics: Object.fromEntries(nics) }
}

/** `status/current` of one guest. */
export const currentStatus = (cluster: Cluster, guest: Guest): JsonObject => {
  const { running } = guest
  const machine = running?.config['machine']?.split(',')[0]
  return {
    ...statusRow(cluster, guest),
    ha: { managed: 0 },
    qmpstatus: running ? running.state : 'stopped',
    ...(agentEnabled(guest.config) ? { agent: 1 } : {}),
    ...(running
      ? {
          'running-machine': runningMachine(cluster, machine),
          'running-qemu': cluster.world.qemuVersion,
          'proxmox-support': proxmoxSupport,
          ...nicCounters(guest, running.config),
          ...(atLeast(cluster.version, 9) ? pressure : {}),
        }
      : {}),
  }
}

/** What pvestatd broadcasts of a guest (pve-manager PVE/Service/pvestatd.pm). */
export const reportedFigures = (
  cluster: Cluster,
  guest: Guest,
): Record<string, string | number> => {
  const { cpus, vmid: _, ...figures } = guestFigures(cluster, guest)
  return {
    ...figures,
    // The state as QEMU tells it (pvestatd.pm, update_qemu_status): a paused guest is `paused` here.
    ...(guest.running ? { status: guest.running.state } : {}),
    maxcpu: cpus,
    template: isTemplate(guest) ? 1 : 0,
    ...(atLeast(cluster.version, 9) ? { memhost: Math.floor(figures.mem * 1.03) } : {}),
  }
}
