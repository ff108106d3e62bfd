/** VMs after their deployment, put together: the list, one VM whole, and what can be done to it. */
import { explainFailure } from '@deployer/core/messages.ts'
import {
  type Bulk,
  type BulkItem,
  powerApplies,
  type PowerAction,
  type Started,
  type VmAgent,
  type VmDetail,
  type VmMetrics,
  type VmTask,
} from '@deployer/core/vm.ts'
import type { AuditChanges } from '@deployer/core/audit-changes.ts'
import type { TagChange } from '@deployer/core/vm-tags.ts'
import type { Api, Connection } from '@deployer/proxmox/client.ts'
import { failureText, ProxmoxError } from '@deployer/proxmox/errors.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Caller } from '../identity/caller.ts'
import type { InventoryReader } from '../inventory/inventory.ts'
import type { Logger } from '../logger.ts'
import { ProblemError } from '../problem.ts'
import {
  changeConfig,
  changeTags,
  type ConfigChanges,
  deleteSnapshot,
  type Changed,
  makeSnapshot,
  type NewSnapshot,
  power,
  powerChanges,
  regenerateCloudInit,
  resizeDisk,
  rollBack,
  sendPower,
  stateAfter,
} from './actions.ts'
import { createAskAgent } from './agent.ts'
import { readBulk, runBulk, type BulkTarget } from './bulk.ts'
import { type DeleteOrder, destroyVm } from './destroy.ts'
import { readDetail, readMetrics } from './detail.ts'
import { deploymentAtWork, type Facts, forgetFact, noteAddress, readFacts } from './facts.ts'
import { createFind, type Place } from './find.ts'
import { createVmList, type ReadyList } from './list.ts'
import { beingDeployed, deletionIsOff } from './problems.ts'
import { createFollow, failureOf, readTask } from './tasks.ts'

export type VmsDeps = {
  db: Kysely<Tables>
  connection: Pick<Connection, 'api'>
  inventory: Pick<InventoryReader, 'resources' | 'privileges'>
  /** Those of these deployments that the caller sees. */
  visible: (caller: Caller, ids: string[]) => Promise<ReadonlySet<string>>
  deletion: boolean
  limits: { startsPerNode: number; agentCallsPerNode: number }
  /** Between two looks at running tasks. */
  tickMilliseconds: number
  /** Aborted when the server stops. */
  stopping: AbortSignal
  logger: Pick<Logger, 'warn'>
}

/** What was begun, and what becomes of it: `outcome` is null where the work was done, else why it failed. */
export type Begun = {
  started: Started
  outcome: Promise<string | null>
  changes?: AuditChanges | undefined
}

export type Vms = {
  list: (caller: Caller) => Promise<ReadyList>
  detail: (caller: Caller, vmid: number) => Promise<VmDetail>
  agent: (caller: Caller, vmid: number) => Promise<VmAgent>
  metrics: (caller: Caller, vmid: number, range: VmMetrics['range']) => Promise<VmMetrics>
  cloudInitDocument: (
    caller: Caller,
    vmid: number,
    type: 'user' | 'network' | 'meta',
  ) => Promise<string>
  task: (caller: Caller, upid: string) => Promise<VmTask & { log: string[] }>
  power: (caller: Caller, vmid: number, action: PowerAction) => Promise<Begun>
  /** Those that are not in a state for it are skipped; `onEnd` hears of each. */
  powerOfMany: Many<PowerAction>
  snapshotMany: Many<NewSnapshot>
  /** Each only with its name. */
  removeMany: Many<{ names: ReadonlyMap<number, string>; stop: boolean }>
  tagMany: Many<TagChange>
  /** What is looked at in each is up to `check`, which throws where something is not well. */
  checkMany: Many<(place: Place) => Promise<void>>
  bulk: (caller: Caller, id: string) => Promise<Bulk | null>
  makeSnapshot: (caller: Caller, vmid: number, snapshot: NewSnapshot) => Promise<Begun>
  rollBack: (caller: Caller, vmid: number, name: string, start: boolean) => Promise<Begun>
  deleteSnapshot: (caller: Caller, vmid: number, name: string) => Promise<Begun>
  resizeDisk: (caller: Caller, vmid: number, disk: string, sizeGiB: number) => Promise<Begun>
  change: (
    caller: Caller,
    vmid: number,
    changes: ConfigChanges,
    digest: string | undefined,
  ) => Promise<Awaited<ReturnType<typeof changeConfig>> & { place: Place }>
  regenerateCloudInit: (caller: Caller, vmid: number) => Promise<Begun>
  remove: (caller: Caller, vmid: number, order: DeleteOrder) => Promise<Begun>
  /** Where a VM is, for others who work on one: 404 where the caller sees none. */
  find: ReturnType<typeof createFind>
}

/** Answers at once; `ended` when every VM is done with. */
type Many<Order> = (
  caller: Caller,
  vmids: number[],
  order: Order,
  onEnd: (item: BulkItem, changes: AuditChanges | undefined) => Promise<void>,
) => Promise<{ bulk: Bulk; ended: Promise<BulkItem[]> }>

type ManyAction = {
  name: string
  /** Why nothing is to be done with a VM; null where there is something. */
  refuse?: (place: Place) => string | null
  /** `note`: what it changes, for the audit log. */
  send: (
    api: Api,
    place: Place,
    note: (changes: AuditChanges | undefined) => void,
  ) => Promise<string | null>
  done?: (item: BulkItem) => Promise<void> | void
}

export const createVms = (deps: VmsDeps): Vms => {
  const { db, inventory, deletion } = deps
  const apiOf = (caller: Caller): Api => deps.connection.api(caller.credentials)
  const find = createFind(inventory.resources)
  const facts = (): Promise<Facts> => readFacts(db)
  const lists = createVmList({
    resources: inventory.resources,
    facts,
    visible: deps.visible,
    deletion,
  })
  const askAgent = createAskAgent(deps.limits.agentCallsPerNode)
  const followOf = (api: Api) =>
    createFollow(api, { tickMilliseconds: deps.tickMilliseconds, signal: deps.stopping })

  /** Follows it in the background; `done` runs where it did its work. */
  const begun = (caller: Caller, started: Started, done: () => Promise<void> | void): Begun => {
    const outcome = (async () => {
      try {
        const failure = failureOf(await followOf(apiOf(caller))(started.upid))
        if (failure === null) await done()
        return failure
      } catch (error) {
        if (!deps.stopping.aborted)
          deps.logger.warn({ err: error, upid: started.upid }, 'A task could not be followed')
        return `What became of the task is not known: ${explain(error)}`
      } finally {
        lists.changed()
      }
    })()
    return { started, outcome }
  }

  /** A VM that a deployment is still making is left to it. */
  const notBeingDeployed = async (place: Place): Promise<void> => {
    const deployment = await deploymentAtWork(db, place.vmid)
    if (deployment !== null) throw beingDeployed(place.name, deployment)
  }

  const change = async (
    caller: Caller,
    vmid: number,
    work: (api: Api, place: Place) => Promise<Changed>,
    done: () => Promise<void> | void = () => {},
  ): Promise<Begun> => {
    const api = apiOf(caller)
    const { changes, ...started } = await find.at(caller, vmid, async (place) => {
      await notBeingDeployed(place)
      return work(api, place)
    })
    return { ...begun(caller, started, done), changes }
  }

  /** Who may see a VM need not see the deployment that it comes from. */
  const withoutHidden = async (caller: Caller, detail: VmDetail): Promise<VmDetail> => {
    const { origin } = detail
    const id = origin?.deployment?.id
    if (!origin || id === undefined || (await deps.visible(caller, [id])).has(id)) return detail
    return { ...detail, origin: { ...origin, deployment: null, createdBy: null } }
  }

  const factOf = async (vmid: number) => (await readFacts(db)).get(vmid) ?? null

  return {
    list: lists.read,
    find,
    detail: async (caller, vmid) => {
      const privileges = await inventory.privileges(caller, `/vms/${vmid}`)
      const detail = await find.at(caller, vmid, async (place) =>
        readDetail({ db, api: apiOf(caller), privileges, deletion }, place, await factOf(vmid)),
      )
      if (detail.state !== 'unknown') lists.noteState(vmid, detail.state)
      return withoutHidden(caller, detail)
    },
    agent: (caller, vmid) =>
      find.at(caller, vmid, async (place) => {
        const told = await askAgent(apiOf(caller), place)
        const { address } = told
        if (address !== null) await noteAddress(db, { vmid, name: place.name, address })
        return told
      }),
    metrics: (caller, vmid, range) =>
      find.at(caller, vmid, async ({ node }) =>
        readMetrics(
          range,
          await apiOf(caller).call('GET /nodes/{node}/qemu/{vmid}/rrddata', {
            node,
            vmid,
            timeframe: range,
            cf: 'AVERAGE',
          }),
        ),
      ),
    cloudInitDocument: (caller, vmid, type) =>
      find.at(caller, vmid, ({ node }) =>
        apiOf(caller).call('GET /nodes/{node}/qemu/{vmid}/cloudinit/dump', { node, vmid, type }),
      ),
    task: (caller, upid) => readTask(apiOf(caller), upid),
    power: (caller, vmid, action) =>
      change(
        caller,
        vmid,
        (api, place) => power(api, place, action),
        () => lists.noteState(vmid, stateAfter[action]),
      ),
    powerOfMany: (caller, vmids, action, onEnd) =>
      many(
        caller,
        vmids,
        {
          name: action,
          refuse: ({ state }) => (powerApplies(action, state) ? null : `It is ${state}.`),
          send: (api, place, note) => {
            note(powerChanges(place.state, action))
            return sendPower(api, place, action)
          },
          done: ({ vmid }) => lists.noteState(vmid, stateAfter[action]),
        },
        onEnd,
      ),
    snapshotMany: (caller, vmids, snapshot, onEnd) =>
      many(
        caller,
        vmids,
        {
          name: 'snapshot',
          send: async (api, place) => (await makeSnapshot(api, place, snapshot)).upid,
        },
        onEnd,
      ),
    removeMany: async (caller, vmids, { names, stop }, onEnd) => {
      if (!deletion) throw deletionIsOff()
      return many(
        caller,
        vmids,
        {
          name: 'delete',
          send: async (api, place) => {
            const name = names.get(place.vmid) ?? ''
            return (await destroyVm(api, place, { name, stop }, followOf(api))).upid
          },
          done: ({ vmid }) => forgetFact(db, vmid),
        },
        onEnd,
      )
    },
    tagMany: (caller, vmids, tags, onEnd) =>
      many(
        caller,
        vmids,
        {
          name: 'tag',
          send: async (api, place, note) => {
            note(await changeTags(api, place, tags))
            return null
          },
        },
        onEnd,
      ),
    checkMany: (caller, vmids, check, onEnd) =>
      many(
        caller,
        vmids,
        {
          name: 'validate',
          send: async (_api, place) => {
            await check(place)
            return null
          },
        },
        onEnd,
      ),
    bulk: (caller, id) => readBulk(db, id, caller.username),
    makeSnapshot: (caller, vmid, snapshot) =>
      change(caller, vmid, (api, place) => makeSnapshot(api, place, snapshot)),
    rollBack: (caller, vmid, name, start) =>
      change(caller, vmid, (api, place) => rollBack(api, place, name, start)),
    deleteSnapshot: (caller, vmid, name) =>
      change(caller, vmid, (api, place) => deleteSnapshot(api, place, name)),
    resizeDisk: (caller, vmid, disk, sizeGiB) =>
      change(caller, vmid, (api, place) => resizeDisk(api, place, disk, sizeGiB)),
    change: async (caller, vmid, changes, digest) => {
      const result = await find.at(caller, vmid, async (place) => {
        await notBeingDeployed(place)
        return { ...(await changeConfig(apiOf(caller), place, changes, digest)), place }
      })
      lists.changed()
      return result
    },
    regenerateCloudInit: (caller, vmid) => change(caller, vmid, regenerateCloudInit),
    remove: async (caller, vmid, order) => {
      if (!deletion) throw deletionIsOff()
      return change(
        caller,
        vmid,
        (api, place) => destroyVm(api, place, order, followOf(api)),
        () => forgetFact(db, vmid),
      )
    },
  }

  async function many(
    caller: Caller,
    vmids: number[],
    action: ManyAction,
    onEnd: (item: BulkItem, changes: AuditChanges | undefined) => Promise<void>,
  ) {
    const api = apiOf(caller)
    const noted = new Map<number, AuditChanges | undefined>()
    const targets = await targetsOf(caller, vmids, action.refuse)
    const run = await runBulk(
      { db, perNode: deps.limits.startsPerNode, signal: deps.stopping },
      { action: action.name, createdBy: caller.username, targets },
      {
        send: (place) => action.send(api, place, (changes) => noted.set(place.vmid, changes)),
        follow: followOf(api),
        explain,
        onEnd: async (item) => {
          // First, because what comes after it can fail.
          await onEnd(item, noted.get(item.vmid))
          if (item.status === 'ok') await action.done?.(item)
        },
      },
    )
    return { bulk: run.bulk, ended: run.ended.finally(() => lists.changed()) }
  }

  async function targetsOf(
    caller: Caller,
    vmids: number[],
    refuse: ManyAction['refuse'],
  ): Promise<BulkTarget[]> {
    // One call for all of them, and not a remembered one: states decide what is done.
    await inventory.resources(caller, true)
    return Promise.all(
      [...new Set(vmids)].map(async (vmid): Promise<BulkTarget> => {
        try {
          const place = await find.known(caller, vmid)
          const deployment = place && (await deploymentAtWork(db, vmid))
          const refused = deployment
            ? `The deployment ${deployment} is not done with it.`
            : place && (refuse?.(place) ?? null)
          return { vmid, place, refused }
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error
          return { vmid, place: null, refused: null }
        }
      }),
    )
  }
}

/** A failure in one line, with Proxmox's words. */
const explain = (error: unknown): string => {
  if (error instanceof ProblemError) return error.fields.detail
  if (error instanceof Error && error.name === 'AbortError')
    return 'The server was stopped before it had ended; the VM itself tells what became of it.'
  if (!(error instanceof ProxmoxError)) return 'The deployer failed; its log has the details.'
  const { failure } = error
  if (failure.kind !== 'answered') return failureText(failure)
  const { status, message, errors } = failure
  const explained = explainFailure({ source: 'http', status, message, errors })
  return explained.code === 'unknown' ? message : `${explained.title}: ${explained.proxmox}`
}
