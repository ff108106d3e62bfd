/** VMs after their deployment: the shapes of `GET /vms` and of what hangs below it. */
import { z } from 'zod'
import { diskSchema, nicSchema } from './inventory.ts'

export const vmidSchema = z.coerce.number().int().min(100).max(999_999_999)

/** `unknown`: Proxmox has not reported it yet, or its node is away. */
const vmStateSchema = z.enum(['running', 'paused', 'stopped', 'unknown'])

export const vmRowSchema = z.object({
  vmid: z.int(),
  name: z.string().nullable(),
  node: z.string(),
  state: vmStateSchema,
  /** What works on it at the moment, in Proxmox's word: `clone`, `backup`, `snapshot` … */
  lock: z.string().nullable(),
  tags: z.array(z.string()),
  pool: z.string().nullable(),
  cores: z.number().nullable(),
  /** Of all its cores, 0 to 1; null where it does not run. */
  cpuFraction: z.number().nullable(),
  memoryMiB: z.number().nullable(),
  memoryUsedMiB: z.number().nullable(),
  /** Of the boot disk. */
  diskGiB: z.number().nullable(),
  uptimeSeconds: z.number().nullable(),
  /** The last that a deployment, a validation or a look at the VM found; null where none of them did yet. */
  address: z.string().nullable(),
  /** The deployment that made it. */
  deployment: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  /** Of its last validation. */
  health: z.enum(['healthy', 'degraded', 'unhealthy']).nullable(),
  /** When a deployment made it; of others Proxmox does not tell. */
  createdAt: z.string().nullable(),
})

export const vmListSchema = z.object({
  /** When Proxmox was asked. */
  asOf: z.string(),
  /** Whether VMs may be deleted here (`ENABLE_VM_DELETION`). */
  deletion: z.boolean(),
  vms: z.array(vmRowSchema),
})

export const vmTaskSchema = z.object({
  upid: z.string(),
  node: z.string(),
  /** Proxmox's word: `qmstart`, `qmclone`, `qmconfig` … */
  type: z.string(),
  user: z.string(),
  /** `unknown`: it was killed, or its log is gone. */
  status: z.enum(['running', 'ok', 'warnings', 'failed', 'unknown']),
  /** Why it failed, in Proxmox's words. */
  message: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})

const snapshotSchema = z.object({
  name: z.string(),
  description: z.string(),
  createdAt: z.string().nullable(),
  /** The one that it was made after. */
  parent: z.string().nullable(),
  /** Whether the memory of the running VM is kept in it. */
  withMemory: z.boolean(),
  /** Whether the VM goes on from it. */
  current: z.boolean(),
})

/** `cd`: an ISO image or an empty drive. `unused`: a volume that belongs to the VM and is not attached. */
const vmDriveSchema = diskSchema.extend({
  kind: z.enum(['disk', 'cd', 'cloud-init', 'efi', 'tpm', 'unused']),
  /** What else is set, in Proxmox's words. */
  options: z.string(),
})

const vmNicSchema = nicSchema.extend({ mac: z.string().nullable() })

/** A key of the config that does not hold yet: it takes a restart, or a start. */
export const pendingKeySchema = z.object({
  key: z.string(),
  /** As the VM runs now. */
  value: z.string().nullable(),
  /** As it will be; null where the key goes away. */
  pending: z.string().nullable(),
})

/** What was asked for, and what is. */
const differenceSchema = z.object({
  key: z.string(),
  wanted: z.string().nullable(),
  actual: z.string().nullable(),
})

export const vmDetailSchema = z.object({
  vmid: z.int(),
  name: z.string(),
  node: z.string(),
  state: vmStateSchema,
  lock: z.string().nullable(),
  pool: z.string().nullable(),
  uptimeSeconds: z.number().nullable(),
  cpuFraction: z.number().nullable(),
  memoryUsedMiB: z.number().nullable(),
  /** Managed by high availability: Proxmox may start and move it by itself. */
  highAvailability: z.boolean(),
  /** Send it back with a change: it is refused where somebody else changed the VM meanwhile. */
  digest: z.string().nullable(),
  description: z.string(),
  tags: z.array(z.string()),
  protection: z.boolean(),
  startsWithNode: z.boolean(),
  agent: z.boolean(),
  osType: z.string().nullable(),
  createdAt: z.string().nullable(),
  hardware: z.object({
    cores: z.int(),
    sockets: z.int(),
    cpuType: z.string().nullable(),
    memoryMiB: z.int(),
    /** Null: as much as the memory; 0: ballooning off. */
    balloonMiB: z.int().nullable(),
    bios: z.string(),
    machine: z.string().nullable(),
    scsiController: z.string().nullable(),
    display: z.string().nullable(),
    /** The serial ports: `serial0`. */
    serialPorts: z.array(z.string()),
    drives: z.array(vmDriveSchema),
    nics: z.array(vmNicSchema),
  }),
  /** Changes that wait for a restart. */
  pending: z.array(pendingKeySchema),
  /** Null without a cloud-init drive. */
  cloudInit: z
    .object({
      drive: z.string(),
      /** The keys that are set: as configured, and as they are on the drive. Passwords show asterisks. */
      keys: z.array(differenceSchema.extend({ differs: z.boolean() })),
      /** Whether the drive lacks something that is configured. */
      outdated: z.boolean(),
    })
    .nullable(),
  snapshots: z.array(snapshotSchema),
  /** Newest first; of others only with Sys.Audit on the node. */
  tasks: z.array(vmTaskSchema),
  /** Where it comes from; null where no deployment here made it. */
  origin: z
    .object({
      /** Null, as who began it, where the caller may see the VM and not the deployment. */
      deployment: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
      createdBy: z.string().nullable(),
      createdAt: z.string(),
      /** `ubuntu-24.04 (9000), linked clone` */
      source: z.string(),
      /** Whether the VM carries the stamp of the deployment. */
      stamp: z.boolean(),
      /** Keys that the deployment set and that are another now. */
      differences: z.array(differenceSchema),
    })
    .nullable(),
  address: z.string().nullable(),
  health: z.enum(['healthy', 'degraded', 'unhealthy']).nullable(),
  /** The caller's privileges on the VM, in Proxmox's words. */
  privileges: z.array(z.string()),
  deletion: z.boolean(),
})

/** What the guest itself tells by its agent. */
export const vmAgentSchema = z.object({
  /** Why it tells nothing; null where it does. */
  silent: z.string().nullable(),
  hostName: z.string().nullable(),
  /** `Ubuntu 24.04.3 LTS` */
  system: z.string().nullable(),
  address: z.string().nullable(),
  addresses: z.array(z.string()),
})

const figures = z.array(z.number().nullable())

/** Columns of equal length, oldest first; null where the VM was off. */
export const vmMetricsSchema = z.object({
  range: z.enum(['hour', 'day', 'week']),
  /** In seconds since 1970. */
  times: z.array(z.int()),
  cpuFraction: figures,
  memoryMiB: figures,
  memoryTotalMiB: figures,
  /** Bytes per second. */
  networkIn: figures,
  networkOut: figures,
  diskRead: figures,
  diskWrite: figures,
})

const powerActions = ['start', 'shutdown', 'stop', 'reboot', 'reset', 'suspend', 'resume'] as const
export const powerActionSchema = z.enum(powerActions)

/** The states in which an action does something. */
const powerStates: Record<PowerAction, readonly VmState[]> = {
  start: ['stopped'],
  shutdown: ['running'],
  stop: ['running', 'paused'],
  reboot: ['running'],
  reset: ['running', 'paused'],
  suspend: ['running'],
  resume: ['paused'],
}

/** Whether it would do something. Of a VM whose state is not known, Proxmox is to say. */
export const powerApplies = (action: PowerAction, state: VmState): boolean =>
  state === 'unknown' || powerStates[action].includes(state)

/** A name as Proxmox takes it (pve-common src/PVE/JSONSchema.pm, `pve-configid`). */
export const snapshotNameSchema = z
  .string()
  .regex(/^[a-zA-Z][\w-]{1,39}$/, 'A letter first, then letters, digits, _ and -; 2 to 40 of them.')
  .refine((name) => name !== 'current' && name !== 'pending', 'Proxmox keeps this name to itself.')

/** A change that was begun: `upid` is null where Proxmox had done it before it answered. */
export const startedSchema = z.object({
  vmid: z.int(),
  name: z.string(),
  node: z.string(),
  upid: z.string().nullable(),
})

const bulkItemSchema = z.object({
  vmid: z.int(),
  name: z.string().nullable(),
  node: z.string().nullable(),
  status: z.enum(['queued', 'running', 'ok', 'failed', 'skipped']),
  upid: z.string().nullable(),
  /** Why it failed or was skipped. */
  message: z.string().nullable(),
})

/** One action on several VMs. */
export const bulkSchema = z.object({
  id: z.string(),
  action: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  items: z.array(bulkItemSchema),
})

export type VmState = z.infer<typeof vmStateSchema>
export type VmRow = z.infer<typeof vmRowSchema>
export type VmList = z.infer<typeof vmListSchema>
export type VmTask = z.infer<typeof vmTaskSchema>
export type VmDetail = z.infer<typeof vmDetailSchema>
export type VmDrive = z.infer<typeof vmDriveSchema>
export type VmAgent = z.infer<typeof vmAgentSchema>
export type VmMetrics = z.infer<typeof vmMetricsSchema>
export type Snapshot = z.infer<typeof snapshotSchema>
export type PendingKey = z.infer<typeof pendingKeySchema>
export type Difference = z.infer<typeof differenceSchema>
export type PowerAction = z.infer<typeof powerActionSchema>
export type Started = z.infer<typeof startedSchema>
export type Bulk = z.infer<typeof bulkSchema>
export type BulkItem = z.infer<typeof bulkItemSchema>
