import { Extended, TextFile, type Call, type Handlers } from '../call.ts'
import { parameterError, permissionError } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { splitList } from '../schema/formats.ts'
import { atLeast } from '../version.ts'
import type { Task } from '../world.ts'

/** Newest first. */
export const compareTasks = (a: Task, b: Task): number =>
  b.starttime - a.starttime || b.pstart - a.pstart || b.pid - a.pid

/** What every form of a task has in common. */
export const taskRow = (task: Task): JsonObject => ({
  upid: task.upid,
  node: task.node,
  pid: task.pid,
  starttime: task.starttime,
  type: task.type,
  id: task.id,
  user: task.user,
  ...(task.tokenid === undefined ? {} : { tokenid: task.tokenid }),
})

/** A running task is listed as the worker wrote it: the token is part of the user. */
const listRow = (task: Task): JsonObject => {
  const row: JsonObject = { ...taskRow(task), pstart: task.pstart }
  if (task.endtime !== undefined)
    return { ...row, endtime: task.endtime, status: task.exitstatus ?? '' }
  const { tokenid, ...rest } = row
  const user = tokenid === undefined ? task.user : `${task.user}!${task.tokenid}`
  return { ...rest, user, saved: '0', status: 'RUNNING' }
}

const ownsTask = (caller: string, task: Task) =>
  caller === task.user || caller === `${task.user}!${task.tokenid}`

const upidPattern =
  /^UPID:([a-zA-Z0-9][a-zA-Z0-9-]*):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\s]+):([^:\s]*):([^:\s]+):$/

const statusKind = (exitstatus: string | undefined) => {
  if (exitstatus === undefined) return 'running'
  if (exitstatus === 'OK') return 'ok'
  if (exitstatus.startsWith('WARNINGS: ')) return 'warning'
  return exitstatus === 'unexpected status' ? 'unknown' : 'error'
}

/** pve-manager PVE/API2/Tasks.pm, node_tasks. */
const listTasks = ({ cluster, params, caller, access, node }: Call): Extended => {
  const seesAll = access.has(`/nodes/${node}`, ['Sys.Audit'])
  const source = params.optional('source') ?? 'archive'
  const vmid = params.optional('vmid')
  const user = params.optional('userfilter')
  const type = params.optional('typefilter')
  const since = params.integer('since')
  const until = params.integer('until')
  const kinds = splitList(params.optional('statusfilter') ?? '')
  const fitting = cluster.world.tasks
    .filter((task) => task.node === node)
    .filter((task) => seesAll || ownsTask(caller, task))
    .filter((task) => source === 'all' || (source === 'active') === (task.endtime === undefined))
    .filter((task) => vmid === undefined || task.id === vmid)
    .filter((task) => user === undefined || task.user.includes(user))
    .filter((task) => type === undefined || task.type === type)
    .filter((task) => since === undefined || task.starttime >= since)
    .filter((task) => until === undefined || task.starttime <= until)
    .filter(
      (task) => !params.flag('errors') || !['ok', 'running'].includes(statusKind(task.exitstatus)),
    )
    .filter((task) => kinds.length === 0 || kinds.includes(statusKind(task.exitstatus)))
    .toSorted(compareTasks)
  const start = params.integer('start') ?? 0
  const limit = params.integer('limit') ?? 50
  const page = fitting.slice(start, limit === 0 ? undefined : start + limit)
  return new Extended(page.map(listRow), fitting.length === 0 ? {} : { total: fitting.length })
}

const checkUpidForm = (upid: string) => {
  if (!upidPattern.test(upid)) throw parameterError({ upid: 'unable to parse worker upid' })
}

/** The task of the path, if it ran on this node; the owner may see it, and who may audit the node. */
const visibleTask = ({ cluster, caller, access, node, params }: Call): Task | undefined => {
  const upid = params.text('upid')
  const [user = '', tokenid] = (upid.split(':')[7] ?? '').split('!')
  const owner = caller === user || (tokenid !== undefined && caller === `${user}!${tokenid}`)
  if (!owner) access.check(`/nodes/${node}`, ['Sys.Audit'])
  const task = cluster.tasks.find(upid)
  return task?.node === node ? task : undefined
}

const noSuchTask = () => parameterError({ upid: 'no such task' })

const taskStatus = (call: Call): Json => {
  checkUpidForm(call.params.text('upid'))
  const task = visibleTask(call)
  if (!task) throw noSuchTask()
  const row = { ...taskRow(task), pstart: task.pstart }
  return task.exitstatus === undefined
    ? { ...row, status: 'running' }
    : { ...row, status: 'stopped', exitstatus: task.exitstatus }
}

const fileName = (task: Task) => {
  const time = new Date(task.starttime * 1000).toISOString().replace(/\.\d+/, '')
  return `task-${task.node}-${task.type}-${time}.log`
}

/** A task of another node has no log file here, no more than an unknown one. */
const taskLog = (call: Call): Extended | TextFile => {
  const { params, cluster } = call
  checkUpidForm(params.text('upid'))
  const task = visibleTask(call)
  if (task && params.flag('download'))
    return new TextFile(`${task.log.join('\n')}\n`, fileName(task))
  if (!task) {
    const missing = { n: 1, t: 'unable to open file - No such file or directory' }
    return new Extended(atLeast(cluster.version, 9) ? [missing] : missing, { total: 1 })
  }
  const lines = task.log.length === 0 ? ['no content'] : task.log
  const start = params.integer('start') ?? 0
  const limit = params.integer('limit') ?? 50
  const page = lines.slice(start, limit === 0 ? undefined : start + limit)
  return new Extended(
    page.map((line, index) => ({ n: start + index + 1, t: line })),
    { total: lines.length },
  )
}

const stopTask = async (call: Call): Promise<Json> => {
  const { cluster, caller, access, node } = call
  const upid = call.params.text('upid')
  checkUpidForm(upid)
  const task = cluster.tasks.find(upid)
  if (task?.node !== node) throw noSuchTask()
  if (!ownsTask(caller, task) && !access.has(`/nodes/${node}`, ['Sys.Modify']))
    throw permissionError(`/nodes/${node}, Sys.Modify`)
  await cluster.tasks.stop(upid)
  return null
}

export const taskCalls: Handlers = {
  'GET /nodes/{node}/tasks': listTasks,
  'GET /nodes/{node}/tasks/{upid}': () => [{ name: 'log' }, { name: 'status' }],
  'GET /nodes/{node}/tasks/{upid}/status': taskStatus,
  'GET /nodes/{node}/tasks/{upid}/log': taskLog,
  'DELETE /nodes/{node}/tasks/{upid}': stopTask,
}
