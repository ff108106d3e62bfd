/** What is done to one VM: begun with the rights of who asks, and followed in the background. */
import type { AuditChanges } from '@deployer/core/audit-changes.ts'
import type { PowerAction, Started } from '@deployer/core/vm.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import type { Caller } from '../identity/caller.ts'
import {
  changeConfig,
  type Changed,
  type ConfigChanges,
  deleteSnapshot,
  makeSnapshot,
  type NewSnapshot,
  power,
  regenerateCloudInit,
  resizeDisk,
  rollBack,
  stateAfter,
} from './actions.ts'
import { type DeleteOrder, destroyVm } from './destroy.ts'
import { deploymentAtWork, forgetFact } from './facts.ts'
import type { Place } from './find.ts'
import { beingDeployed, deletionIsOff } from './problems.ts'
import { failureOf } from './tasks.ts'
import { explain, type VmTools } from './tools.ts'

/** What was begun, and what becomes of it: `outcome` is null where the work was done, else why it failed. */
export type Begun = {
  started: Started
  outcome: Promise<string | null>
  changes?: AuditChanges | undefined
}

export type WorkOnOne = {
  power: (caller: Caller, vmid: number, action: PowerAction) => Promise<Begun>
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
}

export const createWorkOnOne = (tools: VmTools): WorkOnOne => {
  const { db, apiOf, find, followOf, lists, stopping } = tools

  /** Follows it; `done` runs where it did its work. */
  const outcomeOf = async (
    caller: Caller,
    upid: string | null,
    done: () => Promise<void> | void,
  ): Promise<string | null> => {
    try {
      const failure = failureOf(await followOf(apiOf(caller))(upid))
      if (failure === null) await done()
      return failure
    } catch (error) {
      if (!stopping.aborted) tools.logger.warn({ err: error, upid }, 'A task could not be followed')
      return `What became of the task is not known: ${explain(error)}`
    } finally {
      lists.changed()
    }
  }

  /** A VM that a deployment is still making is left to it. */
  const notBeingDeployed = async (place: Place): Promise<void> => {
    const deployment = await deploymentAtWork(db, place.vmid)
    if (deployment !== null) throw beingDeployed(place.name, deployment)
  }

  const begin = async (
    caller: Caller,
    vmid: number,
    work: (api: Api, place: Place) => Promise<Changed>,
    done: () => Promise<void> | void = () => {},
  ): Promise<Begun> => {
    const { changes, ...started } = await find.at(caller, vmid, async (place) => {
      await notBeingDeployed(place)
      return work(apiOf(caller), place)
    })
    return { started, outcome: outcomeOf(caller, started.upid, done), changes }
  }

  return {
    power: (caller, vmid, action) =>
      begin(
        caller,
        vmid,
        (api, place) => power(api, place, action),
        () => lists.noteState(vmid, stateAfter[action]),
      ),
    makeSnapshot: (caller, vmid, snapshot) =>
      begin(caller, vmid, (api, place) => makeSnapshot(api, place, snapshot)),
    rollBack: (caller, vmid, name, start) =>
      begin(caller, vmid, (api, place) => rollBack(api, place, name, start)),
    deleteSnapshot: (caller, vmid, name) =>
      begin(caller, vmid, (api, place) => deleteSnapshot(api, place, name)),
    resizeDisk: (caller, vmid, disk, sizeGiB) =>
      begin(caller, vmid, (api, place) => resizeDisk(api, place, disk, sizeGiB)),
    change: async (caller, vmid, changes, digest) => {
      const result = await find.at(caller, vmid, async (place) => {
        await notBeingDeployed(place)
        return { ...(await changeConfig(apiOf(caller), place, changes, digest)), place }
      })
      lists.changed()
      return result
    },
    regenerateCloudInit: (caller, vmid) => begin(caller, vmid, regenerateCloudInit),
    remove: async (caller, vmid, order) => {
      if (!tools.deletion) throw deletionIsOff()
      return begin(
        caller,
        vmid,
        (api, place) => destroyVm(api, place, order, followOf(api)),
        () => forgetFact(db, vmid),
      )
    },
  }
}
