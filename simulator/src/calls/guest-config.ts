import type { Call, Handlers } from '../call.ts'
import { atLeast } from '../version.ts'
import { die, messageOf } from '../errors.ts'
import type { Json } from '../json.ts'
import { checkLock, digestOf, getGuest, withConfigLock } from '../guests/guest.ts'
import { applyUpdate, type Update } from '../guests/update.ts'
import { readUpdate } from '../guests/read-update.ts'
import type { TaskRun } from '../tasks.ts'

/** The part under the configuration's lock (qemu-server src/PVE/API2/Qemu.pm, update_vm_api, updatefn). */
const checkedUpdate = (call: Call, update: Update) => {
  const guest = getGuest(call.cluster, call.node, call.vmid)
  if (update.digest !== undefined && update.digest !== '' && update.digest !== digestOf(guest))
    die('checksum mismatch (file change by other user?)')
  if (!update.skipLock) checkLock(guest)
  return guest
}

const putConfig = async (call: Call): Promise<Json> => {
  const update = readUpdate(call)
  if (atLeast(call.cluster.version, 9)) checkedUpdate(call, update)
  await withConfigLock(call.cluster, call.node, call.vmid, async () => {
    checkedUpdate(call, update)
    await applyUpdate(call, update)
  })
  return null
}

const startTask = (call: Call, run: (task: TaskRun) => Promise<void>) =>
  call.cluster.tasks.start({
    node: call.node,
    type: 'qmconfig',
    id: String(call.vmid),
    caller: call.caller,
    run,
  })

/** Until 8.4 the lock is taken in the call and kept by the worker; since 9.0 the worker takes it itself. */
const startUpdate = async (call: Call, update: Update): Promise<string> => {
  const { cluster, node, vmid } = call
  const work = (log: (line: string) => void) => async () => {
    checkedUpdate(call, update)
    await applyUpdate(call, update, log)
  }
  if (atLeast(cluster.version, 9)) {
    checkedUpdate(call, update)
    return startTask(call, (task) =>
      withConfigLock(cluster, node, vmid, work(task.log), { log: task.log }),
    )
  }
  const started = Promise.withResolvers<string>()
  withConfigLock(cluster, node, vmid, async () => {
    checkedUpdate(call, update)
    const done = Promise.withResolvers<void>()
    const upid = startTask(call, (task) => work(task.log)().finally(done.resolve))
    started.resolve(upid)
    await done.promise
  }).catch(started.reject)
  return started.promise
}

const postConfig = async (call: Call): Promise<Json> => {
  const { cluster, params } = call
  const upid = await startUpdate(call, readUpdate(call))
  const delay = params.integer('background_delay')
  if (delay === undefined || delay === 0) return upid
  const until = cluster.clock.after(delay)
  while (cluster.tasks.isRunning(upid) && cluster.clock.now() < until)
    await cluster.clock.sleep(0.1)
  const outcome = cluster.tasks.find(upid)?.exitstatus
  if (outcome === undefined) return upid
  if (outcome === 'OK' || outcome.startsWith('WARNINGS')) return null
  return die(`failed to update VM ${call.vmid}: ${messageOf(outcome)}`)
}

export const guestConfigCalls: Handlers = {
  'PUT /nodes/{node}/qemu/{vmid}/config': putConfig,
  'POST /nodes/{node}/qemu/{vmid}/config': postConfig,
}
