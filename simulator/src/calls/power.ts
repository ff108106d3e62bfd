import type { Call, Handlers } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import { getGuest, guestById, rootOnlyTicket, withConfigLock } from '../guests/guest.ts'
import { resetGuest, shutdownGuest, startGuest, stopGuest } from '../guests/power.ts'
import type { Json } from '../json.ts'
import type { TaskRun } from '../tasks.ts'
import type { Guest } from '../world.ts'

const checkSkipLock = ({ params, caller }: Call): boolean => {
  if (params.flag('skiplock') && !rootOnlyTicket(caller))
    throw parameterError({ skiplock: 'Only root may use this option.' })
  return params.flag('skiplock') ?? false
}

/** A worker that works under the guest's flock; a missing guest is the worker's error. */
const startTask = (
  call: Call,
  type: string,
  work: (guest: Guest, task: TaskRun) => Promise<void>,
): string => {
  const { cluster, node, vmid, caller } = call
  return cluster.tasks.start({
    node,
    type,
    id: String(vmid),
    caller,
    run: (task) =>
      withConfigLock(cluster, node, vmid, () => work(getGuest(cluster, node, vmid), task), {
        log: task.log,
      }),
  })
}

const start = (call: Call): Json => {
  const skipLock = checkSkipLock(call)
  return startTask(call, 'qmstart', (guest, task) => startGuest(call, guest, task, skipLock))
}

/** `overrule-shutdown` ends the running shutdown tasks of the guest first (8.2 and later). */
const overrule = async (call: Call, task: TaskRun) => {
  const { cluster, vmid } = call
  const upids = cluster.world.tasks
    .filter((other) => other.type === 'qmshutdown' && other.id === String(vmid))
    .filter((other) => other.endtime === undefined)
    .map(({ upid }) => upid)
  if (upids.length === 0) return
  task.log(`overruled qmshutdown tasks: ${upids.join(', ')}`)
  await Promise.all(upids.map((upid) => cluster.tasks.stop(upid)))
}

const stop = (call: Call): Json => {
  checkSkipLock(call)
  const { cluster, node, vmid, caller, params } = call
  return cluster.tasks.start({
    node,
    type: 'qmstop',
    id: String(vmid),
    caller,
    run: async (task) => {
      if (params.flag('overrule-shutdown')) await overrule(call, task)
      await withConfigLock(
        cluster,
        node,
        vmid,
        () => stopGuest(call, getGuest(cluster, node, vmid), task),
        { log: task.log },
      )
    },
  })
}

const defaultTimeout = (guest: Guest | undefined) =>
  Number(/(?:^|,)down=(\d+)/.exec(guest?.config['startup'] ?? '')?.[1] ?? 60)

const shutdown = (call: Call): Json => {
  checkSkipLock(call)
  const { cluster, vmid, params } = call
  const guest = guestById(cluster, vmid)
  const forceStop = params.flag('forceStop') ?? false
  if (guest?.running?.state === 'paused' && !forceStop) die('VM is paused - cannot shutdown')
  const timeoutSeconds = params.integer('timeout') ?? defaultTimeout(guest)
  return startTask(call, 'qmshutdown', (found, task) =>
    shutdownGuest(call, found, task, { timeoutSeconds, forceStop }),
  )
}

const getRunning = ({ cluster, node, vmid }: Call): Guest => {
  const guest = cluster.world.guests.find((other) => other.vmid === vmid && other.node === node)
  return guest?.running ? guest : die(`VM ${vmid} not running`)
}

const reboot = (call: Call): Json => {
  const guest = getRunning(call)
  if (guest.running?.state === 'paused') die('VM is paused - cannot shutdown')
  const timeoutSeconds = call.params.integer('timeout') ?? defaultTimeout(guest)
  return startTask(call, 'qmreboot', async (found, task) => {
    await shutdownGuest(call, found, task, { timeoutSeconds, forceStop: false })
    await startGuest(call, found, task)
  })
}

const reset = (call: Call): Json => {
  checkSkipLock(call)
  getRunning(call)
  return startTask(call, 'qmreset', (guest, task) => resetGuest(call, guest, task))
}

const setState =
  (type: string, state: 'running' | 'paused') =>
  (call: Call): Json => {
    checkSkipLock(call)
    getRunning(call)
    return startTask(call, type, async (guest, task) => {
      await task.sleep(0.2)
      if (guest.running) guest.running.state = state
      call.cluster.changed()
    })
  }

const base = '/nodes/{node}/qemu/{vmid}/status'

export const powerCalls: Handlers = {
  [`GET ${base}`]: () =>
    ['current', 'reboot', 'reset', 'shutdown', 'start', 'stop', 'suspend'].map((subdir) => ({
      subdir,
    })),
  [`POST ${base}/start`]: start,
  [`POST ${base}/stop`]: stop,
  [`POST ${base}/shutdown`]: shutdown,
  [`POST ${base}/reboot`]: reboot,
  [`POST ${base}/reset`]: reset,
  [`POST ${base}/suspend`]: setState('qmpause', 'paused'),
  [`POST ${base}/resume`]: setState('qmresume', 'running'),
}
