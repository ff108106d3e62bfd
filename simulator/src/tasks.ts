import { ApiError, messageOf } from './errors.ts'
import type { Clock } from './clock.ts'
import type { Random } from './random.ts'
import type { Task, World } from './world.ts'

/** What the body of a task may do while it runs. */
export type TaskRun = {
  upid: string
  log: (line: string) => void
  /** A `WARN:` line; the task then ends with `WARNINGS: n`. */
  warn: (line: string) => void
  /** Simulated seconds; rejects with `interrupted by signal` when the task is stopped. */
  sleep: (seconds: number) => Promise<void>
  signal: AbortSignal
}

export type TaskInput = {
  node: string
  type: string
  id: string
  /** `user@realm` or `user@realm!token`. */
  caller: string
  run: (task: TaskRun) => Promise<void> | void
}

export type Tasks = {
  /** Starts the worker and answers its UPID at once. */
  start: (input: TaskInput) => string
  find: (upid: string) => Task | undefined
  /** TERM to a running task; resolves when it has ended. */
  stop: (upid: string) => Promise<void>
  /** Like the death of a worker: no last line in the log, nothing cleaned up. */
  kill: (upid: string) => void
  isRunning: (upid: string) => boolean
  /** Resolves when no task is running. */
  settled: () => Promise<void>
}

type Worker = { abort: AbortController; done: Promise<void>; dead: boolean }

const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, '0')
/** Of the finished ones so many are kept, like the task index that is rotated at 50 000 bytes. */
const keptTasks = 1000

/** `failureOf` says how a task of a type has to fail, before or after its work: a fault that was asked for. */
export const createTasks = (
  world: World,
  clock: Clock,
  random: Random,
  changed: () => void,
  failureOf: (type: string) => { message: string; acting: 'before' | 'after' } | undefined,
): Tasks => {
  const workers = new Map<string, Worker>()
  let lastPid = Math.floor(random.between(1000, 60_000))

  const create = ({ node, type, id, caller }: TaskInput): Task => {
    lastPid += Math.floor(random.between(1, 9))
    const pstart = Math.floor(clock.now() / 10) % 0xfffffff
    const starttime = clock.seconds()
    const upid = `UPID:${node}:${hex(lastPid)}:${hex(pstart)}:${hex(starttime)}:${type}:${id}:${caller}:`
    const [user = caller, tokenid] = caller.split('!')
    return {
      upid,
      node,
      pid: lastPid,
      pstart,
      starttime,
      type,
      id,
      user,
      log: [],
      ...(tokenid === undefined ? {} : { tokenid }),
    }
  }

  const end = (task: Task, exitstatus: string, lastLine?: string) => {
    if (task.endtime !== undefined) return
    if (lastLine !== undefined) task.log.push(lastLine)
    task.exitstatus = exitstatus
    task.endtime = clock.seconds()
    workers.delete(task.upid)
    const finished = world.tasks.filter((other) => other.endtime !== undefined)
    const surplus = new Set(finished.slice(0, Math.max(0, finished.length - keptTasks)))
    if (surplus.size > 0) world.tasks = world.tasks.filter((other) => !surplus.has(other))
    changed()
  }

  const runOf = (task: Task, worker: Worker, warnings: { count: number }): TaskRun => ({
    upid: task.upid,
    signal: worker.abort.signal,
    log: (line) => {
      if (!worker.dead) task.log.push(...line.split('\n'))
    },
    warn: (line) => {
      warnings.count += 1
      task.log.push(`WARN: ${line}`)
    },
    sleep: (seconds) => clock.sleep(seconds, worker.abort.signal),
  })

  return {
    start: (input) => {
      const task = create(input)
      const worker: Worker = { abort: new AbortController(), done: Promise.resolve(), dead: false }
      const warnings = { count: 0 }
      const work = async () => {
        try {
          const failure = failureOf(input.type)
          if (failure?.acting === 'before') throw new Error(failure.message)
          await input.run(runOf(task, worker, warnings))
          if (worker.dead) return
          if (failure) return end(task, failure.message)
          if (warnings.count === 0) end(task, 'OK', 'TASK OK')
          else end(task, `WARNINGS: ${warnings.count}`, `TASK WARNINGS: ${warnings.count}`)
        } catch (error) {
          if (worker.dead) return
          const text = error instanceof ApiError ? taskText(error) : messageOf(error)
          end(task, text.replaceAll('\n', ' '), `TASK ERROR: ${text.replaceAll('\n', ' ')}`)
        }
      }
      world.tasks.push(task)
      workers.set(task.upid, worker)
      worker.done = work()
      changed()
      return task.upid
    },
    find: (upid) => world.tasks.find((task) => task.upid === upid),
    isRunning: (upid) => workers.has(upid),
    stop: async (upid) => {
      const worker = workers.get(upid)
      if (!worker) return
      worker.abort.abort()
      await worker.done
    },
    kill: (upid) => {
      const worker = workers.get(upid)
      const task = world.tasks.find((other) => other.upid === upid)
      if (!worker || !task) return
      worker.dead = true
      worker.abort.abort()
      end(task, 'unexpected status')
    },
    settled: async () => {
      while (workers.size > 0) await Promise.all([...workers.values()].map(({ done }) => done))
    },
  }
}

/** A raised exception in a worker stringifies with its code: `403 Permission check failed (...)`. */
const taskText = (error: ApiError) => {
  const errors = Object.entries(error.errors ?? {}).map(([name, text]) => `${name}: ${text}`)
  const head = error.raised ? `${error.status} ${error.message}` : error.message
  return [head, ...errors].join('\n').trimEnd()
}
