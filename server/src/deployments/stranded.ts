/**
 * VMs whose workflow is over while they are not: it met an error that nobody expected, where even the failure could not
 * be journalled, or it is missing. Nothing else would ever go on with them, so they are ended here, with words.
 */
import type { DeploymentEvent, Failure } from '@deployer/core/deployment.ts'
import { sql, type Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Tables } from '../database/tables.ts'
import { recordEvents } from '../events/events.ts'
import { lockDeployment, now } from './journal.ts'
import { isMaking } from './look.ts'
import type { StepRow, VmRow } from './tables.ts'
import { stepColumns, stepView } from './views.ts'

type Stranded = { vmId: string; run: number; deploymentId: string; workflow: string | null }

/** A VM and its workflow begin in one transaction, and a workflow ends after its VM: so no living one is among them. */
const findStranded = async (
  db: Kysely<Tables>,
  deploymentId: string | null,
): Promise<Stranded[]> => {
  const { rows } = await sql<Stranded>`
    select vm.id as "vmId", vm.run, vm.deployment_id as "deploymentId", workflow.status as workflow
      from vm left join dbos.workflow_status workflow on workflow.workflow_uuid = vm.id || ':' || vm.run
     where vm.finished_at is null and vm.deployment_id = coalesce(${deploymentId}, vm.deployment_id)
       and (workflow.status is null
            or workflow.status in ('ERROR', 'SUCCESS', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'))
     order by vm.deployment_id, vm.position`.execute(db)
  return rows
}

/**
 * Journals why the VM ends: the step that had its turn has failed, and nothing that may still be under way for it can
 * write or send any more. False where the VM has ended, or was tried again, in the meantime.
 */
const giveUp = (db: Kysely<Tables>, { vmId, run, deploymentId }: Stranded): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    await lockDeployment(tx, deploymentId)
    const vm = await tx.selectFrom('vm').selectAll().where('id', '=', vmId).executeTakeFirst()
    if (!vm || vm.run !== run || vm.finished_at) return false
    const steps = await tx
      .selectFrom('step')
      .selectAll()
      .where('vm_id', '=', vmId)
      .orderBy('position')
      .execute()
    if (steps.some((step) => step.status === 'cancelled')) await tellWhatIsLeft(tx, vm, steps)
    const turn = turnOf(steps)
    if (turn) {
      const failure = unexpectedIn(turn)
      const row = await tx
        .updateTable('step')
        .set({
          status: 'failed',
          attempt: sql<number>`attempt + 1`,
          detail: failure.title,
          error: JSON.stringify(failure),
          retry_at: null,
          started_at: sql<Date>`coalesce(started_at, now())`,
          finished_at: now,
        })
        .where('vm_id', '=', vmId)
        .where('id', '=', turn.id)
        .returning(stepColumns)
        .executeTakeFirstOrThrow()
      const event: DeploymentEvent = { type: 'step', deploymentId, vmId, step: stepView(row) }
      await recordEvents(tx, deploymentId, [event])
    }
    return true
  })

/** The step that the workflow was at; none where only the end of the VM was missing. As the loop of workflow.ts has it. */
const turnOf = (steps: StepRow[]): StepRow | undefined => {
  if (steps.some(endsTheLoop)) return undefined
  return steps.find(({ status }) => ['pending', 'waiting', 'running'].includes(status))
}

const endsTheLoop = ({ status, kind }: StepRow) =>
  status === 'cancelled' || (status === 'failed' && kind !== 'check-port')

const unexpectedIn = ({ title }: StepRow): Failure => ({
  code: 'internal',
  title: 'The deployer met an error that nobody expected',
  cause: `It ended the work on this VM in the step "${title}". The log of the server has its details.`,
  remedy: 'Retry goes on from there. If it happens again, report it. The VM was left as it is.',
  proxmox: null,
})

/** Its clean-up may not have come to its end. */
const tellWhatIsLeft = async (tx: Kysely<Tables>, vm: VmRow, steps: StepRow[]) => {
  const making = steps.find(({ spec }) => isMaking(spec))
  const begun = making && (making.sent_at ?? making.upid ?? making.status === 'succeeded')
  if (vm.error || (!begun && vm.run === 1)) return
  const error: Failure = {
    code: 'left-behind',
    title: `VM ${vm.vmid} may not have been removed`,
    cause:
      'The deployer met an error that nobody expected while it cancelled. The log of the server has its details.',
    remedy: `Undo the deployment, or look for VM ${vm.vmid} on node ${vm.node} and remove it by hand.`,
    proxmox: null,
  }
  await tx
    .updateTable('vm')
    .set({ error: JSON.stringify(error) })
    .where('id', '=', vm.id)
    .execute()
}

export const createStranded = (deps: {
  db: Kysely<Tables>
  /** Frees what the VM holds and ends it as its steps say. */
  finish: (vmId: string, run: number) => Promise<void>
  everyMs: number
  logger: Pick<Logger, 'error'>
}) => {
  const { db, finish, everyMs, logger } = deps
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined

  const end = async (vm: Stranded) => {
    try {
      if (!(await giveUp(db, vm))) return
      await finish(vm.vmId, vm.run)
      logger.error(vm, 'ended a VM whose workflow was over before it')
    } catch (error) {
      logger.error({ err: error, ...vm }, 'could not end a VM whose workflow is over')
    }
  }

  /** Ends those there are: of this deployment, or, where it is null, of all. Never rejects. */
  const look = async (deploymentId: string | null): Promise<void> => {
    try {
      for (const vm of await findStranded(db, deploymentId)) await end(vm)
    } catch (error) {
      logger.error({ err: error, deploymentId }, 'could not look for VMs whose workflow is over')
    }
  }

  const lookAtAll = () => {
    looking ??= look(null).finally(() => {
      looking = undefined
    })
  }

  return {
    look,
    /** The tables of the workflows have to be there. */
    start: () => {
      lookAtAll()
      timer = setInterval(lookAtAll, everyMs)
      timer.unref()
    },
    stop: async () => {
      clearInterval(timer)
      await looking
    },
  }
}
