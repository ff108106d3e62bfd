/**
 * The cluster as the caller may see it: what the planner reads and what the inventory calls of the API answer.
 * Filled by the server, from few calls; nothing here talks to Proxmox.
 */
import { z } from 'zod'

export const nodeSchema = z.object({
  name: z.string(),
  online: z.boolean().describe('False: nobody can reach it, and nothing is placed there.'),
  architecture: z.string().describe('Of its CPUs: `x86_64` or `aarch64`.'),
  cores: z
    .number()
    .nullable()
    .describe('Figures are null where the caller lacks Sys.Audit on the node.'),
  cpuFraction: z.number().nullable().describe('Of all cores, 0 to 1.'),
  memoryMiB: z.number().nullable(),
  memoryUsedMiB: z.number().nullable(),
  uptimeSeconds: z.number().nullable(),
})

/** One storage on one node; a shared storage appears once for each node that can use it. */
export const storageSchema = z.object({
  name: z.string(),
  node: z.string().describe('A shared storage has a row for each node that has it.'),
  type: z.string().describe("Proxmox's word: `lvmthin`, `rbd`, `nfs` …"),
  shared: z.boolean().describe('Every node sees the same files.'),
  active: z.boolean().describe('Whether the node reaches it.'),
  content: z
    .array(z.string())
    .describe('What may lie in it: `images`, `iso`, `import`, `snippets` …'),
  totalGiB: z.number().nullable(),
  availableGiB: z.number().nullable(),
})

export const bridgeSchema = z.object({
  name: z.string(),
  node: z.string(),
  kind: z
    .enum(['bridge', 'OVSBridge', 'vnet'])
    .describe('`vnet`: of the software-defined network.'),
  zone: z
    .string()
    .nullable()
    .describe(
      'Of the software-defined network. Null for a vnet whose zone the caller may not see; others are in ' +
        '`localnetwork`.',
    ),
  active: z.boolean(),
  comment: z.string().nullable(),
})

/** An installer or an image on a storage; `node` is null where the storage is shared. */
const volumeSchema = z.object({
  volid: z.string(),
  storage: z.string(),
  node: z.string().nullable(),
  content: z.enum(['iso', 'import']),
  diskGiB: z
    .number()
    .nullable()
    .describe(
      'Of an image: as large as its disk will be, not as the file is. Null where it is not known.',
    ),
})

export const poolSchema = z.object({ id: z.string(), comment: z.string().nullable() })

/** A VM or container that exists, as far as the planner must know it. */
const guestSchema = z.object({
  vmid: z.int(),
  name: z.string().nullable(),
  node: z.string(),
  kind: z.enum(['qemu', 'lxc']),
  status: z.string(),
  template: z.boolean(),
  tags: z.array(z.string()),
  pool: z.string().nullable(),
  lock: z.string().nullable(),
})

export const diskSchema = z.object({
  key: z.string().describe("Proxmox's own key: scsi0, virtio0, efidisk0 …"),
  storage: z.string(),
  volid: z.string(),
  sizeGiB: z.number(),
  boot: z.boolean(),
})

export const nicSchema = z.object({
  key: z.string(),
  model: z.string(),
  bridge: z.string().nullable(),
  vlan: z.int().nullable(),
  firewall: z.boolean(),
  options: z
    .string()
    .describe(
      "Whatever else the NIC has, in Proxmox's own words (`mtu=9000,queues=4`): kept as it is. Empty where " +
        'there is nothing.',
    ),
})

export const templateSchema = z.object({
  vmid: z.int(),
  name: z.string(),
  node: z.string(),
  description: z.string().nullable(),
  osType: z.string().nullable(),
  cores: z.int(),
  sockets: z.int(),
  memoryMiB: z.int(),
  disks: z.array(diskSchema),
  nics: z.array(nicSchema),
  cloudInitDrive: z
    .string()
    .nullable()
    .describe("The drive key of Proxmox's own cloud-init drive, where there is one."),
  cloudInitVolume: z
    .string()
    .nullable()
    .describe(
      "Volume id of that drive: on a local storage it pins a clone to the template's node, as a CD image does.",
    ),
  cdVolumes: z
    .array(z.string())
    .describe(
      "Volume ids of attached CD images; on a local storage they pin a clone to the template's node.",
    ),
  agent: z.boolean(),
  tags: z.array(z.string()),
  lock: z.string().nullable(),
  createdAt: z.string().nullable(),
  inherited: z
    .record(z.string(), z.string())
    .describe(
      'Other keys of its config that clones inherit and the planner must know, as Proxmox writes them. ' +
        'None of them holds a secret: Proxmox shows asterisks for a password.',
    ),
  linkedClone: z
    .object({ possible: z.boolean(), reason: z.string().nullable() })
    .describe('Whether linked clones are possible, and why not.'),
  copies: z
    .array(z.object({ vmid: z.int(), node: z.string() }))
    .describe(
      'The same template on local storage of other nodes: one for each node. A VM on such a node ' +
        'is cloned from the copy there.',
    ),
})

/** Keys of a template's config that belong into `inherited`. */
export const isInheritedKey = (key: string): boolean =>
  /^(ipconfig\d+|nameserver|searchdomain|ciuser|cipassword|sshkeys|cicustom|balloon|vcpus|protection|arch)$/.test(
    key,
  )

export type Node = z.infer<typeof nodeSchema>
export type Storage = z.infer<typeof storageSchema>
export type Bridge = z.infer<typeof bridgeSchema>
export type Volume = z.infer<typeof volumeSchema>
export type Pool = z.infer<typeof poolSchema>
export type Guest = z.infer<typeof guestSchema>
export type Template = z.infer<typeof templateSchema>
export type Disk = z.infer<typeof diskSchema>
export type Nic = z.infer<typeof nicSchema>

/** Room on a storage; `node` is null for a shared one. */
export const allocationSchema = z.object({
  storage: z.string(),
  node: z.string().nullable(),
  sizeGiB: z.number(),
})

export type Allocation = z.infer<typeof allocationSchema>

/** A VM of a running deployment. What it will take and the figures of Proxmox do not show yet counts as taken. */
export type PendingVm = {
  vmid: number
  name: string
  node: string
  /** 0 once it runs and the figures of its node show it, or where it will not be started. */
  memoryMiB: number
  /** Empty once its disks are there and the figures of the storages show them. */
  allocations: Allocation[]
}

/** How files for cloud-init get onto the nodes, by SSH. */
export type SnippetAccess = {
  /** On which they are kept. */
  storage: string
  /** One for each node that reads them, or one for all where the storage is shared. */
  places: {
    node: string
    /** Where SSH finds it; null: under its own name. */
    address: string | null
    /** Of the storage's snippets on the node. */
    folder: string
    /** Why nothing can be written there, in words; null where it can. */
    problem: string | null
  }[]
}

export type Inventory = {
  version: { major: number; minor: number }
  quorate: boolean
  nodes: Node[]
  storages: Storage[]
  bridges: Bridge[]
  pools: Pool[]
  guests: Guest[]
  /** VMs that running deployments, whoever started them, are still making. */
  pending: PendingVm[]
  /** Only the templates that the request names need be here, and those of the same name. */
  templates: Template[]
  /** Ids that may be given out: inclusive, already cut to the cluster's own bounds. */
  vmids: { min: number; max: number; reserved: number[] }
  /** On the storages that the request names, as far as the caller sees them. */
  volumes: Volume[]
  /** CPU types of each node that was asked for them, which is done for VMs from scratch only. */
  cpuTypes: { node: string; names: string[] }[]
  /** Null where the server has no way onto the nodes. */
  snippets: SnippetAccess | null
  /** First three bytes of new MAC addresses, as in datacenter.cfg: `BC:24:11`. */
  macPrefix: string
  /** The caller's rights; answers as Proxmox's own check would (`/access/permissions?path=`). */
  holds: (path: string, privilege: string) => boolean
}
