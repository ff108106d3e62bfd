/** After a cancel: stops what runs for the VM and removes what there is of it, so that no half VM is left. */
import type { Failure } from '@deployer/core/deployment.ts'
import { type Leftover, leftoversOf } from '@deployer/core/leftovers.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import { stopTask } from '@deployer/proxmox/task-log.ts'
import type { TaskResult } from '@deployer/proxmox/tasks.ts'
import type { Kysely } from 'kysely'
import { setTimeout as delay } from 'node:timers/promises'
import type { Tables } from '../database/tables.ts'
import { SshError } from '../snippets/ssh.ts'
import { NeedsSignIn } from './credentials.ts'
import { mayRunAgain } from './durably.ts'
import type { EngineParts } from './engine-parts.ts'
import { explain, failureOf, internalFailure, StepFailed, TaskFailed } from './failures.ts'
import { type Found, isBeingMade, isMaking, lookFor, type Mine, unclaimedMakers } from './look.ts'
import { halfMade } from './steps/make-vm.ts'
import type { StepRow, VmRow } from './tables.ts'

const MOST_TRIES = 6
/** Stands where a step's id does: the clean-up holds the slots of the step that made the VM. */
const HOLDER = 'clean-up'
const never = new AbortController().signal

type Work = { parts: EngineParts; api: Api; owner: string; vm: VmRow; steps: StepRow[] }

/** Ends when nothing of the VM is left, or when it is certain that this cannot be had; then the VM says so. */
export const cleanUp = async (
  parts: EngineParts,
  db: Kysely<Tables>,
  vmId: string,
): Promise<void> => {
  const vm = await db
    .selectFrom('vm')
    .innerJoin('deployment', 'deployment.id', 'vm.deployment_id')
    .selectAll('vm')
    .select('deployment.runs_as')
    .where('vm.id', '=', vmId)
    .executeTakeFirst()
  if (!vm || vm.finished_at) return
  const steps = await db.selectFrom('step').selectAll().where('vm_id', '=', vmId).execute()
  const owner = vm.runs_as
  const work = { parts, api: parts.credentials.apiOf(owner), owner, vm, steps }
  // An undo makes nothing that could be left half done.
  const making = steps.find(({ spec }) => isMaking(spec))
  const sent = steps.some((step) => step.upid !== null || step.sent_at !== null)
  // A VM whose answer was lost and that was found has no task; of one that is tried again something may be there.
  const begun = making && (sent || making.status === 'succeeded' || vm.run > 1)
  const left = begun ? await removeWithTries(work) : null
  if (left)
    await db
      .updateTable('vm')
      .set({ error: JSON.stringify(left) })
      .where('id', '=', vmId)
      .execute()
  await parts.slots.freeAll(vmId)
}

/** Null when nothing is left, else why something may be. */
const removeWithTries = async (work: Work): Promise<Failure | null> => {
  const { parts, vm } = work
  for (let tries = 1; ; tries += 1) {
    try {
      await stopTasks(work)
      await holdSlots(work)
      await removeVm(work)
      return await removeLeftovers(work)
    } catch (error) {
      if (parts.isStopping() || mayRunAgain(error)) throw error
      if (error instanceof NeedsSignIn) {
        tries -= 1
        await waitForOwner(work)
        continue
      }
      if (error instanceof StepFailed)
        return { ...leftBehind(vm, error.failure), remedy: error.failure.remedy }
      const explained = explain(error, { vm: vm.name, vmid: vm.vmid, node: vm.node })
      if (tries === MOST_TRIES || !explained) {
        parts.logger.warn({ err: error, vm: vm.id }, 'could not remove a cancelled VM')
        return leftBehind(vm, explained ? failureOf(explained) : internalFailure(error))
      }
      await delay(parts.settings.pace.retrySeconds * 1000 * tries)
    }
  }
}

const waitForOwner = async ({ parts, owner, vm }: Work) => {
  await parts.journal.setVmStatus(vm.deployment_id, vm.id, 'needs-sign-in')
  await parts.credentials.untilSignedIn(owner, never)
  await parts.journal.setVmStatus(vm.deployment_id, vm.id, 'running')
}

/** Tasks of steps that were cut off; one that has ended is left alone by Proxmox. */
const stopTasks = async ({ parts, api, owner, steps }: Work) => {
  for (const { upid, status } of steps) {
    if (upid === null || status !== 'cancelled') continue
    await stopTask(api, upid)
    await parts.watchers.follow(owner, upid, never)
  }
}

/**
 * Disks are removed under the lock that clones of the storage take, and Proxmox leaves a disk behind when it waits too
 * long for it (qemu-server src/PVE/QemuServer.pm, destroy_vm): so no more at once than there may be clones.
 */
const holdSlots = async ({ parts, vm, steps }: Work) => {
  // Those of the steps that were cut off: their tasks have ended.
  await parts.slots.freeAll(vm.id)
  const { id: vmId, deployment_id: deploymentId } = vm
  const slots = steps.find(({ spec }) => isMaking(spec))?.slots ?? []
  const claim = { vmId, stepId: HOLDER, deploymentId, attempt: 1, slots }
  await parts.slots.hold(claim, never, async () => {})
}

/** What there is of the VM when nothing that was sent for it is on its way any more. */
const whatIsLeft = async ({ parts, api, owner, vm, steps }: Work): Promise<Found> => {
  const mine: Mine = { deploymentId: vm.deployment_id, name: vm.name, vmid: vm.vmid }
  const unclear = steps.some((step) => step.sent_at !== null && step.upid === null)
  const making = makingOf(steps)
  for (let looks = 1; ;) {
    const found = await lookFor(api, nodesOf(vm, steps), mine)
    const complete = found.kind === 'ours' && !isBeingMade(found)
    if (!unclear || complete || making === undefined) return found
    const running = await unclaimedMakers(api, making, vm.vmid, parts.journal.unclaimed)
    for (const upid of running) await parts.watchers.follow(owner, upid, never)
    if (running.length > 0) continue
    if (looks > 1) return found
    looks += 1
    // The call may still be on its way inside Proxmox.
    await delay(parts.settings.pace.lookAgainSeconds * 1000)
  }
}

const removeVm = async (work: Work) => {
  const { parts, api, owner, vm, steps } = work
  const found = await whatIsLeft(work)
  const making = makingOf(steps)
  // Our own task was killed before it wrote the stamp: until then the config holds nothing but the lock.
  if (found.kind === 'unfinished' && making?.kind === 'create' && mayHaveBegun(steps))
    throw new StepFailed(halfMade(making, vm.vmid))
  if (found.kind !== 'ours') return
  const target = { node: found.node, vmid: vm.vmid }
  const end = async (upid: string) => check(await parts.watchers.follow(owner, upid, never))
  const { status } = await api.call('GET /nodes/{node}/qemu/{vmid}/status/current', target)
  if (status === 'running')
    await end(await api.call('POST /nodes/{node}/qemu/{vmid}/status/stop', target))
  // The id can have been given to somebody else's disks before: never remove what the config does not name.
  await end(
    await api.call('DELETE /nodes/{node}/qemu/{vmid}', {
      ...target,
      purge: true,
      'destroy-unreferenced-disks': false,
    }),
  )
}

const makingOf = (steps: StepRow[]) => steps.map(({ spec }) => spec).find(isMaking)

/** Proxmox answers a creation with a task only when the id is ours. */
const mayHaveBegun = (steps: StepRow[]) =>
  steps.some(({ kind, upid, sent_at }) => kind === 'create' && (upid !== null || sent_at !== null))

/** Seeds and snippets of the VM. Null where none is left, else what has to be removed by hand. */
const removeLeftovers = async ({ parts, api, owner, vm, steps }: Work): Promise<Failure | null> => {
  const begun = steps.filter(({ status, sent_at, upid }) => status !== 'pending' || sent_at || upid)
  const specs = begun.map(({ spec }) => spec)
  for (const leftover of leftoversOf(specs, vm.deployment_id)) {
    try {
      if (leftover.kind === 'delete-snippet')
        for (const place of leftover.places)
          await parts.snippets?.remove(place, leftover.files, never)
      else {
        const { node, storage, volume } = leftover
        const upid = await api.call('DELETE /nodes/{node}/storage/{storage}/content/{volume}', {
          node,
          storage,
          volume,
        })
        if (upid !== null) check(await parts.watchers.follow(owner, upid, never))
      }
    } catch (error) {
      if (error instanceof SshError) return leftoverStays(leftover, error.message)
      if (answeredWith(error, 403)) return leftoverStays(leftover, error.message)
      throw error
    }
  }
  return null
}

const leftoverStays = (leftover: Leftover, why: string): Failure => {
  const what =
    leftover.kind === 'delete-seed'
      ? leftover.volume
      : `${leftover.files.join(' and ')} in ${leftover.places[0]?.folder ?? ''}`
  return {
    code: 'left-behind',
    title: `${what} could not be removed`,
    cause: why,
    remedy:
      'The VM is gone. Remove this by hand: it holds what the guest was told at its first boot, of Windows setup the passwords too.',
    proxmox: null,
  }
}

/** Where it can be: a clone begins beside its template, and a retry that moves the VM first destroys it where it was. */
const nodesOf = (vm: VmRow, steps: StepRow[]): string[] => [
  vm.node,
  ...steps.flatMap(({ spec }) => {
    if (spec.kind === 'clone') return [spec.sourceNode]
    return spec.kind === 'destroy' ? [spec.node] : []
  }),
]

/** After a failed task the next try looks again, and removes what is still there. */
const check = (task: TaskResult) => {
  if (task.outcome === 'failed' || task.outcome === 'unknown')
    throw new TaskFailed(task.upid, task.message, task.outcome === 'unknown')
}

const leftBehind = (vm: VmRow, why: Failure): Failure => ({
  ...why,
  code: 'left-behind',
  title: `VM ${vm.vmid} could not be removed`,
  remedy: `Remove VM ${vm.vmid} on node ${vm.node} by hand.`,
})
