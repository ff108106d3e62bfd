/** One run: a cluster on a bad day, a server that is killed, and what is left in the end. */
import type { DeploymentEvent, DeploymentView, Summary } from '@deployer/core/deployment.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { check, leftByProxmox } from './check.ts'
import { type Client, createClient } from './client.ts'
import type { ClusterState } from './messages.ts'
import { type ChaosPlan, type Kill, planOf, type RunOptions } from './plan.ts'
import { type ClusterProcess, createServer, type ServerProcess, startCluster } from './processes.ts'
import { readRecords } from './records.ts'

const LOOK_EVERY_MS = 200

export type RunResult = {
  options: RunOptions
  /** What does not hold, in words; nothing where all is well. */
  broken: string[]
  seconds: number
  kills: number
  summary: Pick<Summary, 'total' | 'succeeded' | 'failed' | 'cancelled'>
  /** Why VMs failed, and how many of them. */
  reasons: Record<string, number>
  /** Disks that Proxmox could not tidy up after a clone that failed. */
  leftByProxmox: string[]
  state: ClusterState
  deployments: DeploymentView[]
  events: DeploymentEvent[]
  serverLog: string
}

type Context = {
  options: RunOptions
  cluster: ClusterProcess
  server: ServerProcess
  /** `at`: milliseconds since 1970. */
  say: (text: string, at?: number) => void
}

type Settings = {
  /** The data folder of a server that was started once: saves the making of the database. */
  template?: string
  /** What happens, line by line. */
  say?: (text: string) => void
  /** Within which everything has to be over. */
  patienceSeconds: number
}

export async function run(options: RunOptions, settings: Settings): Promise<RunResult> {
  const { speed, seed } = options
  const begin = Date.now()
  const tell = settings.say ?? (() => {})
  const say = (text: string, at = Date.now()) =>
    tell(`${((at - begin) / 1000).toFixed(1).padStart(6)} s  ${text}`)
  const cluster = await startCluster(speed, seed)
  const server = createServer({ cluster, speed, template: settings.template ?? null })
  try {
    await server.start()
    return await disturbed({ options, cluster, server, say }, settings.patienceSeconds)
  } finally {
    await server.remove()
    await cluster.stop()
  }
}

async function disturbed(context: Context, patienceSeconds: number): Promise<RunResult> {
  const { options, cluster, server, say } = context
  const begin = Date.now()
  const seconds = () => (Date.now() - begin) / 1000
  const plan = planOf(options, cluster.world)
  const client = createClient(server.api, (why) => {
    // Nothing else is to be expected of a server that was killed.
    if (!/does not run|fetch failed|terminated/.test(why)) say(why.slice(0, 300))
  })
  const killing = killAsPlanned(context, plan.kills)
  const ids: string[] = []
  const cancelling = cancelAsPlanned(context, plan, client)
  for (const request of plan.requests) {
    const { id, summary } = await client.deploy(request, `chaos-${request.name}`)
    say(`${id}: ${summary.total} VMs ${request.name}-N`)
    // Planning needs a cluster that can be planned for.
    if (ids.length === 0) cluster.begin(plan.faults)
    ids.push(id)
    cancelling.accepted(request.name, id)
  }
  const isOver = async () =>
    (await client.list()).every(({ finishedAt }) => finishedAt !== null) &&
    !killing.isBusy() &&
    !cancelling.isBusy()
  while (!(await isOver())) {
    if (seconds() > patienceSeconds) break
    await delay(LOOK_EVERY_MS)
  }
  const kills = await killing.stop()
  await cancelling.stop()
  say('all is over; looking what there is')
  const deployments = await Promise.all(ids.map((id) => client.get(id)))
  const state = await cluster.end()
  for (const { text, at } of state.faults.log) say(text, at)
  const records = await readRecords(server.databaseUrl)
  const broken = check({ before: cluster.world, after: state, deployments, records })
  const made = await client.list()
  if (made.length !== ids.length)
    broken.push(`${made.length} deployments were made, not ${ids.length}`)
  return {
    options,
    broken: [...broken, ...fatalLines(server.log())],
    seconds: seconds(),
    leftByProxmox: leftByProxmox({ before: cluster.world, after: state }),
    kills,
    state,
    deployments,
    events: records.events,
    ...outcomeOf(deployments),
    serverLog: server.log(),
  }
}

/** Kills when the cluster hears the calls that the plan names; one after the other. */
function killAsPlanned({ cluster, server, say }: Context, kills: Kill[]) {
  const due = [...kills]
  let busy = Promise.resolve()
  let running = 0
  let done = 0
  const carryOut = async (kill: Kill, before: Promise<void>) => {
    await before
    await delay(kill.delayMs)
    await strike(server, kill)
    running -= 1
    done += 1
    say(`killed ${kill.what} at the ${kill.afterChanges}th change`)
  }
  cluster.onChange((count) => {
    for (;;) {
      const [next] = due
      if (next === undefined || next.afterChanges > count) return
      due.shift()
      running += 1
      busy = carryOut(next, busy)
      // Told by `stop`.
      busy.catch(() => {})
    }
  })
  return {
    isBusy: () => running > 0,
    /** Answers how many there were. Throws where the server did not come back from one. */
    stop: async () => {
      due.length = 0
      await busy
      return done
    },
  }
}

/** Cancels when the cluster hears the call that the plan names, once the deployment is there. */
function cancelAsPlanned({ cluster, say }: Context, { cancel }: ChaosPlan, client: Client) {
  let id: string | null = null
  let due = false
  let work: Promise<void> | null = null
  let running = false
  const carryOut = async (chosen: string) => {
    running = true
    await client.cancel(chosen)
    running = false
    say(`cancelled ${chosen}`)
  }
  const look = () => {
    if (!due || id === null || work !== null) return
    work = carryOut(id)
    // Told by `stop`.
    work.catch(() => {})
  }
  cluster.onChange((count) => {
    due ||= cancel !== null && count >= cancel.afterChanges
    look()
  })
  return {
    accepted: (name: string | undefined, accepted: string) => {
      if (name === cancel?.request) id = accepted
      look()
    },
    isBusy: () => running,
    stop: async () => {
      await work
    },
  }
}

async function strike(server: ServerProcess, { what, pauseMs }: Kill): Promise<void> {
  if (what !== 'server') server.killDatabase()
  if (what === 'database') return
  await server.kill()
  await delay(pauseMs)
  await server.start()
}

const outcomeOf = (deployments: DeploymentView[]): Pick<RunResult, 'summary' | 'reasons'> => {
  const summary = { total: 0, succeeded: 0, failed: 0, cancelled: 0 }
  const reasons: Record<string, number> = {}
  for (const { vms } of deployments)
    for (const { status, error } of vms) {
      summary.total += 1
      if (status === 'succeeded') summary.succeeded += 1
      if (status === 'failed') summary.failed += 1
      if (status === 'cancelled') summary.cancelled += 1
      if (error) reasons[error.code] = (reasons[error.code] ?? 0) + 1
    }
  return { summary, reasons }
}

/** Pino's level of what ends the program. */
const fatalLines = (log: string): string[] =>
  log.split('\n').filter((line) => line.includes('"level":60'))
