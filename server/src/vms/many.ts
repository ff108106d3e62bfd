/** One action on several VMs, each as it is done to one; `bulk.ts` runs them. */
import type { AuditChanges } from '@deployer/core/audit-changes.ts'
import { type Bulk, type BulkItem, powerApplies, type PowerAction } from '@deployer/core/vm.ts'
import type { TagChange } from '@deployer/core/vm-tags.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import type { Caller } from '../identity/caller.ts'
import { ProblemError } from '../problem.ts'
import {
  changeTags,
  makeSnapshot,
  type NewSnapshot,
  powerChanges,
  sendPower,
  stateAfter,
} from './actions.ts'
import { type BulkTarget, readBulk, runBulk } from './bulk.ts'
import { destroyVm } from './destroy.ts'
import { deploymentAtWork, forgetFact } from './facts.ts'
import type { Place } from './find.ts'
import { deletionIsOff } from './problems.ts'
import { explain, type VmTools } from './tools.ts'

export type WorkOnMany = {
  /** Those that are not in a state for it are skipped; `onEnd` hears of each. */
  powerOfMany: Many<PowerAction>
  snapshotMany: Many<NewSnapshot>
  /** Each only with its name. */
  removeMany: Many<{ names: ReadonlyMap<number, string>; stop: boolean }>
  tagMany: Many<TagChange>
  /** What is looked at in each is up to `check`, which throws where something is not well. */
  checkMany: Many<(place: Place) => Promise<void>>
  bulk: (caller: Caller, id: string) => Promise<Bulk | null>
}

/** Answers at once; `ended` when every VM is done with. */
type Many<Order> = (
  caller: Caller,
  vmids: number[],
  order: Order,
  onEnd: OnEnd,
) => Promise<{ bulk: Bulk; ended: Promise<BulkItem[]> }>

type OnEnd = (item: BulkItem, changes: AuditChanges | undefined) => Promise<void>

type Action = {
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

export const createWorkOnMany = (tools: VmTools): WorkOnMany => {
  const { db, inventory, apiOf, find, followOf, lists } = tools

  const targetOf = async (
    caller: Caller,
    vmid: number,
    refuse: Action['refuse'],
  ): Promise<BulkTarget> => {
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
  }

  const run = async (caller: Caller, vmids: number[], action: Action, onEnd: OnEnd) => {
    // One call for all of them, and not a remembered one: states decide what is done.
    await inventory.resources(caller, true)
    const targets = await Promise.all(
      [...new Set(vmids)].map((vmid) => targetOf(caller, vmid, action.refuse)),
    )
    const api = apiOf(caller)
    const noted = new Map<number, AuditChanges | undefined>()
    const { bulk, ended } = await runBulk(
      { db, perNode: tools.limits.startsPerNode, signal: tools.stopping, logger: tools.logger },
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
    return { bulk, ended: ended.finally(() => lists.changed()) }
  }

  const powerAction = (action: PowerAction): Action => ({
    name: action,
    refuse: ({ state }) => (powerApplies(action, state) ? null : `It is ${state}.`),
    send: (api, place, note) => {
      note(powerChanges(place.state, action))
      return sendPower(api, place, action)
    },
    done: ({ vmid }) => lists.noteState(vmid, stateAfter[action]),
  })

  const removal = (names: ReadonlyMap<number, string>, stop: boolean): Action => ({
    name: 'delete',
    send: async (api, place) => {
      const name = names.get(place.vmid) ?? ''
      return (await destroyVm(api, place, { name, stop }, followOf(api))).upid
    },
    done: ({ vmid }) => forgetFact(db, vmid),
  })

  return {
    powerOfMany: (caller, vmids, action, onEnd) => run(caller, vmids, powerAction(action), onEnd),
    snapshotMany: (caller, vmids, snapshot, onEnd) =>
      run(caller, vmids, snapshotting(snapshot), onEnd),
    removeMany: async (caller, vmids, { names, stop }, onEnd) => {
      if (!tools.deletion) throw deletionIsOff()
      return run(caller, vmids, removal(names, stop), onEnd)
    },
    tagMany: (caller, vmids, tags, onEnd) => run(caller, vmids, tagging(tags), onEnd),
    checkMany: (caller, vmids, check, onEnd) => run(caller, vmids, checking(check), onEnd),
    bulk: (caller, id) => readBulk(db, id, caller.username),
  }
}

const snapshotting = (snapshot: NewSnapshot): Action => ({
  name: 'snapshot',
  send: async (api, place) => (await makeSnapshot(api, place, snapshot)).upid,
})

const tagging = (tags: TagChange): Action => ({
  name: 'tag',
  send: async (api, place, note) => {
    note(await changeTags(api, place, tags))
    return null
  },
})

const checking = (check: (place: Place) => Promise<void>): Action => ({
  name: 'validate',
  send: async (_api, place) => {
    await check(place)
    return null
  },
})
