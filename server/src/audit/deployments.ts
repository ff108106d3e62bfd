/** What the audit log says of deployments: that they begin, what became of each VM, how they end. */
import type { AuditActor, AuditDraft, Json, Operation } from '@deployer/core/audit.ts'
import {
  changesConfiguration,
  deploymentOperation,
  requestConfiguration,
  vmConfiguration,
} from '@deployer/core/audit-configuration.ts'
import type { DeploymentHead, Failure, Validation } from '@deployer/core/deployment.ts'
import type { Plan, StepKind } from '@deployer/core/plan.ts'
import type { DeploymentRequest, RetryChanges } from '@deployer/core/request.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { StepRow, VmRow } from '../deployments/tables.ts'
import type { Caller } from '../identity/caller.ts'
import { actorOf, appendEntries } from './append.ts'

type Tx = Kysely<Tables>
type DeploymentOperation = Exclude<Operation, 'intent'>

type Begun = {
  id: string
  request: DeploymentRequest
  plan: Plan
  caller: Caller
  sourceLabel: string
  undoOf: string | null
}

/** A deployment is about to begin: part of the transaction that makes its rows. */
export const recordDeployment = async (tx: Tx, begun: Begun): Promise<void> => {
  const { id, request, plan, caller, sourceLabel, undoOf } = begun
  const row = await tx
    .selectFrom('deployment')
    .select('runs_as')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await appendEntries(tx, [
    {
      operation: undoOf === null ? deploymentOperation(request) : 'deployment_undo',
      status: 'success',
      intent: true,
      actor: actorOf(caller),
      runsAs: unlessOwn(row.runs_as, caller),
      deployment: { id, name: request.name ?? null },
      planHash: plan.hash,
      configuration: undoOf === null ? requestConfiguration(request) : { undo_of: undoOf },
      details: {
        source: sourceLabel,
        vms: plan.vms.map(({ name, vmid, node }) => ({ vm_name: name, vm_id: vmid, node })),
      },
    },
  ])
}

/** A service account that does the work for somebody. */
const unlessOwn = (runsAs: string, { username }: Pick<Caller, 'username'>): string | undefined =>
  runsAs === username ? undefined : runsAs

/** For the VM's own row, so that its entry at the end needs neither the whole request nor the whole plan. */
export const configurationOfVm = (
  { request, plan, undoOf }: Pick<Begun, 'request' | 'plan' | 'undoOf'>,
  index: number,
): string | null => {
  const vm = plan.vms[index]
  return vm && undoOf === null ? JSON.stringify(vmConfiguration(request, vm)) : null
}

export type Asked = {
  operation: 'deployment_cancel' | 'deployment_retry'
  id: string
  caller: Pick<Caller, 'username' | 'from'>
  /** Ids of its VMs, where it is not all of them. */
  vms?: string[] | null
  /** What a retry changes for them. */
  changes?: RetryChanges | undefined
}

/** A cancel, or a retry, which is an intent: its outcome follows when its VMs have ended. Part of its transaction. */
export const recordAsked = async (
  tx: Tx,
  { operation, id, caller, vms, changes }: Asked,
): Promise<void> => {
  const { name, runs_as: runsAs } = await tx
    .selectFrom('deployment')
    .select(['name', 'runs_as'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await appendEntries(tx, [
    {
      operation,
      status: 'success',
      intent: operation === 'deployment_retry',
      actor: actorOf(caller),
      runsAs: operation === 'deployment_retry' ? unlessOwn(runsAs, caller) : undefined,
      deployment: { id, name },
      ...((vms || changes) && {
        configuration: {
          ...(vms && { vms }),
          ...(changes && { changes: changesConfiguration(changes) }),
        },
      }),
    },
  ])
}

/** A VM has ended, and perhaps the deployment with it. Part of the transaction that ends them. */
export const recordVmEnd = async (
  tx: Tx,
  vm: VmRow,
  steps: StepRow[],
  deployment: DeploymentHead,
): Promise<void> => {
  const intents = await openIntents(tx, deployment.id)
  const intent = vm.run === 1 ? intents[0] : intents.at(-1)
  await appendEntries(tx, [
    ...vmEntries(vm, steps, deployment, intent),
    ...(await endEntries(tx, deployment, intents)),
  ])
}

/** A deployment may have ended without its last VM having begun. Part of the transaction that ends it. */
export const recordDeploymentEnd = async (tx: Tx, deployment: DeploymentHead): Promise<void> => {
  const entries = await endEntries(tx, deployment, await openIntents(tx, deployment.id))
  if (entries.length > 0) await appendEntries(tx, entries)
}

type Intent = {
  id: number
  operation: DeploymentOperation
  actor: AuditActor
  runsAs: string | undefined
}

/** Oldest first. */
const openIntents = async (tx: Tx, deploymentId: string): Promise<Intent[]> => {
  const { rows } = await sql<{
    id: string
    operation: DeploymentOperation
    username: string
    kind: AuditActor['kind']
    address: string | null
    requestId: string | null
    runsAs: string | null
  }>`
    select id, entry ->> 'intended_operation' as operation, entry ->> 'username' as username,
           entry ->> 'actor_kind' as kind, entry ->> 'address' as address, entry ->> 'request_id' as "requestId",
           entry ->> 'runs_as' as "runsAs"
      from audit_entry intent
     where entry ->> 'deployment_id' = ${deploymentId} and entry ->> 'operation' = 'intent'
       and not exists (select from audit_entry outcome where outcome.entry ->> 'closes' = intent.id::text)
     order by id`.execute(tx)
  return rows.map(({ id, operation, runsAs, ...actor }) => ({
    id: Number(id),
    operation,
    actor,
    runsAs: runsAs ?? undefined,
  }))
}

/** Of a deployment that began before there was an audit log. */
const actorBefore = ({ createdBy }: DeploymentHead): AuditActor => actorOf({ username: createdBy })

const vmEntries = (
  vm: VmRow,
  steps: StepRow[],
  deployment: DeploymentHead,
  intent: Intent | undefined,
): AuditDraft[] => {
  const common = {
    actor: intent?.actor ?? actorBefore(deployment),
    vm: { name: vm.name, vmid: vm.vmid, node: vm.node },
    deployment: { id: deployment.id, name: deployment.name },
    partOf: intent?.id,
    runsAs: intent?.runsAs,
  }
  const main = steps.find(({ kind }) => MAIN_STEPS.has(kind))
  const upids = steps.flatMap(({ upid }) => upid ?? [])
  const made: AuditDraft = {
    ...common,
    operation: deployment.undoOf === null ? makingOf(main) : 'vm_delete',
    status: vm.status === 'succeeded' ? 'success' : 'failed',
    reason: vm.status === 'cancelled' ? 'cancelled' : undefined,
    ...(vm.configuration && { configuration: vm.configuration }),
    upids: main?.upid ? [main.upid, ...upids.filter((upid) => upid !== main.upid)] : upids,
    error: vm.error && sentenceOf(vm.error),
    durationMs: between(vm.started_at, vm.finished_at),
    details: sourceOf(steps, deployment),
  }
  return vm.validation ? [made, validationEntry(common, vm.validation)] : [made]
}

const makingOf = (main: StepRow | undefined): DeploymentOperation =>
  main?.kind === 'create' ? 'vm_creation' : 'template_clone'

const MAIN_STEPS = new Set<StepKind>(['clone', 'create', 'destroy'])

const sourceOf = (
  steps: StepRow[],
  { sourceLabel, undoOf }: DeploymentHead,
): { [key: string]: Json } => {
  if (undoOf !== null) return { undo_of: undoOf }
  const clone = steps.find(({ kind }) => kind === 'clone')?.spec
  if (clone?.kind !== 'clone') return {}
  // `ubuntu-24.04 (9000), linked clones`
  const [, name = null] = /^(.*) \(\d+\)/.exec(sourceLabel) ?? []
  return { source_template: { template_id: clone.sourceVmid, template_name: name } }
}

type Common = Pick<AuditDraft, 'actor' | 'vm' | 'deployment' | 'partOf' | 'runsAs'>

const validationEntry = (common: Common, { outcome, checks }: Validation): AuditDraft => ({
  ...common,
  operation: 'validation',
  status: ({ healthy: 'success', degraded: 'partial', unhealthy: 'failed' } as const)[outcome],
  error: null,
  details: {
    validation_status: outcome,
    checks: Object.fromEntries(
      checks.map(({ name, port, passed, evidence }) => [
        checkName(name, port),
        { passed, message: evidence },
      ]),
    ),
  },
})

/** The names that such entries have always had. */
const checkName = (name: string, port: number | null): string => {
  if (name === 'proxmox') return 'proxmox_status'
  if (name === 'address') return 'ip_address'
  if (port === 22) return 'ssh_port'
  if (port === 3389) return 'rdp_port'
  return port === null ? name.replaceAll('-', '_') : `port_${port}`
}

const endEntries = async (
  tx: Tx,
  deployment: DeploymentHead,
  intents: Intent[],
): Promise<AuditDraft[]> => {
  if (deployment.finishedAt === null || intents.length === 0) return []
  const vms = await tx
    .selectFrom('vm')
    .select(['name', 'vmid', 'status', 'ip', 'error', 'validation'])
    .where('deployment_id', '=', deployment.id)
    .orderBy('position')
    .execute()
  const { total, succeeded, failed, cancelled } = deployment.summary
  const { id, name, startedAt, finishedAt, status } = deployment
  const done = await doneTo(tx, deployment)
  const ended = {
    deployment: { id, name },
    status: statusOf(succeeded, total),
    reason: status === 'cancelled' ? 'cancelled' : undefined,
    error: failed > 0 ? `${failed} of ${total} VMs failed` : null,
    durationMs: between(startedAt && new Date(startedAt), new Date(finishedAt)),
    details: {
      ...(deployment.undoOf !== null && { undo_of: deployment.undoOf }),
      summary: {
        total_requested: total,
        successful: succeeded,
        failed,
        ...(cancelled > 0 && { cancelled }),
        success_rate: `${((100 * succeeded) / total).toFixed(1)}%`,
      },
      operations: vms.map((vm) => ({
        vm_name: vm.name,
        vm_id: vm.vmid,
        ...resultOf(vm, done),
      })),
    },
  } as const
  return intents.map(({ id: closes, operation, actor, runsAs }) => ({
    ...ended,
    operation,
    actor,
    runsAs,
    closes,
  }))
}

const statusOf = (succeeded: number, total: number) => {
  if (succeeded === total) return 'success'
  return succeeded === 0 ? 'failed' : 'partial'
}

type Done = 'destroyed' | 'created' | 'cloned'

/** To its VMs, where all goes well. */
const doneTo = async (tx: Tx, { id, undoOf }: DeploymentHead): Promise<Done> => {
  if (undoOf !== null) return 'destroyed'
  const { rows } = await sql`
    select from step join vm on vm.id = step.vm_id
     where vm.deployment_id = ${id} and step.kind = 'create' limit 1`.execute(tx)
  return rows.length > 0 ? 'created' : 'cloned'
}

const resultOf = (
  vm: Pick<VmRow, 'status' | 'vmid' | 'ip' | 'error' | 'validation'>,
  done: Done,
): { status: string; message: string } => {
  if (vm.status === 'cancelled') return { status: 'cancelled', message: 'Cancelled' }
  if (vm.status !== 'succeeded')
    return { status: 'failed', message: vm.error ? `Failed: ${sentenceOf(vm.error)}` : 'Failed' }
  if (done === 'destroyed') return { status: 'deleted', message: `VM ${vm.vmid} destroyed` }
  const found = [vm.validation?.outcome, vm.ip].filter(Boolean).join(', ')
  return { status: 'created', message: `VM ${vm.vmid} ${done}${found && `: ${found}`}` }
}

/** What happened and why, with Proxmox's own words; what to do about it is nothing for a record. */
const sentenceOf = ({ title, cause, proxmox }: Failure): string =>
  [title, cause, proxmox]
    .filter((part) => part !== null && part !== '')
    .map((part) => part?.replace(/\.$/, ''))
    .join('. ')

const between = (from: Date | null | '', to: Date | null): number | undefined =>
  from && to ? to.getTime() - from.getTime() : undefined
