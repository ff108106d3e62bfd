import { handlers } from './calls/all.ts'
import type { Clock } from './clock.ts'
import { createCluster, type Cluster } from './cluster.ts'
import { createDisturbance } from './disturb.ts'
import type { Fault } from './fault.ts'
import { startGuestProxy } from './guest-proxy.ts'
import { createHandler, type JournalEntry } from './handle.ts'
import { runPvestatd } from './pvestatd.ts'
import { recoverTasks } from './recover.ts'
import { createStateSaver, readState } from './state-file.ts'
import type { Tasks } from './tasks.ts'
import type { Version } from './version.ts'
import { createCertificate, type Certificate } from './wire/certificate.ts'
import { listen } from './wire/server.ts'
import type { World } from './world.ts'
import { demoWorld } from './worlds/demo.ts'

export type { Fault } from './fault.ts'
export type { JournalEntry } from './handle.ts'
export type { Version } from './version.ts'
export type { World } from './world.ts'

export type SimulatorOptions = {
  /** 0 takes any free port. */
  port?: number
  host?: string
  version?: Version
  /** How many simulated seconds pass in one: all durations are divided by it. */
  speed?: number
  /** The same seed gives the same ids, durations and faults. */
  seed?: number
  /** The cluster is saved here after every change, and goes on from here at the next start. */
  stateFile?: string
  /** Bad days; `badDays` makes some out of a seed. */
  faults?: Fault[]
  /** What the cluster starts with; the demo cluster where absent. Not used when the state file exists. */
  world?: World
  /** Hears of every call when its answer is known and not sent yet. */
  onRequest?: (entry: JournalEntry) => void
  /** How often pvestatd reports the guests' figures, in simulated seconds: 10 on a real node. */
  pvestatdSeconds?: number
  /** A folder of this machine that stands for the snippets of every file storage; `{node}` in it is the node's name. */
  snippetFolder?: string
  /** One made before, so that the fingerprint stays; a new one where absent. */
  certificate?: Certificate
}

export type Simulator = {
  /** `https://127.0.0.1:PORT` */
  url: string
  /** `127.0.0.1:PORT` */
  host: string
  /** SHA-256 of the certificate, `AA:BB:...`. */
  fingerprint: string
  caPem: string
  /** An HTTP proxy whose CONNECT reaches the ports of the guests. */
  guestProxyUrl: string
  /** Every API call received so far, oldest first. */
  requests: () => JournalEntry[]
  addFault: (fault: Fault) => void
  clearFaults: () => void
  /** For tests: the state itself, the clock and the tasks. */
  world: World
  clock: Clock
  tasks: Tasks
  cluster: Cluster
  /** Lets what runs come to its end at once, saves the state, and closes all sockets. */
  close: () => Promise<void>
}

const keptRequests = 100_000

/** A real HTTPS server that behaves like a Proxmox VE cluster. Error: EADDRINUSE and the like of `listen`. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { host = '127.0.0.1', port = 0, stateFile } = options
  const saved = stateFile === undefined ? undefined : readState(stateFile)
  const certificate = saved?.certificate ?? options.certificate ?? (await createCertificate(host))
  const world = saved?.world ?? options.world ?? demoWorld(Date.now(), options.version)
  const saver = createStateSaver(stateFile, () => ({ certificate, world }))
  const cluster = createCluster({
    world,
    version: options.version ?? '9.2',
    speed: options.speed ?? 1,
    seed: options.seed ?? 1,
    faults: options.faults ?? [],
    fingerprint: certificate.fingerprint,
    certPem: certificate.certPem,
    snippetFolder: options.snippetFolder,
    changed: saver.changed,
  })
  if (saved) recoverTasks(cluster)
  const journal: JournalEntry[] = []
  const handle = createHandler(
    cluster,
    handlers,
    (entry) => {
      journal.push(entry)
      options.onRequest?.(entry)
      if (journal.length > keptRequests) journal.splice(0, keptRequests / 10)
    },
    createDisturbance(cluster),
  )
  const server = await listen({ host, port, certificate, handle, connect: cluster.ports.connect })
  const proxy = await startGuestProxy(cluster, host)
  const stopping = new AbortController()
  const statd = runPvestatd(cluster, options.pvestatdSeconds ?? 10, stopping.signal)
  saver.changed()
  return {
    url: `https://${host}:${server.port}`,
    host: `${host}:${server.port}`,
    fingerprint: certificate.fingerprint,
    caPem: certificate.certPem,
    guestProxyUrl: proxy.url,
    requests: () => [...journal],
    addFault: cluster.faults.add,
    clearFaults: cluster.faults.clear,
    world,
    clock: cluster.clock,
    tasks: cluster.tasks,
    cluster,
    close: async () => {
      stopping.abort()
      cluster.faults.stop()
      await Promise.all([server.close(), proxy.close(), statd])
      cluster.clock.finish()
      await cluster.tasks.settled()
      cluster.clock.close()
      saver.flush()
    },
  }
}
