/** Taking a deployment back: what of it is there, who may be undone, and how both deployments know each other. */
import type { DeploymentHead } from '@deployer/core/deployment.ts'
import type { Inventory } from '@deployer/core/inventory.ts'
import type { Plan } from '@deployer/core/plan.ts'
import { planUndo, type MadeVm, type SeenVm } from '@deployer/core/undo.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { createLimit } from '@deployer/proxmox/limit.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { countVms, lockDeployment } from './journal.ts'
import { lookFor } from './look.ts'
import type { VmRow } from './tables.ts'
import { deploymentHead, headColumns } from './views.ts'

/** `by`: the undo that is under way. */
export type WhyNoUndo =
  | { kind: 'running' }
  | { kind: 'is-undo' }
  | { kind: 'being-undone'; by: string }

export class UndoRefused extends Error {
  override name = 'UndoRefused'
  readonly why: WhyNoUndo
  constructor(why: WhyNoUndo) {
    super(`Nothing is undone: ${why.kind}`)
    this.why = why
  }
}

/** Locks the deployment until the transaction ends. Throws `UndoRefused`. */
export const refuseUndo = async (tx: Kysely<Tables>, id: string): Promise<void> => {
  const deployment = await lockDeployment(tx, id)
  if (deployment?.undo_of) throw new UndoRefused({ kind: 'is-undo' })
  if (!deployment?.finished_at) throw new UndoRefused({ kind: 'running' })
  const running = await tx
    .selectFrom('deployment')
    .select('id')
    .where('undo_of', '=', id)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  if (running) throw new UndoRefused({ kind: 'being-undone', by: running.id })
}

/** Answers the head of the deployment that is undone, as it is from now on. */
export const markUndone = async (
  tx: Kysely<Tables>,
  id: string,
  by: string,
): Promise<DeploymentHead> => {
  const row = await tx
    .updateTable('deployment')
    .set({ undone_by: by })
    .where('id', '=', id)
    .returning(headColumns)
    .executeTakeFirstOrThrow()
  return deploymentHead(row, (await countVms(tx, [id])).get(id) ?? {})
}

const LOOKS_AT_ONCE = 8

/**
 * Reads what is there now, with the rights of `api`; what it answers makes the plan. Changes nothing. Throws
 * `UndoRefused`.
 */
export const readUndo = async (
  db: Kysely<Tables>,
  api: Api,
  id: string,
): Promise<(holds: Inventory['holds']) => Plan> => {
  await db.transaction().execute((tx) => refuseUndo(tx, id))
  const vms = await seenVms(db, api, id)
  return (holds) => planUndo({ id, vms }, holds)
}

const seenVms = async (db: Kysely<Tables>, api: Api, id: string): Promise<MadeVm[]> => {
  const [{ plan }, made, guests] = await Promise.all([
    db.selectFrom('deployment').select('plan').where('id', '=', id).executeTakeFirstOrThrow(),
    vmsThatMayBeThere(db, id),
    allGuests(api),
  ])
  const look = createLook(api, guests)
  return Promise.all(
    made.map(async (vm) => {
      const planned = plan.vms[vm.position]
      if (!planned) throw new Error(`the plan of ${id} has no VM at ${vm.position}`)
      const { name, vmid, expected } = vm
      return { name, vmid, planned, expected, seen: await look(id, vm) }
    }),
  )
}

type Guests = Awaited<ReturnType<typeof allGuests>>

export const allGuests = (api: Api) => api.call('GET /cluster/resources', { type: 'vm' })

/** What there is of a VM that a deployment made; a few of these looks at a time. */
export const createLook = (api: Api, guests: Guests) => {
  const oneOfFew = createLimit(LOOKS_AT_ONCE)
  const look = async (
    deploymentId: string,
    { name, vmid, node: planned }: Pick<VmRow, 'name' | 'vmid' | 'node'>,
  ): Promise<SeenVm> => {
    const guest = guests.find((each) => each.vmid === vmid)
    if (guest?.type === 'lxc') return { kind: 'foreign' }
    const node = guest?.node ?? planned
    const found = await lookFor(api, [node], { deploymentId, name, vmid })
    switch (found.kind) {
      case 'ours':
        return {
          kind: 'ours',
          node,
          running: guest?.status === 'running',
          pool: guest?.pool ?? null,
          protected: Number(found.config['protection'] ?? 0) === 1,
        }
      case 'unfinished':
        return { kind: 'foreign' }
      case 'absent':
      case 'hidden':
      case 'foreign':
        return { kind: found.kind }
    }
  }
  return (deploymentId: string, vm: Pick<VmRow, 'name' | 'vmid' | 'node'>) =>
    oneOfFew(() => look(deploymentId, vm))
}

/**
 * Those whose clone was at least asked for, and those that were tried again: what there was of them may be there still.
 * Not missed is one that a cancel removed, or whose clone did not succeed.
 */
const vmsThatMayBeThere = (db: Kysely<Tables>, id: string) =>
  db
    .selectFrom('vm')
    .innerJoin('step', 'step.vm_id', 'vm.id')
    .select(['vm.name', 'vm.vmid', 'vm.node', 'vm.position'])
    .select(sql<boolean>`step.status = 'succeeded' and vm.status <> 'cancelled'`.as('expected'))
    .where('vm.deployment_id', '=', id)
    .where('step.kind', 'in', ['clone', 'create'])
    .where((either) =>
      either.or([
        either('step.status', '=', 'succeeded'),
        either('step.sent_at', 'is not', null),
        either('step.upid', 'is not', null),
        either('vm.run', '>', 1),
      ]),
    )
    .orderBy('vm.position')
    .execute()
