/** VMs after their deployment, put together: the list, one VM whole, and what can be done to it. */
import { explainFailure } from '@deployer/core/messages.ts'
import type { Bulk, BulkItem, PowerAction, Started, VmAgent, VmDetail } from '@deployer/core/vm.ts'
import type { VmMetrics, VmState, VmTask } from '@deployer/core/vm.ts'
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
  type ConfigChanges,
  deleteSnapshot,
  makeSnapshot,
  type NewSnapshot,
  power,
  regenerateCloudInit,
  resizeDisk,
  rollBack,
  sendPower,
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
  deletion: boolean
  limits: { startsPerNode: number; agentCallsPerNode: number }
  /** Between two looks at running tasks. */
  tickMilliseconds: number
  logger: Pick<Logger, 'warn'>
}

/** What was begun, and what becomes of it: `outcome` is null where the work was done, else why it failed. */
export type Begun = { started: Started; outcome: Promise<string | null> }

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
  powerOfMany: (
    caller: Caller,
    vmids: number[],
    action: PowerAction,
    onEnd: (item: BulkItem) => Promise<void>,
  ) => Promise<{ bulk: Bulk; ended: Promise<BulkItem[]> }>
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

/** The state that an action leaves behind. */
const after: Record<PowerAction, VmState> = {
  start: 'running',
  shutdown: 'stopped',
  stop: 'stopped',
  reboot: 'running',
  reset: 'running',
  suspend: 'paused',
  resume: 'running',
}

export const createVms = (deps: VmsDeps): Vms => {
  const { db, inventory, deletion } = deps
  const apiOf = (caller: Caller): Api => deps.connection.api(caller.credentials)
  const find = createFind(inventory.resources)
  const facts = (): Promise<Facts> => readFacts(db)
  const lists = createVmList({ resources: inventory.resources, facts, deletion })
  const askAgent = createAskAgent(deps.limits.agentCallsPerNode)
  const followOf = (api: Api) => createFollow(api, deps.tickMilliseconds)

  /** Follows it in the background; `done` runs where it did its work. */
  const begun = (caller: Caller, started: Started, done: () => Promise<void> | void): Begun => {
    const outcome = (async () => {
      try {
        const failure = failureOf(await followOf(apiOf(caller))(started.upid))
        if (failure === null) await done()
        return failure
      } catch (error) {
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
    work: (api: Api, place: Place) => Promise<Started>,
    done: () => Promise<void> | void = () => {},
  ): Promise<Begun> => {
    const api = apiOf(caller)
    const started = await find.at(caller, vmid, async (place) => {
      await notBeingDeployed(place)
      return work(api, place)
    })
    return begun(caller, started, done)
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
      return detail
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
        () => lists.noteState(vmid, after[action]),
      ),
    powerOfMany: async (caller, vmids, action, onEnd) => {
      const api = apiOf(caller)
      const targets = await targetsOf(caller, vmids)
      const run = await runBulk(
        { db, perNode: deps.limits.startsPerNode },
        { action, createdBy: caller.username, targets },
        {
          send: (place) => sendPower(api, place, action),
          follow: followOf(api),
          explain,
          onEnd: async (item) => {
            if (item.status === 'ok') lists.noteState(item.vmid, after[action])
            await onEnd(item)
          },
        },
      )
      const ended = run.ended.finally(() => lists.changed())
      return { bulk: run.bulk, ended }
    },
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

  async function targetsOf(caller: Caller, vmids: number[]): Promise<BulkTarget[]> {
    // One call for all of them, and not a remembered one: states decide what is done.
    await inventory.resources(caller, true)
    return Promise.all(
      [...new Set(vmids)].map(async (vmid): Promise<BulkTarget> => {
        try {
          const place = await find.known(caller, vmid)
          const deployment = place && (await deploymentAtWork(db, vmid))
          const refused = deployment && `The deployment ${deployment} is not done with it.`
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
  if (!(error instanceof ProxmoxError)) return 'The deployer failed; its log has the details.'
  const { failure } = error
  if (failure.kind !== 'answered') return failureText(failure)
  const { status, message, errors } = failure
  const explained = explainFailure({ source: 'http', status, message, errors })
  return explained.code === 'unknown' ? message : `${explained.title}: ${explained.proxmox}`
}
