/** What is looked at together, so that Proxmox is not asked the same for each VM: tasks of a node, agents of a node. */
import type { Api } from '@deployer/proxmox/client.ts'
import { createLimits } from '@deployer/proxmox/limit.ts'
import { createTaskWatcher, type TaskResult, type TaskWatcher } from '@deployer/proxmox/tasks.ts'
import { parseUpid } from '@deployer/proxmox/upid.ts'
import { createUsual, type Usual } from '@deployer/proxmox/usual.ts'

export type Watchers = {
  /**
   * Settles when the task has ended, however it ended; rejects with the signal's reason. `kind`: of tasks that take about
   * the same time.
   */
  follow: (owner: string, upid: string, signal: AbortSignal, kind?: string) => Promise<TaskResult>
  /** Runs one call to a guest's agent: each may block a third of the node's API for seconds, so few go at once. */
  askAgent: <T>(node: string, call: () => Promise<T>, signal: AbortSignal) => Promise<T>
  /** How long guests usually take from their start until the agent tells an address, by what they were made from. */
  usualBoot: Usual
}

export const createWatchers = (deps: {
  apiOf: (owner: string) => Api
  taskTickMs: number
  agentCallsPerNode: number
}): Watchers => {
  const tasks = new Map<string, TaskWatcher>()
  const limitOf = createLimits(deps.agentCallsPerNode)
  const usualTask = createUsual()

  const watcherOf = (owner: string, node: string): TaskWatcher => {
    const key = `${owner} ${node}`
    const watcher =
      tasks.get(key) ??
      createTaskWatcher({
        api: deps.apiOf(owner),
        node,
        tickMilliseconds: deps.taskTickMs,
        usual: usualTask,
      })
    tasks.set(key, watcher)
    return watcher
  }

  return {
    follow: async (owner, upid, signal, kind) => {
      const node = parseUpid(upid)?.node
      if (node === undefined) throw new TypeError(`not a UPID: ${upid}`)
      return watcherOf(owner, node).follow(upid, { signal, ...(kind !== undefined && { kind }) })
    },
    askAgent: (node, call, signal) => limitOf(node)(call, signal),
    usualBoot: createUsual(0.985),
  }
}
