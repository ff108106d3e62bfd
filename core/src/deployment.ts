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
  code: z.string(),
  title: z.string(),
  cause: z.string().nullable(),
  remedy: z.string().nullable(),
  proxmox: z.string().nullable(),
})

/** A time in which a step did nothing: it stood in line for a slot, paused between two tries, or waited for a sign-in. */
const waitSchema = z.object({
  from: z.string(),
  /** Null while it lasts. */
  until: z.string().nullable(),
  /** `Waiting for other clones on ceph-vm`. */
  why: z.string().nullable(),
})

export const stepViewSchema = z.object({
  id: z.string(),
  kind: stepKindSchema,
  title: z.string(),
  /** Method and path of its first call that changes something, else of its first: `POST /nodes/pve1/qemu/9000/clone`. */
  call: z.string().nullable(),
  status: stepStatusSchema,
  attempt: z.int(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  waits: z.array(waitSchema),
  upid: z.string().nullable(),
  /** 0 to 1, where Proxmox tells it. */
  progress: z.number().nullable(),
  /** The current line: of the task log, of a retry, or the result (`10.0.0.5`, `open, 4 ms`). */
  detail: z.string().nullable(),
  /** Last lines of the Proxmox task log, oldest first. */
  log: z.array(z.string()),
  error: failureSchema.nullable(),
})

/** Of a try before the last: the step has begun anew since, or given way to others. */
const earlierStepSchema = stepViewSchema
  .pick({ kind: true, title: true, status: true, waits: true })
  .extend({ startedAt: z.string(), finishedAt: z.string() })

const checkSchema = z.object({
  name: z.enum(['proxmox', 'agent', 'address', 'cloud-init', 'port']),
  /** For `port`: the port. */
  port: z.int().nullable(),
  passed: z.boolean(),
  evidence: z.string(),
})

export const validationSchema = z.object({
  outcome: z.enum(['healthy', 'degraded', 'unhealthy']),
  checks: z.array(checkSchema),
  checkedAt: z.string(),
})

export const vmViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  vmid: z.int(),
  node: z.string(),
  status: runStatusSchema,
  /** Somebody cancelled it, or the whole deployment; `running` until what there is of it is removed. */
  cancelRequested: z.boolean(),
  /** What retries changed for it, against the request of the deployment. */
  changes: shownChangesSchema.nullable(),
  ip: z.string().nullable(),
  error: failureSchema.nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  steps: z.array(stepViewSchema),
  /** What tries before the last did, oldest first. Left out where there was none. */
  earlier: z.array(earlierStepSchema).exactOptional(),
  validation: validationSchema.nullable(),
})

const summarySchema = z.object({
  total: z.int(),
  queued: z.int(),
  running: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  cancelled: z.int(),
})

export const deploymentHeadSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  status: runStatusSchema,
  createdBy: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  cancelRequested: z.boolean(),
  /** For the list: `ubuntu-24.04 (9000), linked clones`. */
  sourceLabel: z.string(),
  /** The deployment whose VMs this one destroys; null for one that makes VMs. */
  undoOf: z.string().nullable(),
  /** The newest deployment that undoes this one, whatever came of it. */
  undoneBy: z.string().nullable(),
  summary: summarySchema,
})

export const deploymentViewSchema = deploymentHeadSchema.extend({
  request: shownRequestSchema,
  planHash: z.string(),
  /** Id of the newest event that this answer already contains; hand it to the event stream as `Last-Event-ID`. */
  lastEventId: z.string(),
  vms: z.array(vmViewSchema),
})

/** Data of one server-sent event. Each carries the whole new state of what changed, so applying one twice does no harm. */
export const deploymentEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('deployment'), deployment: deploymentHeadSchema }),
  z.object({
    type: z.literal('vm'),
    deploymentId: z.string(),
    /** With its steps where they are others than before: a retry planned it anew. */
    vm: vmViewSchema.partial({ steps: true }),
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
