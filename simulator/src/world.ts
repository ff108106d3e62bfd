import { z } from 'zod'
import { nicPlanSchema } from './first-boot/network.ts'

/**
 * The whole state of a simulated cluster, as data: what is in `/etc/pve`, on the storages, in the task logs and in the
 * running guests. Sizes are bytes, times are milliseconds since 1970 unless named otherwise.
 */

const bridge = z.object({
  iface: z.string(),
  cidr: z.string().optional(),
  ports: z.string().default(''),
  comments: z.string().optional(),
})

const node = z.object({
  name: z.string(),
  nodeid: z.number(),
  ip: z.string(),
  cpus: z.number(),
  memoryBytes: z.number(),
  rootDiskBytes: z.number(),
  rootUsedBytes: z.number(),
  /** What runs beside the guests: fraction of all CPUs, and memory. */
  idleLoad: z.number(),
  idleMemoryBytes: z.number(),
  bootedAt: z.number(),
  online: z.boolean().default(true),
  /** Physical network interfaces. */
  ports: z.array(z.string()).default([]),
  bridges: z.array(bridge),
})

const storageType = z.enum(['dir', 'nfs', 'lvm', 'lvmthin', 'rbd', 'zfspool'])

const storage = z.object({
  storage: z.string(),
  type: storageType,
  content: z.array(z.string()),
  shared: z.boolean(),
  nodes: z.array(z.string()).optional(),
  disabled: z.boolean().default(false),
  /** Of each node, or once where shared. */
  sizeBytes: z.number(),
  /** What lies on it besides the volumes that the world lists. */
  otherUsedBytes: z.number().default(0),
  /** `path`, `pool`, `vgname`, `thinpool`, `server`, `export`, `monhost` ... as in storage.cfg. */
  options: z.record(z.string(), z.string()).default({}),
})

/** A system that setup installed with answers. */
const installed = z.object({
  hostname: z.string(),
  users: z.array(z.string()),
  ports: z.array(z.number()),
  hasAgent: z.boolean(),
  /** Without its driver the system does not see a VirtIO NIC. */
  hasVirtioNet: z.boolean(),
  /** By MAC address in lower case; the others ask for DHCP. */
  network: z.record(z.string(), nicPlanSchema),
})

const volume = z.object({
  storage: z.string(),
  /** Absent on shared storages. */
  node: z.string().optional(),
  /** The part of the volume id after the storage, without the base: `100/vm-100-disk-0.qcow2`, `iso/x.iso`. */
  name: z.string(),
  content: z.string(),
  format: z.string(),
  sizeBytes: z.number(),
  usedBytes: z.number(),
  vmid: z.number().optional(),
  /** The name of the base volume of a linked clone. */
  base: z.string().optional(),
  createdAt: z.number(),
  /** What is installed on it: a key of `images`. Copies and clones keep it. */
  image: z.string().optional(),
  /** What setup made of it, where that is more than the image says. */
  installed: installed.optional(),
  /** Setup was interrupted on it. */
  halfInstalled: z.boolean().optional(),
  /** The size of the disk in a file that is to be imported, where it is not the file's own. */
  virtualBytes: z.number().optional(),
  /** Of files that were uploaded or downloaded, by algorithm. */
  checksums: z.record(z.string(), z.string()).optional(),
  /** Of an uploaded image that guests read their first configuration, or setup its answers, from: its label and its documents. */
  seed: z.object({ label: z.string(), files: z.record(z.string(), z.string()) }).optional(),
})

const pendingChange = z.union([
  z.object({ value: z.string() }),
  z.object({ delete: z.literal(true), force: z.boolean() }),
])

/** What cloud-init of a guest did at its start. */
const firstBoot = z.object({
  doneAt: z.number(),
  datasource: z.string(),
  hostname: z.string().optional(),
  users: z.array(z.string()),
  /** By MAC address in lower case; absent: every interface asks for DHCP. */
  network: z.record(z.string(), nicPlanSchema).optional(),
  /** It installed the guest agent. */
  hasAgent: z.boolean(),
  errors: z.array(z.string()),
  warnings: z.array(z.string()),
  /** Of `/var/log/cloud-init-output.log`. */
  output: z.array(z.string()),
})

const running = z.object({
  pid: z.number(),
  startedAt: z.number(),
  state: z.enum(['running', 'paused']),
  /** The configuration that QEMU was started with. */
  config: z.record(z.string(), z.string()),
  /** What the cloud-init drive was written from where that was after the start. */
  driveConfig: z.record(z.string(), z.string()).optional(),
  /** When the guest's own services answer; absent where nothing boots. */
  agentAt: z.number().optional(),
  networkAt: z.number().optional(),
  portsAt: z.number().optional(),
  image: z.string().optional(),
  firstBoot: firstBoot.optional(),
  installed: installed.optional(),
  /** Its agent never answers. */
  silent: z.boolean().optional(),
  /** What is to be seen on its screen from when on. */
  screens: z.array(z.object({ at: z.number(), lines: z.array(z.string()) })).optional(),
  /** The loader on a CD waits for a key. */
  keyPrompt: z.object({ cd: z.string(), from: z.number(), until: z.number() }).optional(),
  /** Somebody is asked something, from then on. */
  questions: z
    .object({
      cd: z.string(),
      from: z.number(),
      lines: z.array(z.array(z.string())),
      asked: z.number(),
    })
    .optional(),
  /** Setup that writes on a disk; what becomes of it shows when QEMU ends. */
  setup: z
    .object({
      volid: z.string(),
      writesAt: z.number(),
      /** Absent: it never comes to its end. */
      doneAt: z.number().optional(),
      image: z.string(),
      installed,
    })
    .optional(),
})

const snapshot = z.object({
  name: z.string(),
  description: z.string().optional(),
  snaptime: z.number(),
  parent: z.string().optional(),
  config: z.record(z.string(), z.string()),
  /** The running guest, where its memory was kept. */
  memory: running.optional(),
})

const guest = z.object({
  vmid: z.number(),
  type: z.enum(['qemu', 'lxc']),
  node: z.string(),
  config: z.record(z.string(), z.string()),
  pending: z.record(z.string(), pendingChange).default({}),
  snapshots: z.array(snapshot).default([]),
  parentSnapshot: z.string().optional(),
  running: running.optional(),
  /** What pvestatd of its node reported last. */
  reported: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

const token = z.object({
  id: z.string(),
  secret: z.string(),
  privsep: z.boolean(),
  expire: z.number(),
  comment: z.string().optional(),
})

const user = z.object({
  userid: z.string(),
  enable: z.boolean().default(true),
  expire: z.number().default(0),
  password: z.string().optional(),
  comment: z.string().optional(),
  email: z.string().optional(),
  firstname: z.string().optional(),
  lastname: z.string().optional(),
  groups: z.array(z.string()).default([]),
  /** Base32, as in an `otpauth://` address. */
  totpSecret: z.string().optional(),
  tokens: z.array(token).default([]),
})

const aclEntry = z.object({
  path: z.string(),
  type: z.enum(['user', 'group', 'token']),
  ugid: z.string(),
  roleid: z.string(),
  propagate: z.boolean(),
})

const task = z.object({
  upid: z.string(),
  node: z.string(),
  pid: z.number(),
  pstart: z.number(),
  /** Seconds since 1970, as in the UPID. */
  starttime: z.number(),
  type: z.string(),
  id: z.string(),
  user: z.string(),
  tokenid: z.string().optional(),
  endtime: z.number().optional(),
  exitstatus: z.string().optional(),
  log: z.array(z.string()),
})

export const worldSchema = z.object({
  name: z.string(),
  /** Absent on a standalone node. */
  clusterName: z.string().optional(),
  /** The node that clients talk to. */
  entryNode: z.string(),
  /** How `getaddrinfo` fails for an unknown node name. */
  lookupError: z.string().default('Name or service not known'),
  /** `/etc/resolv.conf` of the nodes. */
  dns: z
    .object({ search: z.string().optional(), servers: z.array(z.string()).default([]) })
    .default({ servers: [] }),
  /** Of the nodes: in `running-qemu`, machine versions and `meta`. */
  qemuVersion: z.string().default('10.1.2'),
  nodes: z.array(node),
  datacenter: z.record(z.string(), z.string()),
  storages: z.array(storage),
  volumes: z.array(volume),
  guests: z.array(guest),
  pools: z.array(
    z.object({
      poolid: z.string(),
      comment: z.string().optional(),
      vms: z.array(z.number()),
      storages: z.array(z.string()),
    }),
  ),
  realms: z.array(
    z.object({
      realm: z.string(),
      type: z.string(),
      comment: z.string().optional(),
      default: z.boolean().optional(),
    }),
  ),
  users: z.array(user),
  groups: z.array(z.object({ groupid: z.string(), comment: z.string().optional() })),
  roles: z.array(z.object({ roleid: z.string(), privs: z.array(z.string()) })),
  acl: z.array(aclEntry),
  tasks: z.array(task),
  /** Files of the simulated internet beside those that it always has. */
  internet: z
    .array(z.object({ url: z.string(), sizeBytes: z.number(), mimetype: z.string() }))
    .default([]),
  /** MAC address (upper case) -> address without prefix length. */
  leases: z.record(z.string(), z.string()).default({}),
  /** Signs tickets; made at the first start, kept with the state. */
  signingKey: z.string().optional(),
})

export type World = z.infer<typeof worldSchema>
export type WorldInput = z.input<typeof worldSchema>
export type Node = z.infer<typeof node>
export type Storage = z.infer<typeof storage>
export type StorageType = z.infer<typeof storageType>
export type Volume = z.infer<typeof volume>
export type Guest = z.infer<typeof guest>
export type Running = z.infer<typeof running>
export type Installed = z.infer<typeof installed>
export type FirstBoot = z.infer<typeof firstBoot>
export type Snapshot = z.infer<typeof snapshot>
export type User = z.infer<typeof user>
export type Token = z.infer<typeof token>
export type Task = z.infer<typeof task>
export type Config = Record<string, string>
