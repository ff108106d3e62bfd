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
  lock: z
    .string()
    .nullable()
    .describe("What works on it at the moment, in Proxmox's word: `clone`, `backup`, `snapshot` …"),
  tags: z.array(z.string()),
  pool: z.string().nullable(),
  cores: z.number().nullable(),
  cpuFraction: z
    .number()
    .nullable()
    .describe('Of all its cores, 0 to 1; null where it does not run.'),
  memoryMiB: z.number().nullable(),
  memoryUsedMiB: z.number().nullable(),
  diskGiB: z.number().nullable().describe('Of the boot disk.'),
  uptimeSeconds: z.number().nullable(),
  address: z
    .string()
    .nullable()
    .describe(
      'The last that a deployment, a validation or a look at the VM found; null where none of them did yet.',
    ),
  deployment: z
    .object({ id: z.string(), name: z.string().nullable() })
    .nullable()
    .describe('The deployment that made it.'),
  health: z
    .enum(['healthy', 'degraded', 'unhealthy'])
    .nullable()
    .describe('Of its last validation.'),
  createdAt: z
    .string()
    .nullable()
    .describe('When a deployment made it; of others Proxmox does not tell.'),
})

export const vmListSchema = z.object({
  asOf: z.string().describe('When Proxmox was asked.'),
  deletion: z.boolean().describe('Whether VMs may be deleted here (`ENABLE_VM_DELETION`).'),
  vms: z.array(vmRowSchema),
})

export const vmTaskSchema = z.object({
  upid: z.string().describe("Proxmox's id of the task."),
  node: z.string(),
  type: z.string().describe("Proxmox's word: `qmstart`, `qmclone`, `qmconfig` …"),
  user: z.string().describe('Who started it.'),
  status: z
    .enum(['running', 'ok', 'warnings', 'failed', 'unknown'])
    .describe('`unknown`: it was killed, or its log is gone.'),
  message: z.string().nullable().describe("Why it failed, in Proxmox's words."),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})

const snapshotSchema = z.object({
  name: z.string(),
  description: z.string(),
  createdAt: z.string().nullable(),
  parent: z.string().nullable().describe('The one that it was made after.'),
  withMemory: z.boolean().describe('Whether the memory of the running VM is kept in it.'),
  current: z.boolean().describe('Whether the VM goes on from it.'),
})

/** `cd`: an ISO image or an empty drive. `unused`: a volume that belongs to the VM and is not attached. */
const vmDriveSchema = diskSchema.extend({
  kind: z.enum(['disk', 'cd', 'cloud-init', 'efi', 'tpm', 'unused']),
  options: z.string().describe("What else is set, in Proxmox's words."),
})

const vmNicSchema = nicSchema.extend({ mac: z.string().nullable() })

/** A key of the config that does not hold yet: it takes a restart, or a start. */
export const pendingKeySchema = z.object({
  key: z.string(),
  value: z.string().nullable().describe('As the VM runs now.'),
  pending: z.string().nullable().describe('As it will be; null where the key goes away.'),
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
  highAvailability: z
    .boolean()
    .describe('Managed by high availability: Proxmox may start and move it by itself.'),
  digest: z
    .string()
    .nullable()
    .describe(
      'Send it back with a change: it is refused where somebody else changed the VM meanwhile.',
    ),
  description: z.string(),
  tags: z.array(z.string()),
  protection: z.boolean().describe('Proxmox refuses to delete it or its disks.'),
  startsWithNode: z.boolean().describe('Starts when its node does.'),
  agent: z.boolean().describe('Whether the guest agent is enabled in its config.'),
  osType: z.string().nullable().describe("Proxmox's word: `l26`, `win11` …"),
  createdAt: z.string().nullable(),
  hardware: z.object({
    cores: z.int(),
    sockets: z.int(),
    cpuType: z.string().nullable(),
    memoryMiB: z.int(),
    balloonMiB: z.int().nullable().describe('Null: as much as the memory; 0: ballooning off.'),
    bios: z.string(),
    machine: z.string().nullable(),
    scsiController: z.string().nullable(),
    display: z.string().nullable(),
    serialPorts: z.array(z.string()).describe('The serial ports: `serial0`.'),
    drives: z.array(vmDriveSchema),
    nics: z.array(vmNicSchema),
  }),
  pending: z.array(pendingKeySchema).describe('Changes that wait for a restart.'),
  cloudInit: z
    .object({
      drive: z.string(),
      /** The keys that are set: as configured, and as they are on the drive. Passwords show asterisks. */
      keys: z.array(differenceSchema.extend({ differs: z.boolean() })),
      /** Whether the drive lacks something that is configured. */
      outdated: z.boolean(),
    })
    .nullable()
    .describe('Null without a cloud-init drive.'),
  snapshots: z.array(snapshotSchema),
  tasks: z.array(vmTaskSchema).describe('Newest first; of others only with Sys.Audit on the node.'),
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
    .nullable()
    .describe('Where it comes from; null where no deployment here made it.'),
  address: z.string().nullable().describe('The last that was found.'),
  health: z
    .enum(['healthy', 'degraded', 'unhealthy'])
    .nullable()
    .describe('Of its last validation.'),
  privileges: z
    .array(z.string())
    .describe("The caller's privileges on the VM, in Proxmox's words."),
  deletion: z.boolean().describe('Whether VMs may be deleted here (`ENABLE_VM_DELETION`).'),
})

/** What the guest itself tells by its agent. */
export const vmAgentSchema = z.object({
  silent: z.string().nullable().describe('Why it tells nothing; null where it does.'),
  hostName: z.string().nullable(),
  system: z.string().nullable().describe('`Ubuntu 24.04.3 LTS`'),
  address: z.string().nullable(),
  addresses: z.array(z.string()),
})

const figures = z.array(z.number().nullable())

/** Columns of equal length, oldest first; null where the VM was off. */
export const vmMetricsSchema = z.object({
  range: z.enum(['hour', 'day', 'week']),
  times: z.array(z.int()).describe('In seconds since 1970.'),
  cpuFraction: figures,
  memoryMiB: figures,
  memoryTotalMiB: figures,
  networkIn: figures.describe('Bytes per second.'),
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
  upid: z.string().nullable().describe('Of its task, once it has begun.'),
  message: z.string().nullable().describe('Why it failed or was skipped.'),
})

/** One action on several VMs. */
export const bulkSchema = z.object({
  id: z.string(),
  action: z.string().describe('What is done with each: `start`, `snapshot`, `delete` …'),
  createdBy: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable().describe('Null while it runs.'),
  items: z.array(bulkItemSchema).describe('One for each VM.'),
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
