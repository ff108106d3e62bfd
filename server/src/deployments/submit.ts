/** A deployment begins: its rows, its reserved ids and its workflows in one transaction. */
import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import type { Plan, PlannedVm } from '@deployer/core/plan.ts'
import { callsOf } from '@deployer/core/steps.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { Kysely, PostgresDialect } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { randomBytes } from 'node:crypto'
import { configurationOfVm, recordDeployment } from '../audit/deployments.ts'
import type { Tables } from '../database/tables.ts'
import { recordEvents } from '../events/events.ts'
import type { Caller } from '../identity/caller.ts'
import type { Secrets } from '../identity/secrets.ts'
import type { CredentialStore } from './credentials.ts'
import { sealPasswords } from './guest-passwords.ts'
import { insertSteps } from './insert-steps.ts'
import { markUndone, refuseUndo } from './undo.ts'
import { deploymentHead, headColumns } from './views.ts'
import { APPLICATION_VERSION, WORKFLOW, type Job, type registeredWorkflow } from './workflow.ts'

export type Order = {
  request: DeploymentRequest
  plan: Plan
  caller: Caller
  idempotencyKey: string | null
  /** `ubuntu-24.04 (9000), linked clones`. */
  sourceLabel: string
  /** The deployment whose VMs the plan destroys; null for one that makes VMs. */
  undoOf: string | null
}

/** Another deployment has reserved some of the plan's ids since it was made: plan again. */
export class VmidsReserved extends Error {
  override name = 'VmidsReserved'
  constructor() {
    super('Another deployment has just reserved one of these VMIDs')
  }
}

/** The caller has made a deployment with this key before. */
export class KeyUsed extends Error {
  override name = 'KeyUsed'
  constructor() {
    super('There is a deployment with this idempotency key')
  }
}

export const QUEUE = 'vm'
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** `d-` and 8 characters of Crockford's base 32, which nobody mistakes for each other. */
const newId = () => `d-${Array.from(randomBytes(8), (byte) => ALPHABET[byte % 32]).join('')}`

/** Answers the deployment's id. Throws `VmidsReserved` or `KeyUsed`, and then nothing has happened. */
export const submit = async (
  deps: { pool: Pool; client: DBOSClient; credentials: CredentialStore; secrets: Secrets },
  order: Order,
): Promise<string> => {
  const id = newId()
  const { undoOf } = order
  await inTransaction(deps.pool, async (db, connection) => {
    if (undoOf !== null) await refuseUndo(db, undoOf)
    const { request, sealed } = sealPasswords(order.request, deps.secrets)
    await insertDeployment(
      db,
      id,
      { ...order, request },
      sealed,
      deps.credentials.workerOf(order.caller),
    )
    const vms = order.plan.vms.map((vm, index) => ({ id: `${id}-${index + 1}`, index, vm }))
    await db
      .insertInto('vm')
      .values(
        vms.map(({ id: vmId, index, vm }) => ({
          id: vmId,
          deployment_id: id,
          position: index,
          name: vm.name,
          vmid: vm.vmid,
          node: vm.node,
          memory_mib: vm.memoryMiB,
          allocations: JSON.stringify(vm.allocations),
          configuration: configurationOfVm(order, index),
        })),
      )
      .execute()
    await insertSteps(
      db,
      vms.flatMap(({ id: vmId, vm }) =>
        vm.steps.map((step, position) => ({
          vmId,
          step: { ...step, calls: callsOf(step.spec, vm) },
          position,
          attempt: 0,
        })),
      ),
    )
    if (undoOf === null) await reserve(db, vms)
    await deps.credentials.keep(db, order.caller)
    for (const { id: vmId, vm } of vms) {
      const steps = vm.steps.map(({ id: stepId, kind }) => ({ id: stepId, kind }))
      await enqueue(deps.client, connection, { vmId, run: 1, steps })
    }
    const total = order.plan.vms.length
    const row = await db
      .selectFrom('deployment')
      .select(headColumns)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await recordDeployment(db, { id, ...order })
    const undone = undoOf === null ? null : await markUndone(db, undoOf, id)
    await recordEvents(db, id, [
      { type: 'deployment', deployment: deploymentHead(row, { queued: total }) },
    ])
    if (undone) await recordEvents(db, undone.id, [{ type: 'deployment', deployment: undone }])
  })
  return id
}

/** One connection for both, so that they commit together: our queries and the workflows' rows, which DBOS writes. */
export const inTransaction = async (
  pool: Pool,
  work: (db: Kysely<Tables>, connection: PoolClient) => Promise<void>,
) => {
  const connection = await pool.connect()
  const borrowed = {
    connect: async () => ({
      query: connection.query.bind(connection),
      release: () => {},
    }),
    end: async () => {},
    options: {},
  }
  try {
    await connection.query('begin')
    await work(new Kysely({ dialect: new PostgresDialect({ pool: borrowed }) }), connection)
    await connection.query('commit')
    connection.release()
  } catch (error) {
    const broken = await connection.query('rollback').then(
      () => false,
      () => true,
    )
    connection.release(broken)
    throw error
  }
}

const constraintOf = (error: unknown): string | null =>
  error instanceof Error && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : null

const insertDeployment = async (
  db: Kysely<Tables>,
  id: string,
  order: Order,
  sealed: string | null,
  runsAs: string,
) => {
  const { request, plan, caller, idempotencyKey, sourceLabel, undoOf } = order
  try {
    await db
      .insertInto('deployment')
      .values({
        id,
        name: request.name ?? null,
        request: JSON.stringify(request),
        plan: JSON.stringify(plan),
        plan_hash: plan.hash,
        source_label: sourceLabel,
        created_by: caller.username,
        runs_as: runsAs,
        idempotency_key: idempotencyKey,
        undo_of: undoOf,
        passwords: sealed,
      })
      .execute()
  } catch (error) {
    throw constraintOf(error) === 'deployment_created_by_idempotency_key_key'
      ? new KeyUsed()
      : error
  }
}

type NumberedVm = { id: string; index: number; vm: PlannedVm }

const reserve = async (db: Kysely<Tables>, vms: NumberedVm[]) => {
  try {
    await db
      .insertInto('vmid_reservation')
      .values(vms.map(({ id, vm }) => ({ vmid: vm.vmid, vm_id: id })))
      .execute()
  } catch (error) {
    throw constraintOf(error) === 'vmid_reservation_pkey' ? new VmidsReserved() : error
  }
}

/** Part of the transaction that `connection` is in. */
export const enqueue = (client: DBOSClient, connection: PoolClient, job: Job) =>
  client.enqueueInTransaction<typeof registeredWorkflow>(
    connection,
    {
      queueName: QUEUE,
      workflowName: WORKFLOW,
      workflowID: `${job.vmId}:${job.run}`,
      appVersion: APPLICATION_VERSION,
    },
    job,
  )
