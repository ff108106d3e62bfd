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
  path: z.string().describe('Below `/api2/json`.'),
  params: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .describe('As they are sent; secrets are masked.'),
  changes: z
    .boolean()
    .describe(
      'False for a call that only reads; such a call may be repeated until the answer is there.',
    ),
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
    targetNode: z
      .string()
      .nullable()
      .describe('Set only where the VM shall live on another node than its template.'),
    pool: z.string().nullable(),
    description: z.string(),
  }),
  step('create', {
    node: z.string(),
    name: z.string(),
    pool: z.string().nullable(),
    description: z.string(),
    settings: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe("Proxmox's own config keys, as they are sent: `scsi0: local-lvm:32,discard=on`."),
  }),
  step('configure', {
    node: z.string(),
    settings: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe("Proxmox's own config keys, as they are sent."),
    remove: z.array(z.string()).describe('Inherited keys that the request replaces.'),
  }),
  step('resize-disk', { node: z.string(), disk: z.string(), sizeGiB: z.int() }),
  step('upload-seed', {
    node: z.string(),
    storage: z.string(),
    file: z
      .string()
      .describe('Carries deployment and VM, so that it is known again: `{deployment}-web-01.iso`.'),
    label: z
      .string()
      .optional()
      .describe('Of the image. Left out = `cidata`, by which cloud-init finds it.'),
    documents: z.record(z.string(), z.string()).describe('By their names on the image.'),
    answers: answersSchema
      .optional()
      .describe(
        'Of Windows setup, without the secrets: its files come onto the image when it is built.',
      ),
  }),
  step('attach-seed', {
    node: z.string(),
    drive: z.string(),
    volume: z.string(),
    replaces: z
      .string()
      .nullable()
      .describe(
        "Proxmox's own cloud-init drive, which goes: a guest reads one of them only. Null where there is none.",
      ),
    answers: z.boolean().optional().describe('For Windows setup, with passwords on it.'),
  }),
  step('write-snippet', {
    node: z.string(),
    storage: z.string(),
    places: z.array(snippetPlaceSchema),
    files: z.record(z.string(), z.string()).describe('By their names in the folder.'),
  }),
  step('convert-to-template', { node: z.string() }),
  step('start', { node: z.string() }),
  /** Pressed again and again: nobody can see when the guest waits for it. */
  step('send-keys', { node: z.string(), key: z.string(), seconds: z.int() }),
  step('wait-for-agent', {
    node: z.string(),
    timeoutSeconds: z.int(),
    interfaces: z
      .literal(true)
      .exactOptional()
      .describe('Asked for what the step after it is to know, instead of pinged.'),
  }),
  step('read-address', {
    node: z.string(),
    expected: z
      .string()
      .nullable()
      .describe(
        'The address that the request set for the first NIC, without prefix; null with DHCP.',
      ),
    timeoutSeconds: z.int(),
  }),
  step('read-cloud-init', { node: z.string(), timeoutSeconds: z.int() }),
  step('detach-seed', {
    node: z.string(),
    drive: z.string(),
    storage: z.string(),
    volume: z.string(),
    deletes: z.boolean().describe('Whether the caller may remove the image.'),
    answers: z.boolean().optional().describe('For Windows setup, with passwords on it.'),
  }),
  step('check-port', {
    node: z.string(),
    port: z.int(),
    address: z
      .string()
      .nullable()
      .describe('A static address, where no agent is there to tell it.'),
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
  id: z.string().describe('Unique within its VM: the kind, or `check-port-22`.'),
  kind: stepKindSchema.describe('What is done.'),
  title: z.string().describe('In words: `Clone from ubuntu-24.04 (9000)`.'),
  note: z
    .string()
    .nullable()
    .describe(
      'What the calls do not say: how long they are repeated, or what is done without a call (a port check).',
    ),
  calls: z.array(callSchema).describe('Calls to Proxmox that will be made, in this order.'),
  slots: z
    .array(z.object({ kind: slotKindSchema, key: z.string() }))
    .describe(
      'What is scarce for this step and must be held while it runs, in this order; the limit for each kind is a ' +
        'setting.',
    ),
  spec: stepSpecSchema.describe('Everything that carrying it out needs.'),
})

export const plannedVmSchema = z.object({
  name: z.string(),
  row: z.int().describe('Index of the row in the request that made it.'),
  vmid: z.int(),
  node: z.string(),
  placementReason: z.string().describe('Why this node, in words.'),
  storage: z.string().describe('Where its boot disk will be.'),
  cores: z.int().describe('vCPUs in all: cores times sockets.'),
  memoryMiB: z.int(),
  diskGiB: z.number().describe('All its disks together.'),
  allocations: z
    .array(allocationSchema)
    .describe(
      'What it takes of storages: full clones their whole disks, linked ones what their boot disk grows by.',
    ),
  ip: z
    .string()
    .nullable()
    .describe(
      'The address that the request sets for the first NIC, without prefix; null with DHCP or as the template ' +
        'has it.',
    ),
  cloudInit: z
    .object({ delivery: z.enum(['native', 'seed', 'snippet']), reason: z.string() })
    .nullable()
    .describe(
      'How it gets its first-boot configuration, and why so; null where the request has none.',
    ),
  steps: z.array(plannedStepSchema).describe('In the order in which they run.'),
})

export const issueSchema = z.object({
  code: z.string().describe('Of the kind of trouble; it stays the same while words change.'),
  message: z.string().describe('One or two sentences: what is so, why, what to do.'),
  vm: z.string().optional().describe('Name of the VM that it concerns.'),
  field: z
    .string()
    .optional()
    .describe('Path into the request, dotted: `defaults.diskGiB`, `vms.0.name`.'),
})

const nodeCapacitySchema = z.object({
  node: z.string(),
  vms: z.int().describe('How many VMs of the plan go there.'),
  memoryMiB: z.number().nullable().describe('In all; null where it is not known.'),
  memoryUsedMiB: z.number().nullable().describe('At the moment; null where it is not known.'),
  memoryPendingMiB: z.number().describe('For VMs that running deployments are still making.'),
  memoryPlannedMiB: z.number().describe('What the VMs of the plan take.'),
})

const storageCapacitySchema = z.object({
  storage: z.string(),
  node: z.string().nullable().describe('Null for a shared storage.'),
  totalGiB: z.number().nullable().describe('Null where it is not known.'),
  availableGiB: z.number().nullable().describe('At the moment; null where it is not known.'),
  pendingGiB: z.number().describe('For VMs that running deployments are still making.'),
  plannedGiB: z
    .number()
    .describe('Full clones count whole, linked ones with what their boot disk grows by.'),
})

const privilegeSchema = z.object({
  path: z.string().describe('Of the access control list of Proxmox: `/vms/9000`.'),
  privilege: z.string().describe("Proxmox's word: `VM.Clone`."),
  granted: z.boolean().describe('Whether the caller holds it there.'),
})

export const planSchema = z.object({
  hash: z
    .string()
    .describe('Send it as `planHash` with `POST /deployments`: nothing starts but this plan.'),
  vms: z.array(plannedVmSchema),
  totals: z.object({
    vms: z.int(),
    cores: z.int(),
    memoryMiB: z.int(),
    diskGiB: z.number(),
    calls: z.int().describe('Calls that change something on Proxmox.'),
  }),
  capacity: z
    .object({
      nodes: z.array(nodeCapacitySchema),
      storages: z.array(storageCapacitySchema),
    })
    .describe('What there is, and what the plan takes of it.'),
  warnings: z.array(issueSchema).describe('What to know; it can be deployed all the same.'),
  blockers: z.array(issueSchema).describe('Why it cannot be deployed. Empty: it can.'),
  privileges: z.array(privilegeSchema).describe('Every privilege that the plan needs.'),
  worker: z
    .object({ username: z.string(), serviceAccount: z.boolean() })
    .optional()
    .describe(
      "Whose account does the work: the caller's own, or the service account of the server, which knows it.",
    ),
})

export type Call = z.infer<typeof callSchema>
export type StepKind = z.infer<typeof stepKindSchema>
export type SlotKind = z.infer<typeof slotKindSchema>
export type StepSpec = z.infer<typeof stepSpecSchema>
export type PlannedStep = z.infer<typeof plannedStepSchema>
export type PlannedVm = z.infer<typeof plannedVmSchema>
export type Issue = z.infer<typeof issueSchema>
export type Plan = z.infer<typeof planSchema>
