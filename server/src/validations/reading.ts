/** Validations as people see them, those at the end of deployments among them. */
import type { CheckResult, Schedule, VmValidation } from '@deployer/core/vm-validation/order.ts'
import type { Validation } from '@deployer/core/deployment.ts'
import { parseFlag } from '@deployer/proxmox/property-string.ts'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Resource } from '../inventory/read.ts'
import type { VmTarget } from './run-checks.ts'
import type { ValidationScheduleTable, ValidationTable } from './tables.ts'

type Db = Kysely<Tables>

export const viewOf = (row: Selectable<ValidationTable>): VmValidation => ({
  id: row.id,
  vmid: row.vmid,
  name: row.name,
  node: row.node,
  status: row.status,
  outcome: row.outcome,
  address: row.address,
  checks: row.checks,
  error: row.error,
  order: row.validation_order,
  requestedBy: row.requested_by,
  scheduleId: row.schedule_id,
  deploymentId: null,
  startedAt: row.started_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
})

export const scheduleView = (row: Selectable<ValidationScheduleTable>): Schedule => ({
  id: row.id,
  name: row.name,
  target: row.target,
  intervalMinutes: row.interval_minutes,
  order: row.validation_order,
  owner: row.owner,
  runsAs: row.runs_as,
  createdAt: row.created_at.toISOString(),
  nextAt: row.next_at.toISOString(),
  lastRunAt: row.last_run_at?.toISOString() ?? null,
  problem: row.problem,
})

export const readValidation = async (db: Db, id: string): Promise<VmValidation | null> => {
  const row = await db.selectFrom('validation').selectAll().where('id', '=', id).executeTakeFirst()
  if (row) return viewOf(row)
  const [proof = null] = await proofs(db, { id })
  return proof
}

/** Newest first. */
export const listValidations = async (
  db: Db,
  vmid: number,
  limit: number,
): Promise<VmValidation[]> => {
  const rows = await db
    .selectFrom('validation')
    .selectAll()
    .where('vmid', '=', vmid)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute()
  return [...rows.map(viewOf), ...(await proofs(db, { vmid }))]
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
    .slice(0, limit)
}

/** What a schedule or a call may name: VMs as the list of the cluster has them. */
export const readVms = (resources: Resource[]): VmTarget[] =>
  resources.flatMap((row) =>
    row.type === 'qemu' &&
    row.vmid !== undefined &&
    row.node !== undefined &&
    !parseFlag(row.template)
      ? [{ vmid: row.vmid, node: row.node, name: row.name ?? null }]
      : [],
  )

/** None where there is no such deployment. */
export const vmidsOfDeployment = async (db: Db, id: string): Promise<number[]> => {
  const rows = await db
    .selectFrom('vm')
    .select('vmid')
    .where('deployment_id', '=', id)
    .where('status', '!=', 'cancelled')
    .execute()
  return rows.map(({ vmid }) => vmid)
}

const MOST_PROOFS = 20

/** What deployments found at the end of their work on a VM; `id` is the VM's in its deployment. */
const proofs = async (db: Db, of: { vmid: number } | { id: string }): Promise<VmValidation[]> => {
  const rows = await db
    .selectFrom('vm')
    .innerJoin('deployment', 'deployment.id', 'vm.deployment_id')
    .select([
      'vm.id',
      'vm.vmid',
      'vm.name',
      'vm.node',
      'vm.ip',
      'vm.validation',
      'vm.deployment_id',
      'vm.started_at',
      'deployment.created_by',
    ])
    .where('vm.validation', 'is not', null)
    .where((eb) => ('id' in of ? eb('vm.id', '=', of.id) : eb('vm.vmid', '=', of.vmid)))
    .orderBy('vm.finished_at', 'desc')
    .limit(MOST_PROOFS)
    .execute()
  return rows.flatMap((row) => {
    const { validation } = row
    if (validation === null) return []
    return [
      {
        id: row.id,
        vmid: row.vmid,
        name: row.name,
        node: row.node,
        status: 'finished' as const,
        outcome: validation.outcome,
        address: row.ip,
        checks: validation.checks.map((check) => resultOf(check, validation.checkedAt)),
        error: null,
        order: {},
        requestedBy: row.created_by,
        scheduleId: null,
        deploymentId: row.deployment_id,
        startedAt: validation.checkedAt,
        finishedAt: validation.checkedAt,
      },
    ]
  })
}

const names = {
  proxmox: 'Proxmox',
  agent: 'Agent',
  address: 'Address',
  'cloud-init': 'cloud-init',
} as const

const resultOf = (
  { name, port, passed, evidence }: Validation['checks'][number],
  checkedAt: string,
): CheckResult => ({
  kind: name,
  name: name === 'port' ? `Port ${port}` : names[name],
  state: passed ? 'passed' : 'failed',
  evidence,
  tries: 1,
  checkedAt,
})
