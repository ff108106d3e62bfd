/** A deployment as people follow it: its rows, its steps, its outcome. The shape of `GET /deployments/:id` and of the events. */
import { z } from 'zod'
import { stepKindSchema } from './plan.ts'
import { shownChangesSchema, shownRequestSchema } from './shown-request.ts'

/**
 * `needs-sign-in`: the owner's Proxmox ticket lapsed while the server was away; the work goes on when they sign in.
 */
const runStatusSchema = z.enum([
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'needs-sign-in',
])

/** `waiting`: for a free slot, or for the next try; `detail` says which. `skipped`: not needed any more. */
const stepStatusSchema = z.enum([
  'pending',
  'waiting',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
])

/** A failure in words: what happened, why, what to do; with Proxmox's own words. */
export const failureSchema = z.object({
  code: z.string().describe('Of the kind of failure; it stays the same while words change.'),
  title: z.string().describe('What happened, in a few words.'),
  cause: z.string().nullable().describe('Why.'),
  remedy: z.string().nullable().describe('What to do.'),
  proxmox: z.string().nullable().describe("Proxmox's own words."),
})

/** A time in which a step did nothing: it stood in line for a slot, paused between two tries, or waited for a sign-in. */
const waitSchema = z.object({
  from: z.string(),
  until: z.string().nullable().describe('Null while it lasts.'),
  why: z.string().nullable().describe('`Waiting for other clones on ceph-vm`.'),
})

export const stepViewSchema = z.object({
  id: z.string().describe('Unique within its VM.'),
  kind: stepKindSchema,
  title: z.string().describe('In words.'),
  call: z
    .string()
    .nullable()
    .describe(
      'Method and path of its first call that changes something, else of its first: `POST ' +
        '/nodes/pve1/qemu/9000/clone`.',
    ),
  status: stepStatusSchema,
  attempt: z.int().describe('How often it was begun.'),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  waits: z.array(waitSchema).describe('Times in which it did nothing, and why.'),
  upid: z.string().nullable().describe('Its task on Proxmox, where it has one.'),
  progress: z.number().nullable().describe('0 to 1, where Proxmox tells it.'),
  detail: z
    .string()
    .nullable()
    .describe(
      'The current line: of the task log, of a retry, or the result (`10.0.0.5`, `open, 4 ms`).',
    ),
  log: z.array(z.string()).describe('Last lines of the Proxmox task log, oldest first.'),
  error: failureSchema.nullable(),
})

/** Of a try before the last: the step has begun anew since, or given way to others. */
const earlierStepSchema = stepViewSchema
  .pick({ kind: true, title: true, status: true, waits: true })
  .extend({ startedAt: z.string(), finishedAt: z.string() })

const checkSchema = z.object({
  name: z.enum(['proxmox', 'agent', 'address', 'cloud-init', 'port']),
  port: z.int().nullable().describe('For `port`: the port.'),
  passed: z.boolean().describe('Whether it is as it must be.'),
  evidence: z.string().describe('What was found, in words: `open, 4 ms`.'),
})

export const validationSchema = z.object({
  outcome: z.enum(['healthy', 'degraded', 'unhealthy']).describe('`degraded`: part of it works.'),
  checks: z.array(checkSchema),
  checkedAt: z.string(),
})

export const vmViewSchema = z.object({
  id: z.string().describe('Of the VM within deployments; `vmid` is the one on Proxmox.'),
  name: z.string(),
  vmid: z.int(),
  node: z.string(),
  status: runStatusSchema,
  cancelRequested: z
    .boolean()
    .describe(
      'Somebody cancelled it, or the whole deployment; `running` until what there is of it is removed.',
    ),
  changes: shownChangesSchema
    .nullable()
    .describe('What retries changed for it, against the request of the deployment.'),
  ip: z.string().nullable().describe('Once it is known.'),
  error: failureSchema.nullable().describe('Why it failed.'),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  steps: z.array(stepViewSchema).describe('In the order in which they run.'),
  earlier: z
    .array(earlierStepSchema)
    .exactOptional()
    .describe('What tries before the last did, oldest first. Left out where there was none.'),
  validation: validationSchema
    .nullable()
    .describe('What was found at the end; null before, and where nothing was to be checked.'),
})

const summarySchema = z.object({
  total: z.int().describe('How many VMs; the others say how many are in each state.'),
  queued: z.int(),
  running: z.int().describe('Those that wait for a sign-in count here.'),
  succeeded: z.int(),
  failed: z.int(),
  cancelled: z.int(),
})

export const deploymentHeadSchema = z.object({
  id: z.string().describe('`d-` and eight characters.'),
  name: z.string().nullable().describe('As the request has it.'),
  status: runStatusSchema,
  createdBy: z.string().describe('Who began it: `mira@pve`, or an API token `mira@pve!ci`.'),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  cancelRequested: z.boolean().describe('Somebody cancelled it.'),
  sourceLabel: z.string().describe('For the list: `ubuntu-24.04 (9000), linked clones`.'),
  undoOf: z
    .string()
    .nullable()
    .describe('The deployment whose VMs this one destroys; null for one that makes VMs.'),
  undoneBy: z
    .string()
    .nullable()
    .describe('The newest deployment that undoes this one, whatever came of it.'),
  summary: summarySchema.describe('How many VMs are in which state.'),
})

export const deploymentViewSchema = deploymentHeadSchema.extend({
  request: shownRequestSchema.describe('As it was asked for; passwords are masked.'),
  planHash: z.string().describe('Of the plan that was carried out.'),
  lastEventId: z
    .string()
    .describe(
      'Id of the newest event that this answer already contains; hand it to the event stream as `Last-Event-ID`.',
    ),
  vms: z.array(vmViewSchema),
})

/** Data of one server-sent event. Each carries the whole new state of what changed, so applying one twice does no harm. */
export const deploymentEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('deployment'), deployment: deploymentHeadSchema }),
  z.object({
    type: z.literal('vm'),
    deploymentId: z.string(),
    vm: vmViewSchema
      .partial({ steps: true })
      .describe('With its steps where they are others than before: a retry planned it anew.'),
  }),
  z.object({
    type: z.literal('step'),
    deploymentId: z.string(),
    vmId: z.string(),
    step: stepViewSchema,
  }),
])

export type RunStatus = z.infer<typeof runStatusSchema>
export type StepStatus = z.infer<typeof stepStatusSchema>
export type Failure = z.infer<typeof failureSchema>
export type Wait = z.infer<typeof waitSchema>
export type EarlierStep = z.infer<typeof earlierStepSchema>
export type StepView = z.infer<typeof stepViewSchema>
export type Check = z.infer<typeof checkSchema>
export type Validation = z.infer<typeof validationSchema>
export type VmView = z.infer<typeof vmViewSchema>
export type Summary = z.infer<typeof summarySchema>
export type DeploymentHead = z.infer<typeof deploymentHeadSchema>
export type DeploymentView = z.infer<typeof deploymentViewSchema>
export type DeploymentEvent = z.infer<typeof deploymentEventSchema>
