/**
 * How far running tasks are, and the line that they are at. Logs are read only where somebody watches the deployment,
 * and only of copies and of tasks that take long; what was read is written together, once a tick. The first few of a
 * deployment are read at every tick, so that who makes a handful sees them move; the many after them in turn, one of a
 * node at a time, the less often the older they are.
 */
import type { Api } from '@deployer/proxmox/client.ts'
import { keepNewest } from '@deployer/proxmox/newest.ts'
import { cloneProgress, importProgress, nodeOf, readLog } from '@deployer/proxmox/task-log.ts'
import type { Logger } from 'pino'
import type { Journal, Progress, StepRef } from './journal.ts'

/** A template whose volumes are copied one after the other, or one image. */
export type CopySource = { node: string; vmid: number } | 'image'

type Task = {
  ref: StepRef
  upid: string
  api: Api
  /** Of a full clone or an import. */
  source: CopySource | null
  since: number
  /** One of the first few copies of its deployment. */
  early: boolean
  readAt: number
  lines: string[]
  next: number
}

export type ProgressBoard = {
  /** Answers a function that ends it. */
  track: (task: Pick<Task, 'ref' | 'upid' | 'api' | 'source'>) => () => void
  start: () => void
  stop: () => void
}

const LONG_MS = 10_000
const FEW = 8
/** Two reads of a late task are so many ticks apart, by its age. */
const TICKS_APART = { least: 3, most: 5, ofAge: 0.25 }
const MOST_DEPLOYMENTS = 1000
/** What people see of a log, and what is kept of a failed one. */
export const LOG_TAIL = 20

const isVolume = ([key, value]: [string, unknown]) =>
  /^((scsi|virtio|sata|ide)\d+|efidisk0|tpmstate0)$/.test(key) &&
  typeof value === 'string' &&
  (!/\bmedia=cdrom\b/.test(value) || /cloudinit/.test(value))

/** Text as PostgreSQL can store it. */
const storable = (line: string) => line.replaceAll('\u0000', '')

export const createProgressBoard = (deps: {
  journal: Pick<Journal, 'writeProgress'>
  isFollowed: (deploymentId: string) => boolean
  tickMs: number
  logger: Pick<Logger, 'warn'>
}): ProgressBoard => {
  const { journal, isFollowed, tickMs, logger } = deps
  const tasks = new Set<Task>()
  const volumes = new Map<string, number>()
  /** How many copies each deployment has had. */
  const begun = new Map<string, number>()
  /** When a late task of the node was read last. */
  const nodes = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const volumesOf = async (
    api: Api,
    { node, vmid }: Exclude<CopySource, 'image'>,
  ): Promise<number> => {
    const key = `${node}/${vmid}`
    const known = volumes.get(key)
    if (known !== undefined) return known
    const config = await api.call('GET /nodes/{node}/qemu/{vmid}/config', { node, vmid })
    const count = Object.entries(config).filter(isVolume).length
    volumes.set(key, count)
    return count
  }

  const readOne = async (task: Task): Promise<Progress | null> => {
    task.readAt = performance.now()
    try {
      const { lines, next } = await readLog(task.api, task.upid, task.next)
      if (lines.length === 0) return null
      task.lines.push(...lines.map(storable))
      task.next = next
      const progress = await progressOf(task)
      const log = task.lines.slice(-LOG_TAIL)
      return { ref: task.ref, progress, detail: log.at(-1) ?? '', log }
    } catch {
      // A log that cannot be read now is read at the next tick; the task itself is followed elsewhere.
      return null
    }
  }

  const progressOf = async ({ source, lines, api }: Task): Promise<number | null> => {
    if (source === 'image') return importProgress(lines)
    return source && cloneProgress(lines, await volumesOf(api, source))
  }

  /** Of the late tasks of a node, the one that was read the longest ago, where it is time for one. */
  const lateOf = (node: string, late: Task[], now: number): Task[] => {
    const [task] = late.toSorted((a, b) => a.readAt - b.readAt)
    if (task === undefined) return []
    const { least, most, ofAge } = TICKS_APART
    const apart = Math.min(Math.max((now - task.since) * ofAge, least * tickMs), most * tickMs)
    // A timer may come a moment early.
    if (now - (nodes.get(node) ?? -Infinity) < apart - tickMs / 4) return []
    nodes.set(node, now)
    return [task]
  }

  const due = (now: number): Task[] => {
    const watched = [...tasks].filter(
      (task) =>
        isFollowed(task.ref.deploymentId) && (task.source !== null || now - task.since > LONG_MS),
    )
    const late = Map.groupBy(
      watched.filter((task) => !task.early),
      (task) => nodeOf(task.upid),
    )
    return [
      ...watched.filter((task) => task.early),
      ...[...late].flatMap(([node, group]) => lateOf(node, group, now)),
    ]
  }

  const tick = async () => {
    const told = await Promise.all(due(performance.now()).map(readOne))
    await journal.writeProgress(
      told.filter((one) => one !== null).filter(({ ref }) => stillTracked(ref)),
    )
  }
  const stillTracked = (ref: StepRef) => [...tasks].some((task) => task.ref === ref)

  const tickSafely = async () => {
    try {
      await tick()
    } catch (error) {
      logger.warn({ err: error }, 'could not write progress')
    }
    timer = undefined
    plan()
  }
  const plan = () => {
    if (stopped || timer || tasks.size === 0) return
    timer = setTimeout(() => void tickSafely(), tickMs)
    timer.unref()
  }

  /** Counts a copy of the deployment. */
  const count = (deploymentId: string): number => {
    const copies = (begun.get(deploymentId) ?? 0) + 1
    keepNewest(begun, deploymentId, copies, MOST_DEPLOYMENTS)
    return copies
  }

  return {
    track: (told) => {
      const now = performance.now()
      const early = told.source !== null && count(told.ref.deploymentId) <= FEW
      const task: Task = { ...told, since: now, early, readAt: now, lines: [], next: 0 }
      tasks.add(task)
      plan()
      return () => {
        tasks.delete(task)
      }
    },
    start: () => {
      stopped = false
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
