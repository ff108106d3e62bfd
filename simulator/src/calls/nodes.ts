import type { Call, Handlers } from '../call.ts'
import type { Json, JsonObject } from '../json.ts'
import { guestFigures, wave } from '../guests/status.ts'
import { rootDiskOf } from '../storage/storages.ts'
import { atLeast, versionInfo } from '../version.ts'
import type { Node } from '../world.ts'

type Load = { cpu: number; mem: number; uptime: number; disk: number; maxdisk: number }

const loadOf = ({ cluster }: Call, node: Node): Load => {
  const guests = cluster.world.guests
    .filter((guest) => guest.node === node.name && guest.running)
    .map((guest) => guestFigures(cluster, guest))
  const now = cluster.clock.now()
  const busy = guests.reduce((sum, guest) => sum + guest.cpu * guest.cpus, 0) / node.cpus
  const memory = guests.reduce((sum, guest) => sum + guest.mem, node.idleMemoryBytes)
  const disk = rootDiskOf(cluster, node)
  return {
    cpu: Math.min(1, node.idleLoad * (0.7 + 0.6 * wave(node.nodeid, now)) + busy),
    mem: Math.min(memory, node.memoryBytes),
    uptime: Math.max(0, Math.floor((now - node.bootedAt) / 1000)),
    disk: disk.used,
    maxdisk: disk.total,
  }
}

/** A row of `GET /nodes`; the figures only with Sys.Audit. */
export const nodeFigures = (call: Call, node: Node): JsonObject => {
  const row = {
    id: `node/${node.name}`,
    type: 'node',
    node: node.name,
    status: node.online ? 'online' : 'offline',
    level: '',
    ssl_fingerprint: call.cluster.fingerprint,
  }
  if (!node.online || !call.access.has(`/nodes/${node.name}`, ['Sys.Audit'])) return row
  return { ...row, maxcpu: node.cpus, maxmem: node.memoryBytes, ...loadOf(call, node) }
}

const findNode = ({ cluster, node }: Call): Node | undefined =>
  cluster.world.nodes.find(({ name }) => name === node)

const gibibyte = 2 ** 30

const nodeStatus = (call: Call): Json => {
  const node = findNode(call)
  if (!node) return null
  const load = loadOf(call, node)
  const kernel = 'Linux 6.14.8-2-pve'
  return {
    'boot-info': { mode: 'efi', secureboot: 0 },
    cpu: load.cpu,
    cpuinfo: {
      cores: node.cpus,
      cpus: node.cpus,
      sockets: 1,
      flags:
        'fpu vme de pse tsc msr pae mce cx8 apic sep sse sse2 ssse3 sse4_1 sse4_2 aes avx avx2',
      hvm: '1',
      mhz: '3000.000',
      model: 'Simulated CPU',
      user_hz: 100,
    },
    'current-kernel': {
      machine: 'x86_64',
      release: '6.14.8-2-pve',
      sysname: 'Linux',
      version: '#1 SMP',
    },
    idle: 0,
    ksm: { shared: 0 },
    kversion: `${kernel} #1 SMP`,
    loadavg: [load.cpu * node.cpus, load.cpu * node.cpus, load.cpu * node.cpus].map((value) =>
      value.toFixed(2),
    ),
    memory: memoryOf(call, node.memoryBytes, load.mem),
    pveversion: `pve-manager/${versionInfo[call.cluster.version].version}/${versionInfo[call.cluster.version].repoid}`,
    rootfs: {
      avail: load.maxdisk - load.disk,
      free: load.maxdisk - load.disk,
      total: load.maxdisk,
      used: load.disk,
    },
    swap: { free: 8 * gibibyte, total: 8 * gibibyte, used: 0 },
    uptime: load.uptime,
    wait: 0,
  }
}

/** `available`, what counts the caches as free, came with 9. */
const memoryOf = ({ cluster }: Call, total: number, used: number): JsonObject => ({
  free: total - used,
  total,
  used,
  ...(atLeast(cluster.version, 9) ? { available: total - used } : {}),
})

type Bridge = Node['bridges'][number]

const bridgeRow = (bridge: Bridge, priority: number): JsonObject => ({
  iface: bridge.iface,
  type: 'bridge',
  active: 1,
  autostart: 1,
  bridge_ports: bridge.ports,
  bridge_stp: 'off',
  bridge_fd: '0',
  method: bridge.cidr === undefined ? 'manual' : 'static',
  method6: 'manual',
  families: ['inet'],
  priority,
  ...(bridge.cidr === undefined
    ? {}
    : {
        cidr: bridge.cidr,
        address: bridge.cidr.split('/')[0] ?? '',
        netmask: bridge.cidr.split('/')[1] ?? '',
      }),
  ...(bridge.comments === undefined ? {} : { comments: bridge.comments }),
})

const portRow = (iface: string, priority: number): JsonObject => ({
  iface,
  type: 'eth',
  active: 1,
  method: 'manual',
  method6: 'manual',
  families: ['inet'],
  priority,
})

/** pve-manager PVE/API2/Network.pm, index: bridges are filtered by SDN rights since 8.0. */
const networks = (call: Call): Json => {
  const node = findNode(call)
  const type = call.params.optional('type')
  const anyBridge = type?.startsWith('any_') === true || type === 'include_sdn'
  const mayUse = ({ iface }: Bridge) =>
    call.cluster.version === '7.4' ||
    call.access.has(`/sdn/zones/localnetwork/${iface}`, ['SDN.Audit', 'SDN.Use'], true)
  const bridges = (node?.bridges ?? []).filter(mayUse)
  const ports = (node?.ports ?? []).map((iface, index) => portRow(iface, index + 3))
  const rows = bridges.map((bridge, index) => bridgeRow(bridge, ports.length + index + 3))
  if (anyBridge && type !== 'include_sdn') return rows
  return [...ports, ...rows].filter(
    (row) => type === undefined || type === 'include_sdn' || row['type'] === type,
  )
}

const index = (names: string) => names.split(' ').map((name) => ({ name }))

export const nodeCalls: Handlers = {
  'GET /nodes': (call) => call.cluster.world.nodes.map((node) => nodeFigures(call, node)),
  'GET /nodes/{node}': ({ cluster }) =>
    index(
      `aplinfo apt capabilities ceph certificates config disks dns firewall hardware hosts journal lxc migrateall netstat network qemu ${
        atLeast(cluster.version, 9) ? 'query-oci-repo-tags ' : ''
      }query-url-metadata replication report rrd rrddata scan sdn services spiceshell startall status stopall storage subscription suspendall syslog tasks termproxy time version vncshell vzdump wakeonlan`,
    ),
  'GET /nodes/{node}/status': nodeStatus,
  'GET /nodes/{node}/network': networks,
}
