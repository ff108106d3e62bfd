/** The rows of this room, as the migrations from 002 on make them. */
import type { Json as AuditJson } from '@deployer/core/audit.ts'
import type {
  Check,
  DeploymentEvent,
  EarlierStep,
  Failure,
  RunStatus,
  StepStatus,
  Validation,
  Wait,
} from '@deployer/core/deployment.ts'
import type { Allocation } from '@deployer/core/inventory.ts'
import type { Call, Plan, PlannedStep, StepKind, StepSpec } from '@deployer/core/plan.ts'
import type { DeploymentRequest, RetryChanges } from '@deployer/core/request.ts'
import type { AgentInterface } from '@deployer/core/select-address.ts'
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType, Selectable } from 'kysely'

/** Written by the database's clock, read as a date. */
type Time = ColumnType<Date | null, never, Date | null>
type GeneratedTime = ColumnType<Date, never, Date>
/** JSON that may be absent; written as text, because the driver would turn an array into a PostgreSQL array. */
type Json<T> = ColumnType<T | null, string | null | undefined, string | null>

type DeploymentTable = {
  id: string
  name: string | null
  request: JSONColumnType<DeploymentRequest>
  /** That its VMs go into; from the request. */
  pool: GeneratedAlways<string | null>
  plan: JSONColumnType<Plan>
  plan_hash: string
  source_label: string
  created_by: string
  /** Whose credentials do the work: the key of `credential`. */
  runs_as: string
  idempotency_key: string | null
  /** Of Windows guests, encrypted; never logged. */
  passwords: Generated<string | null>
  status: Generated<RunStatus>
  cancel_requested: Generated<boolean>
  /** The deployment whose VMs this one destroys. */
  undo_of: Generated<string | null>
  /** The newest one that undoes this one. */
  undone_by: Generated<string | null>
  created_at: GeneratedTime
  started_at: Time
  finished_at: Time
}

type VmTable = {
  id: string
  deployment_id: string
  position: number
  name: string
  vmid: number
  node: string
  /** What it will take, as the plan has it; see pending.ts. */
  memory_mib: Generated<number>
  allocations: JSONColumnType<Allocation[], string | undefined>
  status: Generated<RunStatus>
  /** Counts the runs: a retry of a failed VM is a new workflow on the same rows. */
  run: Generated<number>
  cancel_requested: Generated<boolean>
  /** It is being tried again: whether it is still there and ours is to be read before anything is done. */
  look_first: Generated<boolean>
  /** What retries changed for it, against the request. */
  changes: Json<RetryChanges>
  /** What tries before the last did. */
  earlier: JSONColumnType<EarlierStep[], string | undefined, EarlierStep[]>
  ip: Generated<string | null>
  error: Json<Failure>
  validation: Json<Validation>
  /** What the audit log says that it was to become; null in an undo. */
  configuration: Json<{ [key: string]: AuditJson }>
  started_at: Time
  finished_at: Time
}

/** What a step found out that later steps, or the verdict on the VM, need. */
export type StepResult = {
  check?: Check
  /** MAC addresses of the VM's NICs, net0 first. */
  macs?: string[]
  /** What the agent told with its first answer. */
  interfaces?: AgentInterface[]
  /** What cloud-init came to; `unknown` where the guest does not let it be read. */
  cloudInit?: 'done' | 'degraded' | 'unknown'
}

type StepTable = {
  vm_id: string
  id: string
  position: number
  kind: StepKind
  title: string
  spec: JSONColumnType<StepSpec>
  calls: JSONColumnType<Call[]>
  /** The first call that changes something, else the first: `POST /nodes/pve1/qemu/9000/clone`. */
  call: GeneratedAlways<string | null>
  slots: JSONColumnType<PlannedStep['slots']>
  status: Generated<StepStatus>
  /** Fencing token: goes up with each start of the step; only the holder of the newest may write or act. */
  attempt: Generated<number>
  /** Failures that were followed by another try. */
  retries: Generated<number>
  retry_at: Time
  /** When it stood in line or between two tries; kept by a trigger. */
  waits: JSONColumnType<Wait[], never, never>
  /** When a changing call was sent whose answer is not known yet. */
  sent_at: Time
  upid: Generated<string | null>
  progress: Generated<number | null>
  detail: Generated<string | null>
  log: JSONColumnType<string[], string | undefined>
  error: Json<Failure>
  result: Json<StepResult>
  started_at: Time
  finished_at: Time
}

type SlotTable = {
  key: string
  holder: string
  party: string
  attempt: number
  granted: Generated<boolean>
  ticket: Generated<string>
}

type VmidReservationTable = { vmid: number; vm_id: string; reserved_at: GeneratedTime }

type EventTable = {
  id: Generated<string>
  deployment_id: string
  data: JSONColumnType<DeploymentEvent>
  created_at: GeneratedTime
}

type CredentialTable = {
  /** Who the work is done as: `root@pam`, or a token `root@pam!ci`. */
  owner: string
  /** Encrypted; never logged. */
  sealed: string
  lapsed: Generated<boolean>
  renewed_at: GeneratedTime
}

type ServerTable = { executor: string; host: string; started_at: GeneratedTime }

export type DeploymentTables = {
  deployment: DeploymentTable
  vm: VmTable
  step: StepTable
  slot: SlotTable
  vmid_reservation: VmidReservationTable
  event: EventTable
  credential: CredentialTable
  server: ServerTable
}

export type DeploymentRow = Selectable<DeploymentTable>
export type VmRow = Selectable<VmTable>
export type StepRow = Selectable<StepTable>
