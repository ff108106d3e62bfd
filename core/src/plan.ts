/**
 * A plan: the ordered steps of each VM, with every call that they make on Proxmox.
 * The preview shows it, the engine runs it, the live page follows it.
 */
import { z } from 'zod'
import { allocationSchema } from './inventory.ts'
import { answersSchema } from './windows/answers.ts'

/**
 * One call to the Proxmox API. `path` is below `/api2/json`. A value in braces is known only while the plan runs
 * and is filled in by the engine: `{deployment}` the deployment's id, `{digest}` of the config read just before.
 */
export const callSchema = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  path: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** False for a call that only reads; such a call may be repeated until the answer is there. */
  changes: z.boolean(),
})

export const stepKinds = [
  'reserve-id',
  'clone',
  'create',
  'configure',
  'resize-disk',
  'upload-seed',
  'attach-seed',
  'write-snippet',
  'convert-to-template',
  'start',
  'send-keys',
  'wait-for-agent',
  'read-address',
  'read-cloud-init',
  'detach-seed',
  'check-port',
  'stop',
  'destroy',
  'delete-seed',
  'delete-snippet',
] as const

export const stepKindSchema = z.enum(stepKinds)

const step = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), ...shape })

/** A folder for snippets on one node; `address`: where SSH finds it, null for its own name. */
const snippetPlaceSchema = z.object({
  node: z.string(),
  address: z.string().nullable(),
  folder: z.string(),
})

/** What a step needs to know to be run; no VMID in it, because a collision may give the VM another one. */
export const stepSpecSchema = z.discriminatedUnion('kind', [
  step('reserve-id', {}),
  step('clone', {
    sourceNode: z.string(),
    sourceVmid: z.int(),
    name: z.string(),
    full: z.boolean(),
    storage: z.string().nullable(),
    /** Set only where the VM shall live on another node than its template. */
    targetNode: z.string().nullable(),
    pool: z.string().nullable(),
    description: z.string(),
  }),
  step('create', {
    node: z.string(),
    name: z.string(),
    pool: z.string().nullable(),
    description: z.string(),
    /** Proxmox's own config keys, as they are sent: `scsi0: local-lvm:32,discard=on`. */
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  step('configure', {
    node: z.string(),
    /** Proxmox's own config keys, as they are sent. */
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    /** Inherited keys that the request replaces. */
    remove: z.array(z.string()),
  }),
  step('resize-disk', { node: z.string(), disk: z.string(), sizeGiB: z.int() }),
  step('upload-seed', {
    node: z.string(),
    storage: z.string(),
    /** Carries deployment and VM, so that it is known again: `{deployment}-web-01.iso`. */
    file: z.string(),
    /** Of the image. Left out = `cidata`, by which cloud-init finds it. */
    label: z.string().optional(),
    /** By their names on the image. */
    documents: z.record(z.string(), z.string()),
    /** Of Windows setup, without the secrets: its files come onto the image when it is built. */
    answers: answersSchema.optional(),
  }),
  step('attach-seed', {
    node: z.string(),
    drive: z.string(),
    volume: z.string(),
    /** Proxmox's own cloud-init drive, which goes: a guest reads one of them only. Null where there is none. */
    replaces: z.string().nullable(),
    /** For Windows setup, with passwords on it. */
    answers: z.boolean().optional(),
  }),
  step('write-snippet', {
    node: z.string(),
    storage: z.string(),
    places: z.array(snippetPlaceSchema),
    /** By their names in the folder. */
    files: z.record(z.string(), z.string()),
  }),
  step('convert-to-template', { node: z.string() }),
  step('start', { node: z.string() }),
  /** Pressed again and again: nobody can see when the guest waits for it. */
  step('send-keys', { node: z.string(), key: z.string(), seconds: z.int() }),
  step('wait-for-agent', {
    node: z.string(),
    timeoutSeconds: z.int(),
    /** Asked for what the step after it is to know, instead of pinged. */
    interfaces: z.literal(true).exactOptional(),
  }),
  step('read-address', {
    node: z.string(),
    /** The address that the request set for the first NIC, without prefix; null with DHCP. */
    expected: z.string().nullable(),
    timeoutSeconds: z.int(),
  }),
  step('read-cloud-init', { node: z.string(), timeoutSeconds: z.int() }),
  step('detach-seed', {
    node: z.string(),
    drive: z.string(),
    storage: z.string(),
    volume: z.string(),
    /** Whether the caller may remove the image. */
    deletes: z.boolean(),
    /** For Windows setup, with passwords on it. */
    answers: z.boolean().optional(),
  }),
  step('check-port', {
    node: z.string(),
    port: z.int(),
    /** A static address, where no agent is there to tell it. */
    address: z.string().nullable(),
    timeoutSeconds: z.int(),
  }),
  /** Of an undo: `deployment` is the one whose stamp the VM must carry. */
  step('stop', { node: z.string(), deployment: z.string() }),
  step('destroy', { node: z.string(), deployment: z.string() }),
  step('delete-seed', { node: z.string(), storage: z.string(), volume: z.string() }),
  step('delete-snippet', { places: z.array(snippetPlaceSchema), files: z.array(z.string()) }),
])

/**
 * What Proxmox serialises: allocation on a node's local storage, allocation on a shared storage (cluster-wide lock),
 * the copy of a full clone (source storage), starts of a node.
 */
export const slotKindSchema = z.enum(['clone-local', 'clone-shared', 'full-copy', 'start'])

const plannedStepSchema = z.object({
  /** Unique within its VM: the kind, or `check-port-22`. */
  id: z.string(),
  kind: stepKindSchema,
  title: z.string(),
  /** What the calls do not say: how long they are repeated, or what is done without a call (a port check). */
  note: z.string().nullable(),
  calls: z.array(callSchema),
  /** What is scarce for this step and must be held while it runs, in this order; the limit for each kind is a setting. */
  slots: z.array(z.object({ kind: slotKindSchema, key: z.string() })),
  spec: stepSpecSchema,
})

export const plannedVmSchema = z.object({
  name: z.string(),
  /** Index of the row in the request that made it. */
  row: z.int(),
  vmid: z.int(),
  node: z.string(),
  placementReason: z.string(),
  /** Where its boot disk will be. */
  storage: z.string(),
  /** vCPUs in all: cores times sockets. */
  cores: z.int(),
  memoryMiB: z.int(),
  /** All its disks together. */
  diskGiB: z.number(),
  /** What it takes of storages: full clones their whole disks, linked ones what their boot disk grows by. */
  allocations: z.array(allocationSchema),
  /** The address that the request sets for the first NIC, without prefix; null with DHCP or as the template has it. */
  ip: z.string().nullable(),
  /** How it gets its first-boot configuration, and why so; null where the request has none. */
  cloudInit: z
    .object({ delivery: z.enum(['native', 'seed', 'snippet']), reason: z.string() })
    .nullable(),
  steps: z.array(plannedStepSchema),
})

export const issueSchema = z.object({
  code: z.string(),
  /** One or two sentences: what is so, why, what to do. */
  message: z.string(),
  /** Name of the VM that it concerns. */
  vm: z.string().optional(),
  /** Path into the request, dotted: `defaults.diskGiB`, `vms.0.name`. */
  field: z.string().optional(),
})

const nodeCapacitySchema = z.object({
  node: z.string(),
  vms: z.int(),
  memoryMiB: z.number().nullable(),
  memoryUsedMiB: z.number().nullable(),
  /** For VMs that running deployments are still making. */
  memoryPendingMiB: z.number(),
  memoryPlannedMiB: z.number(),
})

const storageCapacitySchema = z.object({
  storage: z.string(),
  /** Null for a shared storage. */
  node: z.string().nullable(),
  totalGiB: z.number().nullable(),
  availableGiB: z.number().nullable(),
  /** For VMs that running deployments are still making. */
  pendingGiB: z.number(),
  /** Full clones count whole, linked ones with what their boot disk grows by. */
  plannedGiB: z.number(),
})

const privilegeSchema = z.object({
  path: z.string(),
  privilege: z.string(),
  granted: z.boolean(),
})

export const planSchema = z.object({
  hash: z.string(),
  vms: z.array(plannedVmSchema),
  totals: z.object({
    vms: z.int(),
    cores: z.int(),
    memoryMiB: z.int(),
    diskGiB: z.number(),
    /** Calls that change something on Proxmox. */
    calls: z.int(),
  }),
  capacity: z.object({
    nodes: z.array(nodeCapacitySchema),
    storages: z.array(storageCapacitySchema),
  }),
  warnings: z.array(issueSchema),
  blockers: z.array(issueSchema),
  privileges: z.array(privilegeSchema),
  /** Whose account does the work: the caller's own, or the service account of the server, which knows it. */
  worker: z.object({ username: z.string(), serviceAccount: z.boolean() }).optional(),
})

export type Call = z.infer<typeof callSchema>
export type StepKind = z.infer<typeof stepKindSchema>
export type SlotKind = z.infer<typeof slotKindSchema>
export type StepSpec = z.infer<typeof stepSpecSchema>
export type PlannedStep = z.infer<typeof plannedStepSchema>
export type PlannedVm = z.infer<typeof plannedVmSchema>
export type Issue = z.infer<typeof issueSchema>
export type Plan = z.infer<typeof planSchema>
