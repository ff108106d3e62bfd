import type { Guest, Volume, World } from '../world.ts'

const gibibyte = 2 ** 30
const hour = 60 * 60 * 1000

const roles = ['web', 'db', 'worker', 'cache', 'queue', 'proxy', 'build', 'desk']
const stages = ['prod', 'staging', 'lab', 'qa']
const cores = [1, 2, 4, 8]

/** Ids of the crowd begin here; those of the demo are below, or its templates. */
const firstOfCrowd = 10_000

const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length]

const mac = (vmid: number) =>
  `BC:24:12:${(vmid + 0x10000).toString(16).toUpperCase().padStart(6, '0').match(/../g)?.join(':') ?? ''}`

/** Of ten guests eight run, one is paused, one is off. */
const runningOf = (number: number, now: number, config: Guest['config']): Guest['running'] => {
  if (number % 10 === 9) return undefined
  const startedAt = now - (1 + ((number * 37) % 2000)) * hour
  const answers = startedAt + 30_000
  return {
    pid: 10_000 + number,
    startedAt,
    state: number % 10 === 8 ? 'paused' : 'running',
    config,
    image: 'debian-13',
    agentAt: answers,
    networkAt: answers,
    portsAt: answers,
  }
}

const guestOf = (number: number, node: string, now: number): Guest => {
  const vmid = firstOfCrowd + number
  const created = Math.floor((now - (2000 + ((number * 53) % 9000)) * hour) / 1000)
  const config = {
    agent: 'enabled=1',
    boot: 'order=scsi0',
    cores: String(pick(cores, number) ?? 1),
    memory: String(2048 * (1 + (number % 4))),
    meta: `creation-qemu=10.1.2,ctime=${created}`,
    name: `${pick(roles, number)}-${String(number + 1).padStart(5, '0')}`,
    net0: `virtio=${mac(vmid)},bridge=vmbr1`,
    ostype: 'l26',
    scsi0: `ceph-vm:vm-${vmid}-disk-0,size=8G`,
    scsihw: 'virtio-scsi-single',
    tags: `${pick(roles, number)};${pick(stages, Math.floor(number / 7))}`,
  }
  const running = runningOf(number, now, config)
  return {
    vmid,
    type: 'qemu',
    node,
    config,
    pending: {},
    snapshots: [],
    ...(running === undefined ? {} : { running }),
  }
}

const volumeOf = (vmid: number, now: number): Volume => ({
  storage: 'ceph-vm',
  name: `vm-${vmid}-disk-0`,
  content: 'images',
  format: 'raw',
  sizeBytes: 8 * gibibyte,
  usedBytes: 0.1 * gibibyte,
  vmid,
  createdAt: now - 2000 * hour,
  image: 'debian-13',
})

/** The same cluster with so many more guests, spread over its nodes, which grow with them. One of ten is in the pool lab. */
export const withCrowd = (world: World, count: number, now = Date.now()): World => {
  const share = Math.ceil(count / world.nodes.length)
  const guests = Array.from({ length: count }, (_, number) =>
    guestOf(number, pick(world.nodes, number)?.name ?? world.entryNode, now),
  )
  return {
    ...world,
    nodes: world.nodes.map((node) => ({
      ...node,
      cpus: node.cpus + share,
      memoryBytes: node.memoryBytes + share * 6 * gibibyte,
    })),
    guests: [...world.guests, ...guests],
    volumes: [...world.volumes, ...guests.map(({ vmid }) => volumeOf(vmid, now))],
    pools: world.pools.map((pool) =>
      pool.poolid === 'lab'
        ? {
            ...pool,
            vms: [...pool.vms, ...guests.map(({ vmid }) => vmid).filter((id) => id % 10 === 0)],
          }
        : pool,
    ),
  }
}
