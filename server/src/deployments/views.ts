/** From rows to what people see: the shapes of core/src/deployment.ts. */
import { withMaskedPasswords } from '@deployer/core/cloud-init/passwords.ts'
import type {
  DeploymentHead,
  RunStatus,
  StepView,
  Summary,
  VmView,
} from '@deployer/core/deployment.ts'
import type { RetryChanges } from '@deployer/core/request.ts'
import type { DeploymentRow, StepRow, VmRow } from './tables.ts'

const text = (time: Date | null): string | null => time?.toISOString() ?? null

/** Without the spec and all calls with their parameters, which people see in the plan. */
export const stepColumns = [
  'vm_id',
  'id',
  'kind',
  'title',
  'call',
  'status',
  'attempt',
  'started_at',
  'finished_at',
  'waits',
  'upid',
  'progress',
  'detail',
  'log',
  'error',
] as const

export type ShownStep = Pick<StepRow, (typeof stepColumns)[number]>

export const stepView = (row: ShownStep): StepView => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  call: row.call,
  status: row.status,
  attempt: row.attempt,
  startedAt: text(row.started_at),
  finishedAt: text(row.finished_at),
  waits: row.waits,
  upid: row.upid,
  progress: row.progress,
  detail: row.detail,
  log: row.log,
  error: row.error,
})

const maskedChanges = ({ cloudInit, ...changes }: RetryChanges): VmView['changes'] => ({
  ...changes,
  ...(cloudInit && { cloudInit: withMaskedPasswords(cloudInit) }),
})

export const vmHead = (row: VmRow): Omit<VmView, 'steps'> => ({
  id: row.id,
  name: row.name,
  vmid: row.vmid,
  node: row.node,
  status: row.status,
  cancelRequested: row.cancel_requested,
  changes: row.changes && maskedChanges(row.changes),
  ...(row.earlier.length > 0 && { earlier: row.earlier }),
  ip: row.ip,
  error: row.error,
  startedAt: text(row.started_at),
  finishedAt: text(row.finished_at),
  validation: row.validation,
})

/** How many VMs are in each state. */
export type Counts = Partial<Record<RunStatus, number>>

const summaryOf = (counts: Counts): Summary => ({
  total: Object.values(counts).reduce((sum, count) => sum + count, 0),
  queued: counts.queued ?? 0,
  running: (counts.running ?? 0) + (counts['needs-sign-in'] ?? 0),
  succeeded: counts.succeeded ?? 0,
  failed: counts.failed ?? 0,
  cancelled: counts.cancelled ?? 0,
})

/** The state of a deployment follows from those of its VMs. */
export const statusOf = (counts: Counts): RunStatus => {
  const { total, queued, running, failed, cancelled } = summaryOf(counts)
  if (queued === total) return 'queued'
  if (counts['needs-sign-in']) return 'needs-sign-in'
  if (running + queued > 0) return 'running'
  if (failed > 0) return 'failed'
  return cancelled > 0 ? 'cancelled' : 'succeeded'
}

/** Without request and plan, which are large: never read them for a head. */
export const headColumns = [
  'id',
  'name',
  'status',
  'created_by',
  'created_at',
  'started_at',
  'finished_at',
  'cancel_requested',
  'source_label',
  'undo_of',
  'undone_by',
] as const

export type HeadRow = Pick<DeploymentRow, (typeof headColumns)[number]>

export const deploymentHead = (row: HeadRow, counts: Counts): DeploymentHead => ({
  id: row.id,
  name: row.name,
  status: row.status,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  startedAt: text(row.started_at),
  finishedAt: text(row.finished_at),
  cancelRequested: row.cancel_requested,
  sourceLabel: row.source_label,
  undoOf: row.undo_of,
  undoneBy: row.undone_by,
  summary: summaryOf(counts),
})
