import { randomBytes } from 'node:crypto'
import { createTickets, type Tickets } from './access/tickets.ts'
import { createClock, type Clock } from './clock.ts'
import { createLocks, type Locks } from './locks.ts'
import type { Fault } from './fault.ts'
import { createFaults, type Faults } from './faults.ts'
import { createRandom, type Random } from './random.ts'
import { createPorts, type Ports } from './consoles/ports.ts'
import { loadMethods, type Methods } from './schema/schema.ts'
import { createTasks, type Tasks } from './tasks.ts'
import { atLeast, type Version } from './version.ts'
import type { World } from './world.ts'

/** Everything that a call works on. */
export type Cluster = {
  version: Version
  world: World
  methods: Methods
  clock: Clock
  random: Random
  locks: Locks
  tasks: Tasks
  tickets: Tickets
  faults: Faults
  /** Where consoles wait for their connection. */
  ports: Ports
  /** SHA-256 of the certificate, `AA:BB:...`. */
  fingerprint: string
  certPem: string
  /** A folder of this machine that stands for the snippets of every file storage; `{node}` in it is the node's name. */
  snippetFolder: string | undefined
  /** To be called after every change of the world: the state file follows. */
  changed: () => void
}

export type ClusterInput = {
  version: Version
  world: World
  speed: number
  seed: number
  fingerprint: string
  certPem: string
  faults: Fault[]
  snippetFolder?: string | undefined
  changed: () => void
}

/** pve-cluster before 9.1.2 asks for a cfs lock once a second; since then more often as the time runs out. */
export const cfsPoll = (version: Version) => (waitedSeconds: number) =>
  atLeast(version, 9.2) && waitedSeconds >= 5 ? 0.25 : 1

export const createCluster = (input: ClusterInput): Cluster => {
  const { version, world, changed } = input
  const clock = createClock(input.speed)
  const random = createRandom(input.seed)
  const faults = createFaults(input.faults, { world, clock, random, seed: input.seed, changed })
  world.signingKey ??= randomBytes(32).toString('hex')
  return {
    version,
    world,
    clock,
    random,
    changed,
    faults,
    fingerprint: input.fingerprint,
    certPem: input.certPem,
    ports: createPorts(clock),
    snippetFolder: input.snippetFolder,
    methods: loadMethods(version),
    locks: createLocks(clock, cfsPoll(version), faults.hasQuorum),
    tasks: createTasks(world, clock, random, changed, faults.taskFailure),
    tickets: createTickets(world.signingKey, clock.seconds),
  }
}
